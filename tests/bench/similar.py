"""Measure whether related papers answer the same questions and share keywords and authors.

Prints nDCG over the first 20 and the first 1,000 papers on the sets of
`tests.bench.related_sets`, by title and abstract, by the title alone and by the abstract alone,
beside BM25 with the whole text as the query and cosines of TF-IDF vectors over all pairs, which no
index can afford. Then, on a whole index of paperlists, how many of the first ten share an author,
how similar their topics are, and the processor time. Run from the project's folder:
``python -m tests.bench.similar --index INDEX``.
"""

import argparse
import random
import statistics
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import ir_measures
import numpy as np
from ir_measures import nDCG
from msgspec.structs import replace
from sklearn.feature_extraction.text import TfidfVectorizer

from index.records import Paper
from index.text.analyser import tokenise
from index.text.stems import stem_all
from search.answers.related import find_related
from search.answers.searcher import Searcher
from search.planning.plan import Plan, Term, Weighted, any_of
from tests.bench.related_sets import SEEDS, Draw, RelatedSet, list_papers, make_sets
from tests.bench.speed_search import paperlists_index

DEPTH = 10
"""Related papers examined in the whole index."""

NEAR = 20
"""Related papers that the first figure of a set rests on."""

FAR = 1_000
"""Related papers that the second figure rests on, most of a judged collection."""

Neighbours = Callable[[Paper, int], list[Paper]]
"""Returns as many of the papers most related to one as asked for, or fewer."""


class Cosine:
    """The baseline: TF-IDF vectors of the stems of title and abstract."""

    def __init__(self, papers: list[Paper], *, sublinear: bool) -> None:
        vectors = TfidfVectorizer(analyzer=_stems, sublinear_tf=sublinear, dtype=np.float32)
        self._papers = papers
        self._places = {paper.id: place for place, paper in enumerate(papers)}
        self._vectors = vectors.fit_transform(papers).tocsr()

    def neighbours(self, paper: Paper, limit: int) -> list[Paper]:
        """Return the nearest papers with another title."""
        own = self._vectors[self._places[paper.id]]
        near = (own @ self._vectors.T).toarray()[0]
        title, found = tokenise(paper.title), list[Paper]()
        for place in np.argsort(-near, kind="stable"):
            if len(found) == limit:
                break
            if tokenise(self._papers[place].title) != title:
                found.append(self._papers[place])
        return found


def _stems(paper: Paper) -> list[str]:
    return stem_all(tokenise(f"{paper.title} {paper.abstract}"))


def rank_by_text(searcher: Searcher, paper: Paper, limit: int) -> list[Paper]:
    """Rank papers by plain BM25 with the title and abstract of a paper as the query."""
    terms = [Weighted(Term("text", word), times) for word, times in Counter(_stems(paper)).items()]
    title = tokenise(paper.title)
    found = [hit.paper for hit in searcher.find_hits(Plan(any_of([*terms])), limit + NEAR)]
    return [other for other in found if tokenise(other.title) != title][:limit]


def rank_by_us(searcher: Searcher, paper: Paper, limit: int) -> list[Paper]:
    """Rank papers as `papers similar` does."""
    return [hit.paper for hit in find_related(searcher, paper, limit=limit, hidden=True).hits]


def measure_set(related: RelatedSet) -> Iterator[tuple[str, float, float]]:
    """Yield a name, and nDCG over the first papers and over many, for each way of ranking."""
    searcher, papers = related.searcher, list(related.papers.values())
    ways: dict[str, Neighbours] = {
        "TF-IDF cosine, log": Cosine(papers, sublinear=True).neighbours,
        "TF-IDF cosine": Cosine(papers, sublinear=False).neighbours,
        "BM25, whole text": lambda paper, limit: rank_by_text(searcher, paper, limit),
        "papers similar": lambda paper, limit: rank_by_us(searcher, paper, limit),
        "  title alone": lambda paper, limit: rank_by_us(
            searcher, replace(paper, abstract=""), limit
        ),
        "  abstract alone": lambda paper, limit: rank_by_us(
            searcher, replace(paper, title=""), limit
        ),
    }
    for name, rank in ways.items():
        yield name, score_ranking(related, rank, NEAR), score_ranking(related, rank, FAR)


def score_ranking(related: RelatedSet, rank: Neighbours, limit: int) -> float:
    """Return the mean nDCG of rankings of a set, cut where asked."""
    wanted = [
        ir_measures.Qrel(start, other, gain)
        for start, gains in related.gains.items()
        for other, gain in gains.items()
    ]
    run = [
        ir_measures.ScoredDoc(start, other.id, float(-place))
        for start in related.gains
        for place, other in enumerate(rank(related.papers[start], limit))
        if other.id != start
    ]
    measure = nDCG @ limit
    return float(ir_measures.calc_aggregate([measure], wanted, run)[measure])


@dataclass(frozen=True, slots=True)
class Measured:
    """The first ten neighbours of some papers.

    Attributes:
        authors: Share of them that have an author in common with the paper.
        topics: Mean Jaccard similarity of topics, over papers that have any.
        took_ms: Median milliseconds of processor time per paper.
    """

    authors: float
    topics: float
    took_ms: float


def measure_neighbours(sample: list[Paper], neighbours: Neighbours) -> Measured:
    """Measure the neighbours of a sample of papers."""
    shared, common, took = [], [], []
    for paper in sample:
        started = time.process_time()
        found = neighbours(paper, DEPTH)
        took.append((time.process_time() - started) * 1000)
        shared.append(sum(_share_author(paper, other) for other in found) / DEPTH)
        common += [share for other in found for share in _topics(paper, other)]
    mean_topics = statistics.mean(common) if common else 0.0
    return Measured(statistics.mean(shared), mean_topics, statistics.median(took))


def _share_author(paper: Paper, other: Paper) -> bool:
    return not {a.key for a in paper.authors}.isdisjoint(a.key for a in other.authors)


def _topics(paper: Paper, other: Paper) -> Iterator[float]:
    own, others = ({topic.lower() for topic in one.topics} for one in (paper, other))
    if own and others:
        yield len(own & others) / len(own | others)


def measure_whole(searcher: Searcher, count: int, seed: int) -> None:
    """Measure two samples of a whole index and print."""
    papers = list_papers(searcher)
    told = [paper for paper in papers if paper.abstract]
    ways: dict[str, Neighbours] = {
        "TF-IDF cosine, log": Cosine(papers, sublinear=True).neighbours,
        "papers similar": lambda paper, limit: rank_by_us(
            searcher, replace(paper, topics=()), limit
        ),
        "  with topics": lambda paper, limit: rank_by_us(searcher, paper, limit),
    }
    # Few papers at large have topics, so their second figure rests on few pairs.
    for name, among in (("any", told), ("with topics", [p for p in told if p.topics])):
        sample = random.Random(seed).sample(among, min(count, len(among)))
        print(f"{len(sample):5} papers, {name:11} same author  same topics  median ms")
        for way, neighbours in ways.items():
            found = measure_neighbours(sample, neighbours)
            row = f"{found.authors:11.3f} {found.topics:12.3f} {found.took_ms:10.1f}"
            print(f"  {way:22} {row}")


def main() -> None:
    """Measure the sets, then the whole index, and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--index", help="an index of paperlists; built if not given")
    options.add_argument("--papers", type=int, default=300, help="papers in each sample")
    options.add_argument(
        "--half", choices=SEEDS, default="check", help="choose: the papers that chose constants"
    )
    chosen = options.parse_args()
    with paperlists_index(chosen.index) as directory, tempfile.TemporaryDirectory() as folder:
        searcher = Searcher(directory)
        for related in make_sets(searcher, Path(folder), Draw(chosen.half, chosen.papers)):
            size, starts = len(related.papers), len(related.gains)
            print(f"{related.name}, {size} papers, {starts} starts; nDCG@{NEAR}, nDCG@{FAR}")
            for way, near, far in measure_set(related):
                print(f"  {way:22} {near:.3f} {far:.3f}", flush=True)
        measure_whole(searcher, chosen.papers, SEEDS[chosen.half])


if __name__ == "__main__":
    main()
