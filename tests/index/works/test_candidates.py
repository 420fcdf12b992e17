"""Check the search for pairs that share a key against a plain double loop."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.works import candidates
from index.works.candidates import Columns, find_candidates

Pair = tuple[int, int]

# The keys of each record, by number. Few keys, so that most are shared.
some_keys = st.lists(st.sets(st.integers(0, 6), max_size=4), max_size=14)


def make_columns(keys: list[set[int]], numbers: Iterable[int]) -> Columns:
    """Return the keys of some records as columns, in the order of the records."""
    rows = [(key, number) for number in numbers for key in sorted(keys[number])]
    return [key for key, _ in rows], [number for _, number in rows]


def find_pairs(keys: list[set[int]], first: int) -> list[Pair]:
    """Return what `find_candidates` finds if the records from `first` on are new."""
    old, new = range(first), range(first, len(keys))
    found = find_candidates(make_columns(keys, new), make_columns(keys, old), sorted)
    return [pair for ones, others in found for pair in zip(ones, others, strict=True)]


def expect_pairs(keys: list[set[int]], first: int) -> set[Pair]:
    """Return the pairs by the definition, key by key."""
    blocks = defaultdict(list)
    for number, own in enumerate(keys):
        for key in own:
            blocks[key].append(number)
    reach = {
        key: len(block) if len(block) <= candidates.LARGE_BLOCK else candidates.NEIGHBOURS
        for key, block in blocks.items()
    }
    return {
        (block[i], block[j])
        for key, block in blocks.items()
        for i, j in combinations(range(len(block)), 2)
        if block[j] >= first and j - i <= reach[key]
    }


@settings(deadline=None)
@given(some_keys, st.integers(0, 14))
def test_pairs_that_share_a_key(keys: list[set[int]], first: int) -> None:
    """Every pair that shares a key and includes a new record is found, and no other."""
    first = min(first, len(keys))
    found = find_pairs(keys, first)
    assert set(found) == expect_pairs(keys, first)
    assert all(one < other for one, other in found)


@settings(deadline=None)
@given(some_keys, st.integers(0, 14), st.integers(1, 6), st.integers(1, 3))
def test_pairs_of_large_blocks(keys: list[set[int]], first: int, large: int, near: int) -> None:
    """In a block over the limit each record is paired with its next neighbours only."""
    first = min(first, len(keys))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(candidates, "LARGE_BLOCK", large)
        patch.setattr(candidates, "NEIGHBOURS", near)
        assert set(find_pairs(keys, first)) == expect_pairs(keys, first)


@pytest.mark.parametrize("count", range(candidates.LARGE_BLOCK - 1, candidates.LARGE_BLOCK + 3))
@pytest.mark.parametrize("old", [0, 1, 30])
def test_the_limit_of_a_block(count: int, old: int) -> None:
    """A block is compared completely up to the limit, and in part above it."""
    keys = [{7} for _ in range(count)]
    assert set(find_pairs(keys, old)) == expect_pairs(keys, old)
