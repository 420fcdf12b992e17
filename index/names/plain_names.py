"""Answers: how is a name shown and keyed, where there is nothing to think about?

Nearly all names are a few plain words, ``Aviral Kumar``, ``O'Brien, A. B.`` or ``José García``.
They are read here at a tenth of the cost, and exactly as `index.names.parser` would; all others,
one in
a hundred, are left to it. A dump of a million papers has about as many different names, so the
cost of one never seen before counts.
"""

import re

from index.names.parser import BODIES, LEADS, SUFFIXES, format_name, make_author_key, parse_name
from index.text.analyser import fold

SMALL = "a-zß-öø-ÿāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįıķĺļľłńņňŋōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷźżžșț"
CAPITALS = "A-ZÀ-ÅÇ-ÖØ-ÝĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĶĹĻĽŁŃŅŇŊŌŎŐŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽȘȚ"
"""The insides of character classes: Latin letters of names; a capital folds to one letter."""

_WORD = rf"(?:(?:[A-Z]')?+(?:[{CAPITALS}]?[{SMALL}]++)++|[{CAPITALS}]{{1,2}}+)\.?+"
_USUAL = re.compile(rf"{_WORD}(?:(?:,? | ?-){_WORD})*+")
TELLING = BODIES.union(SUFFIXES, [lead.rstrip(".") for lead in LEADS])
"""Folded words that may say what a name is: of a body, of somebody's son, with a title."""


def read_clean_name(text: str, homonym: str = "") -> tuple[str, str]:
    """Read a name as it is shown and as it is keyed.

    Args:
        text: One name, clean, in any order.
        homonym: A dblp number that came with it; one in the name itself counts before it.

    Returns:
        (display form, key) of `format_name` and `make_author_key`; both empty if it names nobody.
    """
    if _USUAL.fullmatch(text):
        family, comma, given = text.partition(", ")
        shown = f"{given} {family}" if comma else text
        if " -" in shown:  # J. -P. Serre, as arXiv has it
            shown = shown.replace(" -", "-")
        words = split_words(shown if shown.isascii() else fold(shown))
        if TELLING.isdisjoint(words) and "," not in shown:
            key = " ".join(words)
            return shown, f"{key} {homonym}" if homonym else key
    name = parse_name(text)
    key = make_author_key(name)
    if key and homonym and not name.homonym:
        key += f" {homonym}"
    return format_name(name), key


def split_words(text: str) -> list[str]:
    """Give the folded words of a name that has only plain letters, ``.``, ``-`` and ``'``."""
    return text.lower().replace("-", " ").replace(".", " ").replace("'", "").split()
