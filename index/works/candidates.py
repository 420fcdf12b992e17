"""Find the pairs of records that share a key."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain, compress
from operator import ne

LARGE_BLOCK = 50
"""Records that share a key are all compared with each other if there are at most this many."""

NEIGHBOURS = 20
"""In a larger block each record is compared with this many that follow it, sorted by sketch."""

Columns = tuple[Sequence[int], Sequence[int]]
"""Two columns of equal length: keys and record numbers, or the two numbers of each pair."""

Order = Callable[[set[int]], list[int]]
"""Sorts record numbers so that similar records are neighbours, whatever order they came in."""


def find_candidates(new: Columns, old: Columns, order: Order) -> Iterator[Columns]:
    """Yield the pairs that share a key and include a new record, the lesser number first.

    Each round pairs the last new record of every key with all earlier records, then drops it. So
    the Python loop runs once per round rather than once per key; few keys are shared by even two
    records.

    Args:
        new: Keys and numbers of the new records; the numbers ascend for each key.
        old: Keys and numbers of the old records, all less than those of the new ones.
        order: Sorts the records of large blocks.
    """
    last = dict(zip(*new, strict=True))
    old = _select_rows(old, map(last.__contains__, old[0]))
    earlier = _drop_last(new, last)
    counts = Counter(chain(old[0], earlier[0]))
    if large := {key for key, count in counts.items() if count >= LARGE_BLOCK}:
        of_large = _select_rows(new, map(large.__contains__, new[0]))
        yield from _pair_neighbours(large, of_large, old, order)
        earlier, old = (
            _select_rows(rows, [key not in large for key in rows[0]]) for rows in (earlier, old)
        )
    while earlier[0] or old[0]:
        for keys, numbers in (earlier, old):
            yield numbers, list(map(last.__getitem__, keys))
        last = dict(zip(*earlier, strict=True))
        earlier = _drop_last(earlier, last)
        old = _select_rows(old, map(last.__contains__, old[0]))


def _drop_last(columns: Columns, last: dict[int, int]) -> Columns:
    """Return the rows whose number is not the last one of their key."""
    keys, numbers = columns
    return _select_rows(columns, map(ne, map(last.__getitem__, keys), numbers))


def _pair_neighbours(
    large: set[int], new: Columns, old: Columns, order: Order
) -> Iterator[Columns]:
    """Yield pairs for the keys of large blocks, each record with those sorted next to it."""
    blocks: dict[int, tuple[set[int], set[int]]] = {key: (set(), set()) for key in large}
    for at, columns in enumerate((new, old)):
        for key, number in zip(*columns, strict=True):
            if key in large:
                blocks[key][at].add(number)
    for added, others in blocks.values():
        ordered = order(added | others)
        pairs = [
            (min(one, other), max(one, other))
            for at, one in enumerate(ordered)
            for other in ordered[at + 1 : at + 1 + NEIGHBOURS]
            if one in added or other in added
        ]
        firsts, seconds = zip(*pairs, strict=True)
        yield firsts, seconds


def _select_rows(columns: Columns, selectors: Iterable[bool]) -> Columns:
    keys, numbers = columns
    selectors = list(selectors)
    return list(compress(keys, selectors)), list(compress(numbers, selectors))
