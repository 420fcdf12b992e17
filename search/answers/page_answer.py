"""Answer a request with one page of results, from what was answered before where possible."""

import time
from dataclasses import replace
from functools import partial

from index.records import decode_paper
from search.answers.answer import Answer, plan_request
from search.answers.answer_cache import SearchParts, make_keys
from search.answers.generation import Generation
from search.answers.highlight import Highlighter
from search.answers.page_finder import RankedPage
from search.answers.results import Hit, Relaxed, Results, add_notices
from search.budget.optional_steps import refuse_long_searches
from search.engines.engine import HitPage
from search.errors import PageInvalid
from search.language.parser import Parsed
from search.planning.paper_sets import names_bibliography
from search.planning.plan import Plan
from search.request.search_request import SearchRequest


def answer_page(
    generation: Generation, request: SearchRequest, parsed: Parsed | None, version: str
) -> Results:
    """Answer a request on one generation.

    Args:
        generation: The generation.
        request: The request.
        parsed: Its query, if it is parsed already; then no earlier answer is looked for.
        version: The version of what the maintainer says about people.

    Raises:
        QueryTooCostly: The query has too many clauses, or clauses that cost too much.
        SearchTooLong: Finding the page takes longer than a request may.
        PageInvalid: The page is beyond the last one.
        MeaningUnusable: Papers close in meaning are requested but cannot be found.
    """
    if parsed is not None:
        return _PageAnswer(generation, request, parsed, None).results
    started, cache = time.perf_counter(), generation.cache
    whole, search = make_keys(request, version)
    if known := cache.answers.find(whole):
        return replace(known, took_ms=(time.perf_counter() - started) * 1000)
    made = _PageAnswer(generation, request, None, cache.parts.find(search))
    if made.keepable:
        cache.keep_answer(whole, made.results, made.encoded)
        cache.keep_parts(search, made.parts)
    return made.results


class _PageAnswer:
    """One answer as it is made.

    Attributes:
        results: The answer.
        parts: What other pages of the search have in common with it.
        encoded: The bytes of its hits as they are stored.
        keepable: Whether the next request may have the same answer: nothing was left out, and the
            query names no bibliography, which may change and which not every caller may read.
    """

    def __init__(
        self,
        generation: Generation,
        request: SearchRequest,
        parsed: Parsed | None,
        known: SearchParts | None,
    ) -> None:
        """Answer a request.

        Args:
            generation: The generation.
            request: The request.
            parsed: Its query, if it is parsed already.
            known: What an earlier page of the same search had in common with this one.
        """
        started, self._generation = time.perf_counter(), generation
        with refuse_long_searches():
            request, parsed, answer = generation.prepare_answer(
                request, known.parsed if known else parsed
            )
            planned = known.planned if known else plan_request(request, parsed.query, answer.engine)
            found, used, relaxed = answer.find_page(planned)
        _check_page(request, found)
        if known and known.match == used.match:
            self.parts = known
        else:
            counted = answer.count_facets(used, found.total)
            suggestion = generation.suggest_spelling(request.query, parsed, answer)
            self.parts = SearchParts(parsed, planned, used.match, counted, suggestion)
        self.keepable = answer.steps.complete and not names_bibliography(parsed.query)
        self.encoded = sum(len(record) for _, record in found.hits)
        self.results = self._describe(answer, request, (found, used, relaxed), started)

    def _describe(
        self,
        answer: Answer,
        request: SearchRequest,
        page: tuple[RankedPage, Plan, Relaxed | None],
        started: float,
    ) -> Results:
        (found, used, relaxed), parts = page, self.parts
        parsed, counted = parts.parsed, parts.counted
        count = partial(answer.engine.count_documents, "text")
        return Results(
            request=request,
            parsed=add_notices(parsed, request.query, answer.steps.left_out),
            view=answer.view,
            sort=answer.sort,
            hits=decode_hits(found.hits, (request.page - 1) * request.per_page + 1),
            total=found.total,
            facets=counted.values,
            cut_facets=counted.cut,
            took_ms=(time.perf_counter() - started) * 1000,
            suggestion=parts.suggestion,
            relaxed=relaxed,
            concealed=counted.concealed,
            generation=self._generation.manifest.name,
            highlighter=Highlighter(parsed.query, count),
            plan=used,
            has_vectors=self._generation.comparer.has_vectors,
            meaning=found.meaning,
        )


def _check_page(request: SearchRequest, found: HitPage) -> None:
    """Check that a page has hits, unless it is the first."""
    if request.page > 1 and not found.hits:
        raise PageInvalid(request.page, max(1, -(-found.total // request.per_page)))


def decode_hits(found: list[tuple[float, bytes]], first: int) -> tuple[Hit, ...]:
    """Decode hits; their ranks begin with `first`."""
    ranked = enumerate(found, start=first)
    return tuple(Hit(decode_paper(record), score, rank) for rank, (score, record) in ranked)
