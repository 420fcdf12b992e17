"""Translate the syntax of other search engines into the tokens of this query language.

``smith ja[au]`` becomes ``author:"smith ja"``, ``graph[ti]`` becomes ``title:graph``,
``a NEAR/3 b`` becomes ``"a b"~3``, and ``ANDNOT`` is AND NOT. Each translation is reported.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from string import ascii_uppercase

from search.language.fields import BY_NAME, FieldKind, SearchField
from search.language.lexer import MAX_SLOP
from search.language.tokens import Report, Token, TokenKind

_OPERATORS = {
    "ANDNOT": (TokenKind.AND, TokenKind.NOT),
    "&&": (TokenKind.AND,),
    "||": (TokenKind.OR,),
}
_NEAR = re.compile(r"(?:(?:NEAR|ONEAR|W|PRE)/|ADJ)(\d{1,2})|NEAR")
_ALONE = "NEAR"
_MOVES_ALONE = "15"
"""Moves of NEAR without a number, as in Web of Science."""

_SMALL = {"and": TokenKind.AND, "or": TokenKind.OR, "not": TokenKind.NOT}
_WORD = re.compile(r"[^\W_]+")
_INITIALS = re.compile(r"[A-Z]\.?(?:-?[A-Z]\.?){0,2}\*?")
_DATE = re.compile(r"\d{4}(?:[/-]\d{1,2}){0,2}")
_OPERANDS = {TokenKind.CHUNK, TokenKind.PHRASE, TokenKind.CLOSE, TokenKind.IDENTIFIER}
_STARTS = {
    TokenKind.CHUNK, TokenKind.PHRASE, TokenKind.OPEN, TokenKind.IDENTIFIER, TokenKind.FIELD,
}  # fmt: skip


def translate_foreign(tokens: list[Token], report: Report) -> list[Token]:
    """Translate foreign syntax; other tokens stay as they are.

    Args:
        tokens: All tokens of the query.
        report: Called for each operator that is translated or ignored.
    """
    kept: list[Token] = []
    closing = tagged = at = 0
    while at < len(tokens):
        token = tokens[at]
        at += 1
        if token.kind is TokenKind.TAG:
            _apply_tag(kept, token, tagged, report)
            tagged = len(kept)
        elif token.kind is TokenKind.FIELD and not token.text.isalpha():
            at = _read_names(kept, tokens, at - 1)
            if token.first:  # allintitle:
                kept.append(Token(TokenKind.OPEN, "(", token.at))
                closing += 1
        elif token.kind is TokenKind.CHUNK and _joins(tokens, at - 1):
            at = _translate_operator(kept, tokens, at - 1, report)
        else:
            kept.append(token)
    return kept + [Token(TokenKind.CLOSE, ")", tokens[-1].at) for _ in range(closing)]


def _joins(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a word between two operands is an operator elsewhere."""
    text = tokens[at].text
    if text not in _OPERATORS and not _NEAR.fullmatch(text):
        return False
    inside = 0 < at < len(tokens) - 1
    if inside and text == _ALONE and (tokens[at - 1].text + tokens[at + 1].text).isupper():
        return False  # WALKS NEAR RIVERS
    return inside and tokens[at - 1].kind in _OPERANDS and tokens[at + 1].kind in _STARTS


def _translate_operator(kept: list[Token], tokens: Sequence[Token], at: int, report: Report) -> int:
    """Add the translation of the operator at a place, and return where to go on."""
    operator = tokens[at]
    if kinds := _OPERATORS.get(operator.text):
        ours = " ".join(kind.name for kind in kinds)
        report(f'"{operator.text}" is read as {ours}', operator.at)
        kept += [Token(kind, kind.name, operator.at) for kind in kinds]
        return at + 1
    one, other = kept[-1], tokens[at + 1]
    if not (_is_plain(one) and _is_plain(other)):
        report(
            f'"{operator.text}" is ignored: it joins two words only, written "two words"~3',
            operator.at,
        )
        return at + 1
    moves = min(int(operator.text.lstrip(ascii_uppercase + "/") or _MOVES_ALONE), MAX_SLOP)
    words, span = f"{one.text} {other.text}", (one.at[0], other.at[1])
    near = Token(TokenKind.PHRASE, words, span, slop=moves)
    report(f'"{operator.text}" is read as "{near.text}"~{near.slop}', operator.at)
    kept[-1] = near
    return at + 2


def _is_plain(token: Token) -> bool:
    return token.kind is TokenKind.CHUNK and bool(_WORD.fullmatch(token.text))


def _apply_tag(kept: list[Token], tag: Token, start: int, report: Report) -> None:
    """Put the field of a tag before the words that it follows.

    Args:
        kept: The tokens before the tag.
        tag: The tag.
        start: Where the words of the tag before it end.
        report: Called if a small "and" before the words is an operator, as it is in Ovid.
    """
    first = _find_operand(kept, start)
    if first < len(kept) - 1 and first == start and kept[first].text in _SMALL:
        kind = _SMALL[kept[first].text]
        report(f'"{kept[first].text}" is read as {kind.name}', kept[first].at)
        kept[first] = Token(kind, kind.name, kept[first].at)
        first += 1
    if tag.field is None or first == len(kept):
        return
    words = "".join(token.text for token in kept[first:])
    numeric = tag.field.kind is FieldKind.NUMBER and kept[-1].kind is TokenKind.CHUNK
    if numeric and not _read_dates(words):
        first = len(kept) - 1  # lists 2019[dp]
    if _join_dates(kept, first, tag.field):
        return
    operand = kept[first:]
    del kept[first:]
    if kept and kept[-1].kind is TokenKind.FIELD:
        kept.pop()
    kept += _name_field(operand, tag.field, tag)


def _join_dates(kept: list[Token], first: int, field: SearchField) -> bool:
    """Join a date to the one before, as in ``"2019/05/01"[dp] : "2020"[dp]``, if there is one.

    Args:
        kept: The tokens before the tag of the second date.
        first: Where the words of this tag begin, the colon among them or not.
        field: The field of the tag.
    """
    text = "".join(token.text for token in kept[first:])
    if kept[first - 1].text == ":" and first:
        text, first = f":{text}", first - 1
    before = kept[first - 1] if first else None
    if before is None or before.kind is not TokenKind.RANGE or field.kind is not FieldKind.NUMBER:
        return False
    dates = _read_dates(before.text + text) if text[:1] == ":" else ""
    if not dates:
        return False
    asked = BY_NAME["date"] if "-" in dates else field
    kept[first - 1 :] = [Token(TokenKind.RANGE, dates, (before.at[0], kept[-1].at[1]), asked)]
    return True


def _find_operand(kept: Sequence[Token], start: int) -> int:
    """Return where the words begin that a tag at the end applies to."""
    first, depth = len(kept), 0
    if first and kept[-1].kind is TokenKind.CLOSE:
        while first:
            first -= 1
            depth += (kept[first].kind is TokenKind.CLOSE) - (kept[first].kind is TokenKind.OPEN)
            if not depth:
                return first
        return len(kept)  # no bracket is open
    if first and kept[-1].kind is not TokenKind.CHUNK:
        return first - 1
    while first > start and kept[first - 1].kind is TokenKind.CHUNK:
        first -= 1
    # A word that has a field of its own is no part of it.
    own = start < first < len(kept) - 1 and kept[first - 1].kind is TokenKind.FIELD
    return first + own


def _name_field(operand: list[Token], field: SearchField, named: Token) -> list[Token]:
    """Return tokens that search an operand in a field."""
    span = (operand[0].at[0], operand[-1].at[1])
    chunks = [token.text for token in operand if token.kind is TokenKind.CHUNK]
    label = Token(TokenKind.FIELD, field.name, (span[0], named.at[1]), field)
    text = operand[0].text if operand[0].kind is TokenKind.PHRASE else " ".join(chunks)
    if field.kind is FieldKind.NUMBER and (dates := _read_dates(text)):
        asked = BY_NAME["date"] if "-" in dates else field
        return [Token(TokenKind.RANGE, dates, span, asked)]
    whole = field.kind in {FieldKind.NAME, FieldKind.VALUE} and len(chunks) == len(operand) > 1
    if whole:
        return [label, Token(TokenKind.PHRASE, " ".join(chunks).rstrip("*"), span)]
    if len(operand) == 1 or operand[-1].kind is TokenKind.CLOSE:
        return [label, *operand]
    return [
        label,
        Token(TokenKind.OPEN, "(", span),
        *operand,
        Token(TokenKind.CLOSE, ")", span),
    ]


def _read_dates(text: str) -> str:
    """Return the range in ``2019:2022`` or ``2019/05/01`` as we write it, or an empty text."""
    ends = [_DATE.fullmatch(end.strip()) for end in text.split(":")]
    dates = [found[0].replace("/", "-") for found in ends if found]
    if len(dates) != len(ends) or len(dates) not in {1, 2}:
        return ""
    return "..".join(dates)


def _read_names(kept: list[Token], tokens: Sequence[Token], at: int) -> int:
    """Add a foreign field, with a whole name after it as a phrase; return where to go on.

    ``AU=(Stone A)`` and ``AU=Stone A`` name one author, who has a surname and initials.
    """
    field = tokens[at]
    kept.append(replace(field, text=field.field.name if field.field else "", first=False))
    at += 1
    if field.field is None or field.field.kind not in {FieldKind.NAME, FieldKind.VALUE}:
        return at
    bracketed = at < len(tokens) and tokens[at].kind is TokenKind.OPEN
    first = last = at + bracketed
    while last < len(tokens) and tokens[last].kind is TokenKind.CHUNK:
        if not bracketed and last > first and not _INITIALS.fullmatch(tokens[last].text):
            break
        last += 1
    closed = last < len(tokens) and tokens[last].kind is TokenKind.CLOSE
    if last - first < 2 or (bracketed and not closed):  # noqa: PLR2004 - a name of two words
        return at
    text = " ".join(token.text for token in tokens[first:last]).rstrip("*")
    span = (tokens[first].at[0], tokens[last - 1].at[1])
    kept.append(Token(TokenKind.PHRASE, text, span))
    return last + bracketed
