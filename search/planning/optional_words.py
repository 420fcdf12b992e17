"""Tell which words of a query need not match beside others: stop words and ``et al``."""

from collections.abc import Sequence
from typing import TypeAlias

from search.language.stopwords import is_stop_word
from search.language.tree import Row

TypedWord: TypeAlias = tuple[str, Row]
"""A word as typed, and its tokens."""

OTHER_AUTHORS = frozenset(
    tuple(words.split())
    for words in (
        "et al", "et alii", "et aliae", "et alia", "et coll", "and others", "and colleagues",
        "and coworkers", "und andere", "und kollegen", "y otros", "y cols", "e outros", "e altri",
        "и др", "и соавт",
    )
)  # fmt: skip
"""What is written in place of further authors, in two words each."""

_BEFORE_YEARS = frozenset(
    tuple(words.split())
    for words in (
        "u a", "m fl", "ve ark", "y col", "e col", "e cols", "i in", "a kol", "a spol",
        "es mtsai", "och medarbetare", "och kollegor", "og kolleger", "en anderen", "et autres",
        "and coll", "et col", "ym", "etal",
    )
)  # fmt: skip
"""The same in other languages and shorter; it means other authors only before a year."""

LAST_WORDS = frozenset(words[-1] for words in (*OTHER_AUTHORS, *_BEFORE_YEARS))
"""The words with which the above end."""


def find_optional_words(typed: Sequence[TypedWord]) -> list[bool]:
    """Return for each word of a query whether it is optional beside others.

    Stop words are, and so are the words of ``et al.`` A stop word before these is a name: ``He
    et al.``

    Args:
        typed: The words with their tokens; no tokens for a part that is not a plain word.
    """
    rows = [row for _, row in typed]
    optional = [bool(row) and is_stop_word(text) for text, row in typed]
    for end, row in enumerate(rows, start=1):
        if row and row[-1] in LAST_WORDS and (start := _find_other_authors(rows, end)) < end:
            optional[start:end] = [True] * (end - start)
            if start and rows[start - 1]:
                optional[start - 1] = False
    return optional


def _find_other_authors(rows: Sequence[Sequence[str]], end: int) -> int:
    """Return where ``et al.`` begins that ends at a place, or that place if it does not."""
    row = tuple(rows[end - 1])
    if row in OTHER_AUTHORS:  # et.al.
        return end - 1
    if end > 1 and (*rows[end - 2], *row) in OTHER_AUTHORS:
        return end - 2
    dated = end < len(rows) and "".join(rows[end])[:4].isdecimal()
    if dated and row in _BEFORE_YEARS:
        return end - 1
    if dated and end > 1 and (*rows[end - 2], *row) in _BEFORE_YEARS:
        return end - 2
    return end - 1 if row == ("al",) and end > 1 and dated else end  # Vasari & al., 2017
