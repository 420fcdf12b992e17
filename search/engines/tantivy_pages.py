"""Find where a deep page of a sorted result begins, without sorting all hits before it.

When sorting by text, Tantivy reads the text of every hit before the page, which takes 5 s at 50,000
hits. It counts the hits before a given text in a millisecond, so a text shortly before the page is
searched letter by letter, and only the hits after it are sorted. Where very many texts begin alike
up to a character that no range can be given for, such as the space in ``a new``, they are counted
by regular expressions, which take .3 s for 120,000 texts.
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

_MIDDLES = (ord("m"), ord(" "), 127)
"""Where ranges of characters are divided first: most texts have a letter or a space next."""

_LAST = 0x10FFFF
_SURROGATES = range(0xD800, 0xE000)
"""Code points that no text has."""


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
    start, before = _find_start(index, count, query, field, offset)
    if not start:
        return query, offset
    # Hits without a value come last and must be kept, so earlier ones are excluded rather than
    # later ones required.
    skipped = [_match_before(index, field, start)]
    if offset - before > NEAR and len(start) < LONGEST:
        letters = _FURTHER if start[1:] else _FIRST
        following = letters[letters.index(start[-1]) + 1 :][:1]
        ends = (ord(start[-1]), ord(following) - 1 if following else _LAST)
        alike = _Alike(index.schema, count, query, field)
        before += alike.skip(start[:-1], ends, offset - before, within=bool(following))
        skipped += alike.skipped
    clauses = [(Occur.Must, query)]
    clauses += [(Occur.MustNot, each) for each in skipped]
    return Query.boolean_query(clauses), offset - before


def _find_start(
    index: tantivy.Index, count: Callable[[Query], int], query: Query, field: str, offset: int
) -> tuple[str, int]:
    """Return a text shortly before a page, and the number of hits before that text."""
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
    return start, before


class _Alike:
    """Skips hits whose texts begin alike.

    Attributes:
        skipped: Queries for the hits that were skipped.
    """

    def __init__(
        self, schema: tantivy.Schema, count: Callable[[Query], int], query: Query, field: str
    ) -> None:
        self._schema, self._count, self._query, self._field = schema, count, query, field
        self.skipped: list[Query] = []

    def skip(self, start: str, ends: tuple[int, int], offset: int, *, within: bool) -> int:
        """Skip hits as long as more than `NEAR` are before a page.

        Args:
            start: What the texts begin with.
            ends: The first and the last code point of the character after it.
            offset: The number of these hits before the page.
            within: Whether the page is known to begin among them.

        Returns:
            The number of hits that were skipped.
        """
        left = offset
        while left > NEAR and len(start) < LONGEST:
            low, high = ends
            if not within and (passed := self._skip_range(start, ends, left)) is not None:
                return offset - left + passed  # the page begins after all of them
            within = True
            while low < high:
                usual = (each for each in _MIDDLES if low <= each < high)
                middle = next(usual, (low + high) // 2)
                middle = _SURROGATES[0] - 1 if middle in _SURROGATES else middle
                passed = self._skip_range(start, (low, middle), left)
                if passed is None:
                    high = middle
                else:
                    left, low = left - passed, middle + 1
                    low = _SURROGATES[-1] + 1 if low in _SURROGATES else low
            start, ends = start + chr(low), (1, _LAST)
        return offset - left

    def _skip_range(self, start: str, ends: tuple[int, int], most: int) -> int | None:
        """Skip the hits with a character in a range after the start; return None if too many."""
        low, high = ends
        written = "".join(f"\\x{{{ord(char):x}}}" for char in start)
        pattern = f"{written}[\\x{{{low:x}}}-\\x{{{high:x}}}].*"
        found = Query.regex_query(self._schema, self._field, pattern)
        passed = self._count(Query.boolean_query([(Occur.Must, self._query), (Occur.Must, found)]))
        if passed > most:
            return None
        self.skipped.append(found)
        return passed


def _match_before(index: tantivy.Index, field: str, text: str) -> Query:
    return index.parse_query(f"{field}:<{text}", [field])
