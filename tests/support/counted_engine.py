"""An engine that only counts the documents of some words, in an index that it says is large."""

from collections.abc import Mapping

from search.engines.engine import MOST_VALUES, FacetCounts, HitPage, Order, ValueCounts
from search.planning.plan import Node, Plan

DOCUMENTS = 95_000
"""Documents of the index."""

COUNTS = {"the": 88_000, "of": 87_000, "and": 86_000, "in": 80_000, "to": 82_000, "a": 84_000,
          "learn": 36_000, "graph": 6_000, "rare": 3}  # fmt: skip
"""Documents with each word, in any field."""


class CountedEngine:
    """Counts documents, for estimates at a size that no test can index; it finds nothing."""

    def count_documents(self, _field: str, token: str) -> int:
        """Count the papers with a token in a field."""
        return COUNTS.get(token, 0)

    def complete(
        self, _field: str, prefix: str, limit: int, within: Node | None = None
    ) -> list[tuple[str, int]]:
        """List the tokens with a prefix."""
        found = COUNTS.items() if within is None else []
        return [(token, count) for token, count in found if token.startswith(prefix)][:limit]

    def find(self, _plan: Plan, _order: Order | None, _offset: int, _limit: int) -> HitPage:
        """Return no hits."""
        return HitPage(0, [])

    def count_matches(self, _match: Node) -> int:
        """Return the number of documents."""
        return DOCUMENTS

    def count_facets(
        self, _match: Node, facets: Mapping[str, Node | None], _limit: int = MOST_VALUES
    ) -> FacetCounts:
        """Count no values."""
        return {name: ValueCounts([]) for name in facets}

    def read_paper(self, _paper_id: str) -> bytes | None:
        """Return None."""
        return None
