"""Check which words of a question weigh less because they only ask."""

import pytest

from index.text.stems import stem
from search.language.stopwords import STOP_WORDS
from search.planning.asking_words import ASKING_STEMS, ASKING_WEIGHT, weigh_asking_word


@pytest.mark.parametrize("word", ["interested", "papers", "looking", "wonder", "helps"])
def test_words_of_asking_weigh_less(word: str) -> None:
    """A word of asking weighs less in any of its forms, and as a stem."""
    assert weigh_asking_word(word) == weigh_asking_word(stem(word)) == ASKING_WEIGHT


@pytest.mark.parametrize("word", ["graph", "transformer", "silt", "works2"])
def test_other_words_keep_their_weight(word: str) -> None:
    """A word that may be a topic weighs as much as in any query."""
    assert weigh_asking_word(word) == 1.0


def test_no_stop_word_is_listed() -> None:
    """Stop words need no entry, since no question is searched for them."""
    assert ASKING_STEMS.isdisjoint(STOP_WORDS)
