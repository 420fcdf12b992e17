"""The nodes of a parsed query.

Nodes are frozen and compare by meaning: two nodes at different places in the text can be equal.
``str(node)`` prints a node in the language of `search.language.parser`, and parsing the result
yields an equal tree; this is the interpreted query that is shown to users. Nested operators are
bracketed. In a tree so deep that its brackets would exceed `MAX_DEPTH`, only the necessary ones
are printed.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias, cast

Span: TypeAlias = tuple[int, int]
"""Start and end of a node in the parsed text, in characters."""

Row: TypeAlias = tuple[str, ...]
"""The tokens of one typed word: usually one, several for a word like ``Q-learning``."""

NOWHERE: Span = (0, 0)
"""The span of a node that was not parsed from a text."""

MAX_DEPTH = 40
"""Levels of nested brackets and operators. Each takes six of Python's 1,000 stack frames."""


@dataclass(frozen=True, slots=True)
class Everything:
    """Every paper: ``*``, or an empty query."""

    def __str__(self) -> str:
        return "*"


@dataclass(frozen=True, slots=True)
class Word:
    """One typed word, which may consist of several tokens (``Q-learning``).

    Attributes:
        text: The word as typed, without operators.
        field: The name of a field of `search.language.fields`, or empty for any field.
        first: Whether only the first author may match.
        at: Its span in the query.
        also: Other spellings of the word, which were not typed, see `search.planning.spellings`.
    """

    text: str
    field: str = ""
    first: bool = False
    at: Span = dataclasses.field(default=NOWHERE, compare=False)
    also: tuple[Row, ...] = dataclasses.field(default=(), compare=False)

    def __str__(self) -> str:
        return _add_field(self.field, ("^" if self.first else "") + self.text)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words as written, in order, at most `slop` moves apart.

    Attributes:
        text: The words as typed.
        field: The name of a field of `search.language.fields`, or empty for any field.
        slop: The number of moves allowed.
        first: Whether only the first author may match.
        at: Its span in the query.
        also: Author keys of other names of the same person, which were not typed.
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
        return _add_field(self.field, f'{caret}"{self.text}"{slop}')


@dataclass(frozen=True, slots=True)
class Wildcard:
    """A pattern over whole words as written: ``*`` is any letters, ``?`` is one letter."""

    pattern: str
    field: str = ""
    at: Span = dataclasses.field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        return _add_field(self.field, self.pattern)


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """A word and its neighbours within an edit distance of 1 or 2."""

    text: str
    distance: int = 1
    field: str = ""
    at: Span = dataclasses.field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        return _add_field(self.field, f"{self.text}~{self.distance}")


@dataclass(frozen=True, slots=True)
class Range:
    """A range of numbers, both ends included; an end of None is open."""

    field: str
    low: int | None
    high: int | None
    at: Span = dataclasses.field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        ends = ("" if end is None else str(end) for end in (self.low, self.high))
        return f"{self.field}:{'..'.join(dict.fromkeys(ends)) or '..'}"


@dataclass(frozen=True, slots=True)
class Dates:
    """A range from the first day of a year, month or day to the last day of another.

    Attributes:
        field: The name of a field of dates.
        low: The first one as ISO text, ``2019-05``; empty if the range is open.
        high: The last one; empty if the range is open.
        at: Its span in the query.
    """

    field: str
    low: str
    high: str
    at: Span = dataclasses.field(default=NOWHERE, compare=False)

    def __str__(self) -> str:
        return f"{self.field}:{'..'.join(dict.fromkeys((self.low, self.high)))}"


@dataclass(frozen=True, slots=True)
class Value:
    """A whole value of a field: an identifier, a type, a status.

    Attributes:
        field: The name of a field of `search.language.fields`, or ``in`` for a bibliography.
        text: The value, or the name of the file.
        at: Its span in the query.
        also: Ids of the papers of a bibliography, or that cite a paper or are cited by it.
    """

    field: str
    text: str
    at: Span = dataclasses.field(default=NOWHERE, compare=False)
    also: tuple[str, ...] = dataclasses.field(default=(), compare=False)

    def __str__(self) -> str:
        # The names that has: takes need no quotes.
        return f"has:{self.text}" if self.field == "has" else f'{self.field}:"{self.text}"'


class _Composite:
    """A node with children, which is printed with the brackets that they need."""

    __slots__ = ()

    def __str__(self) -> str:
        from search.language.printing import print_query

        return print_query(cast("Query", self))


@dataclass(frozen=True, slots=True)
class Not(_Composite):
    """The papers that the child does not match."""

    child: "Query"


@dataclass(frozen=True, slots=True)
class Required(_Composite):
    """A node that must match even when the search is widened: ``+word``."""

    child: "Query"


@dataclass(frozen=True, slots=True)
class Boost(_Composite):
    """A node with its score multiplied, which changes only the order of hits: ``word^2``."""

    child: "Query"
    factor: float


@dataclass(frozen=True, slots=True)
class And(_Composite):
    """The papers that match every child.

    Attributes:
        children: At least two nodes.
        spelt: Whether AND was typed. If so, the query is never widened; words that merely stand
            side by side are widened if too few papers have all of them.
    """

    children: tuple["Query", ...]
    spelt: bool = False


@dataclass(frozen=True, slots=True)
class Or(_Composite):
    """The papers that match at least one of two or more children."""

    children: tuple["Query", ...]


Leaf: TypeAlias = Everything | Word | Phrase | Wildcard | Fuzzy | Range | Dates | Value
Query: TypeAlias = Leaf | Not | Required | Boost | And | Or


def all_of(children: list[Query], *, spelt: bool = False) -> Query:
    """Join nodes with AND, flattening nested ones.

    A single node is returned as it is; no nodes become `Everything`.
    """
    flat = [part for child in children for part in _unnest(child, And)]
    spelt = spelt or any(isinstance(child, And) and child.spelt for child in children)
    if not flat:
        return Everything()
    return flat[0] if len(flat) == 1 else And(tuple(flat), spelt)


def any_of(children: list[Query]) -> Query:
    """Join nodes with OR, flattening nested ones.

    A single node is returned as it is; no nodes become `Everything`.
    """
    flat = [part for child in children for part in _unnest(child, Or)]
    if not flat:
        return Everything()
    return flat[0] if len(flat) == 1 else Or(tuple(flat))


def list_leaves(query: Query, *, negated: bool = False) -> list[Leaf]:
    """List the leaves in order; leaves under NOT are included only if `negated`."""
    match query:
        case And(children=children) | Or(children=children):
            return [leaf for child in children for leaf in list_leaves(child, negated=negated)]
        case Not(child):
            return list_leaves(child, negated=negated) if negated else []
        case Required(child) | Boost(child, _):
            return list_leaves(child, negated=negated)
        case _:
            return [query]


def map_leaves(query: Query, change: Callable[[Leaf], Query]) -> Query:
    """Return a tree with each leaf changed."""
    match query:
        case And(children, spelt):
            return all_of([map_leaves(child, change) for child in children], spelt=spelt)
        case Or(children):
            return dataclasses.replace(
                query, children=tuple(map_leaves(one, change) for one in children)
            )
        case Not(child) | Required(child) | Boost(child, _):
            return dataclasses.replace(query, child=map_leaves(child, change))
        case _:
            return change(query)


def _unnest(query: Query, kind: type[And] | type[Or]) -> tuple[Query, ...]:
    return query.children if isinstance(query, kind) else (query,)


def _add_field(name: str, text: str) -> str:
    return f"{name}:{text}" if name else text
