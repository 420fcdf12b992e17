"""Answers: how is what somebody typed understood?

The language, as `search.language.specification` tells it::

    query    := or
    or       := and ("OR" and)*
    and      := not (["AND"] not)*            words side by side must all match
    not      := ("NOT" | "-") not | "+" not | boosted
    boosted  := atom ["^" number]
    atom     := switch | [field ":"] ("(" query ")" | range | phrase | word)
    switch   := "dup:" ("yes" | "no")
    phrase   := ["^"] '"' text '"' ["~" number]
    word     := ["^"] letters | letters "~" ["1" | "2"] | letters with * or ?
    range    := n | n ".." n | (">=" | "<=" | ">" | "<") n | ("[" | "{") n "TO" n ("]" | "}")

    offline rl
        papers with both words, in any field, stemmed; function words are not needed; if too
        few papers have all of them, papers with most of them follow

    "exact words"
        these words in this order, as written, never stemmed, in title, abstract or a name

    "deep learning"~3
        the same with at most three moves of a word; a word between is one, a swap is two

    a AND b
    a OR b
    NOT a
    -a
    (a OR b) c
        in capitals; NOT binds tighter than AND, AND than OR; AND means all, also if few
        have them

    +a
        must match even when a search is widened

    title:deep
    title:(deep learning)
    -abstract:deep
    venue:nips
        in one field, named below; before a bracket for all inside

    neur*
    wom?n
    *former
        words as written, there too, that fit: ``*`` any letters, ``?`` one; before or after
        a word ``?`` is a question mark

    levine~
    levine~2
        words at most one or two edits away; not of numbers or of words under three letters

    word^2
        the same papers, the word counts more in their order

    author:"Kumar, A"
    author:"A. Kumar"
    author:"Aviral Kumar"
    author:kumar
        an author, in any order; initials find full names and full names bare initials; a
        whole name in quotes finds the person's other names too, where a dump tells them

    author:^"Aviral Kumar"
    author:^kumar
        the first author

    year:2019..2022
    year:[2019 TO 2022]
    year:>=2020
    year:2020
    citations:>100
        a number or a range, open where an end is missing; ``{2019 TO 2022}`` leaves out its
        ends

    type:preprint
    status:"oral"
    -language:en
        a whole value, as the facets show it

    10.1145/3292500
    2006.04779
    https://arxiv.org/abs/2006.04779
    id:arxiv:2006.04779
        the paper: a DOI, an arXiv id, an address of its page, any identifier

    dup:no
    dup:yes
        instead of the works the records that they are made of, as the dumps have them; the
        works, as without it; for the whole query, wherever it stands

    *
        every paper; so does nothing

NOT binds tighter than AND, AND tighter than OR: ``a OR b c`` is ``a OR (b AND c)``. Operators are
upper case. An identifier (DOI, arXiv id, address of a paper's page) is looked up as one wherever it
stands. Typographic quotes are quotes.

Nothing that can be typed raises. What is not understood is read as words and reported as a
`Notice` with its place; so are signs of other languages, such as ``||`` and ``!word``.
"""

from dataclasses import dataclass

from search.language.fields import SearchField
from search.language.lexer import Token, TokenKind, lex
from search.language.switches import switched
from search.language.terms import parse_leaves
from search.language.tree import MAX_DEPTH, Boost, Not, Query, Required, Span, Word, all_of, any_of

MAX_BOOST = 100.0

_LEAVES = {TokenKind.CHUNK, TokenKind.PHRASE, TokenKind.RANGE, TokenKind.IDENTIFIER}
_NEGATIONS = {TokenKind.NOT, TokenKind.MINUS}


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
    """A query and what there is to say about it.

    Attributes:
        query: The tree.
        notices: What was not understood.
        raw: Whether ``dup:`` asks for records instead of works; None if it does not stand there.
        switches: Where it stands.
    """

    query: Query
    notices: tuple[Notice, ...] = ()
    raw: bool | None = None
    switches: tuple[Span, ...] = ()


def parse(text: str) -> Parsed:
    """Read a query.

    Args:
        text: Anything.

    Returns:
        The tree and the notices; an empty text asks for everything.
    """
    parser = _Parser(text)
    query = parser.read()
    notices = sorted(parser.notices, key=lambda notice: notice.at)
    return Parsed(query, tuple(notices), parser.switched.raw, parser.switched.at)


class _Parser:
    """Builds the tree of one text."""

    def __init__(self, text: str) -> None:
        self.notices: list[Notice] = []
        self.switched = switched(list(lex(text, self._report)), self._report)
        self._tokens = self.switched.tokens
        self._at = 0
        self._depth = 0

    def read(self) -> Query:
        parts = []
        while self._at < len(self._tokens):
            if (part := self._or(None)) is not None:
                parts.append(part)
            if closing := self._take(TokenKind.CLOSE):
                self._report("A bracket closes that was never opened.", closing.at)
        if self._tokens and not parts:
            whole = (self._tokens[0].at[0], self._tokens[-1].at[1])
            self._report("There is no word in this to search for; all papers are shown.", whole)
        return all_of(parts)

    def _report(self, message: str, at: Span) -> None:
        self.notices.append(Notice(message, at))

    def _peek(self) -> TokenKind | None:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else None

    def _take(self, *signs: TokenKind) -> Token | None:
        if self._peek() not in signs:
            return None
        self._at += 1
        return self._tokens[self._at - 1]

    def _or(self, field: SearchField | None) -> Query | None:
        parts = [self._and(field)]
        while operator := self._take(TokenKind.OR):
            right = self._and(field)
            if parts[-1] is None or right is None:
                parts.append(self._stray(operator))
            parts.append(right)
        known = [part for part in parts if part is not None]
        return any_of(known) if known else None

    def _and(self, field: SearchField | None) -> Query | None:
        parts: list[Query] = []
        spelt = False
        while self._peek() not in {None, TokenKind.OR, TokenKind.CLOSE}:
            if operator := self._take(TokenKind.AND):
                joins = parts and self._peek() not in {
                    None,
                    TokenKind.OR,
                    TokenKind.CLOSE,
                    TokenKind.AND,
                }
                spelt = spelt or bool(joins)
                if not joins:
                    parts.append(self._stray(operator))
            elif (part := self._not(field)) is not None:
                parts.append(part)
        return all_of(parts, spelt=spelt) if parts else None

    def _stray(self, operator: Token) -> Query:
        self._report(f"{operator.text} joins nothing here; it is read as a word.", operator.at)
        return Word(operator.text.lower(), at=operator.at)

    def _not(self, field: SearchField | None) -> Query | None:
        sign = self._take(TokenKind.NOT, TokenKind.MINUS, TokenKind.PLUS)
        if sign is None:
            return self._boosted(field)
        if self._depth >= MAX_DEPTH:
            self._report("Signs stand too deep in each other here.", sign.at)
            while self._take(TokenKind.NOT, TokenKind.MINUS, TokenKind.PLUS, TokenKind.FIELD):
                pass
            return self._boosted(field)
        self._depth += 1
        ended = self._peek() in {None, TokenKind.OR, TokenKind.CLOSE, TokenKind.AND}
        child = None if ended else self._not(field)
        self._depth -= 1
        if child is None:
            return self._stray(sign) if sign.kind is TokenKind.NOT else None
        return Not(child) if sign.kind in _NEGATIONS else Required(child)

    def _boosted(self, field: SearchField | None) -> Query | None:
        child = self._atom(field)
        while boost := self._take(TokenKind.BOOST):
            if child is not None and not isinstance(child, Boost):
                child = Boost(child, min(float(boost.text), MAX_BOOST))
        return child

    def _atom(self, field: SearchField | None) -> Query | None:
        while named := self._take(TokenKind.FIELD):
            field = named.field
        if opening := self._take(TokenKind.OPEN):
            return self._group(opening, field)
        token = self._take(*_LEAVES)
        if token is None:
            if self._peek() not in {
                None,
                TokenKind.OR,
                TokenKind.CLOSE,
                TokenKind.AND,
                TokenKind.BOOST,
            }:
                return self._not(field)
            return None
        found: list[Query] = [*parse_leaves(token, field, self._report)]
        if len(found) > 1 and self._depth >= MAX_DEPTH:  # several are one more joint
            self._report(f"Only the first word of '{token.text}' is read so deep.", token.at)
            found = found[:1]
        return all_of(found) if found else None

    def _group(self, opening: Token, field: SearchField | None) -> Query | None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self._report("Brackets stand too deep in each other here.", opening.at)
            self._depth -= 1
            return None
        inner = self._or(field)
        self._depth -= 1
        if not self._take(TokenKind.CLOSE):
            self._report("A bracket is not closed; it ends with the query.", opening.at)
        return inner
