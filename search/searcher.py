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
from search.bounds import check_tolerance
from search.engines import Engine, Found, open_engine
from search.facets import (
    HIDDEN,
    FacetValue,
    canonical,
    condition,
    conditions_of_counts,
    facet_values,
)
from search.highlight import Highlighter
from search.parser import parse
from search.plan import Anything, Exact, Node, Plan, Without, all_of, any_of
from search.query import Query, Value, leaves
from search.ranking import Meaning, plan, relax
from search.request import SORTS, SearchRequest
from search.results import Hit, Relaxed, Results

MAX_CLAUSES = 200
"""Words, phrases and values of one query."""

_ASKS_FOR_ANY = {"status", "id", "doi", "arxiv"}
"""Whoever names one of these means that paper, whatever became of it."""

_HIDDEN: Node = any_of([Exact("status", status) for status in HIDDEN])
_HIDING: Node = Without(_HIDDEN)
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
            QueryTooCostly: The query has too many clauses, or too costly ones.
            PageInvalid: The page is beyond the last.
        """
        started = time.perf_counter()
        request = replace(request, selections=canonical(request.selections))
        generation = self._present()
        parsed = parse(request.query)
        asked = leaves(parsed.query, negated=True)
        if len(asked) > MAX_CLAUSES:
            raise QueryTooCostly("clauses", len(asked), MAX_CLAUSES)
        check_tolerance(asked)
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
        self._hiding = hiding

    def run(self, meaning: Meaning) -> tuple[Found, Plan, Relaxed | None]:
        """Find a page of hits; widen a plain query that finds too few.

        Filters have no say in whether it is widened: a facet's count must stay what it was
        when its value is selected.
        """
        found = self._page(meaning.plan)
        strict = self._unfiltered(meaning.plan, found)
        if meaning.is_met_by(strict) or (strict and self._is_title(meaning)):
            return found, meaning.plan, None
        wider = relax(meaning, self._engine, respell=not strict)
        more = self._page(wider)
        if self._unfiltered(wider, more) <= strict:
            return found, meaning.plan, None
        return more, wider, Relaxed(strict, _said(strict))

    def _is_title(self, meaning: Meaning) -> bool:
        """Tell whether what was typed is the title of a paper, or a part of one."""
        if meaning.title is None or not meaning.is_question:
            return False
        return self._engine.find(Plan(meaning.title, scored=False), None, 0, 1).total > 0

    def _shown(self, match: Node) -> Node:
        """Leave out the papers that are hidden for their status."""
        return all_of([match, _HIDING]) if self._hiding else match

    def _unfiltered(self, asked: Plan, found: Found) -> int:
        """Count the hits there would be without any filter."""
        if not self._selections:
            return found.total
        return self._engine.find(replace(asked, bonuses=(), scored=False), None, 0, 1).total

    def _page(self, asked: Plan) -> Found:
        request = self._request
        match = _joined(self._shown(asked.match), condition(self._selections))
        narrowed = Plan(match, asked.bonuses, asked.scored)
        offset = (request.page - 1) * request.per_page
        return self._engine.find(narrowed, SORTS[request.sort], offset, request.per_page)

    def facets(self, used: Plan) -> tuple[dict[str, tuple[FacetValue, ...]], int]:
        """Count the facets over all matches, and how many papers are hidden for their status."""
        selections, asked = self._selections, self._request.facets
        counted = self._engine.count(
            self._shown(used.match), conditions_of_counts(selections, asked)
        )
        concealed = self._concealed(used) if self._hiding else []
        if self._hiding and "status" in counted:
            counted["status"] = sorted(
                counted["status"] + concealed, key=lambda pair: (-pair[1], pair[0])
            )
        values = facet_values(counted, self._request.selections, asked)
        return values, sum(count for _, count in concealed)

    def _concealed(self, used: Plan) -> list[tuple[str, int]]:
        """Count the hidden papers by status; they are few, so a pass of their own is cheap."""
        only = condition(self._request.selections, without="status")
        match = all_of([_HIDDEN, used.match, *([only] if only else [])])
        return self._engine.count(match, {"status": None})["status"]


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
