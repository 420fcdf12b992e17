"""Test how topics are misspelt for the benchmark."""

from random import Random

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from tests.bench.spelling import LONG, misspell

WORDS = st.text("abcdefgh", min_size=1, max_size=12)


@given(st.lists(WORDS, max_size=3), st.text("abxyz", min_size=LONG, max_size=12), st.integers())
def test_a_topic_is_one_edit_away(others: list[str], word: str, seed: int) -> None:
    """One edit changes one long word, but not its first letter unless that is swapped."""
    topic = " ".join([*others, word])
    assert OSA.distance(misspell(topic, Random(seed)), topic) == 1
