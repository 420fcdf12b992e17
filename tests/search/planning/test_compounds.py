"""Check which parts of words may be parts of a compound."""

import pytest

from search.planning.compounds import WITH_STOP_WORDS, is_frequent_part, may_be_part

FREQUENT = [
    "pre training", "data set", "data sets", "k means", "e mails", "over fitting", "set up",
    "trade offs", "speed ups", "re identification",
]  # fmt: skip
OTHERS = ["net works", "t rains", "gene rate", "mon key"]


@pytest.mark.parametrize("parts", FREQUENT)
def test_prefixes_and_frequent_second_parts(parts: str) -> None:
    """A compound is known by either part, in any inflection."""
    assert is_frequent_part(*parts.split())


@pytest.mark.parametrize("parts", OTHERS)
def test_other_parts(parts: str) -> None:
    """Other words are split only where papers have both parts often."""
    assert is_frequent_part(*parts.split()) == (parts == "net works")


@pytest.mark.parametrize("word", ["in", "a", "the", "ors", "able", "ability"])
def test_stop_words_and_suffixes_are_no_parts(word: str) -> None:
    """Nor are words with the stem of a stop word, which would match it."""
    assert not may_be_part(word)


def test_some_stop_words_are_parts() -> None:
    """Particles are, and others in listed compounds."""
    assert all(map(may_be_part, ("over", "up", "set")))
    assert WITH_STOP_WORDS["online"] == ("on", "line")
