"""Expand a passage with words of the papers that are nearest to it.

A passage describes papers in words of its own. The nearest papers add the words that the field uses
for the same things. Which papers are hits does not change.
"""

from collections.abc import Sequence
from math import sqrt

from index.records import Paper
from search.answers.related_words import WordChooser, add_feedback
from search.planning.plan import Node, Term, Weighted

NEAREST = 5
"""Papers whose words are added. Source: eleven kinds of long questions, those of
`tests.bench.questions` and variants of them, on the half that constants were chosen on. Tried 3 and
5 with `FIRST_BOOSTS` 0: mean nDCG@10 .182, .184; .180 without feedback, .165 before it and with 40
words."""

FIRST_BOOSTS = 15
"""Boosts with which these papers are found, besides the words that a hit must have one of. Source:
as above. Tried 0, 20 and 40 besides 20 words: .184, .188, .190; the time grows with the number."""

WORDS = 20
"""Words that are added. Source: as above. All words of the papers are no better."""

WEIGHT = 0.3
"""Weight of the added words relative to the passage. Source: as above. Tried .3 and .4: .190, .191;
with more, fewer of the first ten share two authors with the paper whose abstract it is."""


def build_passage_boosts(nearest: Sequence[Paper], words: int, chooser: WordChooser) -> list[Node]:
    """Build boosts for the words that describe the nearest papers.

    Args:
        nearest: The papers that are nearest to the passage.
        words: The number of words in the passage. Each weighs the square root of its frequency, so
            the squares of all weights add up to this number.
        chooser: Chooses words by their weight and rarity.
    """
    weights = add_feedback({}, nearest, 0.0, WEIGHT * sqrt(words))
    chosen = chooser.choose_words(weights, WORDS)
    return [Weighted(Term("text", word), weights[word]) for word in chosen]
