"""Measure whether related papers share authors and topics.

Neither authors nor topics are part of the queries here, so agreement in them comes from the words
of title and abstract alone. The baseline is the cosine of TF-IDF vectors of the same texts over
all pairs, which no index can afford. Run from the project's folder:
``python -m tests.bench.similar --index INDEX``.
"""

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from msgspec.structs import replace
from sklearn.feature_extraction.text import TfidfVectorizer

from index.records import Paper
from index.text.analyser import tokenise
from index.text.stems import stem_all
from search.answers.related import COMMON, FEWEST, find_related
from search.answers.searcher import Searcher
from search.planning.plan import Anything, Plan
from tests.bench.speed_search import paperlists_index

DEPTH = 10
SPARE = 40
"""Neighbours fetched in the baseline, so that enough remain without those of the same title."""

Neighbours = Callable[[Paper], list[Paper]]


@dataclass(frozen=True, slots=True)
class Measured:
    """The quality of the neighbours of some papers.

    Attributes:
        authors: Share of the first ten that have an author in common with the paper.
        topics: Mean Jaccard similarity of topics, over papers that have any.
        took_ms: Median milliseconds per paper.
    """

    authors: float
    topics: float
    took_ms: float


def measure_neighbours(sample: list[Paper], neighbours: Neighbours) -> Measured:
    """Measure the neighbours of a sample of papers."""
    shared, common, took = [], [], []
    for paper in sample:
        started = time.perf_counter()
        found = neighbours(paper)
        took.append((time.perf_counter() - started) * 1000)
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


class Cosine:
    """The baseline: TF-IDF vectors of the stems of title and abstract, logarithmic counts."""

    def __init__(self, papers: list[Paper]) -> None:
        vectors = TfidfVectorizer(
            analyzer=_stems, min_df=FEWEST, max_df=COMMON, sublinear_tf=True, dtype=np.float32
        )
        self._papers = papers
        self._places = {paper.id: place for place, paper in enumerate(papers)}
        self._vectors = vectors.fit_transform(papers).tocsr()

    def neighbours(self, paper: Paper) -> list[Paper]:
        """Return the nearest papers with another title."""
        own = self._vectors[self._places[paper.id]]
        near = (own @ self._vectors.T).toarray()[0]
        first = np.argsort(-near)[:SPARE]
        title = tokenise(paper.title)
        found = (self._papers[place] for place in first)
        return [other for other in found if tokenise(other.title) != title][:DEPTH]


def _stems(paper: Paper) -> list[str]:
    return stem_all(tokenise(f"{paper.title} {paper.abstract}"))


def main() -> None:
    """Read the papers of an index, take two samples, measure both sides on each, and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--index", help="an index of paperlists; built if not given")
    options.add_argument("--papers", type=int, default=300, help="papers in each sample")
    options.add_argument("--seed", type=int, default=2, help="of the samples; 1 chose constants")
    chosen = options.parse_args()
    with paperlists_index(chosen.index) as directory:
        searcher = Searcher(directory)
        everything = searcher.find_hits(Plan(Anything()), searcher.manifest.papers)
        papers = [hit.paper for hit in everything]
        cosine = Cosine(papers)
        ways: dict[str, Neighbours] = {
            "TF-IDF cosine": cosine.neighbours,
            "papers similar": lambda paper: _ours(searcher, replace(paper, topics=())),
            "with topics": lambda paper: _ours(searcher, paper),
        }
        told = [paper for paper in papers if paper.abstract]
        # Few papers at large have topics, so their second figure rests on few pairs.
        for name, among in (("any", told), ("with topics", [p for p in told if p.topics])):
            sample = random.Random(chosen.seed).sample(among, min(chosen.papers, len(among)))
            print(f"{len(sample):5} papers, {name:11} same author  same topics  median ms")
            for way, neighbours in ways.items():
                found = measure_neighbours(sample, neighbours)
                row = f"{found.authors:11.3f} {found.topics:12.3f} {found.took_ms:10.1f}"
                print(f"  {way:22} {row}")


def _ours(searcher: Searcher, paper: Paper) -> list[Paper]:
    return [hit.paper for hit in find_related(searcher, paper, limit=DEPTH, hidden=True).hits]


if __name__ == "__main__":
    main()
