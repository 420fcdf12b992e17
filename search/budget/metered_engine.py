"""Charge the calls of an engine to the budget of the request that makes them."""

from collections.abc import Callable, Mapping

from search.budget.budget import check_budget, find_budget
from search.budget.call_costs import CallCosts
from search.engines.engine import MOST_VALUES, Engine, FacetCounts, HitPage, Order
from search.planning.plan import Anything, Node, Plan


class MeteredEngine:
    """An engine whose calls are charged to the open budget, see `search.budget.budget`.

    A call that would take longer than is left is refused before it begins. Without a budget, no
    call is.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._costs = CallCosts(engine, engine.count_matches(Anything()))

    def count_documents(self, field: str, token: str) -> int:
        """Count the papers with a token in a field; this costs next to nothing."""
        return self._engine.count_documents(field, token)

    def complete(
        self, field: str, prefix: str, limit: int, within: Node | None = None
    ) -> list[tuple[str, int]]:
        """List the tokens of a field with a prefix, the most frequent first."""
        _charge(lambda allowed: self._costs.estimate_completion(field, prefix, within, allowed))
        return self._engine.complete(field, prefix, limit, within)

    def find(self, plan: Plan, order: Order | None, offset: int, limit: int) -> HitPage:
        """Return one page of hits, by score or by a field."""
        _charge(lambda allowed: self._costs.estimate_find(plan, order, offset, limit, allowed))
        return self._engine.find(plan, order, offset, limit)

    def count_matches(self, match: Node) -> int:
        """Return the exact number of papers that match."""
        _charge(lambda allowed: self._costs.estimate_count(match, allowed))
        return self._engine.count_matches(match)

    def count_facets(
        self, match: Node, facets: Mapping[str, Node | None], limit: int = MOST_VALUES
    ) -> FacetCounts:
        """Count the values of facets over all matches."""
        _charge(lambda allowed: self._costs.estimate_facets(match, facets, limit, allowed))
        return self._engine.count_facets(match, facets, limit)

    def read_paper(self, paper_id: str) -> bytes | None:
        """Return the encoded paper or work with an id, or None."""
        check_budget()
        return self._engine.read_paper(paper_id)


def _charge(estimate: Callable[[float], float]) -> None:
    """Check that the open budget allows a call.

    Args:
        estimate: Estimates the seconds that it takes; those below its argument need not be exact.
    """
    if budget := find_budget():
        allowed = budget.find_allowance()
        if (cost := estimate(allowed)) > allowed:
            budget.check(cost)
