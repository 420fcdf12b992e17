"""Answers: of a work that several records speak of, what is seen: the work, or its records?

The index keeps both, told apart by the field ``dup`` (see `index.fields`). Whoever searches sees
one of two `views`, so that no part of the search has to think of it: counts, completions and hits
are those of an index in which the others are not.
"""

from bisect import insort
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property, lru_cache

from index.fields import FIELDS, PART, ROW, WORK, Kind
from index.records import Paper, decode_paper, list_record_ids
from search.engines.engine import Engine, FacetCounts, HitPage, Order
from search.language.parser import Parsed, parse
from search.planning.plan import AllOf, Anything, Exact, Node, Plan, Without, all_of
from search.request.search_request import MAX_QUERY, SearchRequest

CACHED = 1 << 14
"""Tokens whose papers are counted once; those of a query are asked for several times."""

RARE = 1_000
"""Documents that are counted one by one, which takes some .02 ms. Counting those of
all words of a query made a search twice as long at 158,000 documents."""

SWITCHES = ("dup:yes", "dup:no")
"""How a query says that works are searched, or records."""

FEW = 20
"""Tokens that may be counted one by one; more are counted in one pass over all documents."""

AHEAD = 4
"""Times as many tokens are looked at before that pass is made; it takes as long as 50 counts."""

MOST = 1_000
"""Tokens that anybody wants to see."""

NAMESAKES = 20
"""Works looked at for one record: identifiers are looked up without case."""

_WORDS = {Kind.WORDS, Kind.POSITIONS}


class View:
    """Answers plans over one generation as if some of its documents were not there."""

    def __init__(self, engine: Engine, *dups: str) -> None:
        """Take an engine and the values of ``dup`` whose documents are left out."""
        self._engine = engine
        self._dups = dups
        self._others = tuple(Without(Exact("dup", dup)) for dup in dups)
        self._counted = lru_cache(CACHED)(self._count)

    def count_documents(self, field: str, token: str) -> int:
        """Count the papers that have a token in a field.

        Those that have a value are counted exactly, and so are those that have a rare word. Of a
        word in more than `RARE` documents, which is only weighed, as many are taken to be seen as
        of all documents.
        """
        return self._counted(field, token)

    def _count(self, field: str, token: str) -> int:
        known = self._engine.count_documents(field, token)
        if known > RARE and FIELDS[field] in _WORDS:
            return round(known * self._share)
        return (
            self._engine.count_matches(AllOf((Exact(field, token), *self._others))) if known else 0
        )

    @cached_property
    def _share(self) -> float:
        every = self._engine.count_matches(Anything())
        others = sum(self._engine.count_documents("dup", dup) for dup in self._dups)
        return 1 - others / every

    def complete(
        self, field: str, prefix: str, limit: int, within: Node | None = None
    ) -> list[tuple[str, int]]:
        """Give the tokens of a field that begin so, the most frequent first.

        More than `MOST` are asked for only to know what a pattern costs, and that costs what all
        documents have, so of these all are given.
        """
        if limit > MOST:
            return self._engine.complete(field, prefix, limit, within)
        if within is None and limit <= FEW:
            known = self._engine.complete(field, prefix, AHEAD * limit)
            if (found := self._first(field, known, limit)) is not None:
                return found
        every = Anything() if within is None else within
        return self._engine.complete(field, prefix, limit, self._seen(every))

    def _first(
        self, field: str, known: list[tuple[str, int]], limit: int
    ) -> list[tuple[str, int]] | None:
        """Count the first tokens one by one, if those tell which are the most frequent.

        Of the documents that the engine counts never more are seen than there are. So once the last
        token that is wanted is ahead of the next, it is ahead of all others.
        """
        found: list[tuple[str, int]] = []
        for token, count in known:
            if len(found) >= limit and _rank(found[limit - 1]) <= _rank((token, count)):
                return found[:limit]
            if seen := self.count_documents(field, token):
                insort(found, (token, seen), key=_rank)
        return found[:limit] if len(known) < AHEAD * limit else None

    def find(self, plan: Plan, order: Order | None, offset: int, limit: int) -> HitPage:
        """Give one page of hits, by score or by a field."""
        seen = Plan(self._seen(plan.match), plan.boosts, plan.scored)
        return self._engine.find(seen, order, offset, limit)

    def count_matches(self, match: Node) -> int:
        """Count the papers that match."""
        return self._engine.count_matches(self._seen(match))

    def count_facets(self, match: Node, facets: Mapping[str, Node | None]) -> FacetCounts:
        """Count the values of facets over all matches."""
        return self._engine.count_facets(self._seen(match), facets)

    def read_paper(self, paper_id: str) -> bytes | None:
        """Give the bytes of the paper of this id, or None."""
        hits = self.find(Plan(Exact("id", paper_id), scored=False), None, 0, 1).hits
        return hits[0][1] if hits else None

    def _seen(self, match: Node) -> Node:
        """Leave out the others beside what is left out already: a joint more costs time."""
        parts = match.children if isinstance(match, AllOf) else (match,)
        return AllOf((*parts, *self._others))


def _rank(pair: tuple[str, int]) -> tuple[int, str]:
    return -pair[1], pair[0]


def views(engine: Engine) -> tuple[Engine, Engine]:
    """Give the two views of a generation: of its works, and of the records as the dumps have them.

    A paper of a single record is in both, a record that is no paper by itself in neither. Where
    there is nothing to leave out, the engine is asked as it is, and nothing costs more.
    """
    kept = [dup for dup in (ROW, WORK, PART) if engine.count_documents("dup", dup)]
    works = [dup for dup in kept if dup != WORK]
    records = [dup for dup in kept if dup != ROW]
    return View(engine, *works) if works else engine, View(engine, *records) if records else engine


def asks_for_records(request: SearchRequest, parsed: Parsed) -> bool:
    """Tell whether a search is for records and not for works; what is typed counts first."""
    return request.raw if parsed.raw is None else parsed.raw


def seeing(request: SearchRequest, *, raw: bool) -> SearchRequest:
    """Give the first page of the same search over records or over works, whatever is typed."""
    query = request.query
    for first, last in reversed(parse(query).switches):
        query = query[:first] + SWITCHES[raw] + query[last:]
    if len(query) > MAX_QUERY:
        query = request.query
    return replace(request, query=query, raw=raw, page=1)


def record_ids(paper: Paper) -> tuple[str, ...]:
    """Give the ids of the records that a work is made of, its own first; none if it is one."""
    found = list_record_ids(paper)
    return found if len(found) > 1 else ()


def work_of(works: Engine, record_id: str) -> Paper | None:
    """Give the work that a record gave its id up for, or None.

    Args:
        works: The view of the works.
        record_id: The record's id.
    """
    named: list[Node] = [Exact("identifier", record_id.lower()), Exact("dup", WORK)]
    found = works.find(Plan(all_of(named), scored=False), None, 0, NAMESAKES).hits
    papers = (decode_paper(record) for _, record in found)
    return next((paper for paper in papers if record_id in record_ids(paper)), None)
