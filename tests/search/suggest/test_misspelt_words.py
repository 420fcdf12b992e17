"""Test which words may be misspelt."""

import pytest

from search.suggest.misspelt_words import count_edits, is_slip, may_be_misspelt, weigh_edits


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("lerning", True),
        ("Lerning", True),
        ("lern", True),
        ("lrn", False),
        ("LERN", False),
        ("LoRA", False),
        ("lern2", False),
        ("about", False),
    ],
)
def test_words_that_may_be_misspelt(typed: str, expected: bool) -> None:  # noqa: FBT001 - expected
    """Short words, acronyms, words with digits and stop words are never misspelt."""
    assert may_be_misspelt(typed, typed.lower()) is expected


@pytest.mark.parametrize(
    ("token", "word", "edits", "papers", "expected"),
    [
        ("distilation", "distillation", 1, 2, True),
        ("langauge", "language", 1, 500, True),
        ("langauge", "language", 1, 499, False),
        ("langauges", "language", 2, 9_000, False),
        ("baysian", "bayesian", 1, 2_000, True),
        ("baysian", "bayesian", 1, 1_999, False),
        ("wolof", "proof", 1, 9_000, False),
    ],
)
def test_slips_in_titles(token: str, word: str, edits: int, papers: int, expected: bool) -> None:  # noqa: FBT001 - expected
    """A word of a title is misspelt by a doubled letter, or by an edit from a frequent word."""
    assert is_slip(token, word, edits, papers) is expected


@pytest.mark.parametrize(
    ("token", "word", "edits"),
    [("bayse", "bayes", 0.5), ("bayse", "base", 1), ("lerning", "learning", 1), ("ab", "ab", 0)],
)
def test_letters_out_of_order_count_half(token: str, word: str, edits: float) -> None:
    """A swap of letters is less than another letter."""
    assert count_edits(token, word) == edits
    assert weigh_edits(token, word, 2) == (1 if sorted(token) == sorted(word) else 2)
