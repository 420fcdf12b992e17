"""Answers: which parts of a query say how to search, and not for what?

A switch holds for the whole query, wherever it stands. It is taken out before the query is read,
together with what joins it to the rest.
"""

from typing import NamedTuple

from search.language.fields import Asks
from search.language.lexer import Report, Sign, Token
from search.language.tree import Span

VALUES = {"yes": False, "no": True}
"""What may stand after ``dup:``, and whether records are then searched instead of works."""

_JOINTS = {Sign.AND, Sign.OR}
_BEFORE = {Sign.FIELD, Sign.PLUS, Sign.MINUS, Sign.NOT}
_IDLE = {Sign.OR, Sign.MINUS, Sign.NOT}
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
        if named.field is None or named.field.asks is not Asks.SWITCH:
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
    known = at < len(tokens) and tokens[at].sign in {Sign.CHUNK, Sign.PHRASE}
    return VALUES.get(tokens[at].text.strip().lower()) if known else None


def _loosened(kept: list[Token], tokens: list[Token], at: int) -> tuple[Token | None, int]:
    """Take out what joins a switch to the rest.

    Returns:
        A sign taken out that would mean something elsewhere, and where reading goes on.
    """
    gone: list[Token] = []
    while kept and kept[-1].sign in _BEFORE:
        gone.append(kept.pop())
    while at < len(tokens) and tokens[at].sign is Sign.BOOST:
        at += 1
    following = tokens[at].sign if at < len(tokens) else Sign.CLOSE
    if kept and kept[-1].sign in _JOINTS and following in {*_JOINTS, Sign.CLOSE}:
        gone.append(kept.pop())
    elif following in _JOINTS and (not kept or kept[-1].sign in {*_JOINTS, Sign.OPEN}):
        gone.append(tokens[at])
        at += 1
    return next((token for token in gone if token.sign in _IDLE), None), at
