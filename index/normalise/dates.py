"""Answers: which day does a date of a dump name, written ``YYYY-MM-DD``?"""

import re
from datetime import date
from functools import lru_cache

_CACHED = 1 << 14
"""Dates kept read: a dump has them of some thousand days."""

_LONGEST = 64
"""Characters that are looked at."""

_DAY = re.compile(r"\s*(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")


def day_in(text: str | None) -> str:
    """Give the day that a date begins with.

    Args:
        text: ``2026-05-27``, ``2026-05-27T10:00:00Z``, ``2024/5/3 12:00``, or None.

    Returns:
        ``2026-05-27``; empty where there is no such day.
    """
    return _day(text[:_LONGEST]) if text else ""


@lru_cache(_CACHED)
def _day(text: str) -> str:
    found = _DAY.match(text)
    if not found:
        return ""
    try:
        return date(int(found[1]), int(found[2]), int(found[3])).isoformat()
    except ValueError:
        return ""
