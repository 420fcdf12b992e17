"""The tokens of a query."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from search.language.fields import SearchField
from search.language.tree import Span

Report = Callable[[str, Span], None]
"""A function that takes a notice for the user and the span that it is about."""


class TokenKind(Enum):
    """The kinds of tokens.

    A CHUNK is a run of characters without spaces and quotes, and without brackets and carets
    except those that `search.language.formulas` finds to be part of a word. A TAG names the field
    of the token before it, as other search engines write it.
    """

    OPEN = auto()
    CLOSE = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    MINUS = auto()
    PLUS = auto()
    FIELD = auto()
    BOOST = auto()
    PHRASE = auto()
    IDENTIFIER = auto()
    RANGE = auto()
    CHUNK = auto()
    TAG = auto()


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a query.

    Attributes:
        kind: Its kind.
        text: Its content: a phrase without its quotes, the number of a boost, an identifier.
        at: Its span in the query.
        field: The field that a FIELD or TAG token names, the field of an IDENTIFIER's scheme, or
            that of a RANGE that other search engines write with its field.
        first: Whether ``^`` comes before a phrase, or a field applies to the rest of the query.
        slop: The number after the ``~`` of a phrase.
    """

    kind: TokenKind
    text: str
    at: Span
    field: SearchField | None = None
    first: bool = False
    slop: int = 0
