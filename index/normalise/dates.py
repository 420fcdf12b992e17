"""Find the day at the start of a date that a dump writes."""

import re
from datetime import date
from functools import lru_cache

_CACHED = 1 << 14
"""Dates whose day is remembered; those of a dump fall on some thousand days."""

_LONGEST = 64
"""Characters that are read; longer texts would fill the cache."""

_DAY = re.compile(r"\s*(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?!\d)")


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
