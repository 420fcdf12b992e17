"""Rank the same papers for the same queries with plain BM25.

The peer is bm25s with its method ``lucene`` and Snowball stems over title, abstract, authors,
venue and year in one text; English stop words are its own.
"""

from collections.abc import Iterable

import bm25s
import Stemmer

from index.records import Paper

K1 = (0.9, 1.2, 1.5)
"""Values of k1 tried; the best of each figure is compared with ours."""

B = 0.75


class Peer:
    """One collection indexed by bm25s for every k1."""

    def __init__(self, papers: Iterable[Paper]) -> None:
        self.papers = list(papers)
        self._stemmer = Stemmer.Stemmer("english")
        corpus = self._tokens([_text(paper) for paper in self.papers])
        self._models = {}
        for k1 in K1:
            self._models[k1] = bm25s.BM25(method="lucene", k1=k1, b=B)
            self._models[k1].index(corpus, show_progress=False)

    def best(self, k1: float, queries: list[str], depth: int) -> list[list[Paper]]:
        """Return the first papers for each query, at most `depth`."""
        asked = self._tokens(queries)
        depth = min(depth, len(self.papers))
        found, scores = self._models[k1].retrieve(asked, k=depth, show_progress=False)
        return [
            [self.papers[number] for number, score in zip(row, points, strict=True) if score > 0]
            for row, points in zip(found, scores, strict=True)
        ]

    def _tokens(self, texts: list[str]) -> object:
        return bm25s.tokenize(texts, stopwords="en", stemmer=self._stemmer, show_progress=False)


def _text(paper: Paper) -> str:
    names = [author.name for author in paper.authors]
    places = [f"{show.venue} {show.year or ''}" for show in paper.appearances]
    return " ".join([paper.title, paper.abstract, *paper.topics, *names, *places])
