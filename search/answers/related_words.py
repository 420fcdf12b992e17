"""Choose and weight the words that describe what a paper is about.

The weight of a word grows with the square root of its frequency. The engine's score adds the rarity
of the word, and its length normalisation, so neither is part of the weight.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import cache
from heapq import nlargest
from math import sqrt

from index.records import Paper
from index.text.analyser import tokenise
from index.text.memo import weaken_method
from index.text.stems import stem_all
from search.engines.bm25 import compute_idf
from search.engines.engine import Engine
from search.language.stopwords import STOP_WORDS

TITLE_WEIGHT = 2.0
"""Frequency that an occurrence in the title counts as; one in the abstract counts as 1. Source:
`tests.bench.similar`. Tried 1, 2, 3: mean nDCG@20 of its four sets .250, .253, .255."""

TOPIC_WEIGHT = 1.0
"""Frequency that an occurrence in a topic counts as."""

FEEDBACK = 0.7
"""Weight of the words of the nearest papers relative to the paper's own. Source: as above. Tried 0,
.5, .7, 1: .241, .251, .253, .254; with 1, fewer of the first twenty share an author. Not adding
them but ordering the first 50, 100 or 300 by the mean of score and TF-IDF cosine: .244, .243, .243,
and each paper would have to be tokenised."""

REPEATED = 2.0
"""Frequency of a word of the nearest papers from which it is added: one of the title, or one that
is repeated. With all of them nDCG@20 is higher by .002, but as many words again have to be counted,
which takes 1 of 12 ms at 95,000 papers, so only long lists take all."""

FEWEST = 2
"""Papers that must contain a word: the paper itself and another one. There is no upper limit: words
of many papers count little each, but leaving out those in more than a tenth of the papers lowered
the mean nDCG@20 from .236 to .214 and that of the whole ranking from .460 to .432."""

Weights = Mapping[str, float]
"""Stems and their weights in a query."""


class WordChooser:
    """Chooses words by their weight times their rarity in one index."""

    def __init__(self, engine: Engine, papers: int) -> None:
        """Prepare to choose words.

        Args:
            engine: Counts the papers that contain a word.
            papers: The number of papers in the index.
        """
        self._engine = engine
        self._papers = papers
        self.measure_rarity = cache(weaken_method(self._measure_rarity))

    def _measure_rarity(self, field: str, token: str) -> float:
        """Return the inverse document frequency of a token, or 0 if only one paper has it."""
        having = self._engine.count_documents(field, token)
        return compute_idf(min(having, self._papers), self._papers) if having >= FEWEST else 0.0

    def choose_words(self, weights: Weights, most: int) -> dict[str, float]:
        """Choose the words that contribute most to a score.

        Args:
            weights: The words to choose from.
            most: The maximum number of words.

        Returns:
            The chosen words and their weights, the one that contributes most first; the largest
            weight is 1.
        """
        shares = self.measure_shares(weights)
        chosen = nlargest(most, shares, key=lambda word: (shares[word], word))
        largest = max((weights[word] for word in chosen), default=1.0)
        return {word: weights[word] / largest for word in chosen}

    def measure_shares(self, weights: Weights) -> dict[str, float]:
        """Return how much each word contributes to a score, without those of one paper alone."""
        found = {
            word: weight * self.measure_rarity("text", word) for word, weight in weights.items()
        }
        return {word: share for word, share in found.items() if share}


def weight_words(paper: Paper, least: float = 0.0) -> dict[str, float]:
    """Weight the words of a paper; the squares of all weights add up to 1.

    Args:
        paper: The paper. Function words, single letters and numbers of its texts are left out.
        least: The lowest frequency of a word that is returned.
    """
    counts: dict[str, float] = defaultdict(float)
    texts = [(paper.title, TITLE_WEIGHT), (paper.abstract, 1.0)]
    for text, weight in texts + [(topic, TOPIC_WEIGHT) for topic in paper.topics]:
        found = [word for word in tokenise(text) if word not in STOP_WORDS]
        for word in stem_all(found):
            if len(word) > 1 and not word.isdecimal():
                counts[word] += weight
    length = sqrt(sum(counts.values()))
    return {word: sqrt(count) / length for word, count in counts.items() if count >= least}


def add_feedback(
    own: Weights, nearest: Iterable[Paper], least: float, feedback: float = FEEDBACK
) -> dict[str, float]:
    """Add the words of the nearest papers to a paper's own.

    Args:
        own: The words of the paper.
        nearest: The nearest papers.
        least: The lowest frequency of a word that is added.
        feedback: The weight of their words relative to weights whose squares add up to 1.

    Source: Rocchio, Relevance Feedback in Information Retrieval, 1971, with the nearest papers
    taken as relevant.
    """
    others = [weight_words(paper, least) for paper in nearest]
    weights = defaultdict(float, own)
    for words in others:
        for word, weight in words.items():
            weights[word] += feedback * weight / len(others)
    return dict(weights)
