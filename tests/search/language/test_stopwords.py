"""Check the list of stop words."""

import pytest

from index.text.analyser import tokenise
from index.text.folding import fold
from search.language.stopwords import (
    STOP_WORDS,
    has_ordinary_word,
    is_in_capitals,
    is_meant,
    is_stop_word,
)


@pytest.mark.parametrize("word", sorted(STOP_WORDS))
def test_stop_words_are_tokens(word: str) -> None:
    """A stop word is compared with folded tokens, so it must be one."""
    assert fold(word) == word
    assert tokenise(word) == [word]


@pytest.mark.parametrize("word", ["deep", "learning", "translation", "new", "first", "c"])
def test_content_words_are_not_stop_words(word: str) -> None:
    """Words that tell papers apart are required."""
    assert word not in STOP_WORDS


@pytest.mark.parametrize("word", ["CAN", "WHO", "US"])
def test_a_stop_word_in_capitals_is_meant(word: str) -> None:
    """An acronym that looks like a stop word must match."""
    assert is_meant(word)
    assert is_stop_word(word.lower())
    assert not is_stop_word(word)


def test_a_single_letter_is_not_meant() -> None:
    """A title begins with A, and a question has an I."""
    assert is_stop_word("A")
    assert is_stop_word("I")


@pytest.mark.parametrize(
    ("text", "expected"),
    [("NASA", True), ("NASA 3", True), ("A SURVEY OF DRAMs", True), ("Nasa", False), ("3", False),
     ("", False), ("GRUs", False)],
)  # fmt: skip
def test_capitals(text: str, expected: bool) -> None:  # noqa: FBT001 - a table
    """A few small letters do not matter, and digits are no capitals."""
    assert is_in_capitals(text) is expected


@pytest.mark.parametrize(
    ("words", "expected"),
    [("GAN VAE", False), ("WHY GAN", True), ("US UK", False), ("TRAINING GAN", True),
     ("A B", False), ("WHY?", True), ("", False)],
)  # fmt: skip
def test_ordinary_words(words: str, expected: bool) -> None:  # noqa: FBT001 - a table
    """Function words and words with an ordinary ending are no acronyms."""
    assert has_ordinary_word(words.split()) is expected
