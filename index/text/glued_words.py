"""Decide which words of an index were glued or torn, by how its other words are used.

Text extracted from pages with two columns often lacks the space at the end of a line: ``timeto``.
A space may also be moved by a letter (``attentionm echanisms``) or be inside a word
(``convo lutional``). A word is glued if it is rare and its parts are common, and common side by
side. `index.text.word_gaps` repairs them.
"""

from collections.abc import Iterator

from index.text.word_usage import Pair, WordUsage, is_plain

RARE = 30_000
"""A word is rare if at most one of so many texts contains it. Chosen: three of 95,000 abstracts,
since a fault may recur."""

ALWAYS_RARE = 3
"""Number of texts that may contain a rare word however few texts there are."""

FUNCTION_WORDS = frozenset(
    "a an all also and any are as at be been both but by can do each for from has have in into is "
    "it its more most not of on only or our over such than that the their then these they this "
    "those to under use using via was we were when where which while will with within".split()
)
"""Words that are rarely part of a compound."""

_LEADING = frozenset("the and or of that which this these are is into from their using".split())
"""Function words with which few other words begin, if a common word follows."""

_PREFIXES = frozenset(
    "a an as at be by co de do down for here in no off on out over per re so there to un under up "
    "where with".split()
)
"""Words with which many words begin: ``insignificantly``, ``overtime``, ``hereto``."""

_SUFFIXES = frozenset(
    "a able about ally am an around as at back by down in is less like off on or out over ship "
    "through up ward way wise".split()
)
"""Words with which many words end: ``actin``, ``changeover``."""

# The next numbers were chosen by reading all words that they include and exclude among the
# abstracts of 95,000 papers.

_SHORTEST = 5
"""Letters of a glued word; of those with four, ``tobe`` is one but ``fora`` is not."""

_SHORT = 6
"""Letters; shorter words are often acronyms or names: ``atan``, ``todo``, ``isit``."""

_OFTEN = 2_000
"""Two words are often side by side if they are so in at least one of so many texts ..."""
_OFTEN_LEADING = 4_000
_OFTEN_SUFFIX = 1_000
_OFTEN_PREFIX = 100
_OFTEN_SHORT = 50
"""... for the kinds of words above, and for short ones."""

_LEAST_PAIR = 4
_LEAST_LEADING = 2
"""Least numbers of texts of the sample, however small it is."""

_RATIO = 25
"""The words apart must be in so many times as many texts as the glued word."""

_RATIO_COMPOUND = 50
"""The same if neither is a function word, since people do write compounds as one word."""

_COMPOUND = 50_000
"""A word made of two others, neither a function word, is glued if at most one of so many texts
contains it: ``featuremaps`` and ``knowledgebase`` are in three of 95,000."""

_HYPHENS = 8
"""The words apart must be in so many times as many texts as with a hyphen: ``modelbased``."""

_LEAST_DAMAGED = 5
"""Number of texts of the index in which words are side by side that are glued in a damaged one."""

_TORN = 20
"""A torn word must be in so many times as many texts whole as torn in the same way."""

_TORN_PART = 3
"""A torn word must be in so many times as many texts as either part."""

_LEAST_ODD = 5
"""Letters of a word that may have a letter too many or too few; shorter ones are often acronyms."""

_MOVED = 100
"""Words must be in so many times as many texts as those with a letter on the wrong side."""


class GluedWords:
    """Decides which words of an index were glued or torn.

    Attributes:
        common: The common words of the index.
        rare: Most texts that contain a rare word.
    """

    def __init__(self, usage: WordUsage) -> None:
        """Find the words that may be glued: rare ones that can be split into common ones.

        Args:
            usage: How words are used in the index. All `pairs` must be counted in its sample
                before another method is called.
        """
        self._usage = usage
        self.common = usage.common
        self.rare = max(ALWAYS_RARE, usage.total // RARE)
        self._splits = {
            word: pairs
            for word, count in usage.tokens.items()
            if count <= self.rare
            and len(word) >= _SHORTEST
            and is_plain(word)
            and (pairs := usage.split_word(word))
        }

    @property
    def pairs(self) -> frozenset[Pair]:
        """Return the pairs of words that may be glued somewhere."""
        return frozenset(pair for pairs in self._splits.values() for pair in pairs)

    def list_queries(self) -> Iterator[tuple[str, ...]]:
        """Yield one or two tokens; a text may be damaged if it has them one after the other."""
        yield from ((word,) for word in sorted(self._splits) if self.part_glued(word))
        tokens, common = self._usage.tokens, self._usage.common
        edges: set[str] = set()
        for word in sorted(common):
            edges.update((word[1:], word[:-1]))
            for at in range(1, len(word)):
                first, second = word[:at], word[at:]
                if first in tokens and second in tokens and self._may_be_torn((first, second)):
                    yield first, second
        stubs = self._list_stubs()
        for word, count in tokens.items():
            if count <= self.rare and len(word) >= _LEAST_ODD:
                if word in edges:
                    yield (word,)
                elif word[1:] in common:
                    yield from ((stub, word) for stub in stubs.get(word[0], ()))

    def _list_stubs(self) -> dict[str, list[str]]:
        """Return function words without their last letters, by that letter: ``th`` by ``e``."""
        stubs: dict[str, list[str]] = {}
        for word in sorted(FUNCTION_WORDS):
            count = self._usage.count_word(word[:-1])
            if 0 < count * _MOVED <= self._usage.count_word(word):
                stubs.setdefault(word[-1], []).append(word[:-1])
        return stubs

    def part_glued(self, word: str, *, damaged: bool = False) -> Pair | None:
        """Return the two words of which a word is made by a fault, or None.

        Args:
            word: A word in lower case.
            damaged: Whether its text has other faults, so that less evidence is needed.
        """
        if word not in self._splits:
            return None
        pair = max(self._splits[word], key=self._usage.count_pair)
        clear = self._is_clear(word, pair) or (damaged and self._is_likely(word, pair))
        return pair if clear else None

    def _is_clear(self, word: str, pair: Pair) -> bool:
        """Return whether a word is made of these two by a fault in any text."""
        usage = self._usage
        count, apart = usage.count_word(word), usage.count_pair(pair)
        estimate = usage.estimate_total(apart)
        if apart < _least_apart(pair, usage.size) or estimate < count * _RATIO:
            return False
        if not FUNCTION_WORDS.intersection(pair):
            most = max(1, usage.total // _COMPOUND)
            if count > most or estimate < count * _RATIO_COMPOUND:
                return False
        return usage.count_compound(pair) * _HYPHENS <= apart

    def _is_likely(self, word: str, pair: Pair) -> bool:
        """Return whether a word is made of these two by a fault in a text with other faults."""
        apart = self._usage.count_pair(pair)
        if len(word) < _SHORT or self._usage.count_compound(pair) > apart:
            return False
        return apart >= _LEAST_LEADING or self._usage.count_phrase(pair) >= _LEAST_DAMAGED

    def _may_be_torn(self, pair: Pair) -> bool:
        word, usage = "".join(pair), self._usage
        if len(word) < _SHORT - 1 or word not in usage.common:
            return False
        first, second = map(usage.count_word, pair)
        often = usage.count_word(word) >= max(first, second) * _TORN_PART
        return often and 0 < min(first, second) <= self.rare

    def is_torn(self, pair: Pair) -> bool:
        """Return whether two words side by side are a torn one."""
        if not self._may_be_torn(pair):
            return False
        whole = self._usage.count_word("".join(pair))
        return self._usage.count_phrase(pair) * _TORN <= whole

    def is_moved(self, written: Pair, pair: Pair) -> bool:
        """Return whether two words are two others with a letter on the wrong side.

        Args:
            written: The words as written: ``attentionm echanisms``.
            pair: The words as they may have been: ``attention mechanisms``.
        """
        usage = self._usage
        if not usage.common.issuperset(pair) or len("".join(pair)) < _SHORT:
            return False
        rarer = (
            usage.count_word(word) * _MOVED <= usage.count_word(right)
            for word, right in zip(written, pair, strict=True)
        )
        return all(rarer) and usage.count_phrase(pair) >= max(_LEAST_PAIR, usage.total / _OFTEN)


def _least_apart(pair: Pair, size: int) -> float:
    """Return the least number of texts of a sample in which words must be side by side."""
    first, second = pair
    length = len(first) + len(second)
    if length < _SHORT:
        return max(_LEAST_PAIR, size / _OFTEN_SHORT)
    if first in _PREFIXES or (second in _SUFFIXES and length == _SHORT):
        return max(_LEAST_PAIR, size / _OFTEN_PREFIX)
    if second in _SUFFIXES:
        return max(_LEAST_PAIR, size / _OFTEN_SUFFIX)
    if first in _LEADING:
        return max(_LEAST_LEADING, size / _OFTEN_LEADING)
    return max(_LEAST_PAIR, size / _OFTEN)
