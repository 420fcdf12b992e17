"""Explain which clause or filter of a search excludes a paper."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.records import Paper
from search.answers.paper_lookup import find_paper
from search.answers.restrictions import hides_papers
from search.answers.results import Results
from search.answers.searcher import Searcher
from search.engines.engine import Engine
from search.errors import PageInvalid
from search.explain.matched_fields import find_matched_fields
from search.explain.near_miss import NearMiss, find_near_miss, list_values
from search.language.tree import And, Boost, Not, Or, Query, Required
from search.planning.plan import AllOf, Exact, Node, Plan, all_of
from search.planning.ranking import plan_query, widen
from search.planning.translate import Translator
from search.request.facets import HIDDEN_STATUSES, Selections, build_condition
from search.request.parameters import write_selection
from search.request.search_request import MAX_PER_PAGE, SearchRequest

DEEPEST_RANK = 1_000
"""Hits that are searched for the paper's rank."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of a query, judged on one paper.

    Attributes:
        written: The clause in the query language.
        met: Whether the paper meets the clause.
        needed: Whether it must; function words among other words are optional.
        joint: ``and`` or ``or`` if `parts` are joined so, ``not`` if the one part must not be met,
            else empty.
        parts: The clauses it consists of, if it is more than a word.
        miss: How close the paper comes to a clause that it does not meet.
    """

    written: str
    met: bool
    needed: bool = True
    joint: str = ""
    parts: tuple["Clause", ...] = ()
    miss: NearMiss | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """The selection in one facet, judged on one paper.

    Attributes:
        name: The facet.
        asked: The selected values as addresses write them.
        has: The paper's own values.
        met: Whether the paper passes.
    """

    name: str
    asked: tuple[str, ...]
    has: tuple[str, ...]
    met: bool


@dataclass(frozen=True, slots=True)
class WhyNot:
    """How one paper fares in one search.

    Attributes:
        paper: The paper.
        results: The first page of the search.
        found: Whether the search finds the paper.
        rank: Its rank, if it is within `DEEPEST_RANK`.
        hidden: The status because of which it is hidden; empty if it is not.
        filters: One for each facet with a selection.
        clause: The query, judged part by part before any widening.
        widened: Whether the widened query matches the paper, filters aside; None if the query
            cannot be widened.
    """

    paper: Paper
    results: Results
    found: bool
    rank: int | None
    hidden: str
    filters: tuple[Filter, ...]
    clause: Clause
    widened: bool | None


def explain_absence(searcher: Searcher, request: SearchRequest, name: str) -> WhyNot:
    """Explain how a paper fares in a search.

    Args:
        searcher: The index.
        request: The search; its page and its counted facets are ignored.
        name: What the paper is called, see `search.answers.paper_lookup`. A search of records
            looks for a record.

    Raises:
        QueryTooCostly: The query has too many clauses, or clauses that cost too much.
        PaperMissing: There is no such paper.
    """
    asked = replace(request, page=1, per_page=MAX_PER_PAGE, facets=())
    results = searcher.search(asked)
    paper = find_paper(searcher, name, results.view)
    judge = _Judge(searcher.select_engine(results.view), paper)
    query, asked = results.parsed.query, results.request
    is_hidden = paper.status in HIDDEN_STATUSES and hides_papers(asked, query)
    filters = tuple(judge.judge_filters(asked.selections))
    matched = judge.matches(results.plan.match)
    found = matched and not is_hidden and all(one.met for one in filters)
    return WhyNot(
        paper=paper,
        results=results,
        found=found,
        rank=_find_rank(searcher, results, paper.id) if found else None,
        hidden=paper.status if is_hidden else "",
        filters=filters,
        clause=judge.judge_clause(query),
        widened=matched if results.relaxed else judge.matches_widened(query),
    )


class _Judge:
    """Judges clauses and filters on one paper, by searches that only it can match."""

    def __init__(self, engine: Engine, paper: Paper) -> None:
        self._engine = engine
        self._paper = paper
        self._translator = Translator(engine)

    def matches(self, match: Node) -> bool:
        """Return whether the paper matches."""
        asked = Plan(all_of([Exact("id", self._paper.id), match]), scored=False)
        return self._engine.find(asked, None, 0, 1).total > 0

    def judge_filters(self, selections: Selections) -> Iterator[Filter]:
        """Judge the selection of each facet by itself."""
        for name, selection in selections.items():
            match = build_condition({name: selection})
            yield Filter(
                name=name,
                asked=tuple(write_selection(selection)),
                has=list_values(self._paper, name),
                met=match is None or self.matches(match),
            )

    def judge_clause(self, query: Query) -> Clause:
        """Judge a query and its parts."""
        node = self._translator.translate(query)
        met, written = self.matches(node), str(query)
        match query:
            case And(children=children):
                # A part that the translation of the whole dropped is optional.
                kept = node.children if isinstance(node, AllOf) else (node,)
                return Clause(written, met, joint="and", parts=self._judge_parts(children, kept))
            case Or(children):
                parts = tuple(self.judge_clause(child) for child in children)
                return Clause(written, met, joint="or", parts=parts)
            case Not(child):
                fields = tuple(find_matched_fields(self._paper, child))
                miss = None if met else NearMiss(where=fields)
                parts = (self.judge_clause(child),)
                return Clause(written, met, joint="not", parts=parts, miss=miss)
            case Required(child) | Boost(child, _):
                return replace(self.judge_clause(child), written=written)
            case _:
                miss = None if met else find_near_miss(query, self._paper)
                return Clause(written, met, miss=miss)

    def _judge_parts(
        self, children: tuple[Query, ...], kept: tuple[Node, ...]
    ) -> tuple[Clause, ...]:
        return tuple(
            replace(self.judge_clause(child), needed=self._translator.translate(child) in kept)
            for child in children
        )

    def matches_widened(self, query: Query) -> bool | None:
        """Return whether the query would match if too few papers contained all its words."""
        planned = plan_query(query, self._engine)
        strict = self._engine.find(Plan(planned.plan.match, scored=False), None, 0, 1).total
        wider = widen(planned, min(strict, 1), self._engine)
        return None if wider is None else self.matches(wider.match)


def _find_rank(searcher: Searcher, results: Results, paper_id: str) -> int | None:
    """Find the rank of a paper in the first pages of a search that finds it."""
    while True:
        for hit in results.hits:
            if hit.paper.id == paper_id:
                return hit.rank
        if not results.hits or results.hits[-1].rank >= min(results.total, DEEPEST_RANK):
            return None
        following = replace(results.request, page=results.request.page + 1)
        try:
            results = searcher.search(following, results.parsed)
        except PageInvalid:  # a smaller index was put in use in between
            return None
