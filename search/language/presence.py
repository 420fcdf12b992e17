"""Parse questions for papers that have or lack a field: ``has:abstract``, ``-venue:*``."""

import re

from index.normalise.presence import NAMES
from search.language.fields import BY_NAME, PRESENCE
from search.language.ranges import Asked
from search.language.tree import Value

_OTHER_NAMES = {
    "affiliation": "institution",
    "link": "url",
    "fulltext": "pdf",
    "pubmed": "pmid",
    "pmcid": "pmc",
    "s2id": "s2",
}
"""Other names that can be typed; a field's aliases and plurals are read too."""

_TAKEN = "a field or a kind of identifier, such as abstract, topic, pdf, doi or arxiv"
"""What `PRESENCE` takes, for users; the room's README has the whole list."""

_ANY = re.compile(r"\*+|\*?(?:\.\.+|[-\u2013\u2014])\*?|[\[{]\s*\*?\s*TO\s*\*?\s*[\]}]")
"""What asks for any value of a field: ``*``, ``*..*``, ``[* TO *]``."""


def is_any_value(text: str) -> bool:
    """Return whether a text in a field asks for papers with any value there."""
    return "*" in text and bool(_ANY.fullmatch(text.strip()))


def find_presence_name(text: str) -> str:
    """Return the name under which the index says that a paper has a field.

    Args:
        text: A field as typed: ``abstract``, ``abs``, ``Authors``, ``pdf``.

    Returns:
        One of `index.normalise.presence.NAMES`; empty if the text names none.
    """
    typed = text.strip().lower()
    for name in (typed, typed.removesuffix("s"), f"{typed}s"):
        known = BY_NAME[name].name if name in BY_NAME else _OTHER_NAMES.get(name, name)
        if known in NAMES:
            return known
    return ""


def parse_presence(asked: Asked) -> Value | None:
    """Parse the name of a field that papers must have; None, with a notice, for other texts."""
    if name := find_presence_name(asked.text):
        return Value(PRESENCE, name, asked.at)
    asked.warn(f'"{PRESENCE}" takes {_TAKEN}: searched as words')
    return None


def ask_for_any(asked: Asked) -> Value | None:
    """Ask for the papers that have a field, whatever its value: ``venue:*``."""
    if not (name := find_presence_name(asked.field)):
        return parse_presence(asked)
    asked.warn(f'"{asked.field}:{asked.text}" is read as has:{name}')
    return Value(PRESENCE, name, asked.at)
