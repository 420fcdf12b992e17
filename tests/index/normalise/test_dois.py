"""Test what is cut off a DOI and what belongs to it."""

import pytest

from index.normalise.dois import decode, extract_doi

DOIS = [
    ("10.1000/AbC", "10.1000/AbC"),
    ("10.1000/a&b?c#d", "10.1000/a&b?c#d"),
    ("https://doi.org/10.1000/a?b#c", "10.1000/a"),
    ("https://doi.org/10.1000/a/full", "10.1000/a/full"),
    ("https://x.org/10.1000/a/full", "10.1000/a"),
    ("https://x.org/10.1101/2020.1v3", "10.1101/2020.1"),
    ("https://x.org/10.6084/m9.figshare.1.v3", "10.6084/m9.figshare.1.v3"),
    ("(10.1000/a(b))", "10.1000/a(b)"),
    ("[10.1000/a]", "10.1000/a"),
    ("10.1000/a,10.1000/b", "10.1000/a,10.1000/b"),
    ("110.1000/a", ""),
]


@pytest.mark.parametrize(("text", "expected"), DOIS)
def test_extract(text: str, expected: str) -> None:
    """Queries and endings belong to addresses; in a bare DOI every sign may be its own."""
    assert extract_doi(text) == expected


def test_decoding_stops_where_nothing_changes() -> None:
    """Texts are decoded until they stay as they are, and a lone sign is left alone."""
    assert decode("a%252Fb &amp;lt; 100 %") == "a/b < 100 %"
