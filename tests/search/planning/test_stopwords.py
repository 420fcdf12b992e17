"""Check the list of stop words."""

import pytest

from index.text.analyser import fold, tokenise
from search.planning.stopwords import STOP_WORDS


@pytest.mark.parametrize("word", sorted(STOP_WORDS))
def test_stop_words_are_tokens(word: str) -> None:
    """A stop word is compared with folded tokens, so it must be one."""
    assert fold(word) == word
    assert tokenise(word) == [word]


@pytest.mark.parametrize("word", ["deep", "learning", "translation", "new", "first", "c"])
def test_content_words_are_not_stop_words(word: str) -> None:
    """Words that tell papers apart are required."""
    assert word not in STOP_WORDS
