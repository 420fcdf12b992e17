"""Measure how often the right paper comes first.

Prints nDCG@10, AP and R@100 on Cranfield and CACM, and MRR@10 and hit@1 by kind of query on the
known-item set, beside bm25s on the same papers, and compares them with the recorded floor. Run
from the project's folder: ``python -m tests.bench.quality``. Exits with 1 if a figure fell.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import ir_measures
import msgspec
from ir_measures import AP, R, nDCG

from index.build.operations import build
from index.errors import PapersearchError
from index.records import Paper, decode_paper
from index.settings import BuildSettings
from index.text.analyser import tokenise
from search.answers.restrictions import NOT_HIDDEN
from search.answers.searcher import Searcher
from search.planning.plan import Anything, Plan, all_of
from search.request.search_request import MAX_QUERY, Prior, SearchRequest
from tests.bench.data import DATA, JUDGED, PAPERLISTS, judged_queries, known_items, require_file
from tests.bench.floor import Figures, compare
from tests.support.made_works import make_separate_documents, write_index

JUDGED_DEPTH = 100
AT_ONCE = 5_000
"""Papers read from an index at once."""

CUT = 10
KEPT = Path(__file__).parents[2] / ".bench"
"""The folder of the indexes built for this benchmark."""

Found = list[list[Paper]]
"""The papers found for each query, best first."""


def open_or_build(name: str, dump: Path, *, anew: bool, kept: Path = KEPT) -> Searcher:
    """Open the index that an earlier run built, or build it."""
    require_file(dump)
    folder = kept / name
    if not anew:
        try:
            return Searcher(folder)
        except PapersearchError:
            pass  # absent, or built by another version
    if name in JUDGED:
        return Searcher(write_judged(name, folder))
    build(folder, (str(dump),), BuildSettings(keep=1))
    return Searcher(folder)


def search_all(
    searcher: Searcher,
    queries: list[str],
    depth: int,
    *,
    expand: bool = False,
    prior: Prior = Prior.AUTO,
) -> Found:
    """Search as a page does, without facets."""
    wanted = SearchRequest(per_page=depth, facets=(), expand=expand, prior=prior)
    requests = (replace(wanted, query=query[:MAX_QUERY]) for query in queries)
    return [[hit.paper for hit in searcher.search(request).hits] for request in requests]


def iterate_papers(searcher: Searcher) -> Iterator[Paper]:
    """Yield all papers of an index except those that a search hides."""
    plan = Plan(all_of([Anything(), NOT_HIDDEN]))
    for offset in range(0, searcher.manifest.papers, AT_ONCE):
        # All scores are equal, so papers come in index order and nothing is sorted.
        found = searcher.engine.find(plan, None, offset, AT_ONCE)
        yield from (decode_paper(record) for _, record in found.hits)


def score_judged(name: str, found: Found) -> Figures:
    """Score the papers found for the questions of a judged collection."""
    return score_judged_ids(name, [[paper.id for paper in papers] for papers in found])


def score_judged_ids(name: str, found: list[list[str]]) -> Figures:
    """Score the ids of the papers found for the questions of a judged collection."""
    numbers = [number for number, _ in judged_queries(name)]
    run = [
        ir_measures.ScoredDoc(number, one, float(-rank))
        for number, ids in zip(numbers, found, strict=True)
        for rank, one in enumerate(ids)
    ]
    qrels = list(ir_measures.read_trec_qrels(str(DATA / "relevance" / name / "qrels.txt")))
    measures = [nDCG @ CUT, AP, R @ JUDGED_DEPTH]
    scores = ir_measures.calc_aggregate(measures, qrels, run)
    return {str(measure): scores[measure] for measure in measures}


def score_known_items(found: Found) -> dict[str, Figures]:
    """Score the papers found for the known items, by kind of query."""
    ranks: dict[str, list[int]] = defaultdict(list)
    for (kind, _, year, title), papers in zip(known_items(), found, strict=True):
        title_tokens = tokenise(title)
        places = (
            rank
            for rank, paper in enumerate(papers[:CUT], start=1)
            if tokenise(paper.title) == title_tokens
            and year in {show.year for show in paper.appearances}
        )
        ranks[kind].append(next(places, 0))
    return {
        kind: {
            f"MRR@{CUT}": sum(1 / rank for rank in places if rank) / len(places),
            "hit@1": sum(rank == 1 for rank in places) / len(places),
        }
        for kind, places in ranks.items()
    }


def write_judged(name: str, directory: Path) -> Path:
    """Write an index of a judged collection without merging papers, as they were judged."""
    lines = judged_dump(name).read_bytes().splitlines()
    return write_index(
        directory, make_separate_documents(msgspec.json.decode(line) for line in lines)
    )


def judged_dump(name: str) -> Path:
    """Return the path of a judged collection's dump."""
    return DATA / "relevance" / name / "docs.jsonl"


def measure_collection(name: str, searcher: Searcher) -> dict[str, Figures]:
    """Measure one judged collection, as a page searches and with feedback."""
    questions = [text for _, text in judged_queries(name)]
    return {
        label: score_judged(name, search_all(searcher, questions, JUDGED_DEPTH, expand=expand))
        for label, expand in ((name, False), (f"{name} with feedback", True))
    }


def measure_judged(name: str, *, anew: bool) -> dict[str, Figures]:
    """Measure one judged collection beside the peer, print, and return our figures by name."""
    searcher = open_or_build(name, judged_dump(name), anew=anew)
    questions = [text for _, text in judged_queries(name)]
    ours = measure_collection(name, searcher)
    from tests.bench.peers.bm25s import K1, Baseline

    peer = Baseline(iterate_papers(searcher))
    for label, figures in ours.items():
        _print_line(label, figures)
    for k1 in K1:
        _print_line(f"  bm25s k1={k1}", score_judged(name, peer.best(k1, questions, JUDGED_DEPTH)))
    return ours


def measure_known(*, anew: bool, index: str | None) -> dict[str, Figures]:
    """Measure the known items beside the peer, print, and return our figures by kind."""
    searcher = (
        Searcher(Path(index)) if index else open_or_build("paperlists", PAPERLISTS, anew=anew)
    )
    queries = [query for _, query, _, _ in known_items()]
    ours = score_known_items(search_all(searcher, queries, CUT))
    from tests.bench.peers.bm25s import K1, Baseline

    peer = Baseline(iterate_papers(searcher))
    rivals = [score_known_items(peer.best(k1, queries, CUT)) for k1 in K1]
    for kind, figures in ours.items():
        best = {m: max(rival[kind][m] for rival in rivals) for m in figures}
        _print_line(kind, figures)
        _print_line("  bm25s, best k1", best)
    return ours


def _print_line(name: str, figures: Figures) -> None:
    print(f"{name:20}", *(f"{measure} {value:.4f}" for measure, value in figures.items()))


def main() -> None:
    """Build the indexes that are missing, measure, print and compare."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--index", help="an index of paperlists; built once if not given")
    options.add_argument("--rebuild", action="store_true", help="build the indexes anew")
    options.add_argument("--record", action="store_true", help="raise the floor to these figures")
    chosen = options.parse_args()
    figures: dict[str, Figures] = {}
    for name in JUDGED:
        figures |= measure_judged(name, anew=chosen.rebuild)
    figures |= measure_known(anew=chosen.rebuild, index=chosen.index)
    sys.exit(compare(figures, record=chosen.record))


if __name__ == "__main__":
    main()
