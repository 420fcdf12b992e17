"""Estimate the processor time of one call of an engine before it begins."""

from collections.abc import Mapping

from index.fields import FIELDS, Kind
from search.budget.cost import PER_POSTING, Estimator
from search.engines.engine import MOST_BOUNDED, Engine, Order
from search.planning.plan import Node, Plan, all_of

PASSES = 1.5
"""Searches for one page of hits: two where many hits have the score of the last one."""

PER_SCORED = 10e-9
"""Seconds to score one hit."""

PER_HIT = 25e-6
"""Seconds to read one hit of a page, and those beside it that may have the same score."""

BESIDE = 40
"""Hits read beside a page."""

PER_OFFSET = 0.3e-6
"""Seconds for each hit before the page. Measured: 20 ms for 90,000."""

PER_SORTED = 1.2e-6
"""Seconds for each hit of a deep page that is sorted by a field. Measured: .6 to 1.2 us."""

NEAR_OFFSET = 1_000
"""Hits before a page from which on its beginning is looked for, if a field orders the hits: among
their texts, or among the ids of those whose number is equal."""

SKIP_PASSES = 20
"""Searches that this takes. Measured: 15, and up to 25 where few hits have a number."""

PER_EARLIER = 60e-9
"""Seconds for each document of the index in each of these to count earlier texts. All papers of 2
million were ordered by title in 2.5 s up to page 999 of 100 hits, by citations in 2.0 and by author
in .5; those of 95,000 in .08 to .14 s."""

PER_COUNTED = {"author_key": 0.7e-6, "institution": 0.4e-6, "topic": 0.2e-6}
"""Seconds to count the values of one hit in a facet of many values. Measured at 95,000 and 2
million papers: authors .7 and .3 us, institutions .65 and .03 us, topics .37 and .06 us."""

PER_WALKED = 1e-6
"""Seconds for each document of the index to walk through all authors, which is done if more values
are wanted than a page lists. Measured at 2 million papers: 1.2 to 2.1 s."""

PER_COUNTED_ELSEWHERE = 15e-9
"""The same in other facets. Measured: 3 to 12 ns."""

PER_LISTED = {"title_key": 350e-9}
"""Seconds for each document of the index to list the values that begin with one letter. Measured:
320 ns for titles that begin with ``a``."""

PER_LISTED_ELSEWHERE = 100e-9
"""The same in other fields. Measured: 20 to 65 ns, and twice as much within a search."""

LETTERS = 3.0
"""How much faster it is with each further letter; chosen for the most frequent letters."""


class CallCosts:
    """Estimates what the calls of an engine cost in one index.

    Each method takes the seconds that would be allowed. If even an upper bound, which counts
    nothing, is within them, that bound is returned.
    """

    def __init__(self, engine: Engine, documents: int) -> None:
        """Prepare to estimate costs.

        Args:
            engine: The engine that will be called.
            documents: The number of documents in the index.
        """
        self._nodes = Estimator(engine, documents)
        self._documents = documents

    def estimate_find(
        self, plan: Plan, order: Order | None, offset: int, limit: int, allowed: float
    ) -> float:
        """Estimate the seconds to find a page of hits."""
        by_score = plan.scored and order is None
        boosts = plan.boosts
        hits: float = self._documents
        extra = PER_HIT * (limit + BESIDE)
        skips = offset > NEAR_OFFSET and not by_score
        passes = PASSES + (SKIP_PASSES if skips else 0)
        seconds = passes * (self._nodes.bound(plan.match, *boosts) + hits * PER_SCORED)
        depth = self._estimate_depth(order, hits, offset, limit, by_score=by_score)
        if (seconds := seconds + extra + depth) <= allowed:
            return seconds
        match = self._nodes.estimate(plan.match)
        added = self._nodes.combine([self._nodes.estimate(boost) for boost in boosts])
        hits = match.most
        read = match.scan + hits * PER_SCORED + added.read(hits)
        extra += match.build + added.build
        depth = self._estimate_depth(order, hits, offset, limit, by_score=by_score)
        return passes * read + extra + depth

    def _estimate_depth(
        self, order: Order | None, hits: float, offset: int, limit: int, *, by_score: bool
    ) -> float:
        """Estimate the seconds to pass over the hits before a page."""
        if by_score:
            return PER_OFFSET * min(hits, offset + limit)
        if offset <= NEAR_OFFSET:
            return PER_SORTED * hits if offset else 0.0
        skipping = SKIP_PASSES * self._documents * PER_EARLIER
        by_text = order is None or FIELDS.get(order.field) is Kind.ORDER
        return skipping if by_text else max(skipping, PER_SORTED * hits)

    def estimate_count(self, match: Node, allowed: float) -> float:
        """Estimate the seconds to count the papers that match."""
        bound = self._nodes.bound(match)
        return bound if bound <= allowed else self._estimate_pass(match)[0]

    def _estimate_pass(self, match: Node) -> tuple[float, float]:
        """Return the seconds to list all papers that match, and the most that they can be."""
        cost = self._nodes.estimate(match)
        return cost.build + cost.scan, cost.most

    def estimate_facets(
        self, match: Node, facets: Mapping[str, Node | None], limit: int, allowed: float
    ) -> float:
        """Estimate the seconds to count facets, in one pass for each condition."""
        by_condition: dict[Node | None, float] = {}
        for name, only in facets.items():
            each = PER_COUNTED.get(name, PER_COUNTED_ELSEWHERE)
            by_condition[only] = by_condition.get(only, PER_POSTING) + each
        nodes = {only: match if only is None else all_of([match, only]) for only in by_condition}
        bound = sum(self._nodes.bound(node) for node in nodes.values())
        walks = limit > MOST_BOUNDED and "author_key" in facets
        walked = PER_WALKED * self._documents if walks else 0.0
        bound += self._documents * sum(by_condition.values()) + walked
        if bound <= allowed:
            return bound
        passes = [(self._estimate_pass(nodes[only]), each) for only, each in by_condition.items()]
        return walked + sum(seconds + hits * each for (seconds, hits), each in passes)

    def estimate_completion(
        self, field: str, prefix: str, within: Node | None, allowed: float
    ) -> float:
        """Estimate the seconds to list the tokens of a field with a prefix."""
        letter = PER_LISTED.get(field, PER_LISTED_ELSEWHERE)
        listed = self._documents * letter * LETTERS ** (1 - len(prefix))
        if within is None:
            return listed
        return 2 * listed + self.estimate_count(within, allowed - 2 * listed)
