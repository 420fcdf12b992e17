"""Test that the calls of engines are charged to the open budget."""

from collections.abc import Callable

import pytest
from hypothesis import given

from search.answers.searcher import Searcher
from search.budget.budget import Budget, open_budget
from search.budget.errors import BudgetSpent
from search.budget.metered_engine import MeteredEngine
from search.engines.engine import Engine
from search.planning.plan import Anything, Plan
from tests.support.made_works import make_indexes
from tests.support.random_plans import PLANS

CALLS: dict[str, Callable[[Engine], object]] = {
    "complete": lambda engine: engine.complete("title", "l", 3),
    "find": lambda engine: engine.find(Plan(Anything()), None, 0, 1),
    "count_matches": lambda engine: engine.count_matches(Anything()),
    "count_facets": lambda engine: engine.count_facets(Anything(), {"venue": None}),
    "read_paper": lambda engine: engine.read_paper("a"),
}


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Return an engine that is open outside of any budget."""
    return make_indexes("tantivy", tmp_path_factory.mktemp("works")).both.engine


@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS)
def test_a_call_is_refused_once_the_budget_is_spent(
    plain: Engine, call: Callable[[Engine], object]
) -> None:
    """Every call with a cost is refused; without a budget none is."""
    metered, now = MeteredEngine(plain), 0.0
    budget = Budget(10, lambda: now)
    with open_budget(budget):
        assert call(metered) == call(plain)
        now = budget.seconds + 1
        with pytest.raises(BudgetSpent):
            call(metered)
    assert call(metered) == call(plain)


@given(PLANS)
def test_without_a_budget_nothing_changes(sample_searcher: Searcher, plan: Plan) -> None:
    """Any plan finds, counts and counts facets as on the plain engine."""
    plain = sample_searcher.engine
    metered = MeteredEngine(plain)
    assert metered.find(plan, None, 0, 5) == plain.find(plan, None, 0, 5)
    assert metered.count_matches(plan.match) == plain.count_matches(plan.match)
    asked = {"venue": plan.match, "year": None}
    assert metered.count_facets(plan.match, asked) == plain.count_facets(plan.match, asked)
    with open_budget(Budget(10, lambda: 0.0)):
        assert metered.find(plan, None, 0, 5) == plain.find(plan, None, 0, 5)
