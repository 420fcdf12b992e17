"""Explain which clause or filter of a search excludes a paper."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial

from index.records import Paper
from search.answers.paper_lookup import find_paper
from search.answers.restrictions import hides_papers
from search.answers.results import Results
from search.answers.searcher import Searcher
from search.budget.budget import check_budget
from search.budget.optional_steps import OptionalSteps, refuse_long_searches
from search.engines.engine import Engine
from search.explain.matched_fields import find_matched_fields
from search.explain.near_miss import NearMiss, find_near_miss, list_values
from search.language.tree import And, Boost, Not, Or, Query, Required
from search.planning.plan import AllOf, AnyOf, Exact, Flat, Node, Weighted, Without
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
        judged: Whether that was found out; otherwise `met` is False.
    """

    written: str
    met: bool
    needed: bool = True
    joint: str = ""
    parts: tuple["Clause", ...] = ()
    miss: NearMiss | None = None
    judged: bool = True


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
        left_out: What was not found out because it takes too long, as the beginnings of sentences.
    """

    paper: Paper
    results: Results
    found: bool
    rank: int | None
    hidden: str
    filters: tuple[Filter, ...]
    clause: Clause
    widened: bool | None
    left_out: tuple[str, ...] = ()


def explain_absence(searcher: Searcher, request: SearchRequest, name: str) -> WhyNot:
    """Explain how a paper fares in a search.

    Args:
        searcher: The index.
        request: The search; its page and its counted facets are ignored.
        name: What the paper is called, see `search.answers.paper_lookup`. A search of records
            looks for a record.

    Raises:
        QueryTooCostly: The query has too many clauses, or clauses that cost too much.
        SearchTooLong: The search alone takes longer than a request may.
        PaperMissing: There is no such paper.
    """
    results = searcher.search(replace(request, page=1, per_page=MAX_PER_PAGE, facets=()))
    with refuse_long_searches():
        paper = find_paper(searcher, name, results.view)
        judge = _Judge(searcher.select_engine(results.view), paper)
        query, asked = results.parsed.query, results.request
        is_hidden = paper.status in HIDDEN_STATUSES and hides_papers(asked, query)
        filters = tuple(judge.judge_filters(asked.selections))
        matched = judge.matches(results.plan.match)
    found = matched and not is_hidden and all(one.met for one in filters)
    clause, attempt = judge.judge_clause(query), judge.steps.attempt
    judge_widened = partial(judge.matches_widened, query, results.total)
    missing = "Whether a widened query would find the paper"
    widened = matched if results.relaxed else attempt(judge_widened, None, missing)
    find_rank = partial(_find_rank, searcher, results, paper.id)
    rank = attempt(find_rank, None, "The rank of the paper") if found else None
    return WhyNot(
        paper=paper,
        results=results,
        found=found,
        rank=rank,
        hidden=paper.status if is_hidden else "",
        filters=filters,
        clause=clause,
        widened=widened,
        left_out=tuple(judge.steps.left_out),
    )


class _Judge:
    """Judges clauses and filters on one paper, by searches that only it can match."""

    def __init__(self, engine: Engine, paper: Paper) -> None:
        self._engine = engine
        self._paper = paper
        self._itself = Exact("id", paper.id)
        self._translator = Translator(engine)
        self.steps = OptionalSteps()

    def matches(self, match: Node) -> bool:
        """Return whether the paper matches."""
        return self._engine.count_matches(restrict_to(self._itself, match)) > 0

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
        """Judge a query and its parts, as far as the budget allows."""
        unknown = Clause(str(query), met=False, judged=False)
        return self.steps.attempt(lambda: self._judge(query), unknown, "Some clauses of the query")

    def _judge(self, query: Query) -> Clause:
        check_budget()
        written = str(query)
        match query:
            case And(children=children):
                node = self._translator.translate(query)
                met = self.matches(node)
                # A part that the translation of the whole dropped is optional.
                kept = node.children if isinstance(node, AllOf) else (node,)
                return Clause(written, met, joint="and", parts=self._judge_parts(children, kept))
            case Or(children):
                parts = tuple(self.judge_clause(child) for child in children)
                met = any(part.met for part in parts)
                judged = met or all(part.judged for part in parts)
                return Clause(written, met, joint="or", parts=parts, judged=judged)
            case Not(child):
                part = self.judge_clause(child)
                met = part.judged and not part.met
                fields = tuple(find_matched_fields(self._paper, child)) if part.met else ()
                miss = NearMiss(where=fields) if part.met else None
                return Clause(written, met, True, "not", (part,), miss, part.judged)
            case Required(child) | Boost(child, _):
                return replace(self.judge_clause(child), written=written)
            case _:
                met = self.matches(self._translator.translate(query))
                miss = None if met else find_near_miss(query, self._paper)
                return Clause(written, met, miss=miss)

    def _judge_parts(
        self, children: tuple[Query, ...], kept: tuple[Node, ...]
    ) -> tuple[Clause, ...]:
        return tuple(
            replace(self.judge_clause(child), needed=self._translator.translate(child) in kept)
            for child in children
        )

    def matches_widened(self, query: Query, total: int) -> bool | None:
        """Return whether the query would match if too few papers contained all its words.

        Args:
            query: The query.
            total: The number of papers that it finds with filters.
        """
        planned = plan_query(query, self._engine)
        strict = total or self._engine.count_matches(planned.plan.match)
        wider = widen(planned, min(strict, 1), self._engine)
        return None if wider is None else self.matches(wider.match)


def restrict_to(itself: Node, match: Node) -> Node:
    """Return a node that matches what one node and another match, for a node of one paper.

    An engine reads thousands of papers around the one that it asks an OR for, so every part of an
    OR is restricted by itself. At 95,000 papers, two phrases of six stop words then take .2 ms
    instead of 24 ms.

    Args:
        itself: Matches one paper.
        match: Any node; its scores are ignored.
    """
    match match:
        case AnyOf(children, at_least):
            return AnyOf(tuple(restrict_to(itself, child) for child in children), at_least)
        case AllOf(children):
            return AllOf((itself, *(restrict_to(itself, child) for child in children)))
        case Without(child):
            return AllOf((itself, Without(restrict_to(itself, child))))
        case Weighted(child, _) | Flat(child, _):
            return restrict_to(itself, child)
        case _:
            return AllOf((itself, match))


def _find_rank(searcher: Searcher, results: Results, paper_id: str) -> int | None:
    """Find the rank of a paper among the first hits of a search that finds it."""
    for hit in results.hits:
        if hit.paper.id == paper_id:
            return hit.rank
    ids: list[str] = []
    if results.total > len(results.hits):
        ids = searcher.list_first_ids(results.request, results.parsed, DEEPEST_RANK)
    return ids.index(paper_id) + 1 if paper_id in ids else None
