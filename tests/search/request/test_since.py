"""Check the parameter `since`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.normalise.arrival import bound_seconds
from search.errors import ParameterInvalid
from search.planning.plan import Numbers
from search.request.since import format_since, parse_since, select_since

DAY = 1_793_491_200
"""The first second of 2026-11-01 in UTC."""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", None),
        ("2026-11-01", DAY),
        ("20261101T000000123456Z-1f2e3d4c", DAY + 1),
        ("20261101T000000", DAY + 1),
        ("2026-11-01T00:00:00Z", DAY + 1),
    ],
)
def test_days_and_generations_are_read(text: str, expected: int | None) -> None:
    """A day counts from its beginning, a generation from the second after it."""
    assert parse_since(text) == expected
    low, _ = bound_seconds(expected, None)
    assert select_since(text) == (None if expected is None else Numbers("added", low, None))


@pytest.mark.parametrize(
    "text", ["2026", "2026-02-30", "20261101T990000Z", "yesterday", "２０２６-11-01", "2026-11-01 "]
)
def test_other_texts_are_refused(text: str) -> None:
    """The message says what the parameter takes."""
    with pytest.raises(ParameterInvalid, match="a day such as 2026-11-28"):
        parse_since(text)


@given(st.text(max_size=30))
def test_no_text_raises_anything_else(text: str) -> None:
    """Any text is a time or refused."""
    try:
        found = parse_since(text)
    except ParameterInvalid:
        found = -1
    assert found is None or isinstance(found, int)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-01", "2026-11-01"),
        ("20261101T101500123456Z-1f2e3d4c", "2026-11-01 10:15"),
        ("2026-11-01T10:15:00Z", "2026-11-01 10:15"),
    ],
)
def test_values_are_shown_as_days_and_times(text: str, expected: str) -> None:
    """People read a day, and a time where there is one."""
    assert format_since(text) == expected
