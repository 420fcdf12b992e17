"""Split a typed query into tokens, each with its span.

Tokens are yielded from left to right; what cannot be understood is reported. The parser builds
the structure, and `search.language.terms` decides what a chunk of letters means in its field.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from difflib import get_close_matches

from index.normalise.identifier_search import ADDRESS, FoundIdentifier, match_identifier
from search.language.fields import BY_NAME, FIELDS, IDENTIFYING_FIELDS, FieldKind, SearchField
from search.language.foreign_fields import (
    ForeignField,
    find_field_before,
    find_field_behind,
    find_tag_in_chunk,
)
from search.language.formulas import find_word_end
from search.language.tokens import Report, Token, TokenKind
from search.language.typed_text import clean_query

LIKENESS = 0.61
"""Least likeness of an unknown field to one that a notice names. Chosen: of ``titel`` to ``cites``
it is .6."""

MAX_SLOP = 20
"""Moves between the words of a phrase. With more, the words hardly form a phrase, and the cost of
matching grows without bound."""

STRAY_CARET = (
    '"^" ignored: it marks a first author (author:^name) or, with a number, a boost (word^2)'
)
"""The notice about a caret that has no meaning in its place."""

_FIELD_NAMES = {field.name for field in FIELDS}
_END = r"(?=[\s()\"^]|$)"
_SPACE = re.compile(r"\s+")
_OPERATOR = re.compile(r"(AND|OR|NOT)(?=[\s()\"]|$)")
_FIELD = re.compile(r"([A-Za-z_]{1,40}):(?=[^\s:])")
_PHRASE = re.compile(
    r"(\^?)(?:\"([^\"]*)\"|[“„‟«»\uff02]([^\"“”„‟«»\uff02]*)[“”‟«»\uff02])(?:~(\d+))?"
)
"""A phrase between straight quotes, or between the quotes that phones and word processors type."""

_RANGE = re.compile(r"[\[{]\s*(?:\d[\d./-]{0,11}|\*)?\s*TO\s*(?:\d[\d./-]{0,11}|\*)?\s*[\]}]")
"""A range in brackets of numbers or dates."""

_BOOST = re.compile(r"\^(\d{1,4}(?:\.\d{1,4})?)" + _END)
_OTHER_AUTHORS = re.compile(
    r"(?<=et\s)al[.,;]{0,2}(?=['\u2019]s\b|(?<=[.,;])['\u2019]?\d)", re.IGNORECASE
)
"""The end of ``et al.`` before a year or an ending without a space: ``et al.,2017``."""

_CHUNK = re.compile(r"\^?[^\s\"()^]")
_APOSTROPHES = re.compile(rf"'[^'\"\s]+(?:\s+[^'\"\s]+)+'{_END}")
_PREFIXES = {"-": TokenKind.MINUS, "+": TokenKind.PLUS}
_BRACKETS = {"(": TokenKind.OPEN, ")": TokenKind.CLOSE}
_WORDS = {TokenKind.CHUNK, TokenKind.PHRASE, TokenKind.IDENTIFIER}
_BEFORE_SIGN = {TokenKind.OPEN, TokenKind.FIELD, TokenKind.MINUS, TokenKind.PLUS}
"""Tokens that ``-`` and ``+`` may directly follow, as they may follow a space."""

_TAGGED = {*_WORDS, TokenKind.CLOSE, TokenKind.RANGE}
"""Tokens whose field other search engines may write directly behind them."""

_POWERED = {FieldKind.TEXT, FieldKind.WORDS}
"""The kinds of fields in whose words a caret may raise to a power."""


def read_identifier(found: FoundIdentifier) -> tuple[SearchField, str]:
    """Return the field and the value that an identifier searches for.

    An identifier of a scheme without a field of its own is searched among all identifiers, with
    the name of its scheme: ``acl:P19-1001``. So is an address, as it is.
    """
    if field := BY_NAME.get(found.scheme):
        return field, found.value
    prefix = "" if found.scheme == ADDRESS else f"{found.scheme}:"
    return BY_NAME["id"], prefix + found.value


def lex(text: str, report: Report) -> Iterator[Token]:
    """Split a query into tokens.

    Args:
        text: Any text.
        report: Called with each notice about what was not understood.

    Yields:
        The tokens in order.
    """
    typed = clean_query(text)
    if typed.places:
        tokens = _lex(typed.text, lambda message, at: report(message, typed.restore(at)))
        yield from (replace(token, at=typed.restore(token.at)) for token in tokens)
    else:
        yield from _lex(typed.text, report)


def _lex(text: str, report: Report) -> Iterator[Token]:
    """Split a cleaned query into tokens."""
    at, before = 0, None
    while at < len(text):
        if space := _SPACE.match(text, at):
            at, before = space.end(), None
            continue
        if foreign := _find_foreign(text, at, before):
            report(foreign.message, (at, foreign.end))
            before, at = _make_foreign(foreign, text, at), foreign.end
        else:
            before, at = _read_token(text, at, before, report)
        if before is not None:
            yield before


def _find_foreign(text: str, at: int, before: Token | None) -> ForeignField | None:
    """Find a field as other search engines write it, before or behind its words."""
    if text[at] in "[.:":
        if before is None:
            return find_field_behind(text, at, spaced=True) if at else None
        return find_field_behind(text, at) if before.kind in _TAGGED else None
    if before is not None and before.kind is TokenKind.FIELD:
        return None
    if before is not None and before.kind is TokenKind.CHUNK and text[at - 1] != ")":
        return None
    return find_field_before(text, at)


def _make_foreign(foreign: ForeignField, text: str, at: int) -> Token | None:
    """Make the token of a foreign field; one that means any field needs none before its words."""
    span = (at, foreign.end)
    if foreign.years:
        return Token(TokenKind.RANGE, foreign.years, span, foreign.field)
    if text[at] in "[.:":
        return Token(TokenKind.TAG, foreign.written, span, foreign.field)
    if foreign.field is None:
        return None
    return Token(TokenKind.FIELD, f"{foreign.written} ", span, foreign.field, first=foreign.to_end)


def _read_token(
    text: str, at: int, before: Token | None, report: Report
) -> tuple[Token | None, int]:
    """Read one token.

    Args:
        text: The query.
        at: Where the token begins.
        before: The token that ends there, without a space between, or None.
        report: Called with each notice.

    Returns:
        The token, or None if a character was skipped, and where it ends.
    """
    named = before.field if before is not None and before.kind is TokenKind.FIELD else None
    # A word may directly follow a bracket, an operator or the name of a field.
    starts_word = before is None or before.kind not in _WORDS
    # The caret of author:^2 has nothing before it to boost.
    for read in _READERS_WITH_BOOST if named is None else _READERS:
        if token := read(text, at):
            return token, token.at[1]
    if text[at] == '"':
        report("Unmatched quotation mark: ignored", (at, at + 1))
        return None, at + 1
    token = (_read_word_start(text, at, named) if starts_word else None) or _read_sign(
        text, at, before
    )
    if token:
        return token, token.at[1]
    if starts_word and (quoted := _APOSTROPHES.match(text, at)):
        report("Phrases need double quotes: searched as separate words", quoted.span())
    # A whole value may contain a colon: id:openreview:x.
    takes_value = named is not None and named.kind is FieldKind.VALUE
    if starts_word and not takes_value and (found := _FIELD.match(text, at)):
        return _read_field_name(found, text, report)
    if not _CHUNK.match(text, at):
        report(STRAY_CARET, (at, at + 1))
        return None, at + 1
    return _read_chunk(text, at, named, report if starts_word else None)


def _read_chunk(
    text: str, at: int, named: SearchField | None, report: Report | None
) -> tuple[Token, int]:
    """Read a CHUNK; at the start of a word, report the name of a field without a value."""
    end = find_word_end(text, at, takes_power=named is None or named.kind in _POWERED)
    if named is None:
        end = find_tag_in_chunk(text, at, end)
    if text[at] in "aA" and (others := _OTHER_AUTHORS.match(text, at)):
        end = others.end()
    chunk = text[at:end]
    if report and chunk[-1] == ":" and chunk[:-1].lower() in _FIELD_NAMES:
        hint = f". Write {chunk}x without a space" if text[end:].strip() else ""
        report(f'Nothing follows "{chunk}": searched as a word{hint}', (at, end))
    return Token(TokenKind.CHUNK, chunk, (at, end)), end


def _read_bracket(text: str, at: int) -> Token | None:
    kind = _BRACKETS.get(text[at])
    return Token(kind, text[at], (at, at + 1)) if kind else None


def _read_phrase(text: str, at: int) -> Token | None:
    found = _PHRASE.match(text, at)
    if found is None:
        return None
    slop = min(int((found[4] or "0")[:9]), MAX_SLOP)
    words = found[2] or found[3] or ""
    return Token(TokenKind.PHRASE, words, found.span(), first=bool(found[1]), slop=slop)


def _read_range(text: str, at: int) -> Token | None:
    found = _RANGE.match(text, at)
    return Token(TokenKind.RANGE, found[0], found.span()) if found else None


def _read_boost(text: str, at: int) -> Token | None:
    found = _BOOST.match(text, at)
    return Token(TokenKind.BOOST, found[1], found.span()) if found else None


_READERS = (_read_bracket, _read_phrase, _read_range)
_READERS_WITH_BOOST = (*_READERS, _read_boost)
"""Readers of what may begin anywhere, in the order in which they are tried."""


def _read_word_start(text: str, at: int, named: SearchField | None) -> Token | None:
    """Read a token that can only begin a word: an operator or an identifier."""
    if found := _OPERATOR.match(text, at):
        return Token(TokenKind[found[1]], found[1], found.span())
    # No identifier begins with a caret, and a long run of them is slow to match.
    if text[at] != "^" and (identifier := match_identifier(text, at)):
        span = identifier.span
        any_kind = named is not None and named.name in IDENTIFYING_FIELDS
        if identifier.scheme == ADDRESS and named is not None and not any_kind:
            return Token(TokenKind.CHUNK, text[slice(*span)], span)  # words of the field
        if named is not None and any_kind:  # any identifier, as typed
            return Token(TokenKind.IDENTIFIER, text[span[0] : span[1]], span, named)
        field, value = read_identifier(identifier)
        return Token(TokenKind.IDENTIFIER, value, span, field)
    return None


def _read_sign(text: str, at: int, before: Token | None) -> Token | None:
    """Read ``-`` or ``+`` before a word, but not the hyphen of ``(2+1)-dimensional``."""
    kind = _PREFIXES.get(text[at])
    if kind is None:
        return None
    if at and not text[at - 1].isspace() and (before is None or before.kind not in _BEFORE_SIGN):
        return None
    following = text[at + 1 : at + 2].strip("-+)")
    return Token(kind, text[at], (at, at + 1)) if following and not following.isspace() else None


def _read_field_name(found: re.Match[str], text: str, report: Report) -> tuple[Token | None, int]:
    name, end = found[1], found.end()
    if name.lower() not in BY_NAME and find_field_behind(text, end - 1):  # graph:ti,ab
        return Token(TokenKind.CHUNK, name, (found.start(), end - 1)), end - 1
    if field := BY_NAME.get(name.lower()):
        return Token(TokenKind.FIELD, name, found.span(), field), end
    if not text.startswith("//", end):
        near = get_close_matches(name.lower(), [field.name for field in FIELDS], 3, LIKENESS)
        hint = f". Did you mean {' or '.join(near)}?" if near else ""
        report(f'Unknown field "{name}": searched as a word{hint}', (found.start(), end))
    return Token(TokenKind.CHUNK, name, (found.start(), end)), end
