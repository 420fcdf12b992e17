"""Answers: how does a request become results?

A `Searcher` holds one index. It notices between requests that another generation is in use
and opens it; a request finishes on the generation it began with.
"""

import time
from dataclasses import dataclass, replace
from pathlib import Path

import msgspec

from index.errors import IndexUnusable, PageInvalid, PaperMissing, QueryTooCostly
from index.generations import CURRENT, ENGINE, current_folder
from index.manifest import Manifest, read_manifest
from index.records import Paper
from search.engines import Engine, Found, open_engine
from search.facets import (
    HIDDEN,
    FacetValue,
    Selection,
    canonical,
    condition,
    conditions_of_counts,
    facet_values,
)
from search.highlight import Highlighter
from search.parser import parse
from search.plan import Anything, Node, Plan, all_of
from search.query import Query, Value, leaves
from search.ranking import Meaning, plan, relax
from search.request import SORTS, SearchRequest
from search.results import Hit, Relaxed, Results

MAX_CLAUSES = 200
"""Words, phrases and values of one query."""

_ASKS_FOR_ANY = {"status", "id", "doi", "arxiv"}
"""Whoever names one of these means that paper, whatever became of it."""

_DECODE = msgspec.msgpack.Decoder(Paper).decode


@dataclass(frozen=True, slots=True)
class _Open:
    """One generation, opened."""

    stamp: tuple[int, int]
    manifest: Manifest
    engine: Engine


class Searcher:
    """Answers requests over one index; may be used by many threads."""

    def __init__(self, directory: Path) -> None:
        """Open the index.

        Raises:
            IndexUnusable: There is none, or it cannot be used.
        """
        self._directory = directory
        self._open = self._reopened()

    @property
    def manifest(self) -> Manifest:
        """Return what the generation in use is made of."""
        return self._present().manifest

    def paper(self, paper_id: str) -> Paper:
        """Give the paper of an id.

        Raises:
            PaperMissing: There is none.
        """
        record = self._present().engine.record(paper_id)
        if record is None:
            raise PaperMissing(paper_id)
        return _DECODE(record)

    def search(self, request: SearchRequest) -> Results:
        """Answer a request.

        Raises:
            QueryTooCostly: The query has too many clauses.
            PageInvalid: The page is beyond the last.
        """
        started = time.perf_counter()
        request = replace(request, selections=canonical(request.selections))
        generation = self._present()
        parsed = parse(request.query)
        asked = leaves(parsed.query, negated=True)
        if len(asked) > MAX_CLAUSES:
            raise QueryTooCostly("clauses", len(asked), MAX_CLAUSES)
        hiding = _hides(request, parsed.query)
        search = _Search(generation.engine, request, hiding=hiding)
        found, used, relaxed = search.run(plan(parsed.query, generation.engine))
        if request.page > 1 and not found.hits:
            raise PageInvalid(request.page, max(1, -(-found.total // request.per_page)))
        facets, concealed = search.facets(used)
        first = (request.page - 1) * request.per_page + 1
        return Results(
            request=request,
            hits=tuple(Hit(_DECODE(r), s, first + n) for n, (s, r) in enumerate(found.hits)),
            total=found.total,
            facets=facets,
            took_ms=(time.perf_counter() - started) * 1000,
            interpreted=str(parsed.query),
            warnings=parsed.notices,
            suggestion="",
            relaxed=relaxed,
            concealed=concealed,
            generation=generation.manifest.name,
            highlighter=Highlighter(parsed.query),
        )

    def _present(self) -> _Open:
        if self._stamp() != self._open.stamp:
            try:
                self._open = self._reopened()
            except IndexUnusable:
                # What serves goes on serving; `papers verify` says what is wrong with the new one.
                return self._open
        return self._open

    def _stamp(self) -> tuple[int, int]:
        """Give what changes when another generation is put in use."""
        try:
            found = (self._directory / CURRENT).stat()
        except OSError:
            return (0, 0)
        return found.st_mtime_ns, found.st_ino

    def _reopened(self) -> _Open:
        # Looked at before it is read: a switch in between is then noticed at the next request.
        stamp = self._stamp()
        folder = current_folder(self._directory)
        manifest = read_manifest(folder)
        return _Open(stamp, manifest, open_engine(manifest.engine, folder / ENGINE))


class _Search:
    """One request being answered on one generation."""

    def __init__(self, engine: Engine, request: SearchRequest, *, hiding: bool) -> None:
        self._engine = engine
        self._request = request
        self._selections = dict(request.selections)
        if hiding:
            self._selections["status"] = Selection(excluded=HIDDEN)
        self._hiding = hiding

    def run(self, meaning: Meaning) -> tuple[Found, Plan, Relaxed | None]:
        """Find a page of hits; widen a plain query that finds too few."""
        found = self._page(meaning.plan)
        if meaning.is_met_by(found.total):
            return found, meaning.plan, None
        wider = relax(meaning, self._engine)
        more = self._page(wider)
        if more.total <= found.total:
            return found, meaning.plan, None
        return more, wider, Relaxed(found.total, _said(found.total))

    def _page(self, asked: Plan) -> Found:
        request = self._request
        match = _joined(asked.match, condition(self._selections))
        narrowed = Plan(match, asked.bonuses, asked.scored)
        offset = (request.page - 1) * request.per_page
        return self._engine.find(narrowed, SORTS[request.sort], offset, request.per_page)

    def facets(self, used: Plan) -> tuple[dict[str, tuple[FacetValue, ...]], int]:
        """Count the facets over all matches, and how many papers are hidden for their status."""
        asked = self._request.facets
        counted_too = dict.fromkeys((*asked, *(("status",) if self._hiding else ())))
        counted = self._engine.count(
            used.match, conditions_of_counts(self._selections, tuple(counted_too))
        )
        concealed = sum(
            count for value, count in counted.get("status", ()) if self._hiding and value in HIDDEN
        )
        return facet_values(counted, self._request.selections, asked), concealed


def _hides(request: SearchRequest, query: Query) -> bool:
    """Tell whether withdrawn and rejected papers stay hidden: not if they are asked for."""
    if request.hidden or request.selections.get("status"):
        return False
    return not any(
        isinstance(leaf, Value) and leaf.field in _ASKS_FOR_ANY for leaf in leaves(query)
    )


def _joined(match: Node, narrowed: Node | None) -> Node:
    if narrowed is None:
        return match
    return narrowed if isinstance(match, Anything) else all_of([match, narrowed])


def _said(strict: int) -> str:
    if not strict:
        return "No paper has all the words; these have most of them, or words like them."
    papers = "1 paper has" if strict == 1 else f"{strict} papers have"
    return f"{papers} all the words; papers with most of them, or words like them, follow."
