"""Measure what ranking by meaning gains, and what it costs.

Prints, ranked by words alone (none), with the first hits of questions ranked by meaning too (auto)
and with papers found by meaning alone (all):

- nDCG@10, AP, R@100 and processor time on the questions of Cranfield and CACM;
- the same for abstracts as questions: of papers relevant to one question, the abstract of one has
  to find the others;
- nDCG@20 of the papers related to such a paper;
- with ``--index``, MRR@10 of the known items by kind, on an index of paperlists with vectors, and
  the processor time of queries that are not ranked by meaning.

Papers of the judged collections that have no vector yet are embedded first, which takes minutes.
The weights were chosen on the two collections. Run from the project's folder:
``python -m tests.bench.meaning``.
"""

import argparse
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import mean, median

import ir_measures
from ir_measures import AP, Qrel, R, ScoredDoc, nDCG

from index.meaning.embedding import embed_papers
from index.records import Paper
from search.answers.related import find_related
from search.answers.searcher import Searcher
from search.errors import PaperMissing
from search.request.search_request import ByMeaning, SearchRequest
from tests.bench.data import DATA, JUDGED, judged_queries, known_items
from tests.bench.quality import (
    CUT,
    JUDGED_DEPTH,
    KEPT,
    judged_dump,
    open_or_build,
    score_known_items,
)

MEASURES = [nDCG @ CUT, AP, R @ JUDGED_DEPTH]
RELATED_CUT = 20
SHORTEST = 45
"""Words of an abstract that serves as a question."""

FEWEST = 4
"""Papers relevant to a question of which one serves as a question itself."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its judgements.

    Attributes:
        number: Identifies it.
        text: The question.
        right: The relevance of papers by their ids.
        paper: The paper whose abstract it is, which is not counted, or None.
    """

    number: str
    text: str
    right: dict[str, int]
    paper: Paper | None = None


def list_questions(name: str) -> list[Asked]:
    """Return the questions of a judged collection that have judgements."""
    judged = _read_judgements(name)
    return [Asked(one, text, judged[one]) for one, text in judged_queries(name) if one in judged]


def list_abstracts(name: str, searcher: Searcher) -> list[Asked]:
    """Return the abstracts of two relevant papers of each question, as questions themselves."""
    drawn, found = random.Random(1), []
    for number, right in sorted(_read_judgements(name).items()):
        good = sorted(one for one, relevance in right.items() if relevance > 0)
        for one in drawn.sample(good, 2) if len(good) >= FEWEST else ():
            try:
                paper = searcher.read_paper(one)
            except PaperMissing:
                continue  # a document without any text
            if len(paper.abstract.split()) >= SHORTEST:
                others = {other: value for other, value in right.items() if other != one}
                found.append(Asked(f"{number}-{one}", paper.abstract, others, paper))
    return found


def _read_judgements(name: str) -> dict[str, dict[str, int]]:
    judged: dict[str, dict[str, int]] = {}
    for one in ir_measures.read_trec_qrels(str(DATA / "relevance" / name / "qrels.txt")):
        judged.setdefault(one.query_id, {})[one.doc_id] = one.relevance
    return judged


def measure(searcher: Searcher, asked: list[Asked], meaning: ByMeaning) -> str:
    """Return the figures of some questions as a row of a table."""
    request = SearchRequest(per_page=JUDGED_DEPTH, facets=(), meaning=meaning)
    started, run, used = time.process_time(), [], 0
    for one in asked:
        results = searcher.search(replace(request, query=one.text))
        used += results.meaning is not None
        ids = [hit.paper.id for hit in results.hits if hit.paper != one.paper]
        run += [ScoredDoc(one.number, found, -float(rank)) for rank, found in enumerate(ids)]
    took_ms = (time.process_time() - started) / len(asked) * 1000
    scores = ir_measures.calc_aggregate(MEASURES, _make_qrels(asked), run)
    figures = "  ".join(f"{measured} {scores[measured]:.4f}" for measured in MEASURES)
    return f"{figures}  {took_ms:5.1f} ms  ranked by meaning: {used} of {len(asked)}"


def _make_qrels(asked: list[Asked]) -> list[Qrel]:
    return [Qrel(one.number, found, value) for one in asked for found, value in one.right.items()]


def measure_related(searcher: Searcher, asked: list[Asked], *, by_meaning: bool) -> str:
    """Return nDCG of the papers related to those whose abstracts are the questions."""
    run, took_ms = [], []
    for one in asked:
        if one.paper is not None:
            started = time.process_time()
            related = find_related(searcher, one.paper, limit=100, by_meaning=by_meaning)
            took_ms.append((time.process_time() - started) * 1000)
            ids = [hit.paper.id for hit in related.hits]
            run += [ScoredDoc(one.number, found, -float(rank)) for rank, found in enumerate(ids)]
    score = ir_measures.calc_aggregate([nDCG @ RELATED_CUT], _make_qrels(asked), run)
    return f"{nDCG @ RELATED_CUT} {score[nDCG @ RELATED_CUT]:.4f}  {median(took_ms):5.1f} ms"


def measure_known(searcher: Searcher) -> Iterator[str]:
    """Yield the figures of the known items by kind, ranked by words alone and with the meaning."""
    queries = [query for _, query, _, _ in known_items()]
    figures, others_ms = {}, {}
    for meaning in (ByMeaning.NONE, ByMeaning.AUTO, ByMeaning.NONE, ByMeaning.AUTO):
        request = SearchRequest(per_page=CUT, facets=(), meaning=meaning)
        found, took_ms, used = [], [], 0
        for query in queries:
            started = time.process_time()
            results = searcher.search(replace(request, query=query))
            used += results.meaning is not None
            if results.meaning is None:
                took_ms.append((time.process_time() - started) * 1000)
            found.append([hit.paper for hit in results.hits])
        figures[meaning] = score_known_items(found)
        others_ms[meaning] = f"{median(took_ms):.2f} ms, ranked by meaning: {used}"
    name = f"MRR@{CUT}"
    for meaning, kinds in figures.items():
        everything = mean(kind[name] for kind in kinds.values())
        each = "  ".join(f"{kind} {values[name]:.4f}" for kind, values in kinds.items())
        yield f"{meaning:5} {name} {everything:.4f}  {each}  others {others_ms[meaning]}"


def main() -> None:
    """Embed the judged collections, measure, and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--index", help="an index of paperlists with vectors, for the known items")
    options.add_argument("--folder", type=Path, default=KEPT, help="where indexes are kept")
    options.add_argument("--processes", type=int, default=2, help="processes that embed papers")
    chosen = options.parse_args()
    for name in JUDGED:
        searcher = open_or_build(name, judged_dump(name), anew=False, kept=chosen.folder)
        embed_papers(chosen.folder / name, None, chosen.processes)
        abstracts = list_abstracts(name, searcher)
        for label, asked in ((name, list_questions(name)), (f"{name} abstracts", abstracts)):
            for meaning in ByMeaning:
                print(f"{label:20} {meaning:5} {measure(searcher, asked, meaning)}", flush=True)
        for by_meaning in (False, True):
            row = measure_related(searcher, abstracts, by_meaning=by_meaning)
            print(f"{name} related".ljust(20), "auto " if by_meaning else "none ", row)
    if chosen.index:
        print(*measure_known(Searcher(Path(chosen.index))), sep="\n")


if __name__ == "__main__":
    main()
