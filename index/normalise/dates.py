"""Read the dates that dumps write, and keep of them what they say: a year, a month or a day.

A date is kept as ISO text, ``2019``, ``2019-05`` or ``2019-05-03``. Nothing is added to it: a month
has no day, and a season is only a year. A span (``Jul-Aug``, ``3-9 May``) is the date on which it
begins, as the span of two years is the first of them.
"""

import re
from calendar import monthrange
from datetime import date
from functools import lru_cache

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""The beginnings of the English names of months, by which dumps name them."""

_CACHED = 1 << 14
"""Dates that are remembered; those of a dump fall on some thousand days."""

_LONGEST = 64
"""Characters that are read; longer texts would fill the cache."""

_DAY = re.compile(r"\s*(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"\s*(\d{4})[-/.](\d{1,2})(?!\d)(?:[-/.](\d{1,2})(?!\d))?")
_MONTH_AND_YEAR = re.compile(r"\s*(\d{1,2})/(\d{4})\s*")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_PAPER_YEAR = re.compile(r"(?<!\d)(?:1[4-9]\d\d|20\d\d|2100)(?!\d)")
_NAMED = re.compile(
    r"(?:(?<!\d)(?P<before>\d{1,2})(?:st|nd|rd|th)?(?:\s*[-/\u2013]+\s*\d{1,2}(?:st|nd|rd|th)?)?"
    r"[.,\s~-]+(?:of\s+)?)?(?<![^\W\d_])"
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![^\W\d_])"
    r"(?:[.,\s~-]+(?P<after>\d{1,2})(?:st|nd|rd|th)?(?![\d:]))?",
    re.IGNORECASE,
)
"""The English name of a month, with a day before or after it: ``3-9 May``, ``May 3rd``."""


def parse_day(text: str | None) -> str:
    """Return the day that a date starts with.

    Args:
        text: ``2026-05-27``, ``2026-05-27T10:00:00Z``, ``2024/5/3 12:00``, or None.

    Returns:
        ``2026-05-27``; empty if the text starts with no day that exists.
    """
    return _parse_day(text[:_LONGEST]) if text else ""


@lru_cache(_CACHED)
def _parse_day(text: str) -> str:
    found = _DAY.match(text)
    if not found:
        return ""
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return ""


def parse_date(text: str) -> str:
    """Return a date as ISO text, as finely as it is written.

    Args:
        text: ``2019-05-03T10:00``, ``2019/05//``, ``2 Apr 2007``, ``1998 Dec-1999 Jan``,
            ``05/2019``. Of ``01/02/2019`` only the year is read, since day and month may be
            swapped.

    Returns:
        ``2019``, ``2019-05`` or ``2019-05-03``. A day or month that does not exist is left out.
        Empty if there is no year.
    """
    return _parse_date(text[:_LONGEST])


@lru_cache(_CACHED)
def _parse_date(text: str) -> str:
    if found := _NUMERIC.match(text):
        return format_date(int(found[1]), int(found[2]), int(found[3] or 0))
    if found := _MONTH_AND_YEAR.fullmatch(text):
        return format_date(int(found[2]), int(found[1]))
    year = _YEAR.search(text)
    if not year:
        return ""
    named = _NAMED.search(text)
    if not named:
        return year[0]
    month = MONTHS.index(named["month"][:3].lower()) + 1
    return format_date(int(year[0]), month, int(named["before"] or named["after"] or 0))


def format_date(year: int, month: int = 0, day: int = 0) -> str:
    """Write a date as ISO text, without a month or day that is 0 or does not exist."""
    if not 1 <= month <= len(MONTHS):
        return f"{year:04}"
    if not 1 <= day <= count_days(year, month):
        return f"{year:04}-{month:02}"
    return f"{year:04}-{month:02}-{day:02}"


def count_days(year: int, month: int) -> int:
    """Return the number of days of a month."""
    return monthrange(year or 4, month)[1]  # the year 0 is a leap year, but the calendar lacks it


def join_date(year: object, month: object = "", day: object = "") -> str:
    """Join the parts of a date for `parse_date`.

    Args:
        year: A number or text; None and an empty text are unknown, as in the other parts.
        month: A number, a name, or a span: ``5``, ``May``, ``Jul-Aug``.
        day: A number or text.
    """
    between = "-" if str(month or "").strip().isdecimal() else " "
    return between.join(str(part).strip() for part in (year, month, day) if part)


def find_year(*texts: str) -> str:
    """Return the year of the first date that has one which a paper can have, else an empty text."""
    found = (_PAPER_YEAR.search(text) for text in texts if text)
    return next((year[0] for year in found if year), "")


def parse_year(stated: str | int | None) -> int | None:
    """Return the first year in a number or text that a paper can have, or None."""
    year = find_year(str(stated or "")[:_LONGEST])
    return int(year) if year else None


def find_first_date(year: int | None, *texts: str | None) -> str:
    """Return the first date in a year that is finer than a year.

    A source may state the day of an online publication beside the month of a printed one, or dates
    of another year. Of a month and a day in it, the day says more.

    Args:
        year: The year of first publication, or None.
        texts: Dates as a dump writes them; some may be None or empty.

    Returns:
        ``2019-05`` or ``2019-05-03``; empty if no date in the year is finer.
    """
    if year is None:
        return ""
    within = f"{year:04}-"
    dates = [found for text in texts if text and (found := parse_date(text)).startswith(within)]
    return min(dates, key=lambda found: f"{found}-99", default="")


def drop_placeholder(day: str) -> str:
    """Return a day without what a source that knows only days fills in.

    OpenAlex and OpenReview write January 1 where they know only the year, and OpenAlex the first of
    the month where it knows only the month. A paper that did appear on such a day loses it.

    Args:
        day: ``2019-01-01`` becomes ``2019``, ``2019-05-01`` becomes ``2019-05``.
    """
    whole = len(day) == len("2019-05-03") and day.endswith("-01")
    return day.removesuffix("-01").removesuffix("-01") if whole else day


def encode_date(text: str) -> int:
    """Return a date as a number that sorts by time: 20190503; 20190500 for a month.

    A month comes before its days, and a year, 20190000, before its months.
    """
    return int(text.replace("-", "").ljust(8, "0"))


def decode_date(number: int) -> str:
    """Return the date that a number of `encode_date` stands for; 20190599 ends the month."""
    return format_date(number // 10_000, number // 100 % 100, number % 100)
