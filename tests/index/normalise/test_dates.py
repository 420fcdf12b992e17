"""Test which day a date of a dump starts with."""

import pytest

from index.normalise.dates import parse_day


@pytest.mark.parametrize(("written", "expected"), [
    ("2026-05-27", "2026-05-27"), ("2026-05-27T10:00:00Z", "2026-05-27"),
    (" 2024/5/3 12:00", "2024-05-03"), ("2024-02-29", "2024-02-29"), ("2023-02-29", ""),
    ("2026-05-271", ""), ("2026-05", ""), ("27 May 2026", ""), ("", ""), (None, ""),
    ("2026-05-27" + "x" * 10_000, "2026-05-27"),
])  # fmt: skip
def test_day(written: str | None, expected: str) -> None:
    """A day that does not exist, or that follows other text, is not found."""
    assert parse_day(written) == expected
