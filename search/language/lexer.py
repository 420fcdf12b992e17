"""Answers: where does each sign, word and phrase of a typed query stand?

Gives tokens from left to right and reports what it cannot make sense of. Structure is the
parser's business; what a chunk of letters means in its field is `search.language.terms`'.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from enum import Enum, auto

from search.language.fields import BY_NAME, FIELDS, FieldKind, SearchField
from search.language.tree import Span


class TokenKind(Enum):
    """The kinds of tokens."""

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


@dataclass(frozen=True, slots=True)
class Token:
    """One piece of a query.

    Attributes:
        kind: Its kind.
        text: What it holds: a phrase without quotes, a boost's number, an identifier.
        at: Where it stands.
        field: For FIELD the field it names; for IDENTIFIER the scheme's field.
        first: A phrase with ``^`` before it.
        slop: A phrase's ``~number``.
    """

    kind: TokenKind
    text: str
    at: Span
    field: SearchField | None = None
    first: bool = False
    slop: int = 0


MAX_SLOP = 20
"""Moves between the words of a phrase; more is not a phrase, and costs without end."""

STRAY_CARET = "^ asks for a first author after author:, or takes a number after a word; not here."

Report = Callable[[str, Span], None]

IDENTIFIER = re.compile(
    r"(?:https?://(?:dx\.|www\.)?(?:doi\.org/|\S{1,200}?/(?=10\.\d{4}))|doi:\s?)?"
    r"(?P<doi>10\.\d{4,9}/(?:[^\s\"<>()~^*?={}\[\]]|\([^\s\"<>()~^*?={}\[\]]*\))*"
    r"(?:[^\s\"<>()~^*?={}\[\].,;:!]|(?<=\))))"
    r"|(?:https?://(?:www\.|export\.)?arxiv\.org/(?:abs|pdf)/|arxiv:\s?)"
    r"(?P<arxiv>\d\d(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?/\d{7})(?:v\d+)?(?:\.pdf)?"
    r"|(?P<number>\d\d(?:0[1-9]|1[0-2])\.\d{4,5}|[a-z][a-z-]{1,15}(?:\.[a-z]{2})?/\d{7})(?:v\d+)?"
    r"|https?://openreview\.net/(?:forum|pdf)\?id=(?P<forum>[\w-]+)"
    r"|https?://(?:www\.)?aclanthology\.org/(?P<acl>[A-Z]\d\d-\d{4}|\d{4}\.[\w-]+\.\d+)(?:\.pdf)?/?",
    re.IGNORECASE,
)
"""Identifiers and the addresses of papers' pages, as people paste them. A DOI may hold pairs of
brackets; a number that looks like an arXiv id has a month in it."""

_SPELT_OUT = {field.name for field in FIELDS}
_SCHEMES = {"doi": "doi", "arxiv": "arxiv", "number": "arxiv", "forum": "id", "acl": "id"}
_END = r"(?=[\s()\"^]|$)"
_PASTED = re.compile(rf"(?:{IDENTIFIER.pattern}){_END}", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_OPERATOR = re.compile(r"(AND|OR|NOT)(?=[\s()\"]|$)")
_FIELD = re.compile(r"([A-Za-z_]{1,40}):(?=[^\s:])")
_PHRASE = re.compile(
    r"(\^?)(?:\"([^\"]*)\"|[“„‟«»\uff02]([^\"“”„‟«»\uff02]*)[“”‟«»\uff02])(?:~(\d+))?"
)
"""Between straight quotes, or between those that phones and word processors put."""

_BRACKETS = re.compile(r"[\[{]\s*(?:\d{1,9}|\*)?\s*TO\s*(?:\d{1,9}|\*)?\s*[\]}]")
_BOOST = re.compile(r"\^(\d{1,4}(?:\.\d{1,4})?)" + _END)
_CHUNK = re.compile(r"\^?[^\s\"()^]+")
_APOSTROPHES = re.compile(rf"'[^'\"\s]+(?:\s+[^'\"\s]+)+'{_END}")
_LOOK_ALIKES = str.maketrans("\uff08\uff09", "()")  # as Chinese and Japanese keyboards have them
_PREFIX_SIGN = {"-": TokenKind.MINUS, "+": TokenKind.PLUS}
_BRACKET = {"(": TokenKind.OPEN, ")": TokenKind.CLOSE}


def scheme_of(found: re.Match[str]) -> tuple[SearchField, str]:
    """Give the field and the value of a match of `IDENTIFIER`."""
    group = next(name for name in _SCHEMES if found[name])
    return BY_NAME[_SCHEMES[group]], found[group]


def lex(text: str, report: Report) -> Iterator[Token]:
    """Cut a query into tokens.

    Args:
        text: Anything.
        report: Told what could not be understood, and where.

    Yields:
        The tokens in order.
    """
    at, before = 0, None
    text = text.translate(_LOOK_ALIKES)
    while at < len(text):
        if space := _SPACE.match(text, at):
            at, before = space.end(), None
            continue
        before, at = _next(text, at, before, report)
        if before is not None:
            yield before


def _next(text: str, at: int, before: Token | None, report: Report) -> tuple[Token | None, int]:
    """Read one token; `before` is the one that ends where this begins, if there is one."""
    named = before.field if before is not None and before.kind is TokenKind.FIELD else None
    # After a bracket, sign or field name a word may begin without a space.
    spaced = before is None or before.kind not in {
        TokenKind.CHUNK,
        TokenKind.PHRASE,
        TokenKind.IDENTIFIER,
    }
    # Nothing stands before the caret of author:^2 that could count more.
    for read in (_bracket, _phrase, _range) if named else (_bracket, _phrase, _range, _boost):
        if token := read(text, at):
            return token, token.at[1]
    if text[at] == '"':
        report("A quotation mark has no partner; it is passed over.", (at, at + 1))
        return None, at + 1
    if spaced and (token := _word_start(text, at, named)):
        return token, token.at[1]
    if spaced and (quoted := _APOSTROPHES.match(text, at)):
        report("Only double quotes make a phrase; these are words.", quoted.span())
    # A whole value may hold a colon: id:openreview:x.
    valued = named is not None and named.kind is FieldKind.VALUE
    if spaced and not valued and (found := _FIELD.match(text, at)):
        return _named(found, text, report)
    chunk = _CHUNK.match(text, at)
    if spaced and chunk and chunk[0][-1] == ":" and chunk[0][:-1].lower() in _SPELT_OUT:
        report(f"Nothing stands after '{chunk[0]}'; it is read as a word.", chunk.span())
    if chunk is None:
        report(STRAY_CARET, (at, at + 1))
        return None, at + 1
    return Token(TokenKind.CHUNK, chunk[0], chunk.span()), chunk.end()


def _bracket(text: str, at: int) -> Token | None:
    sign = _BRACKET.get(text[at])
    return Token(sign, text[at], (at, at + 1)) if sign else None


def _phrase(text: str, at: int) -> Token | None:
    found = _PHRASE.match(text, at)
    if found is None:
        return None
    slop = min(int((found[4] or "0")[:9]), MAX_SLOP)
    words = found[2] or found[3] or ""
    return Token(TokenKind.PHRASE, words, found.span(), first=bool(found[1]), slop=slop)


def _range(text: str, at: int) -> Token | None:
    found = _BRACKETS.match(text, at)
    return Token(TokenKind.RANGE, found[0], found.span()) if found else None


def _boost(text: str, at: int) -> Token | None:
    found = _BOOST.match(text, at)
    return Token(TokenKind.BOOST, found[1], found.span()) if found else None


def _word_start(text: str, at: int, named: SearchField | None) -> Token | None:
    """Read what only stands at the start of a word: an operator, an identifier, a sign."""
    if found := _OPERATOR.match(text, at):
        return Token(TokenKind[found[1]], found[1], found.span())
    if found := _PASTED.match(text, at):
        if named is not None and named.name == "id":  # any identifier, as it stands
            return Token(TokenKind.IDENTIFIER, found[0], found.span(), named)
        field, value = scheme_of(found)
        return Token(TokenKind.IDENTIFIER, value, found.span(), field)
    sign = _PREFIX_SIGN.get(text[at])
    following = text[at + 1 : at + 2].strip("-+)")
    if sign and following and not following.isspace():
        return Token(sign, text[at], (at, at + 1))
    return None


def _named(found: re.Match[str], text: str, report: Report) -> tuple[Token | None, int]:
    name, end = found[1], found.end()
    if field := BY_NAME.get(name.lower()):
        return Token(TokenKind.FIELD, name, found.span(), field), end
    if not text.startswith("//", end):
        near = get_close_matches(name.lower(), [field.name for field in FIELDS], 3)
        hint = f" Did you mean {' or '.join(near)}?" if near else ""
        message = f"There is no field '{name}'; it is read as a word.{hint}"
        report(message, (found.start(), end))
    return Token(TokenKind.CHUNK, name, (found.start(), end)), end
