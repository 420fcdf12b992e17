"""Answers: how does a request become results?

A `Searcher` holds one index. It notices between requests that another generation is in use
and opens it; a request finishes on the generation it began with.
"""

import time
from dataclasses import dataclass, replace
from pathlib import Path

from index.errors import IndexUnusable, PageInvalid, PaperMissing, QueryTooCostly
from index.generations import CURRENT, ENGINE, current_folder
from index.manifest import Manifest, read_manifest
from index.records import Paper
from index.vocabulary import Words
from search.answer import DECODE, Answer, hides, planned
from search.bounds import check_tolerance
from search.engines import Engine, open_engine
from search.explain import explain
from search.facets import canonical
from search.highlight import Highlighter
from search.parser import parse
from search.plan import Plan
from search.query import leaves
from search.request import SearchRequest
from search.results import Hit, Results
from search.spelling import Spelling
from search.suggest import Completion, Suggester

MAX_CLAUSES = 200
"""Words, phrases and values of one query."""


@dataclass(frozen=True, slots=True)
class _Open:
    """One generation, opened."""

    stamp: tuple[int, int]
    manifest: Manifest
    engine: Engine
    spelling: Spelling
    suggester: Suggester


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

    @property
    def engine(self) -> Engine:
        """Return what answers plans over the generation in use."""
        return self._present().engine

    def paper(self, paper_id: str) -> Paper:
        """Give the paper of an id.

        Raises:
            PaperMissing: There is none.
        """
        record = self._present().engine.record(paper_id)
        if record is None:
            raise PaperMissing(paper_id)
        return DECODE(record)

    def first(self, asked: Plan, limit: int) -> tuple[Hit, ...]:
        """Give the first hits of a plan that no query was made into.

        Args:
            asked: What to find; where it is not scored, hits come in the order of ids.
            limit: At most so many.
        """
        found = self.engine.find(asked, None, 0, limit).hits
        return tuple(Hit(DECODE(r), score, n) for n, (score, r) in enumerate(found, start=1))

    def suggest(self, text: str, limit: int = 10) -> tuple[Completion, ...]:
        """Complete what somebody is still typing, as `search.suggest` says."""
        return self._present().suggester.suggest(text, limit)

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
        hiding = hides(request, parsed.query)
        answer = Answer(generation.engine, request, hiding=hiding)
        found, used, relaxed = answer.run(planned(request, parsed.query, generation.engine))
        if request.page > 1 and not found.hits:
            raise PageInvalid(request.page, max(1, -(-found.total // request.per_page)))
        facets, concealed = answer.facets(used)
        suggestion = generation.spelling.suggestion(request.query, parsed.query, answer.strict)
        first = (request.page - 1) * request.per_page + 1
        return Results(
            request=request,
            hits=tuple(Hit(DECODE(r), s, first + n) for n, (s, r) in enumerate(found.hits)),
            total=found.total,
            facets=facets,
            took_ms=(time.perf_counter() - started) * 1000,
            interpreted=str(parsed.query),
            warnings=parsed.notices,
            suggestion=suggestion,
            relaxed=relaxed,
            concealed=concealed,
            generation=generation.manifest.name,
            highlighter=Highlighter(parsed.query),
            plan=used,
        )

    def explained(self, request: SearchRequest) -> Results:
        """Answer a request and say of each hit what its score is made of.

        Raises:
            QueryTooCostly: The query has too many clauses, or too costly ones.
            PageInvalid: The page is beyond the last.
        """
        results, generation = self.search(request), self._present()
        if generation.manifest.name != results.generation:
            return self.explained(request)  # another was put in use in between
        scores = {hit.paper.id: hit.score for hit in results.hits}
        reasons = explain(results.plan, parse(request.query).query, scores, generation.engine)
        hits = (replace(hit, reasons=reasons[hit.paper.id]) for hit in results.hits)
        return replace(results, hits=tuple(hits))

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
        engine = open_engine(manifest.engine, folder / ENGINE)
        spelling = Spelling(Words(folder), engine)
        return _Open(stamp, manifest, engine, spelling, Suggester(engine))
