"""Answers: what exactly is an engine asked to do?

A plan is a small tree over the fields of `index.fields`, with every decision about meaning
and weight already taken, so that each engine only translates it.
"""

from dataclasses import dataclass
from typing import Protocol, TypeAlias


@dataclass(frozen=True, slots=True)
class Term:
    """Papers that have this token in this field; scored by BM25."""

    field: str
    token: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """Papers that have these tokens in this order in this field; scored by BM25.

    Attributes:
        field: A field with positions.
        tokens: At least two; an empty one between them holds the place of any token.
        slop: How many moves each two of them may be from their places; a swap is two.
    """

    field: str
    tokens: tuple[str, ...]
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Exact:
    """Papers that have this whole value in this field; scores 1."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """Papers with a number of this field in a range, ends included; scores 1."""

    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Pattern:
    """Papers with a token that a pattern of letters, ``*`` and ``?`` fits; scores 1."""

    field: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Near:
    """Papers with a token at most `distance` edits away; a swap is one edit; scores 1."""

    field: str
    token: str
    distance: int


@dataclass(frozen=True, slots=True)
class Anything:
    """Every paper; scores 1."""


@dataclass(frozen=True, slots=True)
class AllOf:
    """Papers that match every child; scores the sum."""

    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Papers that match at least so many children; scores the sum of those that match."""

    children: tuple["Node", ...]
    at_least: int = 1


@dataclass(frozen=True, slots=True)
class Without:
    """Papers that do not match; scores 1."""

    child: "Node"


@dataclass(frozen=True, slots=True)
class Weighted:
    """The same papers, their scores multiplied."""

    child: "Node"
    factor: float


@dataclass(frozen=True, slots=True)
class Flat:
    """The same papers, every one with this score."""

    child: "Node"
    score: float


Node: TypeAlias = (
    Term
    | Tokens
    | Exact
    | Numbers
    | Pattern
    | Near
    | Anything
    | AllOf
    | AnyOf
    | Without
    | Weighted
    | Flat
)

NOTHING = AnyOf(())
"""No paper at all."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to find and how to order it.

    Attributes:
        match: Which papers are hits.
        boosts: What adds to the score of a hit but is not needed for one.
        scored: Whether hits differ in score at all; if not, they come in the order of ids.
    """

    match: Node
    boosts: tuple[Node, ...] = ()
    scored: bool = True


class Statistics(Protocol):
    """What ranking may know of the index."""

    def count_documents(self, field: str, token: str) -> int:
        """Count the papers that have a token in a field."""

    def complete(
        self, field: str, beginning: str, limit: int, within: Node | None = None
    ) -> list[tuple[str, int]]:
        """Give the tokens of a field that begin so, as `search.engines.Engine` says."""


def all_of(children: list[Node]) -> Node:
    """Join nodes that must all match; one stays itself, none is everything."""
    return children[0] if len(children) == 1 else AllOf(tuple(children)) if children else Anything()


def any_of(children: list[Node]) -> Node:
    """Join nodes of which one must match; one stays itself, none is nothing."""
    return children[0] if len(children) == 1 else AnyOf(tuple(children))
