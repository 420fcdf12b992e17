"""Answers: what does one token of a query mean in its field?

A chunk of letters may be a word, several, a wildcard pattern, a fuzzy word or a number;
this gives the leaves of the tree for it.
"""

import re

from search.fields import BY_NAME, Asks, SearchField
from search.lexer import IDENTIFIER, Report, Sign, Token, scheme_of
from search.query import (
    Everything,
    Fuzzy,
    Leaf,
    Phrase,
    Range,
    Span,
    Value,
    Wildcard,
    Word,
)

MAX_NUMBER = 10**9

_NUMBERS = re.compile(
    r"[\[{]\s*(?P<a>\d+|\*)?\s*TO\s*(?P<b>\d+|\*)?\s*[\]}]"
    r"|(?P<c>\d{1,9})?(?:\.\.|-)(?P<d>\d{1,9})?"
    r"|(?P<sign>>=|<=|>|<|=)?(?P<n>\d{1,9})"
)
_FUZZY = re.compile(r"(?P<word>[^~]+)~(?P<distance>[1-9]?)$")
_PIECE = re.compile(r"[^\s\"():^~*?\[\]{}<>=]+")
_PATTERN = re.compile(r"[\w*?]+")
_OPERATORS = {"AND", "OR", "NOT"}
_EDGE = ".,;!/&'’\\|-"


def leaves_of(token: Token, field: SearchField | None, report: Report) -> list[Leaf]:
    """Give the leaves for a CHUNK, PHRASE, RANGE or IDENTIFIER token.

    Args:
        token: The token.
        field: The field it stands in, or None.
        report: Told of what does not fit the field.

    Returns:
        The leaves, which must all match; none if there is nothing to search for.
    """
    if token.sign is Sign.IDENTIFIER and token.field is not None:
        return [Value(token.field.name, token.text, token.at)]
    if field is not None and field.asks is Asks.NUMBER:
        return _number(token, field, report)
    if token.sign is Sign.PHRASE:
        return _phrase(token, field)
    if field is not None and field.asks is Asks.VALUE:
        return _value(token, field, report)
    if _FUZZY.fullmatch(token.text) and token.text[-1] in "3456789":
        report("Words are at most 2 letters apart; it is read as ~2.", token.at)
    return _words(token.text, field.name if field else "", token.at)


def _value(token: Token, field: SearchField, report: Report) -> list[Leaf]:
    text = token.text.strip()
    if "*" in text:
        report(f"'{field.name}' takes a whole value; * is read as it stands.", token.at)
    known = any(character.isalnum() for character in text)
    return [Value(field.name, text, token.at)] if known else []


def _number(token: Token, field: SearchField, report: Report) -> list[Leaf]:
    found = _NUMBERS.fullmatch(token.text.strip())
    if found is None or not any(c.isdigit() or c == "*" for c in token.text):
        report(f"'{field.name}' takes a number or a range such as 2019..2022.", token.at)
        return _words(token.text, "", token.at)
    low, high = _ends(found)
    if low is not None and high is not None and low > high:
        report(f"The range ends before it begins; it is read as {high}..{low}.", token.at)
        low, high = high, low
    return [Range(field.name, low, high, token.at)]


def _ends(found: re.Match[str]) -> tuple[int | None, int | None]:
    if found["n"] is None:
        low, high = found["a"] or found["c"], found["b"] or found["d"]
        return _bounded(low), _bounded(high)
    number = int(found["n"])
    ends: dict[str | None, tuple[int | None, int | None]] = {
        ">": (number + 1, None),
        ">=": (number, None),
        "<": (None, number - 1),
        "<=": (None, number),
    }
    return ends.get(found["sign"], (number, number))


def _bounded(text: str | None) -> int | None:
    return None if text in (None, "*") else min(int(text[:10]), MAX_NUMBER)


def _phrase(token: Token, field: SearchField | None) -> list[Leaf]:
    text = " ".join(token.text.split())
    if not any(character.isalnum() for character in text):
        return []
    if field is not None and field.asks is Asks.VALUE:
        return [Value(field.name, text, token.at)]
    name = field.name if field else ""
    first = token.first and field is not None and field.asks is Asks.NAME
    return [Phrase(text, name, token.slop, first, token.at)]


def _words(text: str, field: str, at: Span) -> list[Leaf]:
    if text.strip("*:") == "" and "*" in text:
        return [Everything()]
    if fuzzy := _FUZZY.match(text):
        word = "".join(_PIECE.findall(fuzzy["word"])[:1]).strip(_EDGE + "+")
        if any(c.isalnum() for c in word):
            return [Fuzzy(word, min(int(fuzzy["distance"] or 1), 2), field, at)]
    if "*" in text or "?" in text.rstrip("?"):
        return [leaf for part in _PATTERN.findall(text) if (leaf := _pattern(part, field, at))]
    first = text.startswith("^") and bool(field) and BY_NAME[field].asks is Asks.NAME
    return [leaf for piece in _PIECE.findall(text) if (leaf := _word(piece, field, first, at))]


def _pattern(part: str, field: str, at: Span) -> Leaf | None:
    kept = re.sub(r"\*+", "*", part) if "*" in part else part.rstrip("?")
    if ("*" in kept or "?" in kept) and any(character.isalnum() for character in kept):
        return Wildcard(kept, field, at)
    return _word(kept, field, False, at)


def _word(piece: str, field: str, first: bool, at: Span) -> Leaf | None:  # noqa: FBT001 - private
    text = piece.lstrip(_EDGE + "+").rstrip(_EDGE)
    if not any(character.isalnum() for character in text):
        return None
    if found := IDENTIFIER.fullmatch(text):
        known, value = scheme_of(found)
        return Value(known.name, value, at)
    return Word(text.lower() if text in _OPERATORS else text, field, first, at)
