"""Find the papers that meet a request, in order, and count them by facet."""

from dataclasses import dataclass, replace

from index.fields import CITED_STEPS
from index.records import decode_paper
from index.text.memo import weaken_method
from search.answers.page_finder import PageFinder, RankedPage
from search.answers.passage_feedback import NEAREST, build_passage_boosts
from search.answers.related_words import WordChooser
from search.answers.results import Relaxed
from search.engines.engine import Engine, FacetCounts, HitPage, ValueCounts
from search.language.tree import Query, Value, list_leaves
from search.meaning.reranker import Reranker
from search.planning.boosts import is_passage
from search.planning.citation_prior import prefer_cited
from search.planning.plan import Anything, Exact, Flat, Node, Plan, Without, all_of, any_of
from search.planning.ranking import PlannedQuery, plan_query, widen, widen_further
from search.planning.relevance_feedback import PAPERS, build_feedback_boosts
from search.planning.telling_words import MOST_MATCHED
from search.request.facets import (
    HIDDEN_STATUSES,
    FacetValue,
    Selection,
    build_condition,
    build_count_conditions,
    find_index_field,
    list_facet_values,
    list_unlisted,
)
from search.request.search_request import DEFAULT_SORT, Prior, SearchRequest, View

_SHOWS_HIDDEN = {"status", "id", "doi", "arxiv"}
"""A query on one of these fields disables the hidden-status filter: it asks for certain papers."""

_FEW = 200
"""Matches up to which hidden ones are counted in the same pass as the facets, which saves a pass if
there are none. Chosen: in paperlists one paper in 110 is hidden."""

_HIDDEN: Node = any_of([Exact("status", status) for status in HIDDEN_STATUSES])
NOT_HIDDEN: Node = Without(_HIDDEN)
"""Matches all papers but withdrawn, rejected and retracted ones."""


@dataclass(frozen=True, slots=True)
class CountedFacets:
    """The facets of a request.

    Attributes:
        values: The values of each facet.
        cut: The facets of which only the most frequent values are listed.
        concealed: How many matching papers are hidden by their status.
    """

    values: dict[str, tuple[FacetValue, ...]]
    cut: tuple[str, ...]
    concealed: int


class Answer:
    """Answers one request on one generation; its methods are called in this order.

    Attributes:
        engine: The engine that is searched.
        view: The view that this engine shows.
        sort: The sort that orders the hits, one of `SORTS`; `find_page` chooses it if the request
            does not.
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
        self._request = request
        self._selections = dict(request.selections)
        has_hidden = any(engine.count_documents("status", status) for status in HIDDEN_STATUSES)
        self._hiding = has_hidden and hides_papers(request, query)
        self._hiding_unfiltered = has_hidden and hides_papers(
            replace(request, selections={}), query
        )
        self._reranker = reranker

    def find_page(self, planned: PlannedQuery) -> tuple[RankedPage, Plan, Relaxed | None]:
        """Find a page of hits; apply relevance feedback and add close papers if requested.

        Raises:
            MeaningUnusable: Papers close in meaning are requested but cannot be found.
        """
        self.sort = self._choose_sort(planned.plan)
        request = replace(self._request, sort=self.sort)
        self._pages = PageFinder(self.engine, request, weaken_method(self._narrow), self._reranker)
        found, used, relaxed = self._find_widened(planned)
        if self._request.expand and planned.words and found.total:
            used = self._add_feedback(used, planned)
            widened = relaxed is not None
            found = self._pages.find_widened(used, planned) if widened else self._pages.find(used)
        if self._reranker.adds_nearest(planned):
            found, used = self._pages.find_nearest(used, planned)
        return found, used, relaxed

    def _add_feedback(self, used: Plan, planned: PlannedQuery) -> Plan:
        """Add boosts for the words that the first hits share."""
        best = self.engine.find(self._narrow(used), None, 0, PAPERS).hits
        extra = build_feedback_boosts(
            [decode_paper(record) for _, record in best], len(planned.words)
        )
        return replace(used, boosts=(*used.boosts, *extra))

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
        found = (all_of([match, Exact("cited", str(step))]) for step in reversed(CITED_STEPS))
        return "cited" if any(map(count, found)) else "newest"

    def _find_widened(self, planned: PlannedQuery) -> tuple[RankedPage, Plan, Relaxed | None]:
        """Find a page of hits; widen a query that finds too few.

        Filters do not decide whether a query is widened: the count of a facet value must stay the
        same when that value is selected.
        """
        found = self._pages.find(planned.plan)
        strict = self._count_unfiltered(planned.plan, found)
        if self._is_title(planned, strict):
            return found, planned.plan, None
        wider = widen(planned, strict, self.engine)
        if wider and is_passage(planned.words) and self.sort == DEFAULT_SORT:
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

    def _exclude_hidden(self, match: Node) -> Node:
        return all_of([match, NOT_HIDDEN]) if self._hiding else match

    def _count_unfiltered(self, used: Plan, found: HitPage) -> int:
        """Count the hits of a plan as if no value was selected."""
        if not self._selections:
            return found.total
        hiding = self._hiding_unfiltered
        return self.engine.count_matches(all_of([used.match, NOT_HIDDEN]) if hiding else used.match)

    def count_strict(self, query: Query) -> int:
        """Count the papers that contain all words of a query, under the filters of the request."""
        strict = plan_query(query, self.engine).plan
        return self.engine.count_matches(self._narrow(strict).match)

    def _narrow(self, used: Plan) -> Plan:
        """Exclude papers that are hidden or not selected."""
        match = _join(self._exclude_hidden(used.match), build_condition(self._selections))
        return replace(used, match=match)

    def count_facets(self, used: Plan, total: int) -> CountedFacets:
        """Count the facets over all matches.

        Args:
            used: The plan that found the hits.
            total: The number of hits.
        """
        selections, asked = self._selections, self._request.facets
        conditions = build_count_conditions(selections, asked)
        counted: FacetCounts | None = None
        concealed: list[tuple[str, int]] = []
        if self._hiding and total <= _FEW and not selections:
            counted = self.engine.count_facets(used.match, {**conditions, "status": None})
            concealed = [pair for pair in counted["status"].counts if pair[0] in HIDDEN_STATUSES]
        elif self._hiding:
            concealed = self._count_hidden(used)
        if counted is None or concealed:
            counted = self.engine.count_facets(self._exclude_hidden(used.match), conditions)
        if concealed and "status" in counted:
            counted["status"] = counted["status"].join(concealed)
        for name in asked:
            field = find_index_field(name)
            counted[field] = self._add_selected(name, counted[field], used)
        return CountedFacets(
            values=list_facet_values(counted, selections, asked),
            cut=tuple(name for name in asked if not counted[find_index_field(name)].complete),
            concealed=sum(count for _, count in concealed),
        )

    def _add_selected(self, name: str, found: ValueCounts, used: Plan) -> ValueCounts:
        """Add the selected values of a facet that are not among its most frequent ones."""
        unlisted = list_unlisted(found, self._selections.get(name, Selection()))
        matched = self._exclude_hidden(used.match)
        alone = ({**self._selections, name: Selection((value,))} for value in unlisted)
        counts = (self.engine.count_matches(_join(matched, build_condition(s))) for s in alone)
        return found.join(zip(unlisted, counts, strict=True)) if unlisted else found

    def _count_hidden(self, used: Plan) -> list[tuple[str, int]]:
        """Count the hidden papers by status; they are few, so a pass over them is cheap."""
        only = build_condition(self._selections, without="status")
        match = all_of([_HIDDEN, used.match, *([only] if only else [])])
        return self.engine.count_facets(match, {"status": None})["status"].counts


def plan_request(request: SearchRequest, query: Query, engine: Engine) -> PlannedQuery:
    """Plan a request's query; rank cited papers higher unless the request says otherwise."""
    planned = plan_query(query, engine, request.query)
    if request.prior is Prior.NONE:
        return planned
    weight = 1.0 if request.prior is Prior.CITATIONS else planned.breadth
    return replace(planned, plan=prefer_cited(planned.plan, planned.breadth, weight, engine))


def hides_papers(request: SearchRequest, query: Query) -> bool:
    """Return whether withdrawn, rejected and retracted papers are hidden from a request."""
    if request.hidden or request.selections.get("status"):
        return False
    return not any(
        isinstance(leaf, Value) and leaf.field in _SHOWS_HIDDEN for leaf in list_leaves(query)
    )


def _join(match: Node, condition: Node | None) -> Node:
    """Restrict a match to a condition, which adds nothing to scores."""
    if condition is None:
        return match
    if isinstance(match, Anything):
        return condition
    return all_of([match, condition if isinstance(condition, Without) else Flat(condition, 0.0)])


def _describe_widening(strict: int, planned: PlannedQuery, *, any_word: bool = False) -> str:
    some = f"papers with {'some' if len(planned.words) > MOST_MATCHED else 'any'} of them"
    others = some if any_word or planned.is_question else "close matches"
    if not strict:
        return f"No paper contains every word. Showing {others}."
    papers = "1 paper contains" if strict == 1 else f"{strict} papers contain"
    return f"{papers} every word, followed by {others}."
