"""Plan which papers a range of dates matches: those whose date certainly lies in it.

A paper that is known to the year lies somewhere in its year, so only a range with the whole year
matches it; likewise one that is known to the month. A query for May would otherwise be swamped by
every paper of the year of which no month is known.
"""

from datetime import timedelta

from index.normalise.arrival import bound_seconds, start_of_day
from index.normalise.dates import count_days, encode_date
from search.language.ranges import first_day, last_day
from search.planning.plan import Node, Numbers, any_of

_FIRST_MONTH, _LAST_MONTH = 100, 1299
"""The first and last month of a year in the numbers of `index.normalise.dates.encode_date`, with
all their days."""


def match_dates(low: str, high: str) -> Node:
    """Return a node that matches the papers whose date certainly lies in a range.

    Args:
        low: A year, month or day as ISO text; empty if the range is open.
        high: The same for its end, which is not before `low`.
    """
    first, last = _widen(low, "-01", "-01"), _widen(high, "-12", _name_last_day(high))
    first_year = int(first[:4]) if first else None
    last_year = int(last[:4]) if last else None
    parts: list[Node] = []
    # Years of which only a part lies in the range, at either end.
    if first_year is not None and first_year == last_year and len(first + last) > len("20192019"):
        return any_of(_match_part(first_year, first, last))
    if first_year is not None and len(first) > len("2019"):
        parts += _match_part(first_year, first, "")
        first_year += 1
    if last_year is not None and len(last) > len("2019"):
        parts += _match_part(last_year, "", last)
        last_year -= 1
    if first_year is None or last_year is None or first_year <= last_year:
        parts.append(Numbers("year", first_year, last_year))
    return any_of(parts)


def match_arrivals(low: str, high: str) -> Node:
    """Return a node that matches the papers that the index first had in a range of dates.

    Args:
        low: A year, month or day as ISO text; empty if the range is open.
        high: The same for its end.
    """
    first = start_of_day(first_day(low)) if low else None
    last = start_of_day(last_day(high) + timedelta(1)) - 1 if high else None
    return Numbers("added", *bound_seconds(first, last))


def _name_last_day(text: str) -> str:
    """Return how a day ends that is the last of its month: ``-31``."""
    year, _, month = text[:7].partition("-")
    return f"-{count_days(int(year), int(month))}" if month else ""


def _widen(text: str, month: str, day: str) -> str:
    """Shorten a date at the edge of a month or year to the month or year.

    Args:
        text: ``2019-05-01``, which begins its month, is ``2019-05``; ``2019-01`` is ``2019``.
        month: How the month at the edge is written.
        day: How the day at the edge is written.
    """
    if len(text) > len("2019-05"):
        text = text.removesuffix(day)
    return text.removesuffix(month) if len(text) == len("2019-05") else text


def _match_part(year: int, first: str, last: str) -> list[Node]:
    """Match the months and days of a year from one to another; empty is its edge."""
    low = encode_date(first) if len(first) > len("2019") else year * 10_000 + _FIRST_MONTH
    if len(last) <= len("2019"):
        return [Numbers("date", low, year * 10_000 + _LAST_MONTH)]
    end = encode_date(last)
    if len(last) == len("2019-05"):
        return [Numbers("date", low, end + 99)]  # the month and its days
    month = end - end % 100  # of which not all days lie in the range
    if low > month:
        return [Numbers("date", low, end)]
    before = [Numbers("date", low, month - 1)] if low < month else []
    return [*before, Numbers("date", month + 1, end)]
