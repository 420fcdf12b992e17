"""Make the sets that related papers are measured on, each an index and what is relevant in it.

No related papers were ever judged by hand for these collections. What stands for a judgement never
is a text that is searched: two papers are related if both answer a question of a judged collection,
if they share a keyword, or if they share an author. Keywords and authors are left out of the
indexes.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import ir_measures
from msgspec.structs import replace

from index.records import Paper
from index.text.analyser import tokenise
from search.answers.searcher import Searcher
from search.planning.plan import Anything, Plan
from tests.bench.data import DATA, JUDGED
from tests.bench.quality import iterate_papers, write_judged
from tests.support.made_works import write_index

SIZES = {"keywords": 3_000, "authors": 10_000}
"""Papers in the sampled sets: a small collection as the judged ones are, and one so large that two
papers of one author are found in it."""

TELLING = 3
"""Keywords that a paper in the set of keywords has at least."""

SEEDS = {"choose": 1, "check": 2}
"""Seeds of the samples by half. All papers of a judged collection are cut in two halves; of the
others each half has a sample of its own."""


@dataclass(frozen=True, slots=True)
class Draw:
    """Which papers of a set to start from.

    Attributes:
        half: A key of `SEEDS`.
        most: The most papers.
    """

    half: str
    most: int


Gains = Mapping[str, int]
"""The papers related to one paper, by id, and how much."""


Values = Callable[[Paper], Iterable[str]]
"""Lists the values of a paper that others may share."""


@dataclass(frozen=True, slots=True)
class RelatedSet:
    """A collection with papers to start from.

    Attributes:
        name: What its judgements are.
        searcher: An index of all its papers.
        papers: All papers by id.
        gains: For each paper to start from, the papers related to it.
    """

    name: str
    searcher: Searcher
    papers: Mapping[str, Paper]
    gains: Mapping[str, Gains]


def relate_by(papers: Iterable[Paper], values: Values, start: Iterable[Paper]) -> dict[str, Gains]:
    """Relate papers to those that share values, with a gain of 1 for each value.

    Args:
        papers: All papers.
        values: Lists the values of a paper.
        start: The papers to start from; those that share nothing are left out.
    """
    having: dict[str, list[Paper]] = defaultdict(list)
    for paper in papers:
        for value in set(values(paper)):
            having[value].append(paper)
    related: dict[str, Gains] = {}
    for paper in start:
        title = tokenise(paper.title)
        shared = Counter(
            other.id
            for value in set(values(paper))
            for other in having[value]
            if other.id != paper.id and tokenise(other.title) != title
        )
        if shared:
            related[paper.id] = shared
    return related


def make_judged_set(name: str, folder: Path, draw: Draw) -> RelatedSet:
    """Relate papers that answer the same question of a judged collection."""
    searcher = Searcher(write_judged(name, folder))
    papers = {paper.id: paper for paper in iterate_papers(searcher)}
    answers: dict[str, list[str]] = defaultdict(list)
    for judged in ir_measures.read_trec_qrels(str(DATA / "relevance" / name / "qrels.txt")):
        if judged.relevance > 0:
            answers[judged.doc_id].append(judged.query_id)
    relevant = sorted(answers.keys() & papers.keys())
    random.Random(0).shuffle(relevant)
    half = relevant[::2] if draw.half == "choose" else relevant[1::2]
    start = [papers[key] for key in half[: draw.most]]
    gains = relate_by(papers.values(), lambda paper: answers.get(paper.id, ()), start)
    return RelatedSet(name, searcher, papers, gains)


def make_sampled_set(among: list[Paper], values: Values, folder: Path, draw: Draw) -> RelatedSet:
    """Relate papers of a sample that share keywords or authors.

    Args:
        among: The papers to draw the sample from.
        values: Lists the keywords or authors of a paper.
        folder: Where the index of the sample is written; its name is that of the set.
        draw: Which papers to start from.
    """
    choice = random.Random(SEEDS[draw.half])
    sample = choice.sample(among, min(SIZES[folder.name], len(among)))
    papers = {paper.id: replace(paper, topics=(), authors=()) for paper in sample}
    searcher = Searcher(write_index(folder, [(paper, "") for paper in papers.values()]))
    start = choice.sample(sample, min(draw.most, len(sample)))
    return RelatedSet(folder.name, searcher, papers, relate_by(sample, values, start))


def _list_keywords(paper: Paper) -> list[str]:
    return [topic.lower() for topic in paper.topics]


def _list_authors(paper: Paper) -> list[str]:
    return [author.key for author in paper.authors]


def make_sets(paperlists: Searcher, folder: Path, draw: Draw) -> Iterator[RelatedSet]:
    """Yield the sets one after the other.

    Args:
        paperlists: An index of paperlists, which keywords and authors are taken from.
        folder: Where indexes are written.
        draw: Which papers to start from in each set.
    """
    for name in JUDGED:
        yield make_judged_set(name, folder / name, draw)
    told = [paper for paper in iterate_papers(paperlists) if paper.abstract]
    keyworded = [paper for paper in told if len(paper.topics) >= TELLING]
    yield make_sampled_set(keyworded, _list_keywords, folder / "keywords", draw)
    yield make_sampled_set(told, _list_authors, folder / "authors", draw)


def list_papers(searcher: Searcher) -> list[Paper]:
    """Return all papers of an index."""
    everything = searcher.find_hits(Plan(Anything()), searcher.manifest.papers)
    return [hit.paper for hit in everything]
