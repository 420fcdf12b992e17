"""Answers: how is a name shown and keyed, where there is nothing to think about?

Most names are a few plain words, ``Aviral Kumar`` or ``Kumar, A. B.``. They are read here at a
tenth of the cost, and exactly as `index.names` would; all others are left to it. A dump of a
million papers has about as many different names, so the cost of one never seen before counts.
"""

import re

from index.names import BODIES, LEADS, SUFFIXES, author_key, display_name, parse_name

_WORD = r"(?:(?:[A-Z]?[a-z]++)++|[A-Z]{1,2}+(?![A-Za-z]))\.?"
_WORDS = rf"{_WORD}(?:[ -]{_WORD})*+"
_USUAL = re.compile(rf"({_WORDS})(?:, ({_WORDS}))?")
_TELLING = BODIES.union(SUFFIXES)
"""Last words that say what a name is: a collaboration, or somebody's son."""


def shown_and_keyed(text: str, homonym: str = "") -> tuple[str, str]:
    """Read a name as it is shown and as it is keyed.

    Args:
        text: One name, clean, in any order.
        homonym: A dblp number that came with it; one in the name itself counts before it.

    Returns:
        (display form, key) of `display_name` and `author_key`; both empty if it names nobody.
    """
    shown = _usual(text)
    if shown:
        key = " ".join(shown.lower().replace("-", " ").replace(".", " ").split())
        return shown, f"{key} {homonym}" if homonym else key
    name = parse_name(text)
    key = author_key(name)
    if key and homonym and not name.homonym:
        key += f" {homonym}"
    return display_name(name), key


def _usual(text: str) -> str:
    """Give a plain name with the given names first; nothing where a name is not plain."""
    found = _USUAL.fullmatch(text)
    if not found:
        return ""
    family, given = found.groups()
    if _last(family) in _TELLING or (given and _last(given) in _TELLING):
        return ""
    shown = f"{given} {family}" if given else text
    return "" if shown.partition(" ")[0].lower() in LEADS else shown


def _last(words: str) -> str:
    return words.rpartition(" ")[2].rstrip(".").lower()
