"""Count how words are used in the texts of an index: how often, and after which others."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise

Pair = tuple[str, str]
"""Two words, one after the other."""

COMMON = 2_000
"""A word is common if at least one of so many texts contains it. Of 95,000 abstracts these are
8,000 words; of the next 4,000, in one of 4,000 texts, several are misspelt."""

LEAST_COMMON = 4
"""Least number of texts that contain a common word, in a small index."""


class WordUsage:
    """How words are used in the texts of an index."""

    def __init__(
        self, tokens: Mapping[str, int], total: int, count_phrase: Callable[[Pair], int]
    ) -> None:
        """Find the common words.

        Args:
            tokens: The tokens of all texts, each with the number of texts that contain it.
            total: The number of texts.
            count_phrase: Counts the texts in which two words follow each other, with anything but
                a letter or digit between them.
        """
        least = max(LEAST_COMMON, total / COMMON)
        self.common = frozenset(
            word
            for word, count in tokens.items()
            if count >= least and is_plain(word) and (word == "a" or word[1:])
        )
        self.tokens = tokens
        self.total = total
        self.size = 0
        self._count_phrase = count_phrase
        self._phrases: dict[Pair, int] = {}
        self._pairs: Counter[Pair] = Counter()
        self._compounds: Counter[str] = Counter()

    def split_word(self, word: str) -> list[Pair]:
        """Return the ways to split a word into two common words."""
        common = self.common
        return [
            (word[:at], word[at:])
            for at in range(1, len(word))
            if word[:at] in common and word[at:] in common
        ]

    def add_sample(self, texts: Iterable[str], pairs: frozenset[Pair]) -> None:
        """Count pairs of words in a sample of the texts.

        Args:
            texts: The sample.
            pairs: The pairs to count.
        """
        for text in texts:
            words = text.lower().split()
            self._pairs.update(pairs.intersection(pairwise(words)))
            if "-" in text:
                self._compounds.update([word for word in words if "-" in word])
            self.size += 1

    def count_pair(self, pair: Pair) -> int:
        """Count the texts of the sample that have two words with only a space between them."""
        return self._pairs[pair]

    def count_compound(self, pair: Pair) -> int:
        """Count the texts of the sample that have two words joined by a hyphen."""
        return self._compounds["-".join(pair)]

    def estimate_total(self, count: int) -> float:
        """Return in how many texts of the index something is that `count` of the sample have."""
        return count * self.total / self.size

    def count_word(self, word: str) -> int:
        """Count the texts that contain a word."""
        return self.tokens.get(word, 0)

    def count_phrase(self, pair: Pair) -> int:
        """Count the texts of the index in which two words follow each other; cached."""
        if pair not in self._phrases:
            self._phrases[pair] = self._count_phrase(pair)
        return self._phrases[pair]


def is_plain(word: str) -> bool:
    """Return whether a word has only the letters a to z, in either case."""
    return word.isascii() and word.isalpha()
