"""Measure whether a search for a broad topic opens with what everyone cites.

`topics.tsv` lists 100 topics of one to three words as people type them, written before anything was
measured. For each choice of the prior this prints the share of the first ten hits that are among
the ten most cited papers with the topic in their title, over all topics and over the odd and the
even ones, the share of hits that have the topic as a phrase in title or abstract, and the median
processor time of a search with facets; then the known items by kind. Constants of
`search.planning.citation_prior` were chosen on these topics. Run from the project's folder:
``python -m tests.bench.topics --index INDEX``.
"""

import argparse
import csv
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import mean, median

from index.records import Paper
from index.text.analyser import tokenise
from index.text.stems import stem_all
from search.answers.searcher import Searcher
from search.request.search_request import Prior, SearchRequest
from tests.bench.data import known_items
from tests.bench.quality import CUT, iterate_papers, score_known_items, search_all
from tests.bench.speed_search import paperlists_index

TOPICS = Path(__file__).with_name("topics.tsv")
REPEATS = 3
"""Times that each topic is searched for; the fastest counts."""

Ids = frozenset[str]


@dataclass(frozen=True, slots=True)
class Topic:
    """A topic and the papers that a search for it should find.

    Attributes:
        text: The topic as typed.
        cited: The ids of the most cited papers with the topic in their title.
        about: The ids of all papers with the topic in title or abstract.
    """

    text: str
    cited: Ids
    about: Ids


@dataclass(frozen=True, slots=True)
class Measured:
    """The figures of one topic.

    Attributes:
        cited: Share of the papers of `Topic.cited` on the first page.
        about: Share of the hits on the first page that are in `Topic.about`.
        took_ms: Milliseconds of processor time.
    """

    cited: float
    about: float
    took_ms: float


def read_topics() -> list[str]:
    """Read the topics as they are typed; the first column is their area."""
    with TOPICS.open(encoding="utf-8") as file:
        return [topic for _, topic in csv.reader(file, delimiter="\t")]


def collect_topics(texts: Iterable[str], papers: Iterable[Paper]) -> list[Topic]:
    """Find the papers of each topic.

    Args:
        texts: The topics.
        papers: All papers that a search may show.
    """
    rows = [(text, f" {' '.join(stem_all(tokenise(text)))} ") for text in texts]
    titled: dict[str, list[tuple[int, str]]] = {text: [] for text, _ in rows}
    about: dict[str, set[str]] = {text: set() for text, _ in rows}
    for paper in papers:
        title, abstract = (
            f" {' '.join(stem_all(tokenise(part)))} " for part in (paper.title, paper.abstract)
        )
        for text, row in rows:
            if row in title:
                titled[text].append((-(paper.citations or 0), paper.id))
            if row in title or row in abstract:
                about[text].add(paper.id)
    return [
        Topic(text, frozenset(one for _, one in sorted(titled[text])[:CUT]), frozenset(about[text]))
        for text, _ in rows
    ]


def measure_topic(searcher: Searcher, topic: Topic, prior: Prior) -> Measured:
    """Search for a topic and measure the first page."""
    request, spent = SearchRequest(topic.text, per_page=CUT, prior=prior), []
    for _ in range(REPEATS):
        started = time.process_time()
        results = searcher.search(request)
        spent.append((time.process_time() - started) * 1000)
    found = {hit.paper.id for hit in results.hits}
    return Measured(
        len(found & topic.cited) / max(1, len(topic.cited)),
        len(found & topic.about) / max(1, len(found)),
        min(spent),
    )


def print_topics(prior: Prior, measured: Sequence[Measured]) -> None:
    """Print the figures of one choice of the prior."""
    whole, odd, even = (
        mean(one.cited for one in part) for part in (measured, measured[::2], measured[1::2])
    )
    about, took = mean(one.about for one in measured), median(one.took_ms for one in measured)
    print(f"{prior:10} {whole:.3f} ({odd:.3f} {even:.3f})   {about:.3f}   {took:6.2f}", flush=True)


def main() -> None:
    """Find the papers of each topic, search for all with each prior, and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--index", help="an index of paperlists; built if not given")
    options.add_argument("--no-known", action="store_true", help="leave out the known items")
    chosen = options.parse_args()
    with paperlists_index(chosen.index) as directory:
        searcher = Searcher(directory)
        topics = collect_topics(read_topics(), iterate_papers(searcher))
        print(f"{'prior':10} most cited (halves)   about   ms")
        for prior in (Prior.NONE, Prior.AUTO, Prior.CITATIONS):
            print_topics(prior, [measure_topic(searcher, topic, prior) for topic in topics])
        queries = [] if chosen.no_known else [query for _, query, _, _ in known_items()]
        for prior in Prior if queries else ():
            kinds = score_known_items(search_all(searcher, queries, CUT, prior=prior))
            ranks = {kind: figures[f"MRR@{CUT}"] for kind, figures in kinds.items()}
            print(f"{prior:10} MRR@{CUT} {mean(ranks.values()):.4f}", end="")
            print("", *(f"{kind} {rank:.4f}" for kind, rank in ranks.items()), sep=", ", flush=True)


if __name__ == "__main__":
    main()
