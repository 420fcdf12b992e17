"""Answers: what does one token of a query mean in its field?

A chunk of letters may be a word, several, a wildcard pattern, a fuzzy word or a number;
this gives the leaves of the tree for it. What belongs to another language is reported.
"""

import re
from typing import NamedTuple

from index.text.analyser import CJK
from search.language.fields import FieldKind, SearchField
from search.language.lexer import IDENTIFIER, STRAY_CARET, Report, Token, TokenKind, scheme_of
from search.language.tree import (
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

SHORTEST_FUZZY = 3
"""Letters of a word that may be misspelt; of fewer, most short words are neighbours."""

_NUMBERS = re.compile(
    r"(?P<open>[\[{])\s*(?P<a>\d+|\*)?\s*TO\s*(?P<b>\d+|\*)?\s*(?P<close>[\]}])"
    r"|(?P<c>\d{1,9})?(?:\.\.|[-–])(?P<d>\d{1,9})?"
    r"|(?P<sign>>=|<=|>|<|=)?(?P<n>\d{1,9})"
)
_MONTH = re.compile(r"(\d{4})-\d\d(?:-\d\d)?")
_FUZZY = re.compile(r"(?P<word>[^~]+)~(?P<distance>[1-9]?)$")
_PIECE = re.compile(r"[^\s\"():^~*?\[\]{}<>=]+")
_PATTERN = re.compile(r"[\w*?]+")
_NO_PATTERN = re.compile(r"[\[\]{}+#\\|$%@<>=]")
_APOSTROPHE = re.compile(r"['’‘ʼ′`]")
_CJK = re.compile(f"[{CJK}]+")
_OPERATORS = {"AND", "OR", "NOT"}
_FOREIGN = {
    "||": "OR", "|": "OR", "&&": "AND", "ANDNOT": "AND NOT", "ANDMAYBE": "OR", "REQUIRE": "AND",
}  # fmt: skip
_COMPARED = re.compile(r"[<>]=?\d")
_EDGE = ".,;!/&'’\\|-“”„«»"


class _Place(NamedTuple):
    """Where a chunk stands: its field, or None; its place in the text; whom to tell of it."""

    field: SearchField | None
    at: Span
    report: Report

    @property
    def name(self) -> str:
        return self.field.name if self.field else ""

    @property
    def asks_name(self) -> bool:
        return self.field is not None and self.field.kind is FieldKind.NAME

    def say(self, message: str) -> None:
        self.report(message, self.at)


def parse_leaves(token: Token, field: SearchField | None, report: Report) -> list[Leaf]:
    """Give the leaves for a CHUNK, PHRASE, RANGE or IDENTIFIER token.

    Args:
        token: The token.
        field: The field it stands in, or None.
        report: Told of what does not fit the field.

    Returns:
        The leaves, which must all match; none if there is nothing to search for.
    """
    place = _Place(field, token.at, report)
    if token.kind is TokenKind.IDENTIFIER and token.field is not None:
        return [Value(token.field.name, token.text, token.at)]
    if field is not None and field.kind is FieldKind.NUMBER:
        return _number(token.text.strip(), place)
    if token.kind is TokenKind.PHRASE:
        return _phrase(token, place)
    if field is not None and field.kind is FieldKind.VALUE:
        return _value(token, place)
    _warn(token, place)
    return _words(token.text, place)


def _warn(token: Token, place: _Place) -> None:
    """Report what another language would mean something by."""
    text = token.text
    if text in _FOREIGN:
        place.say(f"{text} is no operator here; write {_FOREIGN[text]}.")
    elif "||" in text or "&&" in text:
        place.say("|| and && are no operators here; write OR, AND.")
    elif text[0] == "!" and text[1:].strip("!?"):
        place.say("! does not exclude; write -word or NOT word.")
    elif token.kind is TokenKind.RANGE or _COMPARED.match(text):
        place.say("A range needs a field before it, such as year:2019..2022.")
    elif text[0] in "[{" and place.field is not None:
        place.say("Only numbers have ranges; this is read as words.")
    elif text[-1] == "," and place.asks_name:
        place.say('Only this word is the author; quote a whole name: author:"Kumar, A".')


def _value(token: Token, place: _Place) -> list[Leaf]:
    text = token.text.strip()
    if "*" in text:
        place.say(f"'{place.name}' takes a whole value; * is read as it stands.")
    known = any(character.isalnum() for character in text)
    return [Value(place.name, text, place.at)] if known else []


def _number(text: str, place: _Place) -> list[Leaf]:
    if place.name == "year" and (dated := _MONTH.fullmatch(text)):
        year = int(dated[1])
        place.say(f"Papers have a year, no month; it is read as {year}.")
        return [Range(place.name, year, year, place.at)]
    found = _NUMBERS.fullmatch(text)
    if found is None or not any(c.isdigit() or c == "*" for c in text):
        place.say(f"'{place.name}' takes a number or a range such as 2019..2022.")
        return _words(text, place._replace(field=None))
    low, high = _ends(found)
    if low is not None and high is not None and low > high:
        place.say(f"The range ends before it begins; it is read as {high}..{low}.")
        low, high = high, low
    inner = _inside(found, low, high)
    if None not in inner and (inner[0] or 0) > (inner[1] or 0):
        place.say("No number lies between the ends; they are taken in.")
        inner = low, high
    return [Range(place.name, *inner, place.at)]


_Ends = tuple[int | None, int | None]


def _ends(found: re.Match[str]) -> _Ends:
    if found["n"] is None:
        low, high = found["a"] or found["c"], found["b"] or found["d"]
        return _bounded(low), _bounded(high)
    number = int(found["n"])
    ends: dict[str | None, _Ends] = {
        ">": (number + 1, None),
        ">=": (number, None),
        "<": (None, number - 1),
        "<=": (None, number),
    }
    return ends.get(found["sign"], (number, number))


def _inside(found: re.Match[str], low: int | None, high: int | None) -> _Ends:
    """Leave out the ends that stand at a curly bracket."""
    return (
        low + 1 if low is not None and found["open"] == "{" else low,
        high - 1 if high is not None and found["close"] == "}" else high,
    )


def _bounded(text: str | None) -> int | None:
    return None if text in (None, "*") else min(int(text[:10]), MAX_NUMBER)


def _phrase(token: Token, place: _Place) -> list[Leaf]:
    text = " ".join(token.text.split())
    if not any(character.isalnum() for character in text):
        place.say("There is no word between these quotes; they are passed over.")
        return []
    if place.field is not None and place.field.kind is FieldKind.VALUE:
        return [Value(place.name, text, place.at)]
    if token.first and not place.asks_name:
        place.say(STRAY_CARET)
    return [Phrase(text, place.name, token.slop, token.first and place.asks_name, place.at)]


def _words(text: str, place: _Place) -> list[Leaf]:
    if text.strip("*:") == "" and "*" in text:
        return [Everything()]
    fuzzy = _FUZZY.match(text)
    patterned = "*" in text or "?" in text.strip("?")
    first = text.startswith("^")
    if first and (fuzzy or patterned or not place.asks_name):
        place.say(STRAY_CARET)
        first = False
    if fuzzy and (word := "".join(_PIECE.findall(fuzzy["word"])[:1]).strip(_EDGE + "+")):
        return _fuzzy(word, int(fuzzy["distance"] or 1), place)
    if "~" in text:
        place.say("~ stands after a word, or after a phrase with a number behind it; not here.")
    if patterned:
        return _patterns(text, place)
    return [leaf for piece in _PIECE.findall(text) if (leaf := _word(piece, place, first=first))]


def _fuzzy(word: str, distance: int, place: _Place) -> list[Leaf]:
    if not any(character.isalnum() for character in word):
        return []
    if len(word) < SHORTEST_FUZZY or any(c.isdecimal() for c in word) or _CJK.search(word):
        place.say(f"'{word}' is taken as it stands: numbers and short words have no misspellings.")
        leaf = _word(word, place, first=False)
        return [leaf] if leaf else []
    if distance > 2:  # noqa: PLR2004 - engines can find two
        place.say("Words are at most 2 letters apart; it is read as ~2.")
    return [Fuzzy(word, min(distance, 2), place.name, place.at)]


def _patterns(text: str, place: _Place) -> list[Leaf]:
    """Give the leaves of a chunk with ``*`` or ``?``; signs between letters separate words."""
    if _NO_PATTERN.search(text):
        place.say("Only letters, digits, * and ? make a pattern; other signs separate words.")
    found = []
    for part in _PATTERN.findall(_APOSTROPHE.sub("", text)):
        if ("*" in part or "?" in part.strip("?")) and _CJK.search(part):
            place.say("Chinese, Japanese and Korean are found by any part; * and ? are not needed.")
            found += [_word(piece, place, first=False) for piece in re.split(r"[*?]+", part)]
        else:
            found.append(_pattern(part, place))
    return [leaf for leaf in found if leaf]


def _pattern(part: str, place: _Place) -> Leaf | None:
    kept = re.sub(r"\*+", "*", part) if "*" in part else part.strip("?")
    if ("*" in kept or "?" in kept) and any(character.isalnum() for character in kept):
        return Wildcard(kept, place.name, place.at)
    return _word(kept, place, first=False)


def _word(piece: str, place: _Place, *, first: bool) -> Leaf | None:
    text = piece.lstrip(_EDGE + "+").rstrip(_EDGE)
    if not any(character.isalnum() for character in text):
        return None
    if found := IDENTIFIER.fullmatch(text):
        known, value = scheme_of(found)
        return Value(known.name, value, place.at)
    return Word(text.lower() if text in _OPERATORS else text, place.name, first, place.at)
