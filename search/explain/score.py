"""Explain the score of each hit by the words and fields that contributed to it.

The plan of the search is split into its scored parts, and the engine scores each part alone for
the hits of a page. The contributions of a hit therefore add up to its score on any engine and
however the ranking works.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

import msgspec

from search.engines.engine import Engine
from search.explain.labels import (
    MEANING,
    Label,
    describe_part,
    drop_tolerant,
    iterate_leaves,
    map_typed_words,
)
from search.language.tree import Query
from search.planning.plan import (
    AllOf,
    AnyOf,
    Anything,
    ConditionalBoosts,
    Exact,
    Flat,
    Node,
    Plan,
    Weighted,
    Without,
    any_of,
)

REST = 0.001
"""Difference between a score and the sum of its parts from which it is listed as ``the rest``;
smaller differences are rounding."""

ROUNDING = 1e-6
"""Relative rounding error: engines store scores in 32 bits, which is 7 digits."""

Weights: TypeAlias = Mapping[str, float]
"""Scores by the id of a paper, only of papers that match."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One contribution to the score of a hit.

    Attributes:
        words: The words as typed; if they were not typed, as the index has them.
        field: ``text`` (the title, counted three times, abstract and topics), or a field of the
            query language; empty if several may have matched.
        kind: ``word``, ``word as written``, ``name``, ``neighbours``, ``whole title``, ``value``,
            ``number``, ``respelt``, ``beginning``, ``pattern``, ``all the words``, ``name and
            year``, ``any``, ``every paper``, ``not there``, ``meaning``, or ``the rest``.
        weight: The contribution to the score.
    """

    words: str
    field: str
    kind: str
    weight: float


class _PaperId(msgspec.Struct):
    """The id of a paper, decoded without the rest."""

    id: str


_decode_id = msgspec.msgpack.Decoder(_PaperId).decode


def explain_scores(
    plan: Plan, query: Query, scores: Weights, engine: Engine, meaning: Weights
) -> dict[str, tuple[Reason, ...]]:
    """Explain the scores of hits.

    Args:
        plan: The plan that found the hits, without filters.
        query: The query; its words are shown as typed.
        scores: The scores by paper id; 0 if a field orders the hits.
        engine: The engine that scored the hits.
        meaning: What their meaning adds to the scores of hits, by paper id.

    Returns:
        The reasons of each hit, the largest first. If the score orders the hits, the weights add
        up to it; if a field does, they show what the score would consist of.
    """
    splitter = _PlanSplitter(engine, tuple(scores), map_typed_words(query))
    for part in (plan.match, *plan.boosts):
        splitter.add_part(part, 1.0 if plan.scored else 0.0, frozenset(scores))
    return {
        one: splitter.list_reasons(one, score, meaning.get(one, 0.0))
        for one, score in scores.items()
    }


class _PlanSplitter:
    """Splits a plan into its scored parts and adds up their weights for a page of hits."""

    def __init__(self, engine: Engine, ids: tuple[str, ...], typed: Mapping[str, str]) -> None:
        self._engine = engine
        self._among: Node = Flat(any_of([Exact("id", one) for one in ids]), 0.0)
        self._limit = len(ids)
        self._typed = typed
        self._asked: dict[Node, Weights] = {}
        self._found: dict[str, dict[Label, float]] = {one: defaultdict(float) for one in ids}

    def add_part(self, node: Node, factor: float, among: frozenset[str]) -> None:
        """Add the contributions of a part of the plan to the hits that match it.

        Args:
            node: The part.
            factor: The product of the weights around it.
            among: The ids of the hits that match what is around it.
        """
        if isinstance(node, Weighted):
            self.add_part(node.child, factor * node.factor, among)
            return
        among &= self._score(node).keys()
        if not among:
            return
        match node:
            case AnyOf(children) | ConditionalBoosts(_, children):
                for child in children:
                    self.add_part(child, factor, among)
            case AllOf(children):
                # An exclusion contributes nothing, unless there is nothing else.
                given = [child for child in children if not _adds_nothing(child)]
                for child in given or [Anything()]:
                    self.add_part(child, factor, among)
            case Flat(_, 0.0):  # which only papers that are close in meaning match
                for one in among:
                    self._found[one][MEANING] += 0.0
            case _:
                self._add(node, factor, among)

    def list_reasons(self, paper_id: str, score: float, meaning: float) -> tuple[Reason, ...]:
        """List the reasons of one hit, the largest first."""
        if meaning:
            self._found[paper_id][MEANING] += meaning
        found = [Reason(*label, weight) for label, weight in self._found[paper_id].items()]
        rest = score - sum(reason.weight for reason in found)
        if score and abs(rest) > max(REST, abs(score) * ROUNDING):
            found.append(Reason("", "", "the rest", rest))
        return tuple(sorted(found, key=lambda reason: -reason.weight))

    def _add(self, node: Node, factor: float, among: frozenset[str]) -> None:
        weights, leaves = self._score(node), list(iterate_leaves(node))
        for one in among:
            # Engines do not score an exclusion alone.
            weight = 1.0 if isinstance(node, Without | Anything) else weights[one]
            # Of a part with several words, only those that the paper contains are listed.
            had = [leaf for leaf in leaves if len(leaves) == 1 or one in self._score(leaf)]
            label = describe_part(node, drop_tolerant(node, had), self._typed)
            self._found[one][label] += weight * factor

    def _score(self, node: Node) -> Weights:
        """Return the scores of a part alone, with one search for all hits and all equal parts."""
        if node not in self._asked:
            asked = Plan(AllOf((self._among, node)))
            hits = self._engine.find(asked, None, 0, self._limit).hits
            self._asked[node] = {_decode_id(record).id: score for score, record in hits}
        return self._asked[node]


def _adds_nothing(child: Node) -> bool:
    return isinstance(child, Without) or (isinstance(child, Flat) and not child.score)
