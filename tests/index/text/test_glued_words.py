"""Check which words are taken for glued or torn ones."""

import re
from collections import Counter
from itertools import pairwise

import pytest

from index.text.glued_words import GluedWords
from index.text.word_usage import Pair, WordUsage
from tests.support.glued_texts import make_texts

_WORD = re.compile(r"[^\W_]+")


def study_texts(texts: list[str]) -> GluedWords:
    """Find the glued words of texts, which are their own sample."""
    words = [_WORD.findall(text.lower()) for text in texts]
    tokens = Counter(word for found in words for word in set(found))
    phrases = Counter(pair for found in words for pair in set(pairwise(found)))
    usage = WordUsage(tokens, len(texts), lambda pair: phrases[pair])
    glued = GluedWords(usage)
    usage.add_sample(texts, glued.pairs)
    return glued


GLUED = [
    ("timeto", ("time", "to")),
    ("inthis", ("in", "this")),
    ("theriver", ("the", "river")),
    ("riverlantern", None),
    ("riverside", None),
    ("toit", None),
    ("river", None),
]


@pytest.mark.parametrize(("word", "pair"), GLUED)
def test_a_rare_word_of_two_common_ones_is_glued(word: str, pair: Pair | None) -> None:
    """Words are parted if they are common side by side; others are left alone."""
    glued = study_texts([*make_texts(500), f"we measure {word} here"])
    assert glued.part_glued(word) == pair
    assert ((word,) in set(glued.list_queries())) == (pair is not None)


def test_a_word_that_many_texts_have_is_not_glued() -> None:
    """What several texts contain is a word, however common its parts are."""
    glued = study_texts([*make_texts(500), *["we measure the timeto train"] * 4])
    assert glued.part_glued("timeto") is None


def test_a_compound_is_not_parted() -> None:
    """Words that are often joined by a hyphen are a compound that has lost it."""
    texts = [text.replace("time to", "time-to") for text in make_texts(100)]
    glued = study_texts([*make_texts(500), *texts, "we measure the timeto train"])
    assert glued.part_glued("timeto") is None
    assert study_texts([*make_texts(500), "the timeto train"]).part_glued("timeto")


@pytest.mark.parametrize("word", ["inriver", "ariver", "riverin", "atime"])
def test_words_that_begin_or_end_words_need_more_evidence(word: str) -> None:
    """Prefixes and suffixes that are words too rarely follow a fault: ``inaction``, ``actin``."""
    first, second = (word[:-2], "in") if word.endswith("in") else ("", "")
    if not second:
        first, second = ("in", word[2:]) if word.startswith("in") else ("a", word[1:])
    few = [f"we have {first} {second} here"] * 5
    assert study_texts([*make_texts(995), *few, f"we have {word} here"]).part_glued(word) is None


def test_a_damaged_text_needs_less_evidence() -> None:
    """In a text with other faults words are parted that are side by side in five texts."""
    few = ["we see lantern harbour here"] * 5
    glued = study_texts([*make_texts(20_000), *few, "we see lanternharbour here"])
    assert glued.part_glued("lanternharbour") is None
    assert glued.part_glued("lanternharbour", damaged=True) == ("lantern", "harbour")


def test_torn_words() -> None:
    """A common word is torn where one of its parts is no word."""
    glued = study_texts([*make_texts(500), "we con sider the har bour", "we measure a side river"])
    assert glued.is_torn(("con", "sider"))
    assert glued.is_torn(("har", "bour"))
    assert not glued.is_torn(("time", "to"))
    assert not glued.is_torn(("river", "side"))
    assert {("con", "sider"), ("har", "bour")} <= set(glued.list_queries())


def test_a_letter_on_the_wrong_side() -> None:
    """Two odd words are two common ones with the space off by a letter."""
    glued = study_texts([*make_texts(500), "we see the gentlel antern and th eriver"])
    assert glued.is_moved(("gentlel", "antern"), ("gentle", "lantern"))
    assert glued.is_moved(("th", "eriver"), ("the", "river"))
    assert not glued.is_moved(("the", "river"), ("ther", "iver"))
    assert not glued.is_moved(("a", "river"), ("and", "time"))
