"""Parse what is typed in a field of numbers or dates: one of them, or a range.

A date is as fine as it is typed: ``2019-05`` is the month, from its first day to its last.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import NamedTuple

from index.normalise.dates import MONTHS, count_days, format_date, parse_date
from search.language.fields import FieldKind
from search.language.tree import Dates, Leaf, Range, Span

MAX_NUMBER = 10**9
"""The largest end of a range; larger numbers are lowered to it."""

_NUMBERS = re.compile(
    r"(?P<open>[\[{])\s*(?P<a>\d+|\*)?\s*TO\s*(?P<b>\d+|\*)?\s*(?P<close>[\]}])"
    r"|(?P<c>\d{1,9}|\*)?(?:\.\.|[-\u2013])(?P<d>\d{1,9}|\*)?"
    r"|(?P<sign>>=|<=|>|<|=)?(?P<n>\d{1,9})"
)
_DATED = re.compile(
    r"(?P<open>[\[{])\s*(?P<a>.*?)\s*TO\s*(?P<b>.*?)\s*(?P<close>[\]}])"
    r"|(?P<sign>>=|<=|>|<|=)\s*(?P<n>.+)"
    r"|(?P<c>.*?)\s*(?:\.\.+|[\u2013\u2014]|\bto\b)\s*(?P<d>.*)"
    r"|(?P<e>\d{4}(?:-\d{1,2}){0,2})[-/](?P<f>\d{4}(?:-\d{1,2}){0,2})"
    r"|(?P<g>\d{4}(?:-\d{1,2}){0,2})-"
    r"|(?P<m>.+)"
)
"""Any text matches; `_read_end` decides whether its parts are dates."""

_LONGEST = 100
"""Characters of a range of dates; longer texts are none."""

_NUMERIC = re.compile(
    r"(?P<year>\d{4})(?:(?P<sign>[-/.])(?P<month>\d{1,2})(?:(?P=sign)(?P<day>\d{1,2}))?)?(?:T\S*)?"
)
_FINER = re.compile(r"(?<!\d)\d{4}[-/.]\d\d?(?!\d)")
"""A month, typed where years are taken; ``2019-2022`` is a range."""

_COMPACT = re.compile(r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)(?:\d{4})?")
_YEARS = range(1, 9_999)
"""Years that a date may have, so that there is a year before and after it."""

Warn = Callable[[str], None]
"""A function that takes a notice about the text that is parsed."""


class Asked(NamedTuple):
    """What is typed in a field.

    Attributes:
        text: The text without white space around it.
        field: The name of the field.
        at: Its span in the query.
        warn: The function that takes notices.
    """

    text: str
    field: str
    at: Span
    warn: Warn


_Ends = tuple[int | None, int | None]


def parse_numbers(asked: Asked) -> Leaf | None:
    """Parse a number or a range of numbers.

    Returns:
        The range, None at an open end; None if the text is neither.
    """
    if asked.field == "year" and _FINER.search(asked.text):
        return _parse_years(asked)
    found = _NUMBERS.fullmatch(asked.text)
    if found is None or not any(c.isdigit() for c in asked.text):
        return None
    low, high = _parse_ends(found)
    if low is not None and high is not None and low > high:
        asked.warn(f"The range is reversed: searched for {high}..{low}")
        low, high = high, low
    first, last = _exclude_ends(found, low, high)
    if first is not None and last is not None and first > last:
        asked.warn("No number lies between the ends: both are included")
        first, last = low, high
    return Range(asked.field, first, last, asked.at)


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


def _parse_years(asked: Asked) -> Leaf | None:
    """Parse dates in the field of years, and search for their years."""
    problems: list[str] = []
    found = parse_dates(asked._replace(field="date", warn=problems.append))
    if not isinstance(found, Dates):
        return None
    low, high = found.low[:4], found.high[:4]
    years = low if low == high else f"{low}..{high}"
    asked.warn(
        [*problems, f'"year" takes years: searched for {years}; for months write {found}'][0]
    )
    return Range(asked.field, int(low) if low else None, int(high) if high else None, asked.at)


def parse_dates(asked: Asked) -> Leaf | None:
    """Parse a date or a range of dates.

    Returns:
        The dates, empty at an open end; None if the text is neither.
    """
    found = _DATED.fullmatch(asked.text) if len(asked.text) <= _LONGEST else None
    if found is None:
        return None
    single = found["n"] or found["m"]
    low = single or found["a"] or found["c"] or found["e"] or found["g"] or ""
    typed = (low, single or found["b"] or found["d"] or found["f"] or "")
    ends = [_read_end(text, asked.warn) for text in dict.fromkeys(typed)]
    if None in ends or not any(ends):
        return None
    low, high = ends[0] or "", ends[-1] or ""
    if low and high and (first_day(low) > last_day(high)):
        asked.warn(f"The range is reversed: searched for {high}..{low}")
        low, high = high, low
    first, last = _exclude_dates(found, low, high)
    if first and last and first_day(first) > last_day(last):
        asked.warn("No date lies between the ends: both are included")
        first, last = low, high
    return Dates(asked.field, first, last, asked.at)


def _exclude_dates(found: re.Match[str], low: str, high: str) -> tuple[str, str]:
    """Open the end that a sign leaves out, and exclude each end that is not included."""
    sign = found["sign"] or ""
    if sign in {">", "<"} or found["open"] == "{":
        low = _shift(low, 1) if sign != "<" else low
    if sign == "<" or found["close"] == "}":
        high = _shift(high, -1)
    return ("" if sign[:1] == "<" else low, "" if sign[:1] == ">" else high)


def _read_end(text: str, warn: Warn) -> str | None:
    """Read one end; empty if it is open, None if it is no date."""
    if text in ("", "*"):
        return ""
    found = _COMPACT.fullmatch(text) or _NUMERIC.fullmatch(text)
    if found is None:
        named = parse_date(text)  # May 2019
        return named if len(named) > len("2019") and int(named[:4]) in _YEARS else None
    year, month, day = (int(part or 0) for part in found.group("year", "month", "day"))
    if year not in _YEARS:
        return None
    known = format_date(year, month, day)
    if found["month"] and len(known) == len("2019"):
        warn(f"There is no month {month}: searched for {known}")
    elif found["day"] and len(known) == len("2019-05"):
        warn(f"There is no day {day} in {known}: searched for {known}")
    return known


def first_day(text: str) -> date:
    """Return the first day of a year, a month or a day."""
    year, month, day = _split(text)
    return date(year, month or 1, day or 1)


def last_day(text: str) -> date:
    """Return the last day of a year, a month or a day."""
    year, month, day = _split(text)
    month = month or len(MONTHS)
    return date(year, month, day or count_days(year, month))


def _shift(text: str, step: int) -> str:
    """Return the year, month or day before or after one; an open end stays open."""
    if not text:
        return text
    shifted = last_day(text) + timedelta(1) if step > 0 else first_day(text) - timedelta(1)
    return shifted.isoformat()[: len(text)]


def _split(text: str) -> tuple[int, int, int]:
    year, month, day = (*map(int, text.split("-")), 0, 0)[:3]
    return year, month, day


def parse_range(asked: Asked, kind: FieldKind) -> Leaf | None:
    """Parse the value of a field of `RANGES`; None, with a notice, for other texts."""
    parse, means = RANGES[kind]
    found = parse(asked)
    if found is None:
        asked.warn(f'"{asked.field}" takes {means}: searched as words')
    return found


RANGES: dict[FieldKind, tuple[Callable[[Asked], Leaf | None], str]] = {
    FieldKind.NUMBER: (parse_numbers, "a number or a range such as 2019..2022"),
    FieldKind.DATE: (parse_dates, "a date or a range such as 2019-05..2019-08"),
}
"""The parser of each kind of field that takes ranges, and what the field takes."""
