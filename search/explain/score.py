"""Answers: which words matched in which field of a hit, and what did each add to its score?

The plan that was used is taken apart into its scored parts, and the engine is asked what each
part alone scores for the hits of a page; so the reasons of a hit sum up to its score.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import msgspec

from index.fields import FIRST
from index.text.analyser import stem, tokenise
from search.engines.engine import Engine
from search.language.tree import Fuzzy, Phrase, Query, Word, list_leaves
from search.planning.plan import (
    AllOf,
    AnyOf,
    Anything,
    Exact,
    Flat,
    Near,
    Node,
    Numbers,
    Pattern,
    Plan,
    Term,
    Tokens,
    Weighted,
    Without,
    any_of,
)

REST = 0.001
"""Score points. What the parts leave unexplained is told from here on; less is rounding."""

ROUNDING = 1e-6
"""Of a score; engines keep scores in 32 bits, which is 7 digits."""

_FIELDS = {
    "title_exact": "title",
    "title_key": "title",
    "abstract_exact": "abstract",
    "author_key": "author",
    "first_author_key": "author",
    "venue_words": "venue",
    "venue_short": "venue",
    "topic_words": "topic",
    "institution_words": "institution",
}
"""What a reader calls a field of the index, where that is another name."""

_KINDS = {
    Term: "word",
    Tokens: "neighbours",
    Exact: "value",
    Numbers: "number",
    Near: "respelt",
    Pattern: "pattern",
    Anything: "every paper",
}
"""What a reader calls a leaf of a plan, unless its field says more."""

Weights: TypeAlias = Mapping[str, float]
"""Score points by the id of a paper; papers that do not match are left out."""


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that lifted a hit.

    Attributes:
        words: As typed, where they were typed; else as the index has them.
        field: ``text`` (the title, counted three times, abstract and topics), or the field of the
            language; empty where several may have matched.
        kind: ``word``, ``word as written``, ``name``, ``neighbours``, ``whole title``, ``value``,
            ``number``, ``respelt``, ``beginning``, ``pattern``, ``all the words``, ``any``,
            ``every paper``, ``not there``, or ``the rest``.
        weight: What it adds to the score.
    """

    words: str
    field: str
    kind: str
    weight: float


class _Identified(msgspec.Struct):
    """The one field of a paper that tells hits apart."""

    id: str


_DECODE = msgspec.msgpack.Decoder(_Identified).decode
_COMPOSITE = (AllOf, AnyOf, Weighted, Flat, Without, Anything)


def explain_scores(
    plan: Plan, query: Query, scores: Weights, engine: Engine
) -> dict[str, tuple[Reason, ...]]:
    """Say why hits have the scores they have.

    Args:
        plan: The plan that was used, without filters.
        query: The tree it was made of; its words are told as typed.
        scores: The hits and their scores; 0 where a field orders them.
        engine: Scored them.

    Returns:
        For each hit its reasons, the weightiest first. Where the score orders hits, the weights
        sum up to it; where a field does, they say what the score would be made of.
    """
    apart = _Apart(engine, tuple(scores), _typed(query))
    for part in (plan.match, *plan.boosts):
        apart.take(part, 1.0 if plan.scored else 0.0, frozenset(scores))
    return {one: apart.reasons(one, score) for one, score in scores.items()}


class _Apart:
    """A plan being taken apart for a page of hits."""

    def __init__(self, engine: Engine, ids: tuple[str, ...], typed: Mapping[str, str]) -> None:
        self._engine = engine
        self._among: Node = Flat(any_of([Exact("id", one) for one in ids]), 0.0)
        self._limit = len(ids)
        self._typed = typed
        self._asked: dict[Node, Weights] = {}
        self._found: dict[str, dict[_Told, float]] = {one: defaultdict(float) for one in ids}

    def take(self, node: Node, factor: float, among: frozenset[str]) -> None:
        """Add what a part of the plan gives to those hits that match it."""
        if isinstance(node, Weighted):
            self.take(node.child, factor * node.factor, among)
            return
        among &= self._weights(node).keys()
        if not among:
            return
        match node:
            case AnyOf(children):
                for child in children:
                    self.take(child, factor, among)
            case AllOf(children):
                # What is left out of something gives nothing, unless nothing else is asked.
                given = [child for child in children if not isinstance(child, Without)]
                for child in given or [Anything()]:
                    self.take(child, factor, among)
            case _:
                self._add(node, factor, among)

    def reasons(self, one: str, score: float) -> tuple[Reason, ...]:
        """Give the reasons of one hit, the weightiest first."""
        found = [Reason(*told, weight) for told, weight in self._found[one].items()]
        rest = score - sum(reason.weight for reason in found)
        if score and abs(rest) > max(REST, abs(score) * ROUNDING):
            found.append(Reason("", "", "the rest", rest))
        return tuple(sorted(found, key=lambda reason: -reason.weight))

    def _add(self, node: Node, factor: float, among: frozenset[str]) -> None:
        weights, parts = self._weights(node), list(_leaves(node))
        for one in among:
            # Alone, what is left out has no score that an engine could be asked for.
            weight = 1.0 if isinstance(node, Without | Anything) else weights[one]
            # Of a part that stands for several words, those that the paper has are told.
            had = [leaf for leaf in parts if len(parts) == 1 or one in self._weights(leaf)]
            self._found[one][_told(node, _best(node, had), self._typed)] += weight * factor

    def _weights(self, node: Node) -> Weights:
        """Give what a part alone scores, asking once for all hits and once for equal parts."""
        if node not in self._asked:
            asked = Plan(AllOf((self._among, node)))
            hits = self._engine.find(asked, None, 0, self._limit).hits
            self._asked[node] = {_DECODE(record).id: score for score, record in hits}
        return self._asked[node]


_Told: TypeAlias = tuple[str, str, str]
"""The words, field and kind of a reason."""


def _best(node: Node, had: list[Node]) -> list[Node]:
    """Of ways to match that stand for each other, leave out the tolerant if an exact one did."""
    if not (isinstance(node, Flat) and isinstance(node.child, AnyOf)):
        return had
    return [leaf for leaf in had if not isinstance(leaf, Near | Pattern)] or had


def _told(node: Node, had: list[Node], typed: Mapping[str, str]) -> _Told:
    """Put a scored part into a reader's words, by those of its leaves that a paper has."""
    rows = [typed.get(row, row) for leaf in had for row in _rows(leaf, typed)]
    names = {_field(leaf) for leaf in had}
    kinds = {_kind(leaf) for leaf in had}
    if isinstance(node, Without):
        kind = "not there"
    elif isinstance(node, Flat) and isinstance(node.child, AllOf):
        kind = "all the words"
    else:
        kind = kinds.pop() if len(kinds) == 1 else "any"
    words = " ".join(dict.fromkeys(rows))
    return words, names.pop() if len(names) == 1 else "", kind


def _leaves(node: Node) -> Iterator[Node]:
    """Give the leaves of a part, those that are left out of it only if it is nothing else."""
    match node:
        case AllOf(children) | AnyOf(children):
            for child in children:
                if not isinstance(child, Without):
                    yield from _leaves(child)
        case Weighted(child, _) | Flat(child, _) | Without(child):
            yield from _leaves(child)
        case _:
            yield node


def _rows(leaf: Node, typed: Mapping[str, str]) -> list[str]:
    """Give the words that a leaf asks for."""
    match leaf:
        case Term(_, token) | Near(_, token, _):
            return [token]
        case Tokens(_, row):
            return [" ".join(typed.get(token, token) for token in row if token != FIRST)]
        case Exact(_, value):
            return [value]
        case Pattern(_, pattern):
            return [pattern]
        case Numbers(_, low, high):
            ends = ["" if end is None else str(end) for end in (low, high)]
            return [ends[0] if low == high else "..".join(ends)]
        case _:
            return []


def _field(leaf: Node) -> str:
    name = "" if isinstance(leaf, _COMPOSITE) else leaf.field
    return _FIELDS.get(name, name)


def _kind(leaf: Node) -> str:
    match leaf:
        case Term("author") | Tokens("author"):
            kind = "name"
        case Term(field) if field.endswith("_exact"):
            kind = "word as written"
        case Exact("title_key"):
            kind = "whole title"
        case Pattern(_, pattern) if pattern.find("*") == len(pattern) - 1:
            kind = "beginning"
        case _:
            kind = _KINDS[type(leaf)]
    return kind


def _typed(query: Query) -> dict[str, str]:
    """Give for each token and stem of a query the word as typed."""
    typed: dict[str, str] = {}
    for leaf in list_leaves(query, negated=True):
        if isinstance(leaf, Word | Phrase | Fuzzy):
            found = tokenise(leaf.text)
            for token in found:
                word = leaf.text if len(found) == 1 else token
                typed.setdefault(token, word)
                typed.setdefault(stem(token), word)
    return typed
