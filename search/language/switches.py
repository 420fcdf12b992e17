"""Answers: which parts of a query say how to search, and not for what?

A switch holds for the whole query, wherever it stands. It is taken out before the query is read,
together with what joins it to the rest.
"""

from typing import NamedTuple

from search.language.fields import FieldKind
from search.language.lexer import Report, Token, TokenKind
from search.language.tree import Span

VALUES = {"yes": False, "no": True}
"""What may stand after ``dup:``, and whether records are then searched instead of works."""

_JOINTS = {TokenKind.AND, TokenKind.OR}
_BEFORE = {TokenKind.FIELD, TokenKind.PLUS, TokenKind.MINUS, TokenKind.NOT}
_IDLE = {TokenKind.OR, TokenKind.MINUS, TokenKind.NOT}
"""What would mean something else beside anything but a switch."""


class Switched(NamedTuple):
    """A query without its switches.

    Attributes:
        tokens: The rest.
        raw: Whether records are to be searched instead of works; None if nothing says.
        at: Where the switches stand.
    """

    tokens: list[Token]
    raw: bool | None
    at: tuple[Span, ...]


def switched(tokens: list[Token], report: Report) -> Switched:
    """Part the switches of a query from the rest.

    Args:
        tokens: All of it.
        report: Told of values that mean nothing, and of joints that do.
    """
    kept: list[Token] = []
    raw, places, at = None, list[Span](), 0
    while at < len(tokens):
        named = tokens[at]
        at += 1
        if named.field is None or named.field.kind is not FieldKind.SWITCH:
            kept.append(named)
            continue
        value = _value(tokens, at)
        if value is None:
            report(f"'{named.text}' takes yes or no; what follows is read as words.", named.at)
            continue
        place = (named.at[0], tokens[at].at[1])
        idle, at = _loosened(kept, tokens, at + 1)
        if idle:
            report(f"{idle.text} means nothing here: {named.text} is for the whole query.", place)
        if raw not in (None, value):
            report(f"'{named.text}' was said before; this counts.", place)
        raw = value
        places.append(place)
    return Switched(kept, raw, tuple(places))


def _value(tokens: list[Token], at: int) -> bool | None:
    known = at < len(tokens) and tokens[at].kind in {TokenKind.CHUNK, TokenKind.PHRASE}
    return VALUES.get(tokens[at].text.strip().lower()) if known else None


def _loosened(kept: list[Token], tokens: list[Token], at: int) -> tuple[Token | None, int]:
    """Take out what joins a switch to the rest.

    Returns:
        A sign taken out that would mean something elsewhere, and where reading goes on.
    """
    gone: list[Token] = []
    while kept and kept[-1].kind in _BEFORE:
        gone.append(kept.pop())
    while at < len(tokens) and tokens[at].kind is TokenKind.BOOST:
        at += 1
    following = tokens[at].kind if at < len(tokens) else TokenKind.CLOSE
    if kept and kept[-1].kind in _JOINTS and following in {*_JOINTS, TokenKind.CLOSE}:
        gone.append(kept.pop())
    elif following in _JOINTS and (not kept or kept[-1].kind in {*_JOINTS, TokenKind.OPEN}):
        gone.append(tokens[at])
        at += 1
    return next((token for token in gone if token.kind in _IDLE), None), at
