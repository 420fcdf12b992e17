"""Check that words which mean the same share a stem."""

import pytest

from index.text.stems import stem, stem_all

STEMS = [
    ("learning", "learn"),
    ("networks", "network"),
    ("rankings", "rank"),
    ("a", "a"),
    ("gpt4", "gpt4"),
    ("0704.0001s", "0704.0001s"),
    ("c++", "c++"),
    ("2019", "2019"),
    ("7s", "7s"),
    ("深", "深"),
]


@pytest.mark.parametrize(("token", "expected"), STEMS)
def test_stem(token: str, expected: str) -> None:
    """Words are stemmed; a token with a digit or symbol is not."""
    assert stem(token) == expected
    assert stem_all([token, token]) == [expected, expected]
