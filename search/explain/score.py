"""Explain the score of each hit by the words and fields that contributed to it.

The plan of the search is split into its scored parts, and the engine scores each part alone for
the hits of a page. The contributions of a hit therefore add up to its score on any engine and
however the ranking works.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from typing import TypeAlias

import msgspec

from index.fields import BREAK, FIRST
from index.normalise.dates import decode_date
from index.text.analyser import tokenise_word
from index.text.stems import stem
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
"""Difference between a score and the sum of its parts from which it is listed as ``the rest``;
smaller differences are rounding."""

ROUNDING = 1e-6
"""Relative rounding error: engines store scores in 32 bits, which is 7 digits."""

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
    "cited": "citations",
}
"""The name shown for a field of the index, if it differs."""

_KINDS = {
    Term: "word",
    Tokens: "neighbours",
    Exact: "value",
    Numbers: "number",
    Near: "respelt",
    Pattern: "pattern",
    Anything: "every paper",
}
"""The name shown for each kind of leaf, unless its field has a more specific one."""

_NAMED_BY_YEAR = ({"author", "year"}, {"venue", "year"}, {"author", "venue", "year"})

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
_MARKS = frozenset((BREAK, FIRST, ""))
"""Words of a row that nobody typed."""

_COMPOSITE = (AllOf, AnyOf, Weighted, Flat, Without, Anything)


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
    splitter = _PlanSplitter(engine, tuple(scores), _map_typed_words(query))
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
        self._found: dict[str, dict[_Label, float]] = {one: defaultdict(float) for one in ids}

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
            case AnyOf(children):
                for child in children:
                    self.add_part(child, factor, among)
            case AllOf(children):
                # An exclusion contributes nothing, unless there is nothing else.
                given = [child for child in children if not isinstance(child, Without)]
                for child in given or [Anything()]:
                    self.add_part(child, factor, among)
            case _:
                self._add(node, factor, among)

    def list_reasons(self, paper_id: str, score: float, meaning: float) -> tuple[Reason, ...]:
        """List the reasons of one hit, the largest first."""
        found = [Reason(*label, weight) for label, weight in self._found[paper_id].items()]
        found += [Reason("", "", "meaning", meaning)] if meaning else []
        rest = score - sum(reason.weight for reason in found)
        if score and abs(rest) > max(REST, abs(score) * ROUNDING):
            found.append(Reason("", "", "the rest", rest))
        return tuple(sorted(found, key=lambda reason: -reason.weight))

    def _add(self, node: Node, factor: float, among: frozenset[str]) -> None:
        weights, leaves = self._score(node), list(_iterate_leaves(node))
        for one in among:
            # Engines do not score an exclusion alone.
            weight = 1.0 if isinstance(node, Without | Anything) else weights[one]
            # Of a part with several words, only those that the paper contains are listed.
            had = [leaf for leaf in leaves if len(leaves) == 1 or one in self._score(leaf)]
            label = _describe(node, _drop_tolerant(node, had), self._typed)
            self._found[one][label] += weight * factor

    def _score(self, node: Node) -> Weights:
        """Return the scores of a part alone, with one search for all hits and all equal parts."""
        if node not in self._asked:
            asked = Plan(AllOf((self._among, node)))
            hits = self._engine.find(asked, None, 0, self._limit).hits
            self._asked[node] = {_decode_id(record).id: score for score, record in hits}
        return self._asked[node]


_Label: TypeAlias = tuple[str, str, str]
"""The words, field and kind of a reason."""


def _drop_tolerant(node: Node, had: list[Node]) -> list[Node]:
    """Drop approximate alternatives if an exact one matched."""
    if not (isinstance(node, Flat) and isinstance(node.child, AnyOf)):
        return had
    return [leaf for leaf in had if not isinstance(leaf, Near | Pattern)] or had


def _describe(node: Node, had: list[Node], typed: Mapping[str, str]) -> _Label:
    """Describe a scored part for the reader.

    Args:
        node: The part.
        had: Those of its leaves that the paper matches.
        typed: The words as typed, by token and by stem.
    """
    rows = [typed.get(row, row) for leaf in had for row in _list_words(leaf, typed)]
    names = {_name_field(leaf) for leaf in had}
    kinds = {_name_kind(leaf) for leaf in had}
    if isinstance(node, Without):
        kind = "not there"
    elif isinstance(node, Flat) and isinstance(node.child, AllOf):
        kind = "name and year" if names in _NAMED_BY_YEAR else "all the words"
    else:
        kind = kinds.pop() if len(kinds) == 1 else "any"
    words = " ".join(dict.fromkeys(rows))
    return words, names.pop() if len(names) == 1 else "", kind


def _iterate_leaves(node: Node) -> Iterator[Node]:
    """Yield the leaves of a part; excluded ones only if the part is an exclusion itself."""
    match node:
        case AllOf(children) | AnyOf(children):
            for child in children:
                if not isinstance(child, Without):
                    yield from _iterate_leaves(child)
        case Weighted(child, _) | Flat(child, _) | Without(child):
            yield from _iterate_leaves(child)
        case _:
            yield node


def _list_words(leaf: Node, typed: Mapping[str, str]) -> list[str]:
    """List the words that a leaf searches for."""
    match leaf:
        case Term(_, token) | Near(_, token, _):
            return [token]
        case Tokens(_, row):
            return [" ".join(typed.get(token, token) for token in row if token not in _MARKS)]
        case Exact(field, value):
            return [] if field == "cited" else [value]  # one reason for all steps of citations
        case Pattern(_, pattern):
            return [pattern]
        case Numbers(field, low, high):
            write = decode_date if field == "date" else str
            ends = ["" if end is None else write(end) for end in (low, high)]
            return ["..".join(dict.fromkeys(ends))]
        case _:
            return []


def _name_field(leaf: Node) -> str:
    name = "" if isinstance(leaf, _COMPOSITE) else leaf.field
    return _FIELDS.get(name, name)


def _name_kind(leaf: Node) -> str:
    match leaf:
        case Term("author") | Tokens("author"):
            kind = "name"
        case Term(field) if field.endswith("_exact"):
            kind = "word as written"
        case Exact("title_key"):
            kind = "whole title"
        case Exact("cited"):
            kind = "number"
        case Pattern(_, pattern) if pattern.find("*") == len(pattern) - 1:
            kind = "beginning"
        case _:
            kind = _KINDS[type(leaf)]
    return kind


def _map_typed_words(query: Query) -> dict[str, str]:
    """Map each token and each stem of a query to the word as typed, or as otherwise spelt."""
    typed: dict[str, str] = {}
    for leaf in list_leaves(query, negated=True):
        if isinstance(leaf, Word | Phrase | Fuzzy):
            found = tokenise_word(leaf.text)
            for token in found:
                word = leaf.text if len(found) == 1 else token
                typed.setdefault(token, word)
                typed.setdefault(stem(token), word)
        if isinstance(leaf, Word):
            for token in chain.from_iterable(leaf.also):
                typed.setdefault(stem(token), token)
    return typed
