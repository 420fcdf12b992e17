"""Check that words which mean the same share a stem."""

import pytest
import Stemmer
from hypothesis import given
from hypothesis import strategies as st

from index.text.analyser import tokenise
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


@given(st.text("aeioursbcl'1éß", max_size=12))
def test_any_token_has_a_stem(token: str) -> None:
    """A word without a rule has Snowball's stem, and no token loses its whole stem."""
    for word in tokenise(token):
        assert stem(word)
    assert stem("zzz") == "zzz"


def test_plain_words_keep_their_stems() -> None:
    """The rules leave ordinary words alone."""
    plain = "network together four hour precise otherwise supervision source tree address species"
    snowball = Stemmer.Stemmer("english", 0)
    assert stem_all(plain.split()) == [snowball.stemWord(word) for word in plain.split()]
