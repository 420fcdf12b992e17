"""Test the steps that may be left out."""

import pytest

from search.budget.errors import BudgetSpent, SearchTooLong
from search.budget.optional_steps import OptionalSteps, refuse_long_searches


def exceed_budget() -> int:
    """Do what the budget does not allow."""
    raise BudgetSpent(1.5)


def test_a_step_that_exceeds_the_budget_is_left_out() -> None:
    """What is missing is remembered once; a step that nobody misses is not."""
    steps = OptionalSteps()
    assert steps.attempt(lambda: 7, None, "Seven") == 7
    assert steps.attempt(exceed_budget, None) is None
    assert steps.left_out == []
    assert steps.attempt(exceed_budget, "other", "Facets") == "other"
    assert steps.attempt(exceed_budget, 0, "Facets") == 0
    assert steps.left_out == ["Facets"]


def test_other_failures_pass() -> None:
    """Only the budget may leave a step out."""
    with pytest.raises(ZeroDivisionError):
        OptionalSteps().attempt(lambda: 1 // 0, None)


def test_a_search_that_exceeds_the_budget_is_refused() -> None:
    """The message says how long a request may take, and where there is no limit."""
    with pytest.raises(SearchTooLong, match=r"1\.5 seconds.*command line"), refuse_long_searches():
        exceed_budget()
