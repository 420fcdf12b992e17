"""Answers: which further words do the best papers of a search share?

Pseudo-relevance feedback: the first papers are taken to be right, and their words lift others
that have them. Which papers are hits stays as it is.

Source: RM3, Abdul-Jaleel et al., TREC 2004; the words of a paper count by its share of the
score, the original query keeps `ORIGINAL_WEIGHT`.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from index.records import Paper
from index.text.analyser import stem_all, tokenise
from search.planning.plan import Node, Term, Weighted
from search.planning.stopwords import STOP_WORDS

PAPERS = 5
"""Papers taken to be right. Source: 5, 10 and 15 tried with `WORDS` 20 and `ORIGINAL_WEIGHT` .6:
nDCG@10 .406, .402, .399 on Cranfield and .486, .458, .453 on CACM."""

WORDS = 20
"""Words taken from them. Source: 10, 20, 40 tried: .408, .406, .401 on Cranfield, .473, .486,
.488 on CACM. Leaving out words of more than a tenth of all papers: .003 less on Cranfield."""

ORIGINAL_WEIGHT = 0.6
"""Of the query as typed; the rest is for the new words. Source: .5 to .8 tried: .409, .406, .401,
.394 on Cranfield, .483, .486, .491, .498 on CACM. Without feedback CACM has .53, so it is an
option: it finds more like the first hits, for better or worse."""


def build_feedback_boosts(best: Sequence[Paper], words: int) -> list[Node]:
    """Give the words that the best papers share, weighted for a query.

    Args:
        best: The first `PAPERS` hits.
        words: Content words of the query.
    """
    shares: dict[str, float] = defaultdict(float)
    for paper in best:
        text = [t for t in tokenise(f"{paper.title} {paper.abstract}") if _tells(t)]
        for word, times in Counter(stem_all(text)).items():
            shares[word] += times / len(text)
    # By share, then by the alphabet: equal shares must not depend on the order of the papers.
    chosen = sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))[:WORDS]
    mass = sum(share for _, share in chosen)
    scale = words * (1 - ORIGINAL_WEIGHT) / ORIGINAL_WEIGHT
    return [Weighted(Term("text", word), scale * share / mass) for word, share in chosen]


def _tells(token: str) -> bool:
    return len(token) > 1 and not token.isdecimal() and token not in STOP_WORDS
