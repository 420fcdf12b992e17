"""Expand a passage with words of the papers that are nearest to it.

A passage describes papers in words of its own. The nearest papers add the words that the field uses
for the same things. Which papers are hits does not change.
"""

from collections.abc import Sequence
from math import sqrt

from index.records import Paper
from search.answers.related_words import WordChooser, add_feedback
from search.planning.plan import Node, Term, Weighted

NEAREST = 3
"""Papers whose words are added. They are found by the words of which a hit must have one alone,
which takes half the time and is as good. Source: a trial on the questions of CACM and of two
collections outside of the project, LISA and the long ones of CISI. Tried 3, 5 and 10: mean nDCG@10
.501, .501, .499, and .496 without such words."""

WORDS = 20
"""Words that are added. Source: as above. Tried 20 and 40: .501, .499."""

WEIGHT = 0.3
"""Weight of the added words relative to the passage. Source: as above. Tried .2, .3 and .4: .499,
.501, .502."""


def build_passage_boosts(nearest: Sequence[Paper], words: int, chooser: WordChooser) -> list[Node]:
    """Build boosts for the words that describe the nearest papers.

    Args:
        nearest: The papers that are nearest to the passage.
        words: The number of words in the passage. Most weigh 1, so the squares of all weights add
            up to about this number.
        chooser: Chooses words by their weight and rarity.
    """
    weights = add_feedback({}, nearest, 0.0, WEIGHT * sqrt(words))
    chosen = chooser.choose_words(weights, WORDS)
    return [Weighted(Term("text", word), weights[word]) for word in chosen]
