"""Parse the parameter ``since``, which selects the papers that the index first had after a time."""

import re
from datetime import UTC, date, datetime

from index.normalise.arrival import bound_seconds, start_of_day
from search.errors import ParameterInvalid
from search.planning.plan import Node, Numbers

TAKES = "a day such as 2026-11-28 or the name of a generation"
"""What the parameter takes, for messages."""

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(
    r"([0-9]{4})-?([0-9]{2})-?([0-9]{2})T([0-9]{2}):?([0-9]{2}):?([0-9]{2})"
    r"[0-9]{0,6}Z?(?:-[0-9a-f]{0,8})?"
)
"""A time in UTC, or the name of a generation, which begins with one."""


def parse_since(text: str) -> int | None:
    """Return the first second that a value selects; None if it is empty.

    Args:
        text: A day, which counts from its beginning in UTC; or the name of a generation or the time
            at which one was made, which count from the second after it.

    Raises:
        ParameterInvalid: The text is neither.
    """
    if not text:
        return None
    found = _MOMENT.fullmatch(text)
    try:
        if found:
            return int(datetime(*map(int, found.groups()), tzinfo=UTC).timestamp()) + 1  # type: ignore[arg-type, misc]
        if _DAY.fullmatch(text):
            return start_of_day(date.fromisoformat(text))
    except ValueError:
        pass  # such as February 30
    raise ParameterInvalid("since", text, TAKES)


def select_since(text: str) -> Node | None:
    """Return a node that matches the papers of a value; None if it is empty."""
    first = parse_since(text)
    return None if first is None else Numbers("added", *bound_seconds(first, None))


def format_since(text: str) -> str:
    """Return a value for people: ``2026-11-28``, or with its time in UTC, ``2026-11-28 10:15``."""
    found = _MOMENT.fullmatch(text)
    if found is None:
        return text
    year, month, day, hour, minute, _ = found.groups()
    return f"{year}-{month}-{day} {hour}:{minute}"
