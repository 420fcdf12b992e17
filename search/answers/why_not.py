"""Answers: which clause or filter of a search keeps this paper out?"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from index.errors import PageInvalid
from index.records import Paper
from search.answers.answer import hides
from search.answers.results import Results
from search.answers.searcher import Searcher
from search.engines.engine import Engine
from search.explain.matched_fields import why
from search.explain.near_miss import NearMiss, near_miss, values_of
from search.language.tree import And, Boost, Not, Or, Query, Required
from search.planning.plan import AllOf, Exact, Node, Plan, all_of
from search.planning.ranking import plan_query, widen
from search.planning.translate import Translator
from search.request.facets import HIDDEN, canonical, condition
from search.request.search_request import MAX_PER_PAGE, SearchRequest, to_parameters

DEEPEST_RANK = 1_000
"""Hits that are looked through for the paper's rank."""


@dataclass(frozen=True, slots=True)
class Clause:
    """One part of a query, judged on one paper.

    Attributes:
        written: In the query language.
        met: Whether the paper has what this asks for.
        needed: Whether it must; function words among other words need not be met.
        joint: ``and`` or ``or`` where `parts` are alternatives or all asked, ``not`` where the one
            part must not be met, else empty.
        parts: What it is made of, if that is more than a word.
        miss: How near the paper comes to what it does not have, or has and may not have.
    """

    written: str
    met: bool
    needed: bool = True
    joint: str = ""
    parts: tuple["Clause", ...] = ()
    miss: NearMiss | None = None


@dataclass(frozen=True, slots=True)
class Filter:
    """What is selected in one facet, judged on one paper.

    Attributes:
        name: The facet.
        asked: The selected values, as an address has them.
        has: The paper's own values.
        met: Whether they pass.
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
        results: The first page of the search as it was asked.
        found: Whether the search finds the paper.
        rank: Its rank, if it is within `DEEPEST_RANK`.
        hidden: The status for which it is hidden; empty if it is not.
        filters: One for each facet in which something is selected.
        clause: The query, part by part, as if it had not been widened.
        widened: Whether the query finds the paper, filters aside, once it is widened to papers
            with most of the words; None if it cannot be widened.
    """

    paper: Paper
    results: Results
    found: bool
    rank: int | None
    hidden: str
    filters: tuple[Filter, ...]
    clause: Clause
    widened: bool | None


def why_not(searcher: Searcher, request: SearchRequest, paper: Paper) -> WhyNot:
    """Say how a paper fares in a search.

    Args:
        searcher: The index.
        request: The search; its page and its counted facets do not matter.
        paper: One of the index, see `search.answers.paper_lookup`.

    Raises:
        QueryTooCostly: The query has too many clauses, or too costly ones.
    """
    asked = replace(request, page=1, per_page=MAX_PER_PAGE, facets=())
    asked = replace(asked, selections=canonical(asked.selections))
    results = searcher.search(asked)
    judge = _Judge(searcher.seen(raw=results.raw), paper)
    query = searcher.parsed(request.query).query
    is_hidden = paper.status in HIDDEN and hides(request, query)
    filters = tuple(judge.filters(asked))
    matched = judge.has(results.plan.match)
    found = matched and not is_hidden and all(one.met for one in filters)
    return WhyNot(
        paper=paper,
        results=results,
        found=found,
        rank=_rank(searcher, results, paper.id) if found else None,
        hidden=paper.status if is_hidden else "",
        filters=filters,
        clause=judge.clause(query),
        widened=matched if results.relaxed else judge.widened(query),
    )


class _Judge:
    """Asks an engine about one paper."""

    def __init__(self, engine: Engine, paper: Paper) -> None:
        self._engine = engine
        self._paper = paper
        self._translator = Translator(engine)

    def has(self, match: Node) -> bool:
        """Tell whether the paper is among those that match."""
        asked = Plan(all_of([Exact("id", self._paper.id), match]), scored=False)
        return self._engine.find(asked, None, 0, 1).total > 0

    def filters(self, request: SearchRequest) -> Iterator[Filter]:
        """Judge what is selected, each facet alone."""
        for name, selection in request.selections.items():
            alone = SearchRequest(selections={name: selection})
            asked = tuple(value for facet, value in to_parameters(alone) if facet == name)
            match = condition(alone.selections)
            met = match is None or self.has(match)
            yield Filter(name, asked, values_of(self._paper, name), met)

    def clause(self, query: Query) -> Clause:
        """Judge a part of the query and its parts."""
        node = self._translator.translate(query)
        met, written = self.has(node), str(query)
        match query:
            case And(children=children):
                # What the translation of the whole has not kept need not be met.
                kept = node.children if isinstance(node, AllOf) else (node,)
                return Clause(written, met, joint="and", parts=self._parts(children, kept))
            case Or(children):
                parts = tuple(self.clause(child) for child in children)
                return Clause(written, met, joint="or", parts=parts)
            case Not(child):
                miss = None if met else NearMiss(where=tuple(why(self._paper, child)))
                return Clause(written, met, joint="not", parts=(self.clause(child),), miss=miss)
            case Required(child) | Boost(child, _):
                return replace(self.clause(child), written=written)
            case _:
                return Clause(written, met, miss=None if met else near_miss(query, self._paper))

    def _parts(self, children: tuple[Query, ...], kept: tuple[Node, ...]) -> tuple[Clause, ...]:
        return tuple(
            replace(self.clause(child), needed=self._translator.translate(child) in kept)
            for child in children
        )

    def widened(self, query: Query) -> bool | None:
        """Tell whether the query would find the paper if too few papers had all the words."""
        meaning = plan_query(query, self._engine)
        strict = self._engine.find(Plan(meaning.plan.match, scored=False), None, 0, 1).total
        wider = widen(meaning, min(strict, 1), self._engine)
        return None if wider is None else self.has(wider.match)


def _rank(searcher: Searcher, results: Results, paper_id: str) -> int | None:
    """Look for the rank of a paper in the first pages of a search that finds it."""
    while True:
        for hit in results.hits:
            if hit.paper.id == paper_id:
                return hit.rank
        request = results.request
        if not results.hits or results.hits[-1].rank >= min(results.total, DEEPEST_RANK):
            return None
        try:
            results = searcher.search(replace(request, page=request.page + 1))
        except PageInvalid:  # a smaller index was put in use in between
            return None
