"""Run plans on Tantivy."""

from collections.abc import Mapping
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeAlias

import msgspec
import tantivy
from tantivy import Occur, Query

from index.engines.tantivy import RECORD, open_index
from index.fields import FIELDS, PART, ROW, Kind
from search.engines.engine import (
    MOST_VALUES,
    FacetCounts,
    HitPage,
    Order,
)
from search.engines.tantivy_facets import Matches, count_values, is_plain
from search.engines.tantivy_numbers import match_numbers
from search.engines.tantivy_pages import NEAR, skip_hits
from search.engines.tantivy_queries import QueryBuilder, exclude
from search.planning.plan import (
    AllOf,
    Anything,
    Exact,
    Node,
    Plan,
    Without,
    all_of,
)

TIES = 20
"""Hits fetched beyond each end of a page, so that equal scores are ordered by id across pages."""

MAX_TIES = 1_000
"""Hits fetched if `TIES` do not suffice. More hits of equal score stay in the index's order."""

Hit: TypeAlias = tuple[Any, tantivy.DocAddress]


class _Identified(msgspec.Struct):
    """The one field of a paper that is decoded to break ties."""

    id: str


_ID = msgspec.msgpack.Decoder(_Identified)


def open_folder(folder: Path) -> "TantivyEngine":
    """Open an index that `index.engines.tantivy` made."""
    with open_index(folder) as index:
        return TantivyEngine(index)


class TantivyEngine:
    """Runs plans over one Tantivy index."""

    def __init__(self, index: tantivy.Index) -> None:
        self._index, self._schema = index, index.schema
        self._searcher = index.searcher()
        self._queries = QueryBuilder(self._schema, self._searcher)

    def count_documents(self, field: str, token: str) -> int:
        """Count the papers with a token in a field."""
        return self._searcher.doc_freq(field, token)

    def complete(
        self, field: str, prefix: str, limit: int, within: Node | None = None
    ) -> list[tuple[str, int]]:
        """List the tokens of a field with a prefix, the most frequent first."""
        only = None if within is None else self._queries.convert(within)
        found = self._searcher.terms_with_prefix(field, prefix, only, limit)
        return [(token, count) for token, count in found if count]

    def find(self, plan: Plan, order: Order | None, offset: int, limit: int) -> HitPage:
        """Return one page of hits, by score or by a field."""
        if order is None and plan.scored:
            return self._find_by_score(self._queries.build(plan), offset, limit)
        query = self._queries.convert_match(plan.match)
        return self._find_by_field(query, order or Order("id"), offset, limit)

    def count_matches(self, match: Node) -> int:
        """Return the exact number of papers that match."""
        if isinstance(match, Anything):
            return int(self._searcher.num_docs)
        return self._count(self._queries.convert_match(match))

    def count_facets(
        self, match: Node, facets: Mapping[str, Node | None], limit: int = MOST_VALUES
    ) -> FacetCounts:
        """Count the values of facets over all matches, in one pass for each condition.

        A single pass with a filter inside the aggregation of each facet took two to eight times as
        long for most queries tried at 95,000 papers.
        """
        by_condition: dict[Node | None, list[str]] = {}
        for name, only in facets.items():
            by_condition.setdefault(only, []).append(name)
        counted: FacetCounts = {}
        for only, names in by_condition.items():
            node = match if only is None else all_of([match, only])
            query, plain = self._queries.convert_match(node), is_plain(node)
            matches = Matches(self._searcher, self._schema, query, plain=plain)
            counted |= count_values(matches, names, limit)
        return counted

    def read_paper(self, paper_id: str) -> bytes | None:
        """Return the encoded paper or work with an id, or None; merged records are not found."""
        others = (Without(Exact("dup", dup)) for dup in (ROW, PART))
        query = self._queries.convert(AllOf((Exact("id", paper_id), *others)))
        hits = self._searcher.search(query, 1, count=False).hits
        return self._read_bytes(hits[0][1]) if hits else None

    def _read_bytes(self, address: tantivy.DocAddress) -> bytes:
        return bytes(self._searcher.doc(address).get_first(RECORD) or b"")

    def _find_by_score(self, query: Query, offset: int, limit: int) -> HitPage:
        for beyond in (TIES, MAX_TIES):
            before = min(offset, beyond)
            wanted = before + limit + beyond
            result = self._searcher.search(query, wanted, offset=offset - before)
            page = slice(before, before + limit)
            scores = [score for score, _ in result.hits]
            # A tie at either end of the page may extend beyond the hits that were fetched.
            first_cut = before < offset and scores[:1] == scores[page][:1]
            last_cut = len(scores) == wanted and scores[-1] == scores[page][-1]
            if not (first_cut or last_cut):
                break
        hits: list[Hit] = []
        for _, group in groupby(result.hits, key=itemgetter(0)):
            run, first = list(group), len(hits)
            if first < page.stop and first + len(run) > before and 1 < len(run) <= MAX_TIES:
                run = self._sort_by_id(run)
            hits += run
        found = [(score, self._read_bytes(address)) for score, address in hits[page]]
        return HitPage(_read_total(result), found)

    def _find_by_field(self, query: Query, order: Order, offset: int, limit: int) -> HitPage:
        # For a deep page, the search covers only the hits from shortly before it.
        total = self._count(query) if offset > NEAR else None
        if total is not None and offset >= total:
            return HitPage(total, [])
        # One more hit on either side tells whether equal values extend beyond the page.
        before = min(offset, 1)
        result = self._search_ordered(query, order, offset - before, before + limit + 1)
        hits: list[Hit] = []
        first, end = 0, before + limit
        for value, group in groupby(result.hits, key=itemgetter(0)):
            run = list(group)
            low, high, last = max(first, before), min(first + len(run), end), first + len(run)
            # Columns of text to sort by end in the id, so that no two are equal.
            if (first or not before) and last <= end and not isinstance(value, str):
                hits += self._sort_by_id(run)
            elif low < high and not isinstance(value, str):
                hits += self._order_ties(query, order, value, offset - before + low, high - low)
            else:
                hits += run[low - first : high - first]
            first = last
        total = _read_total(result) if total is None else total
        return HitPage(total, [(0.0, self._read_bytes(address)) for _, address in hits])

    def _sort_by_id(self, run: list[Hit]) -> list[Hit]:
        if len(run) == 1:
            return run
        return sorted(run, key=lambda hit: _ID.decode(self._read_bytes(hit[1])).id)

    def _search_ordered(
        self, query: Query, order: Order, offset: int, limit: int
    ) -> tantivy.SearchResult:
        if order.field in _TEXTS and not order.descending and offset > NEAR:
            query, offset = skip_hits(self._index, self._count, query, order.field, offset)
        direction = tantivy.Order.Desc if order.descending else tantivy.Order.Asc
        return self._searcher.search(
            query, limit, offset=offset, order_by_field=order.field, order=direction
        )

    def _order_ties(
        self, query: Query, order: Order, value: int | None, offset: int, limit: int
    ) -> list[Hit]:
        """Fetch the papers that share a value, by id, from where the page begins."""
        exists = Query.exists_query(order.field)
        if value is None:
            same, earlier = exclude(exists), exists
        else:
            same = match_numbers(self._schema, order.field, value, value)
            low, high = (value + 1, None) if order.descending else (None, value - 1)
            earlier = match_numbers(self._schema, order.field, low, high)
        before = _read_total(self._searcher.search(_intersect(query, earlier), 1))
        ties = _intersect(query, same)
        return self._search_ordered(ties, Order("id"), offset - before, limit).hits

    def _count(self, query: Query) -> int:
        return _read_total(self._searcher.search(query, 1))


_TEXTS = {"id", *(name for name, kind in FIELDS.items() if kind is Kind.ORDER)}


def _read_total(result: tantivy.SearchResult) -> int:
    return int(result.count)  # type: ignore[attr-defined]  # missing in its stubs


def _intersect(query: Query, other: Query) -> Query:
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, other)])
