"""Hold search over the shipped sample to its recorded quality, without outside data."""

import csv
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import ir_measures
from ir_measures import RR, Success, nDCG

from search.request.search_request import SearchRequest
from tests.bench.floor import find_falls, read_floor
from tests.support.paths import ROOT

if TYPE_CHECKING:
    from search.answers.searcher import Searcher

FOLDER = ROOT / "tests" / "quality"
KNOWN_ITEMS = "sample, known items"
TOPICS = "sample, topics"
CUT = 10
QUERIES_OF_A_KIND = 6

Qrels = dict[str, dict[str, int]]
"""Grades by paper, by query."""


def read_rows(name: str) -> list[dict[str, str]]:
    """Read a file of judgements."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def known_item_qrels() -> Qrels:
    """Return the one paper that each known-item query means."""
    return {row["query"]: {row["paper"]: 1} for row in read_rows("known_items.tsv")}


def topic_qrels() -> Qrels:
    """Return the grades of every topic."""
    grades: Qrels = defaultdict(dict)
    for row in read_rows("topics.tsv"):
        grades[row["query"]][row["paper"]] = int(row["grade"])
    return grades


def search_all(searcher: "Searcher", qrels: Qrels) -> dict[str, dict[str, float]]:
    """Search for every query; return the first ten papers with a score that falls with rank."""
    requests = {query: SearchRequest(query=query, per_page=CUT, facets=()) for query in qrels}
    found = {query: searcher.search(request).hits for query, request in requests.items()}
    return {q: {hit.paper.id: -float(hit.rank) for hit in hits} for q, hits in found.items()}


def test_the_judgements_are_whole() -> None:
    """Every kind has queries, no query occurs twice, and every paper is in the sample."""
    rows = read_rows("known_items.tsv")
    kinds = Counter(row["kind"] for row in rows)
    assert set(kinds.values()) == {QUERIES_OF_A_KIND}
    assert set(kinds) <= set(read_floor())
    assert len(rows) == len(known_item_qrels()) == 54
    assert len(topic_qrels()) == 30
    pairs = [(row["query"], row["paper"]) for row in read_rows("topics.tsv")]
    assert len(set(pairs)) == len(pairs)


def test_every_judged_paper_is_in_the_sample(sample_searcher: "Searcher") -> None:
    """A judgement names a paper that can be found."""
    named = {
        paper
        for qrels in (known_item_qrels(), topic_qrels())
        for one in qrels.values()
        for paper in one
    }
    assert len(named) > 100
    assert {sample_searcher.read_paper(paper_id).id for paper_id in named} == named


def test_quality_over_the_sample_does_not_fall(sample_searcher: "Searcher") -> None:
    """MRR@10 and hit@1 of the known items, nDCG@10 of the topics: not below the floor."""
    items, topics = known_item_qrels(), topic_qrels()
    found = search_all(sample_searcher, items | topics)
    first = ir_measures.calc_aggregate([RR @ CUT, Success @ 1], items, found)
    ranked = ir_measures.calc_aggregate([nDCG @ CUT], topics, found)
    figures = {
        KNOWN_ITEMS: {"MRR@10": first[RR @ CUT], "hit@1": first[Success @ 1]},
        TOPICS: {"nDCG@10": ranked[nDCG @ CUT]},
    }
    assert set(figures) <= set(read_floor())
    assert find_falls(figures) == []
