"""Test what ``*`` means in a quoted phrase."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.analyser import tokenise
from search.language.parser import parse
from search.language.phrases import PhraseWords, read_phrase

PHRASES = [
    ("two words", PhraseWords(("two", "words"))),
    ("sort * lists", PhraseWords(("sort", "", "lists"))),
    ("sort * * lists", PhraseWords(("sort", "", "", "lists"))),
    ("merge sort*", PhraseWords(("merge", "sort"), begun=1)),
    ("merg* sort", PhraseWords(("merg", "sort"), begun=0)),
    ("Merge-so*", PhraseWords(("merge", "so"), begun=1)),
    ("merg* sort*", PhraseWords(("merg", "sort"), begun=0, ignored=True)),
    ("* sort", PhraseWords(("sort",), ignored=True)),
    ("sort *", PhraseWords(("sort",), ignored=True)),
    ("*sort fast", PhraseWords(("sort", "fast"), ignored=True)),
    ("**sort** fast", PhraseWords(("sort", "fast"), ignored=True)),
    ("B* trees", PhraseWords(("b", "trees"))),
    ("W*-algebras", PhraseWords(("w", "algebras"))),
    ("*", PhraseWords((), ignored=True)),
    ("", PhraseWords(())),
]


@pytest.mark.parametrize(("text", "expected"), PHRASES)
def test_words_of_a_phrase(text: str, expected: PhraseWords) -> None:
    """A lone star is a gap, and a star after a word is its ending."""
    assert read_phrase(text) == expected


@pytest.mark.parametrize(
    ("typed", "notices"),
    [('"sort * lists"', 0), ('"merge so*"', 0), ('"B* trees"', 0), ('"* sort"', 1),
     ('"ab*c d"', 1)],
)  # fmt: skip
def test_a_star_without_meaning_is_reported(typed: str, notices: int) -> None:
    """A notice says what a star in quotes means if it means nothing where it is."""
    parsed = parse(typed)
    assert str(parsed.query) == typed
    assert [notice.at for notice in parsed.notices] == [(0, len(typed))] * notices


@given(st.text("ab* -", max_size=20))
def test_no_word_is_lost(text: str) -> None:
    """Whatever stars a phrase has, its words are those of the text."""
    words = read_phrase(text)
    assert [token for token in words.tokens if token] == tokenise(text.replace("*", " "))
    assert words.tokens[:1] != ("",)
    assert words.tokens[-1:] != ("",)
