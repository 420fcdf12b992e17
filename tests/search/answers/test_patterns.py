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
    find_stems,
    list_first_letters,
    match_phrase,
    match_wildcard,
)
from search.language.phrases import read_phrase

TEXT = "neural nets, c++ and o'clock; estrogen, sceptic f#"


def find_begun(stems: list[str], text: str) -> set[str]:
    """Return the words of a text that have one of some stems."""
    found = find_stems(text, stems, list_first_letters(stems))
    return {text[start:end] for start, end, _ in found}


@pytest.mark.parametrize(
    ("stems", "words"),
    [
        (["neural"], {"neural"}),
        (["c++"], {"c++"}),
        (["c", "f"], set()),
        (["f#", "net"], {"f#", "nets"}),
        (["estrogen", "o"], {"o", "estrogen"}),
        (["photon"], set()),
        ([], set()),
    ],
)
def test_stems(stems: list[str], words: set[str]) -> None:
    """Whole words are found by their stems."""
    assert find_begun(stems, TEXT) == words


@given(st.lists(st.sampled_from([*"ab1+#_'-\n \u2014", "c++", "nets ", "net", "ж", "\ud800"])))
def test_words_are_runs_of_letters_and_digits(parts: list[str]) -> None:
    """Words without signs are found where a run of letters and digits is one of them."""
    text, stems = "".join(parts), ["net", "a", "1"]
    runs = re.finditer(r"[^\W_](?:(?:\+\+|\#)(?![^\W_])|[^\W_]*)", text)
    expected = [(*run.span(), stem(run[0])) for run in runs if stem(run[0]) in stems]
    assert sorted(find_stems(text, stems, list_first_letters(stems))) == expected


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
