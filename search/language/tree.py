"""Answers: what did the reader ask, as a tree?

Nodes are frozen and compare by meaning: where a node stands in the text is not part of it.
``str(node)`` prints it in the language of `search.language.parser`, and parsing that again gives
the same
tree; it is what "interpreted as" shows. Every joint inside another stands in brackets, unless the
tree is so deep that only the brackets that are needed can be read again.
"""

import dataclasses
from dataclasses import dataclass
from typing import TypeAlias

Span: TypeAlias = tuple[int, int]
"""Where a node stands in the text that was parsed: start and end, in characters."""

NOWHERE: Span = (0, 0)


MAX_DEPTH = 40
"""Brackets and signs inside each other that can be read; six calls deep each, of Python's 1,000."""


@dataclass(frozen=True, slots=True)
class Everything:
    """Every paper: ``*``, or nothing typed."""

    def __str__(self) -> str:
        return "*"


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed; it may become several tokens (``Q-learning``).

    Attributes:
        text: As typed, without signs of the language.
        field: Name of a field of `search.language.fields`, or empty for any.
        first: Asks for the first author.
        at: Where it stands.
    """

    text: str
    field: str = ""
    first: bool = False
    at: Span = dataclasses.field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        return _fielded(self.field, ("^" if self.first else "") + self.text)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in order, as written, with at most `slop` moves between them.

    Attributes:
        text: As typed.
        field: Name of a field of `search.language.fields`, or empty for any.
        slop: So many moves.
        first: Asks for the first author.
        at: Where it stands.
        also: Author keys of the other names of the person of this name; they were not typed.
    """

    text: str
    field: str = ""
    slop: int = 0
    first: bool = False
    at: Span = dataclasses.field(default=NOWHERE, compare=False)
    also: tuple[str, ...] = dataclasses.field(default=(), compare=False)

    def __str__(self) -> str:
        caret = "^" if self.first else ""
        slop = f"~{self.slop}" if self.slop else ""
        return _fielded(self.field, f'{caret}"{self.text}"{slop}')


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A pattern over whole words as written: ``*`` any letters, ``?`` one letter."""

    pattern: str
    field: str = ""
    at: Span = dataclasses.field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        return _fielded(self.field, self.pattern)


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word and its neighbours within an edit distance of 1 or 2."""

    text: str
    distance: int = 1
    field: str = ""
    at: Span = dataclasses.field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        return _fielded(self.field, f"{self.text}~{self.distance}")


@dataclass(frozen=True, slots=True)
class Range:
    """A range of numbers, both ends included; None is open."""

    field: str
    low: int | None
    high: int | None
    at: Span = dataclasses.field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        low, high = ("" if end is None else end for end in (self.low, self.high))
        return f"{self.field}:{low}..{high}"


@dataclass(frozen=True, slots=True)
class Value:
    """A whole value of a field: an identifier, a type, a status."""

    field: str
    text: str
    at: Span = dataclasses.field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        return f'{self.field}:"{self.text}"'


@dataclass(frozen=True, slots=True)
class Not:
    """Everything that does not match."""

    child: "Query"

    def __str__(self) -> str:
        return _written(self)


@dataclass(frozen=True, slots=True)
class Required:
    """What must match even where a search is relaxed: ``+word``."""

    child: "Query"

    def __str__(self) -> str:
        return _written(self)


@dataclass(frozen=True, slots=True)
class Boost:
    """What counts more, or less, in the order of hits: ``word^2``."""

    child: "Query"
    factor: float

    def __str__(self) -> str:
        return _written(self)


@dataclass(frozen=True, slots=True)
class And:
    """All must match; at least two children.

    Attributes:
        children: What must match.
        spelt: AND was typed: all must match, however few papers do. Words that only stand side
            by side are widened if too few papers have them all.
    """

    children: tuple["Query", ...]
    spelt: bool = False

    def __str__(self) -> str:
        return _written(self)


@dataclass(frozen=True, slots=True)
class Or:
    """At least one must match; at least two children."""

    children: tuple["Query", ...]

    def __str__(self) -> str:
        return _written(self)


Leaf: TypeAlias = Everything | Word | Phrase | Wildcard | Fuzzy | Range | Value
Query: TypeAlias = Leaf | Not | Required | Boost | And | Or


def all_of(children: list[Query], *, spelt: bool = False) -> Query:
    """Join with AND; one child stays itself, none asks for everything, nesting is flattened."""
    flat = [part for child in children for part in _parts(child, And)]
    spelt = spelt or any(isinstance(child, And) and child.spelt for child in children)
    return flat[0] if len(flat) == 1 else And(tuple(flat), spelt) if flat else Everything()


def any_of(children: list[Query]) -> Query:
    """Join with OR; one child stays itself, none asks for everything, nesting is flattened."""
    flat = [part for child in children for part in _parts(child, Or)]
    return flat[0] if len(flat) == 1 else Or(tuple(flat)) if flat else Everything()


def leaves(query: Query, *, negated: bool = False) -> list[Leaf]:
    """List the leaves in order, without those under NOT unless `negated`."""
    match query:
        case And(children=children) | Or(children=children):
            return [leaf for child in children for leaf in leaves(child, negated=negated)]
        case Not(child):
            return leaves(child, negated=negated) if negated else []
        case Required(child) | Boost(child, _):
            return leaves(child, negated=negated)
        case _:
            return [query]


def _parts(query: Query, joint: type[And] | type[Or]) -> tuple[Query, ...]:
    return query.children if isinstance(query, joint) else (query,)


def _written(query: Query) -> str:
    """Print a tree, with all its brackets if they can be read again."""
    # Each level is at most a sign and a bracket.
    return _print(query, clear=2 * _height(query) <= MAX_DEPTH)


def _height(query: Query) -> int:
    match query:
        case And(children=children) | Or(children=children):
            return 1 + max(map(_height, children))
        case Not(child) | Required(child) | Boost(child, _):
            return 1 + _height(child)
        case _:
            return 0


def _print(query: Query, *, clear: bool) -> str:
    def inside(child: Query, *needed: type[Query]) -> str:
        text = _print(child, clear=clear)
        return f"({text})" if isinstance(child, _JOINTS if clear else needed) else text

    match query:
        case And(children, spelt):
            return (" AND " if spelt else " ").join(inside(child, And, Or) for child in children)
        case Or(children):
            return " OR ".join(inside(child, Or) for child in children)
        case Not(child):
            return f"NOT {inside(child, And, Or)}"
        case Required(child):
            return f"+{inside(child, And, Or, Required)}"
        case Boost(child, factor):
            return f"{inside(child, *_JOINTS)}^{factor:g}"
        case _:
            return str(query)


_JOINTS = (And, Or, Not, Required, Boost)


def _fielded(name: str, text: str) -> str:
    return f"{name}:{text}" if name else text
