"""Test budgets of requests."""

import pytest

from search.budget.budget import Budget, find_budget, open_budget
from search.budget.errors import BudgetSpent


def test_a_budget_is_spent_after_its_seconds() -> None:
    """The last moment is within the budget."""
    now = 0.0
    budget = Budget(100_000, lambda: now)
    now = budget.seconds
    budget.check()
    now += 0.001
    with pytest.raises(BudgetSpent, match="processor time"):
        budget.check()


def test_a_budget_is_extended() -> None:
    """More seconds are added to those that are left; one that is spent stays so."""
    now = 0.0
    budget = Budget(100_000, lambda: now)
    before = budget.check()
    budget.extend(4.0)
    assert budget.check() == pytest.approx(before + 4.0)
    now = budget.seconds + 0.001
    with pytest.raises(BudgetSpent):
        budget.extend(4.0)


def test_a_larger_index_allows_more() -> None:
    """Two million papers may take three times as long as 95,000."""
    assert Budget(2_000_000).seconds > 3 * Budget(95_000).seconds


def test_a_budget_is_open_within_its_block_only() -> None:
    """Budgets nest; none is left open."""
    outer, inner = Budget(1), Budget(1)
    assert find_budget() is None
    with open_budget(outer):
        with open_budget(inner):
            assert find_budget() is inner
        assert find_budget() is outer
    assert find_budget() is None
