"""Parse a typed query into a tree.

The language, as specified in `search.language.specification`::

    query    := or
    or       := and ("OR" and)*
    and      := not (["AND"] not)*            words side by side must all match
    not      := ("NOT" | "-") not | "+" not | boosted
    boosted  := atom ["^" number]
    atom     := switch | [field ":"] ("(" query ")" | range | phrase | word)
    switch   := "records:" ("yes" | "no")
    phrase   := ["^"] '"' text '"' ["~" number]
    word     := ["^"] letters | letters "~" ["1" | "2"] | letters with * or ?
    n        := number | year ["-" month ["-" day]]
    range    := n | n ".." n | (">=" | "<=" | ">" | "<") n | ("[" | "{") n "TO" n ("]" | "}")

    offline rl
        papers with both words in any field, stemmed; stop words are optional, except in
        capitals (``CAN bus``); if too few papers have all the words, papers with most of
        them follow

    e-mail    email    e mail    IL6    odour
        a word in any spelling that papers have: joined, with a hyphen or a space, apart at
        digits, British or American

    "exact words"
        these words in this order, as written and never stemmed, in the title, the abstract
        or a name

    "neural * translation"    "deep learn*"
        in quotes, ``*`` between words is exactly one word; at the end of one word of two
        letters or more it is any ending

    "deep learning"~3
        the same with up to three moves; a word in between is one move, a swap is two

    a AND b    a OR b    NOT a    -a    (a OR b) c
        operators, in capitals; NOT binds tighter than AND, and AND tighter than OR; a query
        with AND is never widened; in a title in capitals (``WHY NOT GRID SEARCH?``) they
        are words

    +a
        must match even when the search is widened

    title:deep    title:(deep learning)    -abstract:deep    venue:nips
        in one of the fields listed below; before brackets, it applies to everything inside

    neur*    wom?n    *former
        words as written in the title, the abstract or a name: ``*`` is any letters, ``?``
        is one; at either end of a word ``?`` is a question mark

    levine~    levine~2
        words at most one or two edits away; not for numbers or words under three letters

    word^2
        the same papers; the word weighs more in their ranking

    author:"Kumar, A"    author:"A. Kumar"    author:"Aviral Kumar"    author:kumar
        an author, with the name in any order; initials find full names and full names find
        bare initials; a whole name in quotes also finds the person's other names if a dump
        lists them

    author:^"Aviral Kumar"    author:^kumar
        papers whose first author this is

    year:2019..2022    year:[2019 TO 2022]    year:>=2020    year:2020    citations:>100
        a number or a range, open where an end is missing; ``{2019 TO 2022}`` excludes its
        ends

    date:2019-05..2019-08    date:>=2024-11-01
        papers published then, by the month or day; a paper known only to the year is found
        by a range with the whole year, such as ``date:2019``

    added:2026-11    added:>=2026-11-20
        papers that this index first had then, whenever they were published; days are those
        of UTC

    has:abstract    -has:doi
        papers that have, or lack, a field; also ``pdf``, ``code``, ``url``, ``orcid`` and
        every kind of identifier; ``abstract:*`` means ``has:abstract``

    type:preprint    status:"oral"    -language:en
        a whole value, as the facets show it

    10.1145/3292500    2006.04779    https://arxiv.org/abs/2006.04779    id:arxiv:2006.04779
    PMC7095418
        the paper with this DOI, arXiv id, address or other identifier; other words beside
        it only rank, and if no paper has it, the other words are searched

    orcid:0000-0002-1825-0097    https://orcid.org/0000-0002-1825-0097
        the papers of the author with this ORCID iD; other words beside it must match

    cites:10.1145/3292500    citedby:"arxiv:2006.04779"
        the papers that cite this paper, or those that it cites, as far as they are in the
        index and its dumps name references; the paper is any that ``id:`` finds

    records:yes    records:no
        search the records as the dumps have them (``yes``) or, as by default, the works
        they were merged into (``no``); applies to the whole query; also written ``dup:no``
        and ``dup:yes``

    *
        every paper, as does an empty query

So ``a OR b c`` is ``a OR (b AND c)``. An identifier is recognised wherever it stands. Typographic
quotes count as quotes. A text of 30 words or more with few operators is prose, in which no sign has
a meaning, see `search.language.prose`.

No query raises an error. What is not understood is searched as words and reported as a `Notice`
with its span; so is the syntax of other query languages, such as ``||`` and ``!word``.
"""

from dataclasses import dataclass, replace

from search.language.capitals import read_capitals, write_stop_words_small
from search.language.citation_lists import join_citations
from search.language.fields import SearchField
from search.language.foreign_syntax import translate_foreign
from search.language.lexer import lex
from search.language.notices import Notice, select_notices
from search.language.pasted_records import NOTICE, mask_record
from search.language.prose import SHORTEST_PROSE, is_prose, parse_prose
from search.language.switches import extract_switches
from search.language.terms import parse_leaves
from search.language.tokens import Token, TokenKind
from search.language.tree import MAX_DEPTH, Boost, Not, Query, Required, Span, Word, all_of, any_of

MAX_BOOST = 100.0
"""The largest factor of a boost; larger ones are lowered to it."""

_LEAVES = {TokenKind.CHUNK, TokenKind.PHRASE, TokenKind.RANGE, TokenKind.IDENTIFIER}
_CLAUSE_ENDS = {None, TokenKind.OR, TokenKind.CLOSE}
_OPERAND_ENDS = {*_CLAUSE_ENDS, TokenKind.AND}
_ATOM_ENDS = {*_OPERAND_ENDS, TokenKind.BOOST}
_NEGATIONS = {TokenKind.NOT, TokenKind.MINUS}


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed query.

    Attributes:
        query: The tree.
        notices: Messages for the user, in the order of the text.
        records: Whether ``records:`` asks for records instead of works; None if it is absent.
        switches: The spans of the switches.
        prose: Whether the text is prose, see `search.language.prose`.
    """

    query: Query
    notices: tuple[Notice, ...] = ()
    records: bool | None = None
    switches: tuple[Span, ...] = ()
    prose: bool = False


def parse(text: str) -> Parsed:
    """Parse a query.

    Args:
        text: Any text.

    Returns:
        The tree and the notices; an empty text matches everything.
    """
    plain = mask_record(text)
    parsed = _parse_text(plain)
    if plain is text:
        return parsed
    return replace(parsed, notices=(Notice(NOTICE, (0, len(text)), whole=True), *parsed.notices))


def _parse_text(text: str) -> Parsed:
    if is_prose(text):
        return Parsed(*parse_prose(text), prose=True)
    parser = _Parser(text)
    query = write_stop_words_small(parser.parse_all())
    # Printing adds quotes and operators, and the printed query must have the same tree.
    if len(text) >= SHORTEST_PROSE and is_prose(str(query)):
        return Parsed(*parse_prose(text), prose=True)
    notices = select_notices(parser.notices, len(text))
    return Parsed(query, notices, parser.extracted.records, parser.extracted.at)


class _Parser:
    """A recursive-descent parser of one query."""

    def __init__(self, text: str) -> None:
        self.notices: list[Notice] = []
        tokens = join_citations(text, list(lex(text, self._report)), self._report)
        tokens = translate_foreign(tokens, self._report)
        self.extracted = extract_switches(tokens, self._report)
        self._tokens = read_capitals(self.extracted.tokens, self._report)
        self._at = 0
        self._depth = 0

    def parse_all(self) -> Query:
        parts = []
        while self._at < len(self._tokens):
            if (part := self._parse_or(None)) is not None:
                parts.append(part)
            if closing := self._take(TokenKind.CLOSE):
                self._report('Unmatched ")": ignored', closing.at)
        if self._tokens and not parts:
            whole = (self._tokens[0].at[0], self._tokens[-1].at[1])
            self._report("No word to search for: all papers are shown", whole)
        return all_of(parts)

    def _report(self, message: str, at: Span) -> None:
        self.notices.append(Notice(message, at))

    def _peek(self) -> TokenKind | None:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else None

    def _take(self, *kinds: TokenKind) -> Token | None:
        if self._peek() not in kinds:
            return None
        self._at += 1
        return self._tokens[self._at - 1]

    def _parse_or(self, field: SearchField | None) -> Query | None:
        parts = [self._parse_and(field)]
        while operator := self._take(TokenKind.OR):
            right = self._parse_and(field)
            if parts[-1] is None or right is None:
                parts.append(self._parse_stray(operator))
            parts.append(right)
        known = [part for part in parts if part is not None]
        return any_of(known) if known else None

    def _parse_and(self, field: SearchField | None) -> Query | None:
        parts: list[Query] = []
        spelt = False
        while self._peek() not in _CLAUSE_ENDS:
            if operator := self._take(TokenKind.AND):
                if parts and self._peek() not in _OPERAND_ENDS:
                    spelt = True
                else:
                    parts.append(self._parse_stray(operator))
            elif (part := self._parse_not(field)) is not None:
                parts.append(part)
        return all_of(parts, spelt=spelt) if parts else None

    def _parse_stray(self, operator: Token) -> Query:
        self._report(f"{operator.text} has nothing to join: searched as a word", operator.at)
        return Word(operator.text.lower(), at=operator.at)

    def _parse_not(self, field: SearchField | None) -> Query | None:
        operator = self._take(TokenKind.NOT, TokenKind.MINUS, TokenKind.PLUS)
        if operator is None:
            return self._parse_boosted(field)
        if self._depth >= MAX_DEPTH:
            self._report("Operators are nested too deeply: the inner ones are ignored", operator.at)
            while self._take(TokenKind.NOT, TokenKind.MINUS, TokenKind.PLUS, TokenKind.FIELD):
                pass
            return self._parse_boosted(field)
        self._depth += 1
        ended = self._peek() in _OPERAND_ENDS
        child = None if ended else self._parse_not(field)
        self._depth -= 1
        if child is None:
            return self._parse_stray(operator) if operator.kind is TokenKind.NOT else None
        return Not(child) if operator.kind in _NEGATIONS else Required(child)

    def _parse_boosted(self, field: SearchField | None) -> Query | None:
        child = self._parse_atom(field)
        while boost := self._take(TokenKind.BOOST):
            if child is not None and not isinstance(child, Boost):
                child = Boost(child, min(float(boost.text), MAX_BOOST))
        return child

    def _parse_atom(self, field: SearchField | None) -> Query | None:
        while named := self._take(TokenKind.FIELD):
            field = named.field
        if opening := self._take(TokenKind.OPEN):
            return self._parse_group(opening, field)
        token = self._take(*_LEAVES)
        if token is None:
            if self._peek() not in _ATOM_ENDS:
                return self._parse_not(field)
            return None
        found: list[Query] = [*parse_leaves(token, field, self._report)]
        if len(found) > 1 and self._depth >= MAX_DEPTH:  # several words need one more And
            self._report(
                f'Nested too deeply: only the first word of "{token.text}" is searched', token.at
            )
            found = found[:1]
        return all_of(found) if found else None

    def _parse_group(self, opening: Token, field: SearchField | None) -> Query | None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self._report("Brackets are nested too deeply: the inner ones are ignored", opening.at)
            self._depth -= 1
            return None
        inner = self._parse_or(field)
        self._depth -= 1
        if not self._take(TokenKind.CLOSE):
            self._report('Missing ")": assumed at the end', opening.at)
        return inner
