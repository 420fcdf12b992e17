"""Find one page of the hits of a plan, ranked by meaning too where that is asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from search.engines.engine import Engine, HitPage
from search.meaning.mixture import RERANKED
from search.meaning.reranker import NEAREST, Reranker
from search.planning.plan import Exact, Flat, Node, Plan, all_of, any_of
from search.planning.ranking import PlannedQuery
from search.request.search_request import SORTS, SearchRequest


@dataclass(frozen=True, slots=True)
class RankedPage(HitPage):
    """One page of hits.

    Attributes:
        meaning: What their meaning adds to the scores of hits, by the id of the paper; None if the
            hits are ranked by words alone.
    """

    meaning: Mapping[str, float] | None = None


class PageFinder:
    """Finds the page of one request for the plans that its query leads to."""

    def __init__(
        self,
        engine: Engine,
        request: SearchRequest,
        narrow: Callable[[Plan], Plan],
        reranker: Reranker,
        stretch: tuple[int, int] | None = None,
    ) -> None:
        """Prepare to find pages.

        Args:
            engine: The engine that is searched.
            request: The request, with the sort in use.
            narrow: Restricts a plan to the papers that the request selects.
            reranker: Ranks hits by meaning.
            stretch: The number of hits before those that are wanted, and the most of these; None
                for the page of the request.
        """
        self._engine, self._narrow, self._reranker = engine, narrow, reranker
        self._order, self._limit = SORTS[request.sort], request.per_page
        self._offset = (request.page - 1) * request.per_page
        if stretch:
            self._offset, self._limit = stretch

    @property
    def ranks(self) -> bool:
        """Whether scores order the hits, so that boosts change the page."""
        return self._order is None

    def find(self, used: Plan) -> RankedPage:
        """Find the page of a plan, ranked by words alone or by a field."""
        found = self._engine.find(self._narrow(used), self._order, self._offset, self._limit)
        return RankedPage(found.total, found.hits)

    def find_widened(self, used: Plan, planned: PlannedQuery) -> RankedPage:
        """Find the page of a widened plan, whose first hits are ranked by meaning if that helps.

        Args:
            used: The plan.
            planned: The query that it widens.
        """
        first, limit = self._offset, self._limit
        if self._order is not None or first >= RERANKED:
            return self.find(used)
        if not self._reranker.ranks_first_hits(planned, self._engine):
            return self.find(used)
        found = self._engine.find(self._narrow(used), None, 0, max(RERANKED, first + limit))
        ranked, added = self._reranker.rank(found.hits[:RERANKED])
        hits = [*ranked, *found.hits[RERANKED:]]
        return RankedPage(found.total, hits[first : first + limit], added)

    def find_nearest(self, used: Plan, planned: PlannedQuery) -> tuple[RankedPage, Plan]:
        """Find the page of a plan, joined by the papers whose meaning is closest to the query.

        These must match whatever the query has besides words, such as an author or an exclusion.

        Args:
            used: The plan.
            planned: The query that it answers.

        Returns:
            The page, and a plan that also matches those papers. What the meaning adds to the scores
            is not part of the plan.

        Raises:
            MeaningUnusable: The vectors or the model cannot be used.
        """
        nearest, joined = self._join_nearest(used, planned)
        if self._order is not None:
            return self.find(joined), joined
        hits = self._engine.find(self._narrow(used), None, 0, RERANKED).hits
        scored = self._narrow(Plan(nearest, (used.match, *used.boosts)))
        hits += self._engine.find(scored, None, 0, NEAREST).hits
        added = self._reranker.weigh(hits)
        boosts = (Flat(Exact("id", one), more) for one, more in added.items() if more)
        found = self.find(replace(joined, boosts=(*joined.boosts, *boosts)))
        return replace(found, meaning=added), joined

    def _join_nearest(self, used: Plan, planned: PlannedQuery) -> tuple[Node, Plan]:
        """Return what matches the closest papers, and a plan that they join."""
        close = match_ids(self._reranker.find_nearest())
        nearest = Flat(all_of([close, *planned.rest]), 0.0)
        return nearest, replace(used, match=any_of([used.match, nearest]))


class HitCounter(PageFinder):
    """Counts the hits of plans and returns pages without any, which spares ranking them."""

    @property
    def ranks(self) -> bool:
        """Whether scores order the hits: never."""
        return False

    def find(self, used: Plan) -> RankedPage:
        """Count the hits of a plan."""
        return RankedPage(self._engine.count_matches(self._narrow(used).match), [])

    def find_widened(self, used: Plan, _: PlannedQuery) -> RankedPage:
        """Count the hits of a widened plan."""
        return self.find(used)

    def find_nearest(self, used: Plan, planned: PlannedQuery) -> tuple[RankedPage, Plan]:
        """Count the hits of a plan, joined by the papers whose meaning is closest to the query."""
        joined = self._join_nearest(used, planned)[1]
        return self.find(joined), joined


def match_ids(ids: tuple[str, ...]) -> Node:
    """Match papers by their ids."""
    return any_of([Exact("id", one) for one in ids])
