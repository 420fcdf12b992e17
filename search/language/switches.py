"""Extract the parts of a query that say how to search, such as ``records:yes``.

A switch applies to the whole query, wherever it is. It is removed before the query is parsed,
together with the operators that join it to the rest.
"""

from typing import NamedTuple

from search.language.fields import FieldKind
from search.language.tokens import Report, Token, TokenKind
from search.language.tree import Span

VALUES = {"yes": True, "no": False}
"""The values of ``records:``, and whether they ask for records."""

_JOINTS = {TokenKind.AND, TokenKind.OR}
_BEFORE = {TokenKind.FIELD, TokenKind.PLUS, TokenKind.MINUS, TokenKind.NOT}
_IGNORED = {TokenKind.OR, TokenKind.MINUS, TokenKind.NOT}
"""Operators that change the meaning of any other part of a query, but not of a switch."""


class Extracted(NamedTuple):
    """A query without its switches.

    Attributes:
        tokens: The remaining tokens.
        records: Whether the query asks for records instead of works; None if it does not say.
        at: The positions of the switches.
    """

    tokens: list[Token]
    records: bool | None
    at: tuple[Span, ...]


def extract_switches(tokens: list[Token], report: Report) -> Extracted:
    """Separate the switches of a query from its other tokens.

    Args:
        tokens: All tokens of the query.
        report: Called for each unknown value, each ignored operator and each repetition.
    """
    kept: list[Token] = []
    records, places, at = None, list[Span](), 0
    while at < len(tokens):
        named = tokens[at]
        at += 1
        if named.field is None or named.field.kind is not FieldKind.SWITCH:
            kept.append(named)
            continue
        value = _read_value(tokens, at)
        if value is None:
            report(f'"{named.text}:" takes yes or no: searched as words', named.at)
            continue
        if named.text.lower() in named.field.former:
            value = not value  # "dup:no", no duplicates merged, means "records:yes"
        place = (named.at[0], tokens[at].at[1])
        ignored, at = _remove_joints(kept, tokens, at + 1)
        if ignored:
            message = f'"{ignored.text}" ignored: "{named.text}:" applies to the whole query'
            report(message, place)
        if records not in (None, value):
            report(f'"{named.text}:" given twice: the last one applies', place)
        records = value
        places.append(place)
    return Extracted(kept, records, tuple(places))


def _read_value(tokens: list[Token], at: int) -> bool | None:
    known = at < len(tokens) and tokens[at].kind in {TokenKind.CHUNK, TokenKind.PHRASE}
    return VALUES.get(tokens[at].text.strip().lower()) if known else None


def _remove_joints(kept: list[Token], tokens: list[Token], at: int) -> tuple[Token | None, int]:
    """Remove the operators that join a switch to the rest of the query.

    Args:
        kept: The tokens before the switch; its last operators are removed.
        tokens: All tokens of the query.
        at: The place after the switch.

    Returns:
        A removed operator that would change the meaning of anything else, and the place at which
        to go on.
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
    return next((token for token in gone if token.kind in _IGNORED), None), at
