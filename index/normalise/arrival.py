"""Encode when the index first had a paper as one number, by which papers are sorted and selected.

The second comes first, then the date of the paper: papers that one build brought are sorted by
their own dates. The numbers fit 64 bits until the year 4,800.
"""

from datetime import UTC, date, datetime

_STEP = 10**8
"""More than every number of `index.normalise.dates.encode_date`."""


def encode_arrival(second: int, published: int | None) -> int:
    """Return the number of a paper.

    Args:
        second: When the index first had it, in seconds since 1970.
        published: The number of its own date, or None.
    """
    return second * _STEP + (published or 0)


def bound_seconds(low: int | None, high: int | None) -> tuple[int | None, int | None]:
    """Return the least and the greatest number of a range of seconds, ends included.

    Args:
        low: The first second, or None.
        high: The last second, or None.
    """
    return (
        None if low is None else low * _STEP,
        None if high is None else (high + 1) * _STEP - 1,
    )


def start_of_day(day: date) -> int:
    """Return the first second of a day, in UTC."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
