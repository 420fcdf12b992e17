"""Answers: which papers meet a request, in which order, and how many are there of each kind?"""

from dataclasses import replace

from index.people.aliases import Aliases
from index.records import decode_paper
from search.answers.results import Relaxed
from search.engines.engine import Engine, HitPage
from search.language.parser import parse
from search.language.tree import Query, Value, list_leaves
from search.planning.author_aliases import add_other_names
from search.planning.boosts import build_citation_boosts
from search.planning.plan import Anything, Exact, Node, Plan, Without, all_of, any_of
from search.planning.ranking import Meaning, plan_query, widen
from search.planning.relevance_feedback import PAPERS, build_feedback_boosts
from search.request.facets import (
    HIDDEN,
    FacetValue,
    condition,
    conditions_of_counts,
    facet_values,
)
from search.request.search_request import SORTS, SearchRequest

"""Reads a paper from the bytes that an engine keeps."""

_ASKS_FOR_ANY = {"status", "id", "doi", "arxiv"}
"""Whoever names one of these means that paper, whatever became of it."""

_HIDDEN: Node = any_of([Exact("status", status) for status in HIDDEN])
HIDING: Node = Without(_HIDDEN)
"""Leaves out withdrawn, rejected and retracted papers."""


class Answer:
    """One request being answered on one generation; its methods are called in this order."""

    def __init__(
        self, engine: Engine, request: SearchRequest, aliases: Aliases, *, hiding: bool
    ) -> None:
        self._engine = engine
        self._aliases = aliases
        self._request = request
        self._selections = dict(request.selections)
        self._hiding = hiding

    def run(self, meaning: Meaning) -> tuple[HitPage, Plan, Relaxed | None]:
        """Find a page of hits, reordered by what the first share if that was asked for."""
        found, used, relaxed = self._widened(meaning)
        if not (self._request.expand and meaning.words and found.total):
            return found, used, relaxed
        best = self._engine.find(self._narrowed(used), None, 0, PAPERS).hits
        extra = build_feedback_boosts(
            [decode_paper(record) for _, record in best], len(meaning.words)
        )
        used = replace(used, boosts=(*used.boosts, *extra))
        return self._page(used), used, relaxed

    def _widened(self, meaning: Meaning) -> tuple[HitPage, Plan, Relaxed | None]:
        """Find a page of hits; widen a query that finds too few.

        Filters have no say in whether it is widened: a facet's count must stay what it was
        when its value is selected.
        """
        found = self._page(meaning.plan)
        strict = self._unfiltered(meaning.plan, found)
        wider = None if self._in_title(meaning, strict) else widen(meaning, strict, self._engine)
        if wider is None:
            return found, meaning.plan, None
        more = self._page(wider)
        if self._unfiltered(wider, more) <= strict:
            return found, meaning.plan, None
        return (
            more,
            wider,
            Relaxed(strict, _describe_widening(strict, question=meaning.is_question)),
        )

    def _in_title(self, meaning: Meaning, strict: int) -> bool:
        """Tell whether a title has all the words of a long query: it is what was meant."""
        if not (strict and meaning.is_question):
            return False
        return self._engine.find(Plan(meaning.title_match, scored=False), None, 0, 1).total > 0

    def _shown(self, match: Node) -> Node:
        """Leave out the papers that are hidden for their status."""
        return all_of([match, HIDING]) if self._hiding else match

    def _unfiltered(self, asked: Plan, found: HitPage) -> int:
        """Count the hits there would be without any filter."""
        if not self._selections:
            return found.total
        return self._engine.find(replace(asked, boosts=(), scored=False), None, 0, 1).total

    def strict(self, query: str) -> int:
        """Count the papers that have all the words of another query, under the same filters."""
        asked = add_other_names(parse(query), self._aliases).query
        strictly = Plan(plan_query(asked, self._engine).plan.match, scored=False)
        return self._engine.find(self._narrowed(strictly), None, 0, 1).total

    def _narrowed(self, asked: Plan) -> Plan:
        """Leave out what is hidden or not selected."""
        match = _joined(self._shown(asked.match), condition(self._selections))
        return replace(asked, match=match)

    def _page(self, asked: Plan) -> HitPage:
        request = self._request
        offset = (request.page - 1) * request.per_page
        return self._engine.find(
            self._narrowed(asked), SORTS[request.sort], offset, request.per_page
        )

    def facets(self, used: Plan) -> tuple[dict[str, tuple[FacetValue, ...]], int]:
        """Count the facets over all matches, and how many papers are hidden for their status."""
        selections, asked = self._selections, self._request.facets
        counted = self._engine.count_facets(
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
        return self._engine.count_facets(match, {"status": None})["status"]


def planned(request: SearchRequest, query: Query, engine: Engine) -> Meaning:
    """Decide what a request's query means, with the citations if they are to count."""
    meaning = plan_query(query, engine, request.query)
    if not request.prior:
        return meaning
    lifted = replace(meaning.plan, boosts=(*meaning.plan.boosts, *build_citation_boosts()))
    return replace(meaning, plan=lifted)


def hides(request: SearchRequest, query: Query) -> bool:
    """Tell whether withdrawn and rejected papers stay hidden: not if they are asked for."""
    if request.hidden or request.selections.get("status"):
        return False
    return not any(
        isinstance(leaf, Value) and leaf.field in _ASKS_FOR_ANY for leaf in list_leaves(query)
    )


def _joined(match: Node, narrowed: Node | None) -> Node:
    if narrowed is None:
        return match
    return narrowed if isinstance(match, Anything) else all_of([match, narrowed])


def _describe_widening(strict: int, *, question: bool) -> str:
    others = "papers with any of them" if question else "close matches"
    if not strict:
        return f"No paper contains every word. Showing {others}."
    papers = "1 paper contains" if strict == 1 else f"{strict} papers contain"
    return f"{papers} every word, followed by {others}."
