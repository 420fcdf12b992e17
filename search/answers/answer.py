"""Find the papers that meet a request, in order, and count them by facet."""

from dataclasses import replace
from functools import partial

from index.fields import CITED_STEPS
from index.records import decode_paper
from index.text.memo import weaken_method
from search.answers.facet_counter import CountedFacets, FacetCounter
from search.answers.page_finder import HitCounter, PageFinder, RankedPage
from search.answers.passage_feedback import NEAREST, build_passage_boosts
from search.answers.related_words import WordChooser
from search.answers.restrictions import exclude_hidden, hides_papers, join_condition
from search.answers.results import Relaxed
from search.budget.optional_steps import OptionalSteps
from search.engines.engine import Engine, HitPage, ValueCounts
from search.language.tree import Query
from search.meaning.reranker import Reranker
from search.planning.boosts import is_passage
from search.planning.citation_prior import prefer_cited
from search.planning.plan import Anything, Exact, Node, Plan, all_of
from search.planning.ranking import PlannedQuery, plan_query, widen, widen_further
from search.planning.relevance_feedback import PAPERS, build_feedback_boosts
from search.planning.telling_words import MOST_MATCHED
from search.planning.title_conditions import limit_boosts
from search.request.facets import HIDDEN_STATUSES, build_condition
from search.request.search_request import DEFAULT_SORT, Prior, SearchRequest, View
from search.request.since import select_since


class Answer:
    """Answers one request on one generation; its methods are called in this order.

    Attributes:
        engine: The engine that is searched.
        view: The view that this engine shows.
        sort: The sort that orders the hits, one of `SORTS`; `find_page` chooses it if the request
            does not.
        steps: The steps that may be left out, and those that were.
    """

    def __init__(
        self, engine: Engine, view: View, request: SearchRequest, query: Query, reranker: Reranker
    ) -> None:
        """Prepare to answer.

        Args:
            engine: The engine that is searched.
            view: The view that this engine shows.
            request: The request, its selected values as the index writes them.
            query: The request's query.
            reranker: Ranks hits by meaning.
        """
        self.engine = engine
        self.view = view
        self.sort = request.sort
        self.steps = OptionalSteps()
        self._request = request
        self._selections = dict(request.selections)
        has_hidden = any(engine.count_documents("status", status) for status in HIDDEN_STATUSES)
        self._hiding = has_hidden and hides_papers(request, query)
        self._hiding_unfiltered = has_hidden and hides_papers(
            replace(request, selections={}), query
        )
        self._reranker = reranker

    def find_page(
        self, planned: PlannedQuery, stretch: tuple[int, int] | None = None
    ) -> tuple[RankedPage, Plan, Relaxed | None]:
        """Find a page of hits; apply relevance feedback and add close papers if requested.

        Args:
            planned: The request's query, planned.
            stretch: The number of hits before those to return, and the most of these; None for the
                page of the request.

        Raises:
            MeaningUnusable: Papers close in meaning are requested but cannot be found.
        """
        self.sort = self.steps.attempt(lambda: self._choose_sort(planned.plan), "newest")
        request = replace(self._request, sort=self.sort)
        narrow = weaken_method(self._narrow)
        self._pages: PageFinder = PageFinder(self.engine, request, narrow, self._reranker, stretch)
        found, used, relaxed = self._find_widened(planned)
        attempt = self.steps.attempt
        if self._request.expand and planned.words and found.total:
            known, widened = (found, used), relaxed is not None
            step = partial(self._find_with_feedback, used, planned, widened=widened)
            found, used = attempt(step, known, "The words of the first results were not added")
        if self._reranker.adds_nearest(planned):
            step = partial(self._pages.find_nearest, used, planned)
            found, used = attempt(step, (found, used), "Papers close in meaning were not searched")
        return found, used, relaxed

    def count_total(self, planned: PlannedQuery) -> int:
        """Count the hits that `find_page` would find, without ranking any.

        Raises:
            BudgetSpent: Counting takes longer than is left.
            MeaningUnusable: Papers close in meaning are requested but cannot be found.
        """
        narrow = weaken_method(self._narrow)
        self._pages = HitCounter(self.engine, self._request, narrow, self._reranker)
        found, used, _ = self._widen(planned, self._pages.find(planned.plan))
        if self._reranker.adds_nearest(planned):
            found, _ = self._pages.find_nearest(used, planned)
        return found.total

    def _find_with_feedback(
        self, used: Plan, planned: PlannedQuery, *, widened: bool
    ) -> tuple[RankedPage, Plan]:
        """Find the page of a plan with boosts for the words that the first hits share."""
        best = self.engine.find(self._narrow(used), None, 0, PAPERS).hits
        extra = build_feedback_boosts(
            [decode_paper(record) for _, record in best], len(planned.words)
        )
        used = replace(used, boosts=(*used.boosts, *extra))
        find = self._pages.find
        return self._pages.find_widened(used, planned) if widened else find(used), used

    def _add_passage_feedback(self, wider: Plan, planned: PlannedQuery) -> Plan:
        """Add boosts for the words of the papers that are nearest to a passage."""
        first = replace(self._narrow(wider), boosts=())
        best = self.engine.find(first, None, 0, NEAREST).hits
        chooser = WordChooser(self.engine, self.engine.count_matches(Anything()))
        papers = [decode_paper(record) for _, record in best]
        extra = build_passage_boosts(papers, len(planned.words), chooser)
        return replace(wider, boosts=(*wider.boosts, *extra))

    def _choose_sort(self, plan: Plan) -> str:
        """Return the sort of the request, or without one and without scores the best for browsing.

        That is by citations if some hit has any, else by date.
        """
        if plan.scored or self._request.sort != DEFAULT_SORT:
            return self._request.sort
        match, count = self._narrow(plan).match, self.engine.count_matches
        # The highest step is in the fewest papers, so that most searches end with it at once.
        steps = [Exact("cited", str(step)) for step in reversed(CITED_STEPS)]
        known = (one for one in steps if self.engine.count_documents("cited", one.value))
        found = (all_of([match, one]) for one in known)
        return "cited" if any(map(count, found)) else "newest"

    def _find_widened(self, planned: PlannedQuery) -> tuple[RankedPage, Plan, Relaxed | None]:
        """Find a page of hits; widen a query that finds too few.

        Filters do not decide whether a query is widened: the count of a facet value must stay the
        same when that value is selected.
        """
        found = self._pages.find(planned.plan)
        return self.steps.attempt(
            lambda: self._widen(planned, found),
            (found, planned.plan, None),
            "Close matches were not searched",
        )

    def _widen(
        self, planned: PlannedQuery, found: RankedPage
    ) -> tuple[RankedPage, Plan, Relaxed | None]:
        strict = self._count_unfiltered(planned.plan, found)
        if self._is_title(planned, strict):
            return found, planned.plan, None
        wider = widen(planned, strict, self.engine)
        if wider and self._pages.ranks and is_passage(planned.words):
            wider = self._add_passage_feedback(wider, planned)
        if wider and (more := self._find_more(wider, strict, planned)):
            return more, wider, Relaxed(strict, _describe_widening(strict, planned))
        loose = None if strict else widen_further(planned, self.engine)
        if loose and (more := self._find_more(loose, strict, planned)):
            message = _describe_widening(strict, planned, any_word=True)
            return more, loose, Relaxed(strict, message)
        return found, planned.plan, None

    def _find_more(self, wider: Plan, strict: int, planned: PlannedQuery) -> RankedPage | None:
        """Find a page of hits; return None if no more papers match without filters."""
        more = self._pages.find_widened(wider, planned)
        return more if self._count_unfiltered(wider, more) > strict else None

    def _is_title(self, planned: PlannedQuery, strict: int) -> bool:
        """Return whether a long query is a title: then no other paper is meant."""
        if not (strict and planned.is_question):
            return False
        return self.engine.count_matches(planned.title_match) > 0

    def _count_unfiltered(self, used: Plan, found: HitPage) -> int:
        """Count the hits of a plan as if no value was selected."""
        if not (self._selections or self._request.since):
            return found.total
        return self.engine.count_matches(exclude_hidden(used.match, hiding=self._hiding_unfiltered))

    def count_strict(self, query: Query) -> int:
        """Count the papers that contain all words of a query, under the filters of the request."""
        strict = plan_query(query, self.engine).plan
        return self.engine.count_matches(self._narrow(strict).match)

    def _narrow(self, used: Plan) -> Plan:
        """Exclude papers that are hidden or not selected."""
        shown = exclude_hidden(self._exclude_known(used.match), hiding=self._hiding)
        return replace(used, match=join_condition(shown, build_condition(self._selections)))

    def _exclude_known(self, match: Node) -> Node:
        """Exclude papers that the index had before the time of the request."""
        return join_condition(match, select_since(self._request.since))

    def count_facets(self, used: Plan, total: int) -> CountedFacets:
        """Count the facets over all matches.

        Args:
            used: The plan that found the hits.
            total: The number of hits.
        """
        counter = self._make_counter(self._request.facets)
        return counter.count(self._exclude_known(used.match), total, self.steps)

    def count_values(self, used: Plan, name: str, limit: int) -> ValueCounts:
        """Count the values of one facet over all matches, however many it has.

        Args:
            used: The plan that found the hits.
            name: The facet.
            limit: The maximum number of values.
        """
        return self._make_counter((name,)).count_values(self._exclude_known(used.match), limit)

    def _make_counter(self, facets: tuple[str, ...]) -> FacetCounter:
        return FacetCounter(self.engine, self._selections, facets, hiding=self._hiding)


def plan_request(request: SearchRequest, query: Query, engine: Engine) -> PlannedQuery:
    """Plan a request's query; rank cited papers higher unless the request says otherwise."""
    planned = plan_query(query, engine, request.query)
    plan = planned.plan
    if request.prior is not Prior.NONE:
        weight = 1.0 if request.prior is Prior.CITATIONS else planned.breadth
        plan = prefer_cited(plan, planned.breadth, weight, engine)
    if not planned.is_question:
        plan = limit_boosts(plan, planned.words, engine)
    return replace(planned, plan=plan)


def _describe_widening(strict: int, planned: PlannedQuery, *, any_word: bool = False) -> str:
    some = f"papers with {'some' if len(planned.words) > MOST_MATCHED else 'any'} of them"
    others = some if any_word or planned.is_question else "close matches"
    if not strict:
        return f"No paper contains every word. Showing {others}."
    papers = "1 paper contains" if strict == 1 else f"{strict} papers contain"
    return f"{papers} every word, followed by {others}."
