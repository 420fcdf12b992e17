"""Show an engine as if it held only works, or only the records that they were merged from.

The index holds both; the field ``dup`` tells them apart (see `index.fields`). A search runs on one
of the two views, so the rest of the code needs no special case: counts, completions and hits are
those of an index without the other documents.
"""

from bisect import insort
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property, lru_cache

from index.fields import FIELDS, PART, ROW, WORK, Kind
from index.records import Paper, decode_paper, list_record_ids
from index.text.memo import weaken_method
from search.engines.engine import MOST_VALUES, Engine, FacetCounts, HitPage, Order
from search.language.parser import Parsed
from search.planning.plan import AllOf, Anything, Exact, Node, Plan, Without, all_of
from search.request.search_request import MAX_QUERY, SearchRequest, View

CACHED = 1 << 14
"""Tokens whose counts are cached; those of a query are requested several times."""

RARE = 1_000
"""Documents up to which they are counted exactly, which takes about 0.02 ms. Counting the documents
of all words of a query doubled the time of a search at 158,000 documents."""

SWITCHES = {View.WORKS: "records:no", View.RECORDS: "records:yes"}
"""How a query selects a view."""

FEW = 20
"""Completions up to which tokens are counted one by one; more are counted in one pass over all
documents."""

AHEAD = 4
"""Candidates per wanted completion that are examined before that pass, which takes as long as 50
single counts."""

MOST = 1_000
"""Completions that any caller shows; larger limits only estimate the cost of a pattern."""

NAMESAKES = 20
"""Works examined for one record: identifiers are looked up regardless of case."""

_WORDS = {Kind.WORDS, Kind.POSITIONS}


class FilteredEngine:
    """Answers plans over one generation as if some of its documents did not exist."""

    def __init__(self, engine: Engine, *dups: str) -> None:
        """Filter an engine.

        Args:
            engine: The engine of the whole generation.
            dups: The values of ``dup`` whose documents are left out.
        """
        self._engine = engine
        self._dups = dups
        self._others = tuple(Without(Exact("dup", dup)) for dup in dups)
        self._counted = lru_cache(CACHED)(weaken_method(self._count))

    def count_documents(self, field: str, token: str) -> int:
        """Count the papers that have a token in a field.

        Values and rare words are counted exactly. Words in more than `RARE` documents are only
        used as weights, so their count is scaled by the share of documents in this view.
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

    @cached_property
    def _papers(self) -> int:
        return self._engine.count_matches(self._narrow(Anything()))

    def complete(
        self, field: str, prefix: str, limit: int, within: Node | None = None
    ) -> list[tuple[str, int]]:
        """Return the tokens of a field that begin with some letters, the most frequent first.

        A limit above `MOST` only serves to estimate what a pattern costs. That cost depends on all
        documents, so the counts of the whole engine are returned.
        """
        if limit > MOST:
            return self._engine.complete(field, prefix, limit, within)
        if within is None and limit <= FEW:
            known = self._engine.complete(field, prefix, AHEAD * limit)
            if (found := self._count_first(field, known, limit)) is not None:
                return found
        every = Anything() if within is None else within
        return self._engine.complete(field, prefix, limit, self._narrow(every))

    def _count_first(
        self, field: str, known: list[tuple[str, int]], limit: int
    ) -> list[tuple[str, int]] | None:
        """Count tokens one by one; return None if this does not determine the most frequent.

        A view never counts more documents than the engine does. So once the last wanted token
        ranks before the engine's count of the next candidate, it ranks before all others too.
        """
        found: list[tuple[str, int]] = []
        for token, count in known:
            if len(found) >= limit and _rank(found[limit - 1]) <= _rank((token, count)):
                return found[:limit]
            if visible := self.count_documents(field, token):
                insort(found, (token, visible), key=_rank)
        return found[:limit] if len(known) < AHEAD * limit else None

    def find(self, plan: Plan, order: Order | None, offset: int, limit: int) -> HitPage:
        """Find one page of hits, by score or by a field."""
        narrowed = Plan(self._narrow(plan.match), plan.boosts, plan.scored)
        return self._engine.find(narrowed, order, offset, limit)

    def count_matches(self, match: Node) -> int:
        """Count the papers that match; all of them are counted once."""
        if isinstance(match, Anything):
            return self._papers
        return self._engine.count_matches(self._narrow(match))

    def count_facets(
        self, match: Node, facets: Mapping[str, Node | None], limit: int = MOST_VALUES
    ) -> FacetCounts:
        """Count the values of facets over all matches."""
        return self._engine.count_facets(self._narrow(match), facets, limit)

    def read_paper(self, paper_id: str) -> bytes | None:
        """Return the bytes of the paper with this id, or None."""
        hits = self.find(Plan(Exact("id", paper_id), scored=False), None, 0, 1).hits
        return hits[0][1] if hits else None

    def _narrow(self, match: Node) -> Node:
        """Exclude the other documents, in the same `AllOf` as `match`: nesting takes longer."""
        parts = match.children if isinstance(match, AllOf) else (match,)
        return AllOf((*parts, *self._others))


def _rank(pair: tuple[str, int]) -> tuple[int, str]:
    return -pair[1], pair[0]


def open_views(engine: Engine) -> dict[View, Engine]:
    """Return the views of a generation.

    A paper of a single record is in both views; a record that is no paper by itself is in neither.
    Where nothing has to be left out, the engine itself is the view, at no extra cost.
    """
    kept = [dup for dup in (ROW, WORK, PART) if engine.count_documents("dup", dup)]
    others = {
        View.WORKS: [dup for dup in kept if dup != WORK],
        View.RECORDS: [dup for dup in kept if dup != ROW],
    }
    return {
        view: FilteredEngine(engine, *dups) if dups else engine for view, dups in others.items()
    }


def choose_view(request: SearchRequest, parsed: Parsed) -> View:
    """Return the view that a request searches: the query's own switch overrides the parameter."""
    if parsed.records is None:
        return request.view
    return View.RECORDS if parsed.records else View.WORKS


def switch_view(request: SearchRequest, parsed: Parsed, view: View) -> SearchRequest:
    """Return the first page of the same search in a given view.

    Args:
        request: The search.
        parsed: Its query, parsed; switches in it are replaced, unless it becomes too long.
        view: The view to search.
    """
    query = request.query
    for first, last in reversed(parsed.switches):
        query = query[:first] + SWITCHES[view] + query[last:]
    if len(query) > MAX_QUERY:
        query = request.query
    return replace(request, query=query, view=view, page=1)


def list_merged_ids(paper: Paper) -> tuple[str, ...]:
    """List the ids of the records that a work was merged from; none for a single record.

    The record that gave the work its id comes first.
    """
    found = list_record_ids(paper)
    return found if len(found) > 1 else ()


def find_ids(works: Engine, match: Node) -> tuple[str, ...]:
    """Return the ids of the first works that match, at most `NAMESAKES`."""
    found = works.find(Plan(match, scored=False), None, 0, NAMESAKES).hits
    return tuple(decode_paper(record).id for _, record in found)


def find_work(works: Engine, record_id: str) -> Paper | None:
    """Find the work that a record was merged into under another id, or return None.

    Args:
        works: The view of the works.
        record_id: The record's id.
    """
    named: list[Node] = [Exact("identifier", record_id.lower()), Exact("dup", WORK)]
    found = works.find(Plan(all_of(named), scored=False), None, 0, NAMESAKES).hits
    papers = (decode_paper(record) for _, record in found)
    return next((paper for paper in papers if record_id in list_merged_ids(paper)), None)
