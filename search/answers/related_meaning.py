"""Order related papers by their meaning too, where the index has vectors."""

from dataclasses import replace

from index.records import Paper
from search.answers.results import Hit
from search.answers.searcher import Searcher
from search.meaning.mixture import rank_hits

WEIGHT = 0.5
"""Share of the meaning in the order; the rest is that of the words. Tried 0, .3, .4, .5, .6, .7 and
1 with the papers relevant to the same question, as `tests.bench.meaning` does: nDCG@20 .299, .317,
.322, .324, .325, .319, .274 on Cranfield, .327, .339, .340, .340, .336, .331, .279 on CACM. The
model's own vector of the paper, instead of its signs, gives .326 and .344 for 47 ms."""


def order_by_meaning(searcher: Searcher, paper: Paper, hits: tuple[Hit, ...]) -> tuple[Hit, ...]:
    """Return hits in the order of words and meaning, with new scores and ranks.

    All hits of a request are ordered, not the first hundred only: with those, nDCG over the whole
    ranking is .493 instead of .496 on Cranfield and .576 instead of .584 on CACM.

    Args:
        searcher: The index. Without vectors the hits are returned as they are.
        paper: The paper that the hits are related to.
        hits: The hits in the order of their scores.
    """
    close = searcher.compare_papers(paper, [hit.paper for hit in hits])
    if close is None:
        return hits
    scored = list(zip((hit.score for hit in hits), close, strict=True))
    return tuple(
        replace(hits[place], score=score, rank=rank)
        for rank, (place, score) in enumerate(rank_hits(scored, WEIGHT), start=1)
    )
