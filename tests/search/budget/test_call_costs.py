"""Test the estimates of what calls of an engine cost."""

import pytest

from search.budget.budget import Budget
from search.budget.call_costs import CallCosts
from search.engines.engine import MOST_BOUNDED, MOST_VALUES, Order
from search.planning.plan import AllOf, AnyOf, Anything, Exact, Node, Plan, Term, Tokens
from tests.support.counted_engine import DOCUMENTS, CountedEngine

STOP_WORDS = ("the", "of", "and", "in", "to", "a")
BOMB = AnyOf(tuple(Tokens("abstract_exact", STOP_WORDS[n:] + STOP_WORDS[:n], 20) for n in range(6)))
WORDS = AnyOf(tuple(Term("text", word) for word in STOP_WORDS * 4))
SECONDS = Budget(DOCUMENTS).seconds


@pytest.fixture
def costs() -> CallCosts:
    """Return the costs in an index of 95,000 papers."""
    return CallCosts(CountedEngine(), DOCUMENTS)


@pytest.mark.parametrize("allowed", [0.0, SECONDS])
def test_what_no_server_should_run_exceeds_a_budget(costs: CallCosts, allowed: float) -> None:
    """Six phrases of six stop words, in any order, exceed the budget; their words do not."""
    assert costs.estimate_find(Plan(BOMB), None, 0, 10, allowed) > SECONDS
    assert costs.estimate_find(Plan(WORDS), None, 0, 10, allowed) < SECONDS / 5
    assert costs.estimate_count(WORDS, allowed) < SECONDS / 5
    assert (
        costs.estimate_facets(WORDS, {"venue": None, "year": None}, MOST_VALUES, allowed)
        < SECONDS / 5
    )


@pytest.mark.parametrize("match", [BOMB, WORDS, Anything()])
def test_a_bound_is_returned_only_if_it_is_allowed(costs: CallCosts, match: Node) -> None:
    """What is counted exactly never costs more than the bound."""
    exact, bound = (
        (
            costs.estimate_find(Plan(match), None, 0, 10, allowed),
            costs.estimate_count(match, allowed),
            costs.estimate_facets(match, {"venue": None}, MOST_VALUES, allowed),
        )
        for allowed in (0.0, 1e9)
    )
    assert all(one <= most + 0.01 for one, most in zip(exact, bound, strict=True))


def test_a_paper_known_by_its_id_is_judged_cheaply(costs: CallCosts) -> None:
    """Whether one paper matches costs little, though it costs much to find all that match."""
    one = AllOf((Exact("id", "rare"), BOMB))
    assert costs.estimate_count(one, 0.0) < costs.estimate_count(BOMB, 0.0) / 3


def test_deep_pages_and_large_facets_cost_more(costs: CallCosts) -> None:
    """A deep page costs more by a field than by score; authors cost more than venues."""
    first, deep, sorted_deep = (
        costs.estimate_find(Plan(WORDS), order, offset, 10, 0.0)
        for order, offset in ((None, 0), (None, 50_000), (Order("title_order"), 50_000))
    )
    assert first < deep < sorted_deep
    by_number = costs.estimate_find(Plan(WORDS), Order("citations"), 50_000, 10, 0.0)
    assert by_number >= sorted_deep  # papers of equal number are ordered by id, which is text
    venues, authors = (
        costs.estimate_facets(WORDS, {name: None}, MOST_VALUES, 0.0)
        for name in ("venue", "author_key")
    )
    assert authors > 1.5 * venues
    every = costs.estimate_facets(WORDS, {"author_key": None}, MOST_BOUNDED + 1, 0.0)
    assert every > authors  # more than a page lists: all authors of the index are walked through


def test_each_condition_of_facets_is_a_pass(costs: CallCosts) -> None:
    """Facets under the same condition share a pass."""
    other = Exact("venue", "the")
    shared = costs.estimate_facets(WORDS, {"year": other, "type": other}, MOST_VALUES, 0.0)
    apart = costs.estimate_facets(WORDS, {"year": other, "type": None}, MOST_VALUES, 0.0)
    assert apart > shared


def test_more_letters_make_completions_cheaper(costs: CallCosts) -> None:
    """A longer prefix begins fewer values; a search to count them in adds its own cost."""
    found = [costs.estimate_completion("title_key", "the"[:n], None, 0.0) for n in (1, 2, 3)]
    assert found == sorted(found, reverse=True)
    assert costs.estimate_completion("title_key", "the", BOMB, 0.0) > found[-1] + 0.1
    assert costs.estimate_completion("title_key", "the" * 900, None, 0.0) == 0.0
