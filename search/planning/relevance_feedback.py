"""Expand a query with words from its top results.

This is pseudo-relevance feedback: the first papers are assumed to be relevant, and papers that
share their words are boosted. The set of hits does not change.

Source: RM3, Abdul-Jaleel et al., TREC 2004. Each word is weighted by its share of the papers'
text; the original query keeps `ORIGINAL_WEIGHT`.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence

from index.records import Paper
from index.text.analyser import tokenise
from index.text.stems import stem_all
from search.language.stopwords import STOP_WORDS
from search.planning.plan import Node, Term, Weighted

PAPERS = 5
"""Papers assumed to be relevant. Tried 5, 10 and 15 with `WORDS` 20 and `ORIGINAL_WEIGHT` .6:
nDCG@10 .406, .402, .399 on Cranfield and .486, .458, .453 on CACM."""

WORDS = 20
"""Words taken from them. Tried 10, 20 and 40: .408, .406, .401 on Cranfield, .473, .486, .488 on
CACM. Excluding words that are in more than a tenth of all papers: .003 less on Cranfield."""

ORIGINAL_WEIGHT = 0.6
"""Share of the query as typed; the added words get the rest. Tried .5 to .8: .409, .406, .401, .394
on Cranfield, .483, .486, .491, .498 on CACM. Without feedback CACM has .53, so expansion is off by
default."""


def build_feedback_boosts(best: Sequence[Paper], words: int) -> list[Node]:
    """Build boosts for the words that the best papers share.

    Args:
        best: The first `PAPERS` hits.
        words: The number of content words in the query.

    Returns:
        A boost for each of the `WORDS` words with the largest shares.
    """
    shares: dict[str, float] = defaultdict(float)
    for paper in best:
        text = [t for t in tokenise(f"{paper.title} {paper.abstract}") if _is_content(t)]
        for word, times in Counter(stem_all(text)).items():
            shares[word] += times / len(text)
    # Ties break alphabetically, so that the result does not depend on the order of the papers.
    chosen = sorted(shares.items(), key=lambda pair: (-pair[1], pair[0]))[:WORDS]
    mass = sum(share for _, share in chosen)
    scale = words * (1 - ORIGINAL_WEIGHT) / ORIGINAL_WEIGHT
    return [Weighted(Term("text", word), scale * share / mass) for word, share in chosen]


def _is_content(token: str) -> bool:
    return len(token) > 1 and not token.isdecimal() and token not in STOP_WORDS
