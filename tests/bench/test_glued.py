"""Test how the repairs of glued words are found again."""

import pytest

from index.records import Paper
from tests.bench.glued import REACH, list_repairs

LONG = "x" * 2 * REACH

REPAIRS = [
    ("the time to train", "the timeto train", ["the time+to train"]),
    ("we consider it", "we con sider it", ["we con-sider it"]),
    ("gentle lantern", "gentlel antern", ["gentle+lantern"]),
    ("a & b of the time to it", "a &amp; b of the timeto it", ["a & b of the time+to it"]),
    ("one two", "one twx", []),
    ("unchanged", "", []),
    (f"{LONG} {LONG}", LONG * 2, [f"{LONG[:REACH]}+{LONG[: REACH - 1]}"]),
]


@pytest.mark.parametrize(("abstract", "original", "expected"), REPAIRS)
def test_repairs_are_told_by_their_spaces(
    abstract: str, original: str, expected: list[str]
) -> None:
    """Each repair is listed once, with its surroundings; other changes are none."""
    paper = Paper("p", "Title", abstract, originals={"abstract": original} if original else {})
    assert list(list_repairs(paper)) == expected
