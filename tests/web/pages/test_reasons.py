"""Test how the parts of a score are told."""

import pytest

from search.explain.score import Reason
from web.pages.reasons import FIELDS, LONGEST_WORDS, describe_reasons

WORD = Reason("tide", "text", "word", 3.0)


def test_reasons_are_told_in_words() -> None:
    """A reason names its words, what the paper has, where, and its share of the score."""
    cited = Reason("", "citations", "number", 1.0)
    meaning = Reason("", "", "meaning", -0.5)
    shown = describe_reasons([WORD, cited, meaning])
    assert [(one.words, one.told, one.field, one.share) for one in shown] == [
        ("tide", "has the word", FIELDS["text"], 75),
        ("", "has been cited often", "citations", 25),
        ("", "is close to the query in meaning", "", 0),
    ]
    assert [one.weight for one in shown] == [3.0, 1.0, -0.5]


@pytest.mark.parametrize("reasons", [[], [Reason("", "", "value", 0.0)]])
def test_reasons_without_weight(reasons: list[Reason]) -> None:
    """Reasons of papers that a field orders have no share."""
    assert [one.share for one in describe_reasons(reasons)] == [0] * len(reasons)


def test_long_words_are_cut() -> None:
    """The words of a pasted text are shortened."""
    shown = describe_reasons([Reason("x" * 999, "title", "neighbours", 1.0)])
    assert len(shown[0].words) <= LONGEST_WORDS + 1
    assert shown[0].field == "title"
