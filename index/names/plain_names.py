"""Read plain names quickly, with the same results as `index.names.parser`.

Nearly all names are a few plain words: ``Aviral Kumar``, ``O'Brien, A. B.``, ``José García``. They
are read here at a tenth of the cost; the others, one in a hundred, are passed to the parser. A dump
of a million papers has about a million different names, so a cache alone would not help.
"""

import re

from index.names.parser import BODIES, LEADS, SUFFIXES, format_name, make_author_key, parse_name
from index.text.folding import fold

SMALL = "a-zß-öø-ÿāăąćĉċčďđēĕėęěĝğġģĥħĩīĭįıķĺļľłńņňŋōŏőœŕŗřśŝşšţťŧũūŭůűųŵŷźżžșț"
CAPITALS = "A-ZÀ-ÅÇ-ÖØ-ÝĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĶĹĻĽŁŃŅŇŊŌŎŐŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽȘȚ"
"""Character classes of Latin letters in names; each capital folds to a single letter."""

_WORD = rf"(?:(?:[A-Z]')?+(?:[{CAPITALS}]?[{SMALL}]++)++|[{CAPITALS}]{{1,2}}+)\.?+"
_PLAIN = re.compile(rf"{_WORD}(?:(?:,? | ?-){_WORD})*+")
SPECIAL_WORDS = BODIES.union(SUFFIXES, [lead.rstrip(".") for lead in LEADS])
"""Folded words that change how a name is parsed: groups of authors, suffixes, titles."""


def read_clean_name(text: str, homonym: str = "") -> tuple[str, str]:
    """Return the display form and the key of a name.

    Args:
        text: One clean name in any order.
        homonym: The dblp number that the dump gives separately; one in the name overrides it.

    Returns:
        The results of `format_name` and `make_author_key`; both empty if the name has no letter or
        digit.
    """
    if _PLAIN.fullmatch(text):
        family, comma, given = text.partition(", ")
        shown = f"{given} {family}" if comma else text
        if " -" in shown:  # J. -P. Serre, as arXiv writes it
            shown = shown.replace(" -", "-")
        words = split_words(shown if shown.isascii() else fold(shown))
        if SPECIAL_WORDS.isdisjoint(words) and "," not in shown:
            key = " ".join(words)
            return shown, f"{key} {homonym}" if homonym else key
    name = parse_name(text)
    key = make_author_key(name)
    if key and homonym and not name.homonym:
        key += f" {homonym}"
    return format_name(name), key


def split_words(text: str) -> list[str]:
    """Return the folded words of a name of plain letters, ``.``, ``-`` and ``'``."""
    return text.lower().replace("-", " ").replace(".", " ").replace("'", "").split()
