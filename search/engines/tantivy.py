"""Answers: how does Tantivy answer a plan?"""

import re
from collections.abc import Mapping
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, TypeAlias

import msgspec
import tantivy
from tantivy import FieldType, Occur, Query

from index.engines.tantivy import RECORD, open_index
from index.errors import GenerationCorrupt
from index.fields import FIELDS, PART, ROW, Kind
from search.engines.engine import FacetCounts, HitPage, Order, needs_pairs, split_into_pairs
from search.engines.tantivy_pages import NEAR, shortened
from search.planning.plan import (
    AllOf,
    AnyOf,
    Anything,
    Exact,
    Flat,
    Near,
    Node,
    Numbers,
    Pattern,
    Plan,
    Term,
    Tokens,
    Weighted,
    Without,
    all_of,
)

MAX_VALUES = 65_000
"""Facet values that are counted; Tantivy's own limit on buckets of one aggregation."""

TIES = 20
"""Hits looked at beyond a page's edges, so that equal scores are ordered by id across pages."""

MAX_TIES = 1_000
"""Hits looked at where `TIES` are not enough; of more that are equal the order is the index's."""

_MAX_INTEGER = 2**62

Hit: TypeAlias = tuple[Any, tantivy.DocAddress]


class _Identified(msgspec.Struct):
    """The one field of a paper that breaks ties."""

    id: str


_ID = msgspec.msgpack.Decoder(_Identified)


def open_folder(folder: Path) -> "TantivyEngine":
    """Open an index that `index.engines.tantivy` made.

    Raises:
        GenerationCorrupt: Tantivy cannot read it.
    """
    try:
        with open_index(folder) as index:
            return TantivyEngine(index)
    except (ValueError, OSError) as error:
        raise GenerationCorrupt(folder.parent.name, f"the engine says: {error}") from error


class TantivyEngine:
    """Answers plans over one Tantivy index."""

    def __init__(self, index: tantivy.Index) -> None:
        self._index, self._schema = index, index.schema
        self._searcher = index.searcher()

    def count_documents(self, field: str, token: str) -> int:
        """Count the papers that have a token in a field."""
        return self._searcher.doc_freq(field, token)

    def complete(
        self, field: str, prefix: str, limit: int, within: Node | None = None
    ) -> list[tuple[str, int]]:
        """Give the tokens of a field that begin so, the most frequent first."""
        only = None if within is None else self._query(within)
        found = self._searcher.terms_with_prefix(field, prefix, only, limit)
        return [(token, count) for token, count in found if count]

    def find(self, plan: Plan, order: Order | None, offset: int, limit: int) -> HitPage:
        """Give one page of hits, by score or by a field."""
        query = self._scored(plan)
        if order is None and plan.scored:
            return self._by_score(query, offset, limit)
        return self._by_field(query, order or Order("id"), offset, limit)

    def count_matches(self, match: Node) -> int:
        """Count the papers that match."""
        if isinstance(match, Anything):
            return int(self._searcher.num_docs)
        return self._total(self._query(match))

    def count_facets(self, match: Node, facets: Mapping[str, Node | None]) -> FacetCounts:
        """Count the values of facets over all matches, those of one condition in one pass.

        One pass with a filter inside the aggregation for each facet took two to eight times as
        long on most queries tried at 95,000 papers.
        """
        alike: dict[Node | None, list[str]] = {}
        for name, only in facets.items():
            alike.setdefault(only, []).append(name)
        counted: FacetCounts = {}
        for only, names in alike.items():
            query = self._query(match if only is None else all_of([match, only]))
            found = self._searcher.aggregate(query, {name: _terms(name) for name in names})
            counted |= {name: _sorted(found[name]["buckets"]) for name in names}
        return counted

    def read_paper(self, paper_id: str) -> bytes | None:
        """Give the bytes of the paper of this id, neither row nor part of a work, or None."""
        others = (Without(Exact("dup", dup)) for dup in (ROW, PART))
        query = self._query(AllOf((Exact("id", paper_id), *others)))
        hits = self._searcher.search(query, 1, count=False).hits
        return self._bytes(hits[0][1]) if hits else None

    def _bytes(self, address: tantivy.DocAddress) -> bytes:
        return bytes(self._searcher.doc(address).get_first(RECORD) or b"")

    def _by_score(self, query: Query, offset: int, limit: int) -> HitPage:
        for beyond in (TIES, MAX_TIES):
            before = min(offset, beyond)
            asked = before + limit + beyond
            result = self._searcher.search(query, asked, offset=offset - before)
            page = slice(before, before + limit)
            scores = [score for score, _ in result.hits]
            cut = before < offset and scores[:1] == scores[page][:1]
            if not cut and (len(scores) < asked or scores[-1] != scores[page][-1]):
                break
        hits: list[Hit] = []
        for _, group in groupby(result.hits, key=itemgetter(0)):
            run, first = list(group), len(hits)
            if first < page.stop and first + len(run) > before and 1 < len(run) <= MAX_TIES:
                run.sort(key=lambda hit: _ID.decode(self._bytes(hit[1])).id)
            hits += run
        return HitPage(_total(result), [(score, self._bytes(at)) for score, at in hits[page]])

    def _by_field(self, query: Query, order: Order, offset: int, limit: int) -> HitPage:
        result = self._ordered(query, order, offset, limit)
        hits: list[Hit] = []
        for value, group in groupby(result.hits, key=itemgetter(0)):
            run = list(group)
            # Texts to sort by end in the id, so that no two are the same.
            tied = not isinstance(value, str)
            hits += self._tied(query, order, value, offset + len(hits), len(run)) if tied else run
        # Of a deep page only the hits from shortly before it were counted.
        total = self._total(query) if offset > NEAR else _total(result)
        return HitPage(total, [(0.0, self._bytes(address)) for _, address in hits])

    def _ordered(self, query: Query, order: Order, offset: int, limit: int) -> tantivy.SearchResult:
        if order.field in _TEXTS and not order.descending and offset > NEAR:
            query, offset = shortened(self._index, self._total, query, order.field, offset)
        direction = tantivy.Order.Desc if order.descending else tantivy.Order.Asc
        return self._searcher.search(
            query, limit, offset=offset, order_by_field=order.field, order=direction
        )

    def _tied(
        self, query: Query, order: Order, value: int | None, offset: int, limit: int
    ) -> list[Hit]:
        """Order by id the papers that share a value, from where the page meets them."""
        exists = Query.exists_query(order.field)
        if value is None:
            same, earlier = _without(exists), exists
        else:
            same = self._numbers(order.field, value, value)
            low, high = (value + 1, None) if order.descending else (None, value - 1)
            earlier = self._numbers(order.field, low, high)
        before = _total(self._searcher.search(_both(query, earlier), 1))
        return self._ordered(_both(query, same), Order("id"), offset - before, limit).hits

    def _total(self, query: Query) -> int:
        return _total(self._searcher.search(query, 1))

    def _scored(self, plan: Plan) -> Query:
        match = self._query(plan.match)
        if not plan.boosts:
            return match
        extra = [(Occur.Should, self._query(bonus)) for bonus in plan.boosts]
        return Query.boolean_query([(Occur.Must, match), *extra])

    def _query(self, node: Node) -> Query:  # noqa: C901, PLR0911, PLR0912 - one case a node
        match node:
            case Term(field, token):
                return Query.term_query(self._schema, field, token, "freq")
            case Tokens() if needs_pairs(node):
                return self._query(split_into_pairs(node))
            case Tokens(field, tokens, slop):
                placed = [pair for pair in enumerate(tokens) if pair[1]]
                return Query.phrase_query(self._schema, field, [*placed], slop)
            case Exact(field, value):
                return Query.const_score_query(
                    Query.term_query(self._schema, field, value, "basic"), 1.0
                )
            case Numbers(field, low, high):
                return self._numbers(field, low, high)
            case Pattern(field, pattern):
                if _PREFIX.fullmatch(pattern):
                    # A prefix needs no automaton of its own: .2 ms less than a pattern.
                    return Query.fuzzy_term_query(self._schema, field, pattern[:-1], 0, prefix=True)
                return Query.regex_query(self._schema, field, _regex(pattern))
            case Near(field, token, distance):
                return Query.fuzzy_term_query(self._schema, field, token, distance)
            case Anything():
                return Query.all_query()
            case AllOf(children):
                return self._conjunction(children)
            case AnyOf(children, at_least):
                shoulds = [(Occur.Should, self._query(child)) for child in children]
                if not shoulds:
                    return Query.empty_query()
                return Query.boolean_query(shoulds, at_least if at_least > 1 else None)
            case Without(child):
                return _without(self._query(child))
            case Weighted(child, factor):
                return Query.boost_query(self._query(child), factor)
            case Flat(child, score):
                return Query.const_score_query(self._query(child), score)

    def _conjunction(self, children: tuple[Node, ...]) -> Query:
        """Join with AND; what is left out is left out of the rest and not of all papers."""
        needed = [self._query(child) for child in children if not isinstance(child, Without)]
        left_out = [self._query(child.child) for child in children if isinstance(child, Without)]
        return Query.boolean_query(
            [
                *((Occur.Must, query) for query in needed or [Query.all_query()]),
                *((Occur.MustNot, query) for query in left_out),
            ]
        )

    def _numbers(self, field: str, low: int | None, high: int | None) -> Query:
        return Query.const_score_query(
            Query.range_query(
                self._schema,
                field,
                FieldType.Integer,
                -_MAX_INTEGER if low is None else low,
                _MAX_INTEGER if high is None else high,
            ),
            1.0,
        )


_TEXTS = {"id", *(name for name, kind in FIELDS.items() if kind is Kind.ORDER)}
_PREFIX = re.compile(r"[^*?]+\*")


def _total(result: tantivy.SearchResult) -> int:
    return int(result.count)  # type: ignore[attr-defined]  # missing in its stubs


def _both(query: Query, other: Query) -> Query:
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, other)])


def _without(query: Query) -> Query:
    return Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, query)])


def _regex(pattern: str) -> str:
    """Write a pattern of letters, ``*`` and ``?`` as a regular expression over a whole token."""
    signs = {"*": ".*", "?": "."}
    return "".join(signs.get(sign) or re.escape(sign) for sign in pattern)


def _terms(field: str) -> dict[str, Any]:
    return {"terms": {"field": field, "size": MAX_VALUES}}


def _sorted(buckets: list[dict[str, Any]]) -> list[tuple[str, int]]:
    counted = [(str(bucket["key"]), bucket["doc_count"]) for bucket in buckets]
    return sorted(counted, key=lambda pair: (-pair[1], pair[0]))
