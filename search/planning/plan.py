"""The plan of a search, which every engine can run.

A plan is a small tree over the fields of `index.fields`. All decisions about meaning and weight
have been made, so that an engine only translates it.
"""

from dataclasses import dataclass
from typing import Protocol, TypeAlias


@dataclass(frozen=True, slots=True)
class Term:
    """Papers with this token in this field, scored by BM25."""

    field: str
    token: str


@dataclass(frozen=True, slots=True)
class Tokens:
    """Papers with these tokens in this order in this field, scored by BM25.

    Attributes:
        field: A field with positions.
        tokens: At least two; an empty one between them stands for any token.
        slop: The number of moves by which any two tokens may differ from this order; a swap is
            two moves.
    """

    field: str
    tokens: tuple[str, ...]
    slop: int = 0


@dataclass(frozen=True, slots=True)
class Exact:
    """Papers with this whole value in this field; scores 1."""

    field: str
    value: str


@dataclass(frozen=True, slots=True)
class Numbers:
    """Papers with a number in a range in this field, ends included; scores 1."""

    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Pattern:
    """Papers with a token that fits a pattern of letters, ``*`` and ``?``; scores 1."""

    field: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Near:
    """Papers with a token at most `distance` edits away, a swap being one edit; scores 1."""

    field: str
    token: str
    distance: int


@dataclass(frozen=True, slots=True)
class Anything:
    """Every paper; scores 1."""


@dataclass(frozen=True, slots=True)
class AllOf:
    """Papers that match every child; scores the sum of the children."""

    children: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Papers that match at least `at_least` children; scores the sum of those that match."""

    children: tuple["Node", ...]
    at_least: int = 1


@dataclass(frozen=True, slots=True)
class Without:
    """Papers that do not match the child; scores 1."""

    child: "Node"


@dataclass(frozen=True, slots=True)
class Weighted:
    """The papers of the child, with their scores multiplied."""

    child: "Node"
    factor: float


@dataclass(frozen=True, slots=True)
class Flat:
    """The papers of the child, all with this score."""

    child: "Node"
    score: float


@dataclass(frozen=True, slots=True)
class ConditionalBoosts:
    """Papers that match a condition, which scores nothing; scores the sum of matching boosts."""

    condition: "Node"
    boosts: tuple["Node", ...]


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
    | ConditionalBoosts
)

NOTHING = AnyOf(())
"""A node that matches no paper."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Which papers to find and how to rank them.

    Attributes:
        match: The papers that are hits.
        boosts: Nodes that add to the score of hits without being required.
        scored: Whether scores decide the order of hits; if not, and without a sort, hits are in the
            order of their ids.
    """

    match: Node
    boosts: tuple[Node, ...] = ()
    scored: bool = True


class Statistics(Protocol):
    """The counts of an index that planning depends on."""

    def count_documents(self, field: str, token: str) -> int:
        """Count the papers with a token in a field."""

    def complete(
        self, field: str, prefix: str, limit: int, within: Node | None = None
    ) -> list[tuple[str, int]]:
        """List the tokens of a field with a prefix, see `search.engines.engine.Engine`."""


def all_of(children: list[Node]) -> Node:
    """Join nodes that must all match.

    A single node is returned as it is; no nodes match everything. A node that matches everything
    is left out beside others, since not every engine adds its score to theirs.
    """
    needed = [child for child in children if not isinstance(child, Anything)]
    if not needed:
        return Anything()
    return needed[0] if len(needed) == 1 else AllOf(tuple(needed))


def any_of(children: list[Node]) -> Node:
    """Join nodes of which at least one must match.

    A single node is returned as it is; no nodes match nothing.
    """
    return children[0] if len(children) == 1 else AnyOf(tuple(children))
