"""Check what is kept of a rejected record."""

import pytest

from index.scanners.excerpts import EXCERPT, decode_excerpt, make_excerpt

RECORDS = [
    ("  @misc{k, title = {Open", "@misc{k, title = {Open"),
    ('{"id": 1, "gender": "F"}', '{"id": 1, '),
    ('{"id": 1, "home_page": "x"}', '{"id": 1, '),
    ("NL  - Some J\n\n2.\n\n", "NL  - Some J\n\n2."),
    ("PT J\nTI On sleep\nEM ann.lee@x.org\n", "PT J\nTI On sleep"),
    ("by Ann <ann.lee@example.org>", "by Ann <"),
    ("x" * 2 * EXCERPT, "x" * EXCERPT),
    ("", ""),
]


@pytest.mark.parametrize(("record", "excerpt"), RECORDS)
def test_excerpts(record: str, excerpt: str) -> None:
    """An excerpt is short and ends before the first personal thing."""
    assert make_excerpt(record) == excerpt


def test_an_excerpt_of_bytes_has_as_many_characters() -> None:
    """Characters of several bytes count as one, and invalid bytes are replaced."""
    assert decode_excerpt("é".encode() * 2 * EXCERPT) == "é" * EXCERPT
    assert decode_excerpt("ä".encode("latin-1"), "latin-1") == "ä"
    assert decode_excerpt(b"a\xff") == "a\ufffd"
