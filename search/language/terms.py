"""Turn one token of a query into leaves of the tree, depending on its field.

A chunk of letters may be one word or several, a wildcard pattern, a fuzzy word or a number. The
syntax of other query languages is reported.
"""

import re
from typing import NamedTuple

from index.normalise.identifier_search import ADDRESS, identify, match_identifier
from index.text.scripts import MARKS, SIGNS, UNSPACED
from search.language.fields import FieldKind, SearchField
from search.language.foreign_words import report_foreign_words
from search.language.formulas import has_power
from search.language.lexer import STRAY_CARET, Report, Token, TokenKind, read_identifier
from search.language.phrases import read_phrase
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
"""The largest end of a range; larger numbers are lowered to it."""

SHORTEST_FUZZY = 3
"""Letters of a fuzzy word. Most words that are shorter are within one edit of each other."""

STRAY_STAR = (
    'In quotes, "*" between words is any word, and at the end of one word it is any ending: '
    "other signs are ignored"
)
"""The notice about a ``*`` in a phrase that has no meaning in its place."""

_NUMBERS = re.compile(
    r"(?P<open>[\[{])\s*(?P<a>\d+|\*)?\s*TO\s*(?P<b>\d+|\*)?\s*(?P<close>[\]}])"
    r"|(?P<c>\d{1,9})?(?:\.\.|[-–])(?P<d>\d{1,9})?"
    r"|(?P<sign>>=|<=|>|<|=)?(?P<n>\d{1,9})"
)
_MONTH = re.compile(r"(\d{4})-\d\d(?:-\d\d)?")
_FUZZY = re.compile(r"(?P<word>[^~]+)~(?P<distance>[1-9]?)$")
_PLAIN = r"[^\s\"():^~*?\[\]{}<>=]"
_INNER = r"[^\s\"():~*?\[\]{}<>=]"
_PIECE = re.compile(rf"{_PLAIN}+(?:\((?:{_INNER}|\({_INNER}*\))*\))?")
"""A word, with the brackets that belong to it."""

_ADDRESS_PIECE = re.compile(r"[^\s\"():^~*?\[\]{}<>=&#%;,|]+")
_PATTERN = re.compile(rf"[\w{MARKS}{SIGNS}*?]+")
_NO_PATTERN = re.compile(r"[\[\]{}+#\\|$%@<>=]")
_APOSTROPHE = re.compile("['`’‘‛ʻʼʽʾʿʹ´′]")
_UNSPACED = re.compile(f"[{UNSPACED}]")
_OPERATOR = re.compile(r"(?:AND|OR|NOT)(?=\(|$)")
_EDGE = ".,;!/&'’\\|-“”„«»"


class _Place(NamedTuple):
    """The place of a token.

    Attributes:
        field: The field it is searched in, or None for any field.
        at: Its span in the query.
        report: The function that takes notices.
    """

    field: SearchField | None
    at: Span
    report: Report

    @property
    def name(self) -> str:
        return self.field.name if self.field else ""

    @property
    def takes_name(self) -> bool:
        return self.field is not None and self.field.kind is FieldKind.NAME

    def warn(self, message: str) -> None:
        self.report(message, self.at)


def parse_leaves(token: Token, field: SearchField | None, report: Report) -> list[Leaf]:
    """Parse a CHUNK, PHRASE, RANGE or IDENTIFIER token.

    Args:
        token: The token.
        field: The field it is searched in, or None for any field.
        report: Called with each notice about what does not fit the field.

    Returns:
        The leaves, all of which must match; empty if there is nothing to search for.
    """
    place = _Place(field, token.at, report)
    if token.kind is TokenKind.IDENTIFIER and token.field is not None:
        return [Value(token.field.name, token.text, token.at)]
    if field is not None and field.kind is FieldKind.NUMBER:
        return _parse_number(token.text.strip(), place)
    if token.kind is TokenKind.PHRASE:
        return _parse_phrase(token, place)
    if field is not None and field.kind is FieldKind.VALUE:
        return _parse_value(token, place)
    report_foreign_words(token, field, report)
    ranged = token.kind is TokenKind.RANGE  # its TO is no acronym
    return _parse_words(token.text.lower() if ranged else token.text, place)


def _parse_value(token: Token, place: _Place) -> list[Leaf]:
    text = token.text.strip()
    if "*" in text:
        place.warn(f'"{place.name}" takes a whole value: "*" is matched literally')
    return [Value(place.name, text, place.at)] if _has_word(text) else []


def _parse_number(text: str, place: _Place) -> list[Leaf]:
    if place.name == "year" and (dated := _MONTH.fullmatch(text)):
        year = int(dated[1])
        place.warn(f"Papers have a year, not a month: searched for {year}")
        return [Range(place.name, year, year, place.at)]
    found = _NUMBERS.fullmatch(text)
    if found is None or not any(c.isdigit() or c == "*" for c in text):
        place.warn(
            f'"{place.name}" takes a number or a range such as 2019..2022: searched as words'
        )
        return _parse_words(text, place._replace(field=None))
    low, high = _parse_ends(found)
    if low is not None and high is not None and low > high:
        place.warn(f"The range is reversed: searched for {high}..{low}")
        low, high = high, low
    first, last = _exclude_ends(found, low, high)
    if first is not None and last is not None and first > last:
        place.warn("No number lies between the ends: both are included")
        first, last = low, high
    return [Range(place.name, first, last, place.at)]


_Ends = tuple[int | None, int | None]


def _parse_ends(found: re.Match[str]) -> _Ends:
    if found["n"] is None:
        low, high = found["a"] or found["c"], found["b"] or found["d"]
        return _parse_end(low), _parse_end(high)
    number = int(found["n"])
    ends: dict[str | None, _Ends] = {
        ">": (number + 1, None),
        ">=": (number, None),
        "<": (None, number - 1),
        "<=": (None, number),
    }
    return ends.get(found["sign"], (number, number))


def _exclude_ends(found: re.Match[str], low: int | None, high: int | None) -> _Ends:
    """Exclude each end that has a curly bracket."""
    return (
        low + 1 if low is not None and found["open"] == "{" else low,
        high - 1 if high is not None and found["close"] == "}" else high,
    )


def _parse_end(text: str | None) -> int | None:
    return None if text in (None, "*") else min(int(text[:10]), MAX_NUMBER)


def _parse_phrase(token: Token, place: _Place) -> list[Leaf]:
    text = " ".join(token.text.split())
    if not _has_word(text):
        place.warn("No word between the quotation marks: ignored")
        return []
    if place.field is not None and place.field.kind is FieldKind.VALUE:
        return [Value(place.name, text, place.at)]
    if token.first and not place.takes_name:
        place.warn(STRAY_CARET)
    if "*" in text and not place.takes_name and read_phrase(text).ignored:
        place.warn(STRAY_STAR)
    return [Phrase(text, place.name, token.slop, token.first and place.takes_name, place.at)]


def _parse_words(text: str, place: _Place) -> list[Leaf]:
    if text.strip("*:") == "" and "*" in text:
        return [Everything()]
    if has_power(text):
        whole = _make_word(text.lstrip("^-+").rstrip(_EDGE), place, first=False)
        return [whole] if whole else []
    fuzzy = _FUZZY.match(text)
    patterned = "*" in text or "?" in text.strip("?")
    first = text.startswith("^")
    if first and (fuzzy or patterned or not place.takes_name):
        place.warn(STRAY_CARET)
        first = False
    piece = _PIECE.search(fuzzy["word"]) if fuzzy else None
    if fuzzy and piece and (word := piece[0].strip(_EDGE + "+")):
        return _parse_fuzzy(word, int(fuzzy["distance"] or 1), place)
    if "~" in text:
        place.warn(
            '"~" ignored: it follows a word (word~) or, with a number, a phrase ("two words"~2)'
        )
    if patterned:
        return _parse_patterns(text, place)
    return [
        leaf for piece in _PIECE.findall(text) if (leaf := _parse_word(piece, place, first=first))
    ]


def split_address(address: str) -> list[Leaf]:
    """Split a web address into the words that are searched if no paper has it.

    The words have no span, since no part of an address is a misspelt word.
    """
    place = re.sub(r"(?:https?:/+)?(?:www\.)?", "", address, count=1, flags=re.IGNORECASE)
    words = (piece.strip(_EDGE + "+") for piece in _ADDRESS_PIECE.findall(place))
    return [Word(word) for word in words if _has_word(word)]


def _parse_fuzzy(word: str, distance: int, place: _Place) -> list[Leaf]:
    if not _has_word(word):
        return []
    if len(word) < SHORTEST_FUZZY or any(c.isdecimal() for c in word) or _UNSPACED.search(word):
        place.warn(
            f'"{word}" is searched as typed: numbers and short words have no spelling variants'
        )
        leaf = _parse_word(word, place, first=False)
        return [leaf] if leaf else []
    if distance > 2:  # noqa: PLR2004 - the most that engines support
        place.warn("At most 2 edits are possible: searched as ~2")
    return [Fuzzy(word, min(distance, 2), place.name, place.at)]


def _parse_patterns(text: str, place: _Place) -> list[Leaf]:
    """Parse a chunk with ``*`` or ``?``; other characters between letters separate words."""
    if _NO_PATTERN.search(text):
        place.warn("Only letters, digits, * and ? form a pattern: other characters separate words")
    found: list[Leaf | None] = []
    for part in _PATTERN.findall(_APOSTROPHE.sub("", text)):
        if ("*" in part or "?" in part.strip("?")) and _UNSPACED.search(part):
            place.warn(
                "Words of scripts without spaces are found by any part: * and ? are not needed"
            )
            found += [_parse_word(piece, place, first=False) for piece in re.split(r"[*?]+", part)]
        else:
            found.append(_parse_pattern(part, place))
    return [leaf for leaf in found if leaf]


def _parse_pattern(part: str, place: _Place) -> Leaf | None:
    kept = re.sub(r"\*+", "*", part) if "*" in part else part.strip("?")
    if ("*" in kept or "?" in kept) and _has_word(kept):
        return Wildcard(kept, place.name, place.at)
    return _parse_word(kept, place, first=False)


def _parse_word(piece: str, place: _Place, *, first: bool) -> Leaf | None:
    return _make_word(piece.lstrip(_EDGE + "+").rstrip(_EDGE), place, first=first)


def _make_word(text: str, place: _Place, *, first: bool) -> Leaf | None:
    if not _has_word(text):
        return None
    # Without the signs before it, an identifier or an operator would be read as such.
    found = identify(text) or match_identifier(text, 0)
    if found and not (place.name and found.scheme == ADDRESS):
        known, value = read_identifier(found)
        return Value(known.name, value, place.at)
    return Word(_lower_operator(text), place.name, first, place.at)


def _lower_operator(text: str) -> str:
    """Write an operator at the beginning of a word in lower case."""
    found = _OPERATOR.match(text)
    return text[: found.end()].lower() + text[found.end() :] if found else text


def _has_word(text: str) -> bool:
    return any(character.isalnum() for character in text)
