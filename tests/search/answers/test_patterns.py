"""Test the patterns of words and phrases that are marked."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text import word_forms
from index.text.folding import fold
from index.text.stems import stem
from search.answers.patterns import (
    NEVER,
    compile_exact,
    match_beginnings,
    match_phrase,
    match_wildcard,
)
from search.language.phrases import read_phrase

TEXT = "neural nets, c++ and o'clock; estrogen, sceptic f#"


def find_begun(stems: list[str], text: str) -> set[str]:
    """Return the words of a text that begin like one of some stems."""
    return {word for one in match_beginnings(stems) for word in one.findall(text)}


@pytest.mark.parametrize(
    ("stems", "words"),
    [
        (["neural"], {"neural", "nets"}),
        (["c++"], {"c++", "clock"}),
        (["estrogen"], {"and", "o", "estrogen"}),
        (["ion"], {"estrogen"}),
        (["photon"], set()),
        (["x", "nest"], {"neural", "nets"}),
        ([], set()),
    ],
)
def test_beginnings(stems: list[str], words: set[str]) -> None:
    """Whole words are found by their first letter, or by one that may stand for it."""
    assert find_begun(stems, TEXT) == words


@pytest.mark.parametrize(
    "word",
    "aesthetics aetiology caecum coeliac enquiry faecal foetal geese grey haemoglobin kerbs knives "
    "mice oedema oesophagus oestrogen oxen paediatric sceptic sulphur tyres".split(),
)
def test_a_word_is_found_by_its_stem(word: str) -> None:
    """A word whose stem begins with another letter is found too."""
    assert find_begun([stem(word)], f"1 {word}") == {word}


def test_listed_forms_are_found_by_their_stems() -> None:
    """So is every irregular form of a word."""
    forms = [*word_forms._WORDS, *word_forms._ENDINGS]  # noqa: SLF001 - the tables themselves
    assert [form for form in forms if find_begun([stem(form)], form) != {form}] == []


@given(st.text(), st.characters())
def test_any_letter_is_plain_in_a_pattern(text: str, letter: str) -> None:
    """Signs have no meaning in the pattern of a first letter, and no word is found within one."""
    begun = find_begun([letter], fold(text))
    assert all(re.search(rf"(?<![^\W_]){re.escape(word)}", fold(text)) for word in begun)


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        (match_phrase(read_phrase("neural nets")), ["neural nets"]),
        (match_phrase(read_phrase("neural * c++")), ["neural nets, c++"]),
        (match_phrase(read_phrase("neural ne*")), ["neural nets"]),
        (match_phrase(read_phrase("c")), []),
        (match_wildcard("ne*"), ["neural", "nets"]),
        (match_wildcard("ne?s"), ["nets"]),
    ],
)
def test_exact_patterns(pattern: str, found: list[str]) -> None:
    """A phrase is found as written, with any word for a star and any ending for a begun word."""
    assert compile_exact([pattern]).findall(TEXT) == found


def test_no_pattern_matches_nothing() -> None:
    """Without phrases there is nothing to find."""
    assert compile_exact(["", ""]) is NEVER
    assert NEVER.search(TEXT) is None
