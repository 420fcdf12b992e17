"""Answers: how is what somebody typed understood?

The language::

    query    := or
    or       := and ("OR" and)*
    and      := not (["AND"] not)*            words side by side must all match
    not      := ("NOT" | "-") not | "+" not | boosted
    boosted  := atom ["^" number]
    atom     := [field ":"] ("(" query ")" | range | phrase | word)
    phrase   := ["^"] '"' text '"' ["~" number]
    word     := ["^"] letters | letters "~" ["1" | "2"] | letters with * or ?
    range    := n | n ".." n | (">=" | "<=" | ">" | "<") n | "[" n "TO" n "]"

NOT binds tighter than AND, AND tighter than OR: ``a OR b c`` is ``a OR (b AND c)``. A field
before a bracket holds for all inside. Operators are upper case. ``^`` asks for the first
author. ``?`` at the end of a word is a question mark. An identifier (DOI, arXiv id, address
of a paper's page) is looked up as one wherever it stands.

Nothing that can be typed raises. What is not understood is read as words and reported
as a `Notice` with its place.
"""

from dataclasses import dataclass

from search.fields import SearchField
from search.lexer import Sign, Token, lex
from search.query import Boost, Not, Query, Required, Span, Word, all_of, any_of
from search.terms import leaves_of

MAX_DEPTH = 40
"""Brackets and signs inside each other; what is deeper is read as if they were not there."""

MAX_BOOST = 100.0

_LEAVES = {Sign.CHUNK, Sign.PHRASE, Sign.RANGE, Sign.IDENTIFIER}
_NEGATIONS = {Sign.NOT, Sign.MINUS}


@dataclass(frozen=True, slots=True)
class Notice:
    """Something that was not understood, and what was made of it.

    Attributes:
        message: One sentence.
        at: Where it stands in what was typed.
    """

    message: str
    at: Span


@dataclass(frozen=True, slots=True)
class Parsed:
    """A query and what there is to say about it."""

    query: Query
    notices: tuple[Notice, ...] = ()


def parse(text: str) -> Parsed:
    """Read a query.

    Args:
        text: Anything.

    Returns:
        The tree and the notices; an empty text asks for everything.
    """
    parser = _Parser(text)
    query = parser.read()
    return Parsed(query, tuple(sorted(parser.notices, key=lambda notice: notice.at)))


class _Parser:
    """Builds the tree of one text."""

    def __init__(self, text: str) -> None:
        self.notices: list[Notice] = []
        self._tokens = list(lex(text, self._report))
        self._at = 0
        self._depth = 0

    def read(self) -> Query:
        parts = []
        while self._at < len(self._tokens):
            if (part := self._or(None)) is not None:
                parts.append(part)
            if closing := self._take(Sign.CLOSE):
                self._report("A bracket closes that was never opened.", closing.at)
        if self._tokens and not parts:
            whole = (self._tokens[0].at[0], self._tokens[-1].at[1])
            self._report("There is no word in this to search for; all papers are shown.", whole)
        return all_of(parts)

    def _report(self, message: str, at: Span) -> None:
        self.notices.append(Notice(message, at))

    def _peek(self) -> Sign | None:
        return self._tokens[self._at].sign if self._at < len(self._tokens) else None

    def _take(self, *signs: Sign) -> Token | None:
        if self._peek() not in signs:
            return None
        self._at += 1
        return self._tokens[self._at - 1]

    def _or(self, field: SearchField | None) -> Query | None:
        parts = [self._and(field)]
        while operator := self._take(Sign.OR):
            right = self._and(field)
            if parts[-1] is None or right is None:
                parts.append(self._stray(operator))
            parts.append(right)
        known = [part for part in parts if part is not None]
        return any_of(known) if known else None

    def _and(self, field: SearchField | None) -> Query | None:
        parts: list[Query] = []
        while self._peek() not in {None, Sign.OR, Sign.CLOSE}:
            if operator := self._take(Sign.AND):
                if not parts or self._peek() in {None, Sign.OR, Sign.CLOSE, Sign.AND}:
                    parts.append(self._stray(operator))
            elif (part := self._not(field)) is not None:
                parts.append(part)
        return all_of(parts) if parts else None

    def _stray(self, operator: Token) -> Query:
        self._report(f"{operator.text} joins nothing here; it is read as a word.", operator.at)
        return Word(operator.text.lower(), at=operator.at)

    def _not(self, field: SearchField | None) -> Query | None:
        sign = self._take(Sign.NOT, Sign.MINUS, Sign.PLUS)
        if sign is None:
            return self._boosted(field)
        if self._depth >= MAX_DEPTH:
            self._report("Signs stand too deep in each other here.", sign.at)
            while self._take(Sign.NOT, Sign.MINUS, Sign.PLUS, Sign.FIELD):
                pass
            return self._boosted(field)
        self._depth += 1
        ended = self._peek() in {None, Sign.OR, Sign.CLOSE, Sign.AND}
        child = None if ended else self._not(field)
        self._depth -= 1
        if child is None:
            return self._stray(sign) if sign.sign is Sign.NOT else None
        return Not(child) if sign.sign in _NEGATIONS else Required(child)

    def _boosted(self, field: SearchField | None) -> Query | None:
        child = self._atom(field)
        while boost := self._take(Sign.BOOST):
            if child is not None and not isinstance(child, Boost):
                child = Boost(child, min(float(boost.text), MAX_BOOST))
        return child

    def _atom(self, field: SearchField | None) -> Query | None:
        while named := self._take(Sign.FIELD):
            field = named.field
        if opening := self._take(Sign.OPEN):
            return self._group(opening, field)
        token = self._take(*_LEAVES)
        if token is None:
            if self._peek() not in {None, Sign.OR, Sign.CLOSE, Sign.AND, Sign.BOOST}:
                return self._not(field)
            return None
        found = leaves_of(token, field, self._report)
        return all_of(list(found)) if found else None

    def _group(self, opening: Token, field: SearchField | None) -> Query | None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self._report("Brackets stand too deep in each other here.", opening.at)
            self._depth -= 1
            return None
        inner = self._or(field)
        self._depth -= 1
        if not self._take(Sign.CLOSE):
            self._report("A bracket is not closed; it ends with the query.", opening.at)
        return inner
