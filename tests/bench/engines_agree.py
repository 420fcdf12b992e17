"""Measure whether the engines rank alike.

Every engine indexes the same papers and answers the same queries. Prints, for each pair of engines,
the mean overlap of the first ten hits and the mean of Kendall's tau-b over the hits that both have
among their first hundred, on the sample and on the judged collections. The cluster takes part if
``PAPERS_OPENSEARCH_URL`` names one. Run from the project's folder:
``python -m tests.bench.engines_agree``.

Source: Kendall, The Treatment of Ties in Ranking Problems, 1945.
"""

import argparse
import os
import tempfile
from collections.abc import Iterable, Iterator
from itertools import combinations
from math import sqrt
from pathlib import Path
from statistics import mean
from typing import NamedTuple

import msgspec

from index.engines.engine import ENGINES, LOCAL_ENGINES
from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest
from tests.bench.data import JUDGED, judged_queries
from tests.bench.quality import judged_dump
from tests.support.engine_queries import QUERIES
from tests.support.made_works import make_separate_documents, write_index
from tests.support.paths import SAMPLE

FIRST = 10
DEPTH = 100
DIGITS = 3
"""Decimal places of scores that count; engines add numbers in different orders."""

Scores = dict[str, float]
"""The scores of the first hits of a query, by id, best first."""


class Agreement(NamedTuple):
    """How alike two engines rank.

    Attributes:
        queries: Number of queries that have at least two hits in common.
        overlap: Mean share of the first ten hits that both have among theirs, from 0 to 1.
        tau: Mean of Kendall's tau-b, from -1 to 1.
    """

    queries: int
    overlap: float
    tau: float


def compute_tau(one: Scores, other: Scores) -> float:
    """Compute Kendall's tau-b of two rankings over the hits that both have.

    Args:
        one: The scores of the first engine.
        other: The scores of the second.

    Returns:
        A number from -1 to 1; 1 if either has the same score for all.
    """
    both = [(round(one[hit], DIGITS), round(other[hit], DIGITS)) for hit in one if hit in other]
    agree = apart = tied_one = tied_other = 0
    for (a, b), (c, d) in combinations(both, 2):
        product = (a - c) * (b - d)
        agree, apart = agree + (product > 0), apart + (product < 0)
        tied_one, tied_other = tied_one + (a == c), tied_other + (b == d)
    every = len(both) * (len(both) - 1) // 2
    size = sqrt((every - tied_one) * (every - tied_other))
    return (agree - apart) / size if size else 1.0


def compute_overlap(one: Scores, other: Scores) -> float:
    """Compute the share of the first ten hits that both rankings have among theirs.

    Hits as good as the tenth of the other ranking count too, since their order is chance.
    """
    first = list(one)[:FIRST]
    least = min(list(other.values())[:FIRST], default=0.0)
    return sum(round(other.get(hit, -1.0) - least, DIGITS) >= 0 for hit in first) / len(first)


def rank_hits(searcher: Searcher, query: str) -> Scores:
    """Return the scores of the first hits of a query."""
    found = searcher.search(SearchRequest(query, per_page=DEPTH, facets=(), hidden=True))
    return {hit.paper.id: hit.score for hit in found.hits}


def compare_engines(one: Searcher, other: Searcher, queries: Iterable[str]) -> Agreement:
    """Compare how two engines rank the hits of queries."""
    pairs = [(rank_hits(one, query), rank_hits(other, query)) for query in queries]
    kept = [pair for pair in pairs if len(pair[0].keys() & pair[1].keys()) > 1]
    overlaps = [compute_overlap(*pair) for pair in kept]
    return Agreement(len(kept), mean(overlaps), mean(compute_tau(*pair) for pair in kept))


def list_sets() -> Iterator[tuple[str, Path, list[str]]]:
    """Yield the name, the papers and the queries of each set that is here."""
    yield "sample", SAMPLE, QUERIES
    for name in JUDGED:
        if judged_dump(name).exists():
            yield name, judged_dump(name), [text for _, text in judged_queries(name)]


def main() -> None:
    """Compare all engines on all sets, and print what was found."""
    argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else "").parse_args()
    engines = ENGINES if os.environ.get("PAPERS_OPENSEARCH_URL") else LOCAL_ENGINES
    for name, papers, queries in list_sets():
        records = map(msgspec.json.decode, papers.read_bytes().splitlines())
        documents = make_separate_documents(records)
        with tempfile.TemporaryDirectory() as folder:
            searchers = {
                engine: Searcher(write_index(Path(folder) / engine, documents, engine))
                for engine in engines
            }
            for one, other in combinations(engines, 2):
                found = compare_engines(searchers[one], searchers[other], queries)
                print(
                    f"{name:10} {one:8} {other:10} {found.queries:4} queries   "
                    f"overlap@{FIRST} {found.overlap:.3f}   tau-b {found.tau:.3f}"
                )


if __name__ == "__main__":
    main()
