"""Find where a deep page of a sorted result begins, without sorting all hits before it.

When sorting by text, Tantivy reads the text of every hit before the page, which takes 5 s at 50,000
hits. It counts the hits before a given text in a millisecond, so a text shortly before the page is
searched letter by letter, and only the hits after it are sorted.
"""

from collections.abc import Callable

import tantivy
from tantivy import Occur, Query

NEAR = 1_000
"""Hits before the page that may be sorted, which takes about .1 s; 10,000 take 1.1 s."""

LONGEST = 60
"""Letters of the text to begin at; ids of one dump may share a long prefix."""

_FIRST = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
_FURTHER = f"-./0123456789:ABCDEFGHIJKLMNOPQRSTUVWXYZ_{_FIRST[36:]}"
"""The letters that are tried, in byte order; other characters fall between them. All of them may
stand in Tantivy's query language, which is the only way to ask it for ranges of text."""


def skip_hits(
    index: tantivy.Index, count: Callable[[Query], int], query: Query, field: str, offset: int
) -> tuple[Query, int]:
    """Exclude hits before a page.

    Args:
        index: The index.
        count: A function that counts the hits of a query.
        query: The query.
        field: A columnar text field, by which hits are sorted in ascending order; hits without a
            value come last.
        offset: The number of hits before the page.

    Returns:
        A query for the last hits in the same order, and the number of those before the page.
    """
    start, before = "", 0
    while offset - before > NEAR and len(start) < LONGEST:
        letters = _FURTHER if start else _FIRST
        low, high, found = 0, len(letters), None
        while low < high:
            middle = (low + high) // 2
            text = start + letters[middle]
            earlier = (Occur.Must, _match_before(index, field, text))
            counted = count(Query.boolean_query([(Occur.Must, query), earlier]))
            if counted <= offset:
                found, low = (text, counted), middle + 1
            else:
                high = middle
        if found is None:
            break
        start, before = found
    if not start:
        return query, offset
    # Hits without a value come last and must be kept, so earlier ones are excluded rather than
    # later ones required.
    left_out = (Occur.MustNot, _match_before(index, field, start))
    return Query.boolean_query([(Occur.Must, query), left_out]), offset - before


def _match_before(index: tantivy.Index, field: str, text: str) -> Query:
    return index.parse_query(f"{field}:<{text}", [field])
