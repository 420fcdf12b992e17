"""Check how the use of words is counted."""

from collections import Counter

from index.text.word_usage import Pair, WordUsage, is_plain
from tests.support.glued_texts import make_texts


def use_words(texts: list[str], *pairs: Pair) -> WordUsage:
    """Count the words of texts, which are their own sample."""
    tokens = Counter(word for text in texts for word in set(text.lower().split()))
    usage = WordUsage(tokens, len(texts), lambda pair: len(" ".join(pair)))
    usage.add_sample(texts, frozenset(pairs))
    return usage


def test_common_words() -> None:
    """Common words are plain, in several texts, and no single letters but the article."""
    usage = use_words([*make_texts(50), "x x x unusual", "3d 3d"])
    assert {"the", "a", "river", "time"} <= usage.common
    assert usage.common.isdisjoint({"x", "unusual", "3d", "it."})


def test_a_word_is_split_into_common_words() -> None:
    """Every way to split a word into two common words is returned."""
    usage = use_words(make_texts(50))
    assert usage.split_word("timeto") == [("time", "to")]
    assert usage.split_word("river") == []
    assert usage.split_word("") == []


def test_pairs_are_counted_once_for_each_text() -> None:
    """A pair counts with a space only, a compound with a hyphen only."""
    texts = ["the river is the river", "The river. the-river", "river the"]
    usage = use_words(texts, ("the", "river"))
    assert usage.count_pair(("the", "river")) == 1
    assert usage.count_compound(("the", "river")) == 1
    assert usage.count_pair(("river", "the")) == 0
    assert usage.estimate_total(2) == 2


def test_the_engine_counts_a_phrase_once() -> None:
    """A phrase that is asked for again is not counted again."""
    asked: list[Pair] = []

    def count(pair: Pair) -> int:
        asked.append(pair)
        return 7

    usage = WordUsage({"river": 9}, 10, count)
    assert [usage.count_phrase(("the", "river")) for _ in range(3)] == [7, 7, 7]
    assert asked == [("the", "river")]
    assert usage.count_word("river") == 9
    assert usage.count_word("none") == 0


def test_plain_words() -> None:
    """A plain word has nothing but the letters a to z."""
    assert all(map(is_plain, ("word", "Word", "WORD")))
    assert not any(map(is_plain, ("", "wörd", "w0rd", "a-b", "a b")))
