"""Check what engines share: phrases as pairs, patterns, and opening an engine by name."""

import re
from pathlib import Path

import pytest

from index.engines.errors import EngineMissing
from search.engines.checked_engine import open_engine
from search.engines.engine import convert_pattern, needs_pairs, split_into_pairs
from search.planning.plan import AllOf, Tokens, Weighted


@pytest.mark.parametrize(("tokens", "slop", "expected"), [
    (("a", "b"), 0, False),
    (("a", "b"), 2, False),
    (("a", "b", "c"), 0, False),
    (("a", "b", "c"), 1, True),
    (("a", "", "c"), 1, False),
])  # fmt: skip
def test_long_phrases_with_slop_need_pairs(
    tokens: tuple[str, ...], slop: int, *, expected: bool
) -> None:
    """Three or more tokens with slop are run as pairs; gaps do not count as tokens."""
    assert needs_pairs(Tokens("text", tokens, slop)) is expected


def test_a_phrase_is_split_into_pairs() -> None:
    """Every two tokens form a pair that keeps their distance, scored as one phrase."""
    pairs = (
        Tokens("text", ("a", "b"), 3),
        Tokens("text", ("a", "", "c"), 3),
        Tokens("text", ("b", "c"), 3),
    )
    assert split_into_pairs(Tokens("text", ("a", "b", "c"), 3)) == Weighted(AllOf(pairs), 1 / 2)


@pytest.mark.parametrize(("pattern", "token", "fits"), [
    ("neur*", "neural", True), ("neur*", "neur", True), ("wom?n", "women", True),
    ("wom?n", "womn", False), ("c++*", "c++17", True), ("a.c*", "abc", False), ("*", "", True),
])  # fmt: skip
def test_patterns_become_regular_expressions(pattern: str, token: str, *, fits: bool) -> None:
    """``*`` is any letters and ``?`` one; other characters match only themselves."""
    assert bool(re.fullmatch(convert_pattern(pattern), token)) is fits


def test_an_unknown_engine_cannot_be_opened(tmp_path: Path) -> None:
    """The error names the engine."""
    with pytest.raises(EngineMissing, match="nosuch"):
        open_engine("nosuch", tmp_path)
