"""Show the present names of people in place of their former ones.

The maintainer of an index may say that a name is never shown (`index.people.curation`). The index
has it as the dumps do, so a search for it finds the papers; what is read from the index has the
present name. Former names are no values of the facet of authors either, and complete nothing.
"""

from collections.abc import Mapping
from dataclasses import replace

from index.names.parser import strip_homonym_number
from index.people.curation import Person
from index.people.curation_watch import CurationWatch
from index.people.former_names import replace_former_names
from search.engines.engine import MOST_VALUES, Engine, FacetCounts, HitPage, Order, ValueCounts
from search.planning.plan import Node, Plan

NAME_FIELDS = frozenset({"author_key", "first_author_key"})
"""The fields whose values are names of authors."""


class PresentNames:
    """An engine whose papers have no former names."""

    def __init__(self, engine: Engine, watch: CurationWatch) -> None:
        """Wrap an engine.

        Args:
            engine: One view of a generation.
            watch: What the maintainer says about people.
        """
        self._engine, self._watch = engine, watch

    def count_documents(self, field: str, token: str) -> int:
        """Count the papers with a token in a field, former names included."""
        return self._engine.count_documents(field, token)

    def complete(
        self, field: str, prefix: str, limit: int, within: Node | None = None
    ) -> list[tuple[str, int]]:
        """List the tokens of a field with a prefix, the most frequent first."""
        hidden = self._watch.curation.hidden if field in NAME_FIELDS else {}
        found = self._engine.complete(field, prefix, limit + len(hidden), within)
        return [one for one in found if strip_homonym_number(one[0]) not in hidden][:limit]

    def find(self, plan: Plan, order: Order | None, offset: int, limit: int) -> HitPage:
        """Return one page of hits, by score or by a field."""
        page = self._engine.find(plan, order, offset, limit)
        if not (curation := self._watch.curation).hidden:
            return page
        hits = [(score, replace_former_names(record, curation)) for score, record in page.hits]
        return HitPage(page.total, hits)

    def count_matches(self, match: Node) -> int:
        """Return the exact number of papers that match."""
        return self._engine.count_matches(match)

    def count_facets(
        self, match: Node, facets: Mapping[str, Node | None], limit: int = MOST_VALUES
    ) -> FacetCounts:
        """Count the values of facets over all matches."""
        if not (hidden := self._watch.curation.hidden) or NAME_FIELDS.isdisjoint(facets):
            return self._engine.count_facets(match, facets, limit)
        found = self._engine.count_facets(match, facets, limit + len(hidden))
        return {
            name: _drop_values(one, hidden if name in NAME_FIELDS else {}, limit)
            for name, one in found.items()
        }

    def read_paper(self, paper_id: str) -> bytes | None:
        """Return the encoded paper or work with an id, or None."""
        record = self._engine.read_paper(paper_id)
        curation = self._watch.curation
        return replace_former_names(record, curation) if record and curation.hidden else record


def _drop_values(found: ValueCounts, hidden: Mapping[str, Person], limit: int) -> ValueCounts:
    counts = [one for one in found.counts if strip_homonym_number(one[0]) not in hidden]
    return replace(found, counts=counts[:limit], complete=found.complete and len(counts) <= limit)
