"""Answer requests from one index, always from its newest generation.

Between requests a `Searcher` notices that another generation is in use and opens it; a request
finishes on the generation on which it began.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path

from index.people.curation_watch import CurationWatch
from index.records import Paper, decode_paper
from index.references.citations import MOST_LISTED, Citations
from index.store.manifest import Manifest
from search.answers.answer import plan_request
from search.answers.answer_cache import MOST_BYTES
from search.answers.current_generation import CurrentGeneration
from search.answers.generation import Generation
from search.answers.hit_stream import HitStream
from search.answers.index_views import find_work, list_merged_ids
from search.answers.page_answer import answer_page, decode_hits
from search.answers.results import Hit, Results, add_notices
from search.budget.budget import Budget
from search.budget.gate import Turn
from search.budget.optional_steps import OptionalSteps, refuse_long_searches
from search.engines.engine import Engine, ValueCounts
from search.errors import PaperMissing
from search.explain.score import explain_scores
from search.language.parser import Parsed
from search.meaning.comparer import Closeness
from search.planning.plan import Plan
from search.request.search_request import SearchRequest, View
from search.suggest.completions import Completion


class Searcher:
    """Answers requests from one index; safe to share between threads.

    Attributes:
        people: What the maintainer of the index says about people.
    """

    def __init__(self, directory: Path, cached_bytes: int = MOST_BYTES) -> None:
        """Open the index.

        Args:
            directory: The index.
            cached_bytes: Bytes of the answers that are kept; 0 to compute each one, as benchmarks
                want.

        Raises:
            IndexUnusable: There is no index, or it cannot be used.
            EngineMissing: Its engine is not installed.
        """
        self.people = CurationWatch(directory)
        self._current = CurrentGeneration(directory, people=self.people, cached_bytes=cached_bytes)

    @property
    def manifest(self) -> Manifest:
        """What the generation in use was built from."""
        return self._refresh().manifest

    @property
    def engine(self) -> Engine:
        """The engine of the generation in use, showing works."""
        return self.select_engine(View.WORKS)

    def select_engine(self, view: View) -> Engine:
        """Return the engine of the generation in use, showing works or records."""
        return self._refresh().views[view]

    def read_paper(self, paper_id: str, view: View = View.WORKS) -> Paper:
        """Read the paper with an id.

        Args:
            paper_id: The id. Among works, the id of a merged record means its work.
            view: Whether a work or a single record is wanted.

        Raises:
            PaperMissing: There is no such paper.
        """
        engine = self.select_engine(view)
        if (record := engine.read_paper(paper_id)) is not None:
            return decode_paper(record)
        work = find_work(engine, paper_id) if view is View.WORKS else None
        if work is None:
            raise PaperMissing(paper_id)
        return work

    def read_records(self, paper: Paper, limit: int) -> tuple[Paper, ...]:
        """Read the records that a work was merged from; none for a single record.

        Args:
            paper: The work.
            limit: The most records to read. The one that gave the work its id comes first.
        """
        engine = self.select_engine(View.RECORDS)
        found = (engine.read_paper(one) for one in list_merged_ids(paper)[:limit])
        return tuple(decode_paper(record) for record in found if record is not None)

    def read_references(self, paper: Paper, most: int = MOST_LISTED) -> Citations:
        """Return which works of the index a work cites, and which cite it.

        Args:
            paper: The work, or one of its records.
            most: The most ids to list in each direction.
        """
        return self._refresh().citations.read(paper.id, most)

    def find_first_appearances(self, ids: Sequence[str]) -> dict[str, datetime]:
        """Return when the index first had works, in UTC, see `index.store.first_appearance`."""
        return self._refresh().arrivals.find(ids)

    def find_hits(self, plan: Plan, limit: int, view: View = View.WORKS) -> tuple[Hit, ...]:
        """Find the first hits of a plan that does not come from a query.

        Args:
            plan: What to find; hits of a plan that is not scored are ordered by id.
            limit: The most hits to return.
            view: Whether to search works or records.
        """
        found = self.select_engine(view).find(plan, None, 0, limit).hits
        return decode_hits(found, 1)

    def find_other_names(self, name: str) -> dict[str, str]:
        """Return the other names of the one person of a name, see `index.people.aliases`."""
        return self._refresh().aliases.find_others(name)

    def start_budget(self, turn: Turn | None = None) -> Budget:
        """Return a budget for one request, whose clock runs from now; a turn may hold it back."""
        return Budget(self._current.update().documents, turn=turn)

    def warm_up(self) -> None:
        """Load what compares meanings, if the index has vectors; else the first question does."""
        self._current.update().comparer.warm_up()

    @property
    def has_vectors(self) -> bool:
        """Whether the generation in use has vectors."""
        return self._refresh().comparer.has_vectors

    def compare_papers(self, paper: Paper, others: Sequence[Paper]) -> Closeness | None:
        """Return how close papers are to a paper in meaning; None if the index cannot tell."""
        return self._refresh().comparer.compare_papers(paper, others)

    def suggest(self, text: str, limit: int = 10) -> tuple[Completion, ...]:
        """Complete what is being typed, see `search.suggest.completions`."""
        return self._refresh().suggester.suggest(text, limit)

    def search(self, request: SearchRequest, parsed: Parsed | None = None) -> Results:
        """Answer a request.

        Args:
            request: The request.
            parsed: Its query, if earlier results have it parsed already.

        Raises:
            QueryTooCostly: The query has too many clauses, or clauses that cost too much.
            SearchTooLong: Finding the page takes longer than a request may.
            PageInvalid: The page is beyond the last one.
            MeaningUnusable: Papers close in meaning are requested but cannot be found.
        """
        version = self.people.version  # first, since an answer must not be older than its key
        return answer_page(self._refresh(), request, parsed, version)

    def explain(self, request: SearchRequest) -> Results:
        """Answer a request and state what the score of each hit is made of.

        Raises:
            QueryTooCostly: The query has too many clauses, or clauses that cost too much.
            SearchTooLong: Finding the page takes longer than a request may.
            PageInvalid: The page is beyond the last one.
            MeaningUnusable: Papers close in meaning are requested but cannot be found.
        """
        results, generation = self.search(request), self._refresh()
        if generation.manifest.name != results.generation:
            return self.explain(request)  # the generation was switched in between
        scores = {hit.paper.id: hit.score for hit in results.hits}
        engine = generation.views[results.view]
        meaning = results.meaning or {}
        query, steps = results.parsed.query, OptionalSteps()
        explain = partial(explain_scores, results.plan, query, scores, engine, meaning)
        reasons = steps.attempt(explain, {}, "The scores of the hits were not explained")
        hits = (replace(hit, reasons=reasons.get(hit.paper.id)) for hit in results.hits)
        parsed = add_notices(results.parsed, results.request.query, steps.left_out)
        return replace(results, hits=tuple(hits), parsed=parsed)

    def count_hits(self, request: SearchRequest, parsed: Parsed | None = None) -> int:
        """Count the hits that `search` would find, without ranking any.

        Args:
            request: The request.
            parsed: Its query, if earlier results have it parsed already.

        Raises:
            BudgetSpent: Counting takes longer than is left for the request.
            QueryError: `search` would refuse the request.
            MeaningUnusable: Papers close in meaning are requested but cannot be found.
        """
        generation = self._refresh()
        request, parsed, answer = generation.prepare_answer(request, parsed)
        return answer.count_total(plan_request(request, parsed.query, answer.engine))

    def count_values(
        self, request: SearchRequest, name: str, limit: int
    ) -> tuple[ValueCounts, SearchRequest]:
        """Count the values of a facet over all hits of a search, however many there are.

        Args:
            request: The request; the facet's own selection does not narrow its values.
            name: The facet.
            limit: The maximum number of values, of which the most frequent ones are returned.

        Returns:
            The values, and the request with its selected values as the index writes them.

        Raises:
            QueryError: `search` would refuse the request.
            MeaningUnusable: Papers close in meaning are requested but cannot be found.
        """
        generation = self._refresh()
        with refuse_long_searches():
            request, parsed, answer = generation.prepare_answer(request, None)
            planned = plan_request(request, parsed.query, answer.engine)
            used = answer.find_page(planned, (0, 1))[1]
            return answer.count_values(used, name, limit), request

    def stream_hits(self, request: SearchRequest) -> HitStream:
        """Find all hits of a search, to be read a batch at a time.

        Args:
            request: The request; its page and size do not count.

        Raises:
            SearchTooLong: Finding the first hits takes longer than a request may.
            QueryError: The request cannot be carried out.
        """
        return HitStream(self._refresh(), request)

    def list_first_ids(self, request: SearchRequest, parsed: Parsed, limit: int) -> list[str]:
        """List the ids of the first hits of a search in one pass, more than a page has.

        Args:
            request: The request, for its first page.
            parsed: Its query.
            limit: The most hits to list.

        Raises:
            BudgetSpent: Finding them takes longer than is left for the request.
            MeaningUnusable: Papers close in meaning are requested but cannot be found.
        """
        request, parsed, answer = self._refresh().prepare_answer(request, parsed)
        planned = plan_request(request, parsed.query, answer.engine)
        hits = answer.find_page(planned, (0, limit))[0].hits
        return [decode_paper(record).id for _, record in hits]

    def _refresh(self) -> Generation:
        """Return the generation in use; open it first if it was switched."""
        return self._current.refresh()
