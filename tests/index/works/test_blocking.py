"""Check the keys of records, and the pairs found by them across generations."""

from array import array
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.records import Author, Paper
from index.works import blocking
from index.works.blocking import KEYS, PairFinder, make_keys

Pair = tuple[int, int]

# The keys of each record, by number; their first bits select two parts of the file.
some_keys = st.lists(
    st.sets(st.sampled_from([1, 2, 3, (1 << 31) + 1, (1 << 31) + 2]), max_size=3), max_size=12
)


def find_pairs(
    folder: Path, keys: list[set[int]], first: int, gone: frozenset[int], before: Path | None
) -> list[Pair]:
    """Add the records from `first` on to a generation, and return the pairs to compare."""
    finder = PairFinder(folder, before)
    for number in range(first, len(keys)):
        finder.add(number, array("I", keys[number]).tobytes())
    found = finder.find_pairs(sorted, gone, folder / f"{KEYS}-{first}")
    return [pair for some in found for pair in some]


def expect_pairs(keys: list[set[int]], first: int, gone: frozenset[int]) -> list[Pair]:
    """Return the pairs by the definition, with a plain double loop."""
    return [
        (one, other)
        for one, other in combinations(range(len(keys)), 2)
        if other >= first and keys[one] & keys[other] and not {one, other} & gone
    ]


@settings(
    deadline=None,
    max_examples=20,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(keys=some_keys, first=st.integers(0, 12), gone=st.frozensets(st.integers(0, 12)))
@pytest.mark.parametrize("together", [1, 3, 1 << 10])
def test_pairs_of_two_generations(
    together: int,
    keys: list[set[int]],
    first: int,
    gone: frozenset[int],
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """A build and an update find each pair once, in order, whatever is buffered."""
    first = min(first, len(keys))
    folder = tmp_path_factory.mktemp("pairs")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(blocking, "_TOGETHER", together)
        assert find_pairs(folder, keys[:first], 0, frozenset(), None) == expect_pairs(
            keys[:first], 0, frozenset()
        )
        before = (folder / f"{KEYS}-0").rename(folder / "before")
        found = find_pairs(folder, keys, first, gone, before)
    assert found == expect_pairs(keys, first, gone)


def share_key(one: Paper, other: Paper) -> bool:
    """Return whether two records share a key."""
    mine, theirs = (
        set(array("I", make_keys(each, each.title.split(), each.ids.values())))
        for each in (one, other)
    )
    return bool(mine & theirs)


ADA = (Author("Ada Reed", "ada reed"),)
TIDES = Paper("1", "measured tides nightly", authors=ADA, ids={"doi": "10.1/a"})


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (Paper("1", "other"), True),
        (Paper("2", "other", ids={"doi": "10.1/a"}), True),
        (Paper("2", "measured tides at nightly", authors=(Author("A. Reed", "a reed"),)), True),
        (Paper("2", "nightly tides", authors=ADA), True),
        (Paper("2", "measured tides nightly", authors=(Author("Bo Li", "bo li"),)), False),
        (Paper("2", "measured waves", authors=ADA), False),
        (Paper("2", "", ids={"doi": "10.1/a"}), False),
    ],
)
def test_records_that_share_a_key(other: Paper, *, expected: bool) -> None:
    """An id, an identifier, or an author with two long words of the title is a key."""
    assert share_key(TIDES, other) is expected


def test_a_long_list_of_authors_makes_few_keys() -> None:
    """Of more than MAX_NAMES authors the same ones make keys, in any order."""
    many = [Author(f"Ada Name{n:03}", f"ada name{n:03}") for n in range(2 * blocking.MAX_NAMES)]
    one = make_keys(Paper("1", "tides", authors=tuple(many)), ["tides"], [])
    other = make_keys(Paper("1", "tides", authors=tuple(reversed(many))), ["tides"], [])
    assert len(one) == (blocking.MAX_NAMES + 1) * array("I").itemsize
    assert set(array("I", one)) == set(array("I", other))
