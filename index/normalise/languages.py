"""Find the two-letter code of a language that a dump names.

Libraries write ISO 639-2 (``fre`` or ``fra``), repositories also ``en_US`` or ``English``.
"""

import re
from functools import cache, lru_cache

from index.normalise.tables import read_table

MAX_NAME = 60
"""Characters; a longer text is not the name of a language."""

_TAG = re.compile(r"([a-z]{2,3})(?:[-_][a-z\d_-]{2,20})?")
_NAME = re.compile(r"[^\W\d_]+(?:[ ('-]+[^\W\d_]+)*\)?")
"""Words of letters; other signs can make langcodes' table of names fail."""

SHORTEST_NAME = 4
"""Letters of a name in ASCII; langcodes reads ``e`` as a language of Africa."""


@lru_cache(4096)
def find_language(text: str) -> str:
    """Return the code of a language.

    Args:
        text: As a dump names it: ``eng``, ``en-US``, ``English``, ``français``.

    Returns:
        ISO 639-1, or ISO 639-3 for a language without a code of two letters. An unknown code is
        returned unchanged. Empty for what names no language (``und``, ``mul``).
    """
    name = text.strip().lower()
    exceptions, none = _load_exceptions()
    if name in exceptions:
        return exceptions[name]
    tag = _TAG.fullmatch(name)
    if tag is None:
        return _find_by_name(name)
    code = tag[1]
    return "" if code in none else exceptions.get(code) or _find_by_code(code)


def _find_by_code(code: str) -> str:
    import langcodes

    return langcodes.get(code).language or ""


def _find_by_name(name: str) -> str:
    too_short = name.isascii() and len(name) < SHORTEST_NAME
    if too_short or len(name) > MAX_NAME or not _NAME.fullmatch(name):
        return ""
    import langcodes

    try:
        return langcodes.find(name).language or ""
    except LookupError:
        return ""


@cache
def _load_exceptions() -> tuple[dict[str, str], frozenset[str]]:
    """Return the codes by word, and the codes that name no language."""
    table = read_table("languages")
    codes = {word: code for code, words in table["words"].items() for word in words}
    return codes, frozenset(table["none"]["codes"])
