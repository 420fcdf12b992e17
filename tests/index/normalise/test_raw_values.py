"""Test the small values that several dumps write alike."""

import pytest

from index.normalise.raw_values import drop_empty, last_segment


def test_empty_values_are_dropped() -> None:
    """What a dump leaves empty is not stored."""
    assert drop_empty({"doi": "10.1/x", "pmid": ""}) == {"doi": "10.1/x"}


@pytest.mark.parametrize(("address", "expected"), [
    ("https://openalex.org/W1", "W1"), ("https://openalex.org/W1/", "W1"), ("W1", "W1"), (12, "12"),
    ("", ""), (None, ""),
])  # fmt: skip
def test_last_segment(address: str | int | None, expected: str) -> None:
    """OpenAlex writes its identifiers as addresses or bare."""
    assert last_segment(address) == expected
