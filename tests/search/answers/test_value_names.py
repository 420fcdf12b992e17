"""Check how the values of a facet are found and listed."""

import pytest

from search.answers.searcher import Searcher
from search.answers.value_names import (
    find_value,
    list_beginning,
    list_containing,
    list_frequent,
)


@pytest.mark.parametrize(
    ("name", "typed", "expected"),
    [
        ("venue", "NeurIPS", "NeurIPS"),
        ("venue", "nips", "NeurIPS"),
        ("venue", "ieee/acm transactions  ON networking", "IEEE/ACM Transactions on Networking"),
        ("topic", "Reinforcement Learning", "reinforcement learning"),
        ("topic", "reinforcement", None),
        ("venue", "", None),
        ("venue", "\x00", None),
        ("topic", "!" * 3_000, None),
    ],
)
def test_a_value_is_found_in_any_case(
    sample_searcher: Searcher, name: str, typed: str, expected: str | None
) -> None:
    """Names and known aliases in any case lead to the value; parts of it do not."""
    assert find_value(sample_searcher.engine, name, typed) == expected


@pytest.mark.parametrize("name", ["venue", "topic"])
def test_lists_agree_with_each_other(sample_searcher: Searcher, name: str) -> None:
    """The list of a letter and of a word are those values of the whole list, with its counts."""
    engine = sample_searcher.engine
    whole = list_frequent(engine, name)
    assert whole.complete
    counts = dict(whole.counts)
    for letter in "nl":
        found = list_beginning(engine, name, letter)
        assert dict(found.counts) == {
            value: count for value, count in counts.items() if value[0].lower() == letter
        }
    found = list_containing(engine, name, "learn")
    assert dict(found.counts).items() <= counts.items()
    assert found.counts
    assert all("learn" in value.lower() for value, _ in found.counts)


def test_long_lists_are_cut(sample_searcher: Searcher) -> None:
    """A list says that it leaves out the less frequent values."""
    found = list_frequent(sample_searcher.engine, "topic", 3)
    assert (len(found.counts), found.complete) == (3, False)
    assert not list_beginning(sample_searcher.engine, "topic", "l", 1).complete
