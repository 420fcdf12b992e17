"""Answers: how does a request become results?

A `Searcher` holds one index. It notices between requests that another generation is in use
and opens it; a request finishes on the generation it began with.
"""

import time
from dataclasses import dataclass, replace
from pathlib import Path

from index.errors import IndexUnusable, PageInvalid, PaperMissing, QueryTooCostly
from index.people.aliases import Aliases
from index.records import Paper, decode_paper
from index.store.generations import CURRENT, ENGINE, find_current_folder
from index.store.manifest import Manifest, read_manifest
from index.store.vocabulary import Vocabulary
from search.answers.answer import Answer, hides, planned
from search.answers.highlight import Highlighter
from search.answers.index_views import asks_for_records, record_ids, views, work_of
from search.answers.results import Hit, Results
from search.engines.engine import Engine, open_engine
from search.explain.score import explain
from search.language.parser import Parsed, parse
from search.language.tree import Query, list_leaves
from search.planning.author_aliases import add_other_names
from search.planning.limits import check_cost
from search.planning.plan import Plan
from search.request.facets import canonical
from search.request.search_request import SearchRequest
from search.suggest.completions import Completion, Suggester
from search.suggest.spelling import Spelling

MAX_CLAUSES = 200
"""Words, phrases and values of one query."""


@dataclass(frozen=True, slots=True)
class _Open:
    """One generation, opened: its views are of works and of records."""

    stamp: tuple[int, int]
    manifest: Manifest
    views: tuple[Engine, Engine]
    spellings: tuple[Spelling, Spelling]
    suggester: Suggester
    aliases: Aliases


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
        """Return what answers plans over the works of the generation in use."""
        return self.seen(raw=False)

    def seen(self, *, raw: bool) -> Engine:
        """Give what answers plans over the works, or over the records as the dumps have them."""
        return self._present().views[raw]

    def paper(self, paper_id: str, *, raw: bool = False) -> Paper:
        """Give the paper of an id.

        Args:
            paper_id: Its id; that of a record that is part of a work means the work.
            raw: Give the record of just this id, and no work.

        Raises:
            PaperMissing: There is none.
        """
        engine = self.seen(raw=raw)
        if (record := engine.read_paper(paper_id)) is not None:
            return decode_paper(record)
        work = None if raw else work_of(engine, paper_id)
        if work is None:
            raise PaperMissing(paper_id)
        return work

    def records(self, paper: Paper) -> tuple[Paper, ...]:
        """Give the records that a work is made of, its own first; none for a single record."""
        engine = self.seen(raw=True)
        found = (engine.read_paper(one) for one in record_ids(paper))
        return tuple(decode_paper(record) for record in found if record is not None)

    def first(self, asked: Plan, limit: int, *, raw: bool = False) -> tuple[Hit, ...]:
        """Give the first hits of a plan that no query was made into.

        Args:
            asked: What to find; where it is not scored, hits come in the order of ids.
            limit: At most so many.
            raw: Find records and not works.
        """
        found = self.seen(raw=raw).find(asked, None, 0, limit).hits
        return tuple(Hit(decode_paper(r), score, n) for n, (score, r) in enumerate(found, start=1))

    def suggest(self, text: str, limit: int = 10) -> tuple[Completion, ...]:
        """Complete what somebody is still typing, as `search.suggest.completions` says."""
        return self._present().suggester.suggest(text, limit)

    def parsed(self, text: str) -> Parsed:
        """Read a query, names with the other names of their people."""
        return add_other_names(parse(text), self._present().aliases)

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
        _check(parsed.query)
        parsed = add_other_names(parsed, generation.aliases)
        raw = asks_for_records(request, parsed)
        engine = generation.views[raw]
        hiding = hides(request, parsed.query)
        answer = Answer(engine, request, generation.aliases, hiding=hiding)
        found, used, relaxed = answer.run(planned(request, parsed.query, engine))
        if request.page > 1 and not found.hits:
            raise PageInvalid(request.page, max(1, -(-found.total // request.per_page)))
        facets, concealed = answer.facets(used)
        spelling = generation.spellings[raw]
        suggestion = spelling.suggestion(request.query, parsed.query, answer.strict)
        first = (request.page - 1) * request.per_page + 1
        return Results(
            request=request,
            hits=tuple(Hit(decode_paper(r), s, first + n) for n, (s, r) in enumerate(found.hits)),
            total=found.total,
            facets=facets,
            took_ms=(time.perf_counter() - started) * 1000,
            interpreted=f"{parsed.query} dup:no" if raw else str(parsed.query),
            warnings=parsed.notices,
            suggestion=suggestion,
            relaxed=relaxed,
            concealed=concealed,
            generation=generation.manifest.name,
            highlighter=Highlighter(parsed.query),
            plan=used,
            raw=raw,
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
        engine = generation.views[results.raw]
        reasons = explain(results.plan, parse(request.query).query, scores, engine)
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
        folder = find_current_folder(self._directory)
        manifest = read_manifest(folder)
        engine = open_engine(manifest.engine, folder / ENGINE)
        words, (works, records) = Vocabulary(folder), views(engine)
        spellings = (Spelling(words, works), Spelling(words, records))
        suggester, aliases = Suggester(works), Aliases(folder)
        return _Open(stamp, manifest, (works, records), spellings, suggester, aliases)


def _check(query: Query) -> None:
    """See that a query is not too costly."""
    asked = list_leaves(query, negated=True)
    if len(asked) > MAX_CLAUSES:
        raise QueryTooCostly("clauses", len(asked), MAX_CLAUSES)
    check_cost(asked)
