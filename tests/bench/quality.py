"""Answers: how often does the right paper come first?

Prints nDCG@10, AP and R@100 on Cranfield and CACM, and MRR@10 and hits at 1 by kind of query
on the known-item set. Run from the project's folder: ``python -m tests.bench.quality``.
"""

import argparse
import tempfile
from collections import defaultdict
from pathlib import Path

import ir_measures
from ir_measures import AP, R, nDCG

from index.analysis import tokens
from index.build import build
from index.settings import BuildSettings
from search.request import SearchRequest
from search.searcher import Searcher
from tests.bench.data import DATA, JUDGED, PAPERLISTS, judged_queries, known_items, needed

JUDGED_DEPTH = 100
CUT = 10


def judged(name: str, folder: Path) -> dict[str, float]:
    """Measure one judged collection: index its documents, ask its questions."""
    source = DATA / "relevance" / name
    needed(source / "docs.jsonl")
    build(folder / name, (str(source / "docs.jsonl"),), BuildSettings())
    searcher = Searcher(folder / name)
    run = []
    for number, text in judged_queries(name):
        request = SearchRequest(text[:2000], per_page=JUDGED_DEPTH, facets=())
        hits = searcher.search(request).hits
        run += [ir_measures.ScoredDoc(number, hit.paper.id, float(-hit.rank)) for hit in hits]
    path = str(source / "qrels.txt")
    qrels = list(ir_measures.read_trec_qrels(path))
    found = ir_measures.calc_aggregate([nDCG @ 10, AP, R @ 100], qrels, run)
    return {str(measure): value for measure, value in found.items()}


def known(searcher: Searcher) -> dict[str, tuple[float, float]]:
    """Measure the known-item set: (MRR@10, share at rank 1) by kind of query."""
    ranks: dict[str, list[int]] = defaultdict(list)
    for kind, query, year, title in known_items():
        hits = searcher.search(SearchRequest(query, facets=())).hits
        wanted = tokens(title)
        places = (
            hit.rank
            for hit in hits
            if tokens(hit.paper.title) == wanted
            and year in {show.year for show in hit.paper.appearances}
        )
        ranks[kind].append(next(places, 0))
    return {
        kind: (
            sum(1 / rank for rank in found if rank) / len(found),
            sum(rank == 1 for rank in found) / len(found),
        )
        for kind, found in ranks.items()
    }


def main() -> None:
    """Build what is needed, measure, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--index", help="an index of paperlists; built if not given")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for collection in JUDGED:
            figures = judged(collection, folder)
            print(f"{collection:16}", *(f"{m} {value:.4f}" for m, value in figures.items()))
        if chosen.index:
            papers = Path(chosen.index)
        else:
            needed(PAPERLISTS)
            papers = folder / "paperlists"
            build(papers, (str(PAPERLISTS),), BuildSettings())
        print(f"{'known item':20} MRR@{CUT}  hit@1")
        for kind, (mrr, first) in known(Searcher(papers)).items():
            print(f"{kind:20} {mrr:.4f}  {first:.4f}")


if __name__ == "__main__":
    main()
