"""Check when a word is completed or corrected."""

import pytest

from search.planning.fuzzy import (
    FUZZY_WEIGHT,
    PREFIX_RATIO,
    RARE,
    SHORTEST_RESPELT,
    plan_completion,
    plan_fuzzy_word,
)
from search.planning.plan import AnyOf, Flat, Near, Pattern, Term
from tests.support.counts import Counts


@pytest.mark.parametrize(("known", "longer", "completed"), [
    (0, 0, False),
    (0, 1, True),
    (1, PREFIX_RATIO - 1, False),
    (1, PREFIX_RATIO, True),
    (3, 3 * PREFIX_RATIO, True),
])  # fmt: skip
def test_a_word_is_completed_if_longer_ones_are_frequent(
    known: int, longer: int, *, completed: bool
) -> None:
    """A word is incomplete if a longer one is in `PREFIX_RATIO` times as many papers."""
    counts = Counts({"text": {"transl": known}, "title_exact": {"translation": longer}})
    expected = Pattern("title_exact", "transl*") if completed else None
    assert plan_completion(("transl",), counts) == expected


def test_a_frequent_title_word_is_complete() -> None:
    """A word that is the most frequent one with its prefix is not completed."""
    counts = Counts({"title_exact": {"graph": 50, "graphs": 40}})
    assert plan_completion(("graph",), counts) is None


@pytest.mark.parametrize("token", ["2019", "t5", "c++"])
def test_only_letters_are_completed(token: str) -> None:
    """Numbers and words with digits or signs are matched as typed."""
    counts = Counts({"title_exact": {f"{token}x": 1_000}})
    assert plan_completion((token,), counts) is None
    assert plan_fuzzy_word((token,), counts, respell=True) == plan_fuzzy_word(
        (token,), counts, respell=False
    )


def test_the_last_token_of_a_word_is_completed() -> None:
    """In a word of several tokens, only the last can be incomplete."""
    counts = Counts({"title_exact": {"learning": 20, "quick": 20}})
    assert plan_completion(("q", "lear"), counts) == Pattern("title_exact", "lear*")


def test_a_rare_word_is_corrected_on_request() -> None:
    """Corrections score `FUZZY_WEIGHT`, and are tried only if no paper has all the words."""
    exact = Term("text", "grpah")
    assert plan_fuzzy_word(("grpah",), Counts({}), respell=False) == exact
    near = [Near(field, "grpah", 1) for field in ("title_exact", "author")]
    expected = AnyOf((exact, Flat(AnyOf((exact, *near)), FUZZY_WEIGHT)))
    assert plan_fuzzy_word(("grpah",), Counts({}), respell=True) == expected


@pytest.mark.parametrize(("token", "count"), [
    ("g" * (SHORTEST_RESPELT - 1), 0), ("grpah", RARE),
])  # fmt: skip
def test_short_and_known_words_are_not_corrected(token: str, count: int) -> None:
    """A word that is short, or in enough papers, is taken to be right."""
    counts = Counts({"text": {token: count}})
    assert plan_fuzzy_word((token,), counts, respell=True) == Term("text", token)
