"""Answers: which papers are about the same as this one?

The words that say most about the paper are chosen, and the papers that have the most of them are
found: one search of a few weighted words, on any engine.
"""

import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from heapq import nlargest
from math import log

from index.engines.document import MAX_KEY
from index.records import Paper
from index.text.analyser import stem_all, tokenise
from search.answers.answer import NOT_HIDDEN
from search.answers.results import Hit
from search.answers.searcher import Searcher
from search.engines.engine import Engine
from search.planning.plan import Exact, Node, Plan, Term, Weighted, Without, all_of, any_of
from search.planning.stopwords import STOP_WORDS

TERMS = 40
"""Words that are asked for. Source: `tests.bench.similar`; 10, 25, 40, 60 and 100 tried; 100 is no
better, and time grows with them."""

TITLE_WEIGHT = 5.0
"""How often a word of the title counts, a word of the abstract counting once. Source: as above; of
3, 5 and 8 all are as good within .002."""

TOPIC_WEIGHT = 1.0
"""How often a word of the topics counts."""

TOPIC_SCORE = 4.0
"""Score of the rarest topic if both papers have it; one in all papers scores nothing. A word of the
title scores about as much. Source: as above; 2, 4, 8 and 16 tried; at 16 fewer hits are by the same
authors."""

SATURATION = 0.5
"""How soon a word that is said more often counts no more: said so often, it counts half of what it
can. Source: as above; .25, .5, 1.2, 3, logarithm, root and no saturation tried."""

IDF_POWER = 0.5
"""To which power a word's rarity counts in its weight; the engine's score counts it once more.
Source: as above; 0, .25, .5, 1, 1.5 and 2 tried."""

FEWEST = 2
"""Papers that must have a word: the paper itself and another."""

COMMON = 0.1
"""Of all papers; what more of them have says little."""


@dataclass(frozen=True, slots=True)
class Related:
    """The papers that are about the same as one.

    Attributes:
        paper: The one.
        words: What was asked for: stems and their weights, the weightiest first.
        hits: The others, the nearest first.
        took_ms: Milliseconds from the paper to the hits.
    """

    paper: Paper
    words: Mapping[str, float]
    hits: tuple[Hit, ...]
    took_ms: float


def find_related(
    searcher: Searcher, paper: Paper, *, limit: int = 10, hidden: bool = False
) -> Related:
    """Give the papers that are about the same.

    Args:
        searcher: The index.
        paper: One of the index, see `search.answers.paper_lookup`.
        limit: At most so many.
        hidden: Whether withdrawn, rejected and retracted papers may be among them.

    Returns:
        The papers; the paper itself and others of its title are not among them.
    """
    started = time.perf_counter()
    engine, papers = searcher.engine, searcher.manifest.papers
    words = choose_words(paper, engine, papers)
    ways: list[Node] = [Weighted(Term("text", word), weight) for word, weight in words.items()]
    ways += [
        Weighted(Exact("topic", topic), TOPIC_SCORE * rarity / log(papers))
        for topic in paper.topics
        if (rarity := _rarity("topic", topic, engine, papers))
    ]
    parts: list[Node] = [any_of(ways), Without(_itself(paper)), *([] if hidden else [NOT_HIDDEN])]
    hits = searcher.find_hits(Plan(all_of(parts)), limit)
    return Related(paper, words, hits, (time.perf_counter() - started) * 1000)


def choose_words(paper: Paper, engine: Engine, papers: int) -> dict[str, float]:
    """Choose the words that say most about a paper.

    Args:
        paper: The paper.
        engine: Knows how many papers have a word.
        papers: How many papers there are.

    Returns:
        At most `TERMS` stems with their weights, 1 for the weightiest, which stands first.
    """
    weights = {}
    for word, times in _said(paper).items():
        if rarity := _rarity("text", word, engine, papers):
            weights[word] = times / (times + SATURATION) * rarity**IDF_POWER
    chosen = nlargest(TERMS, weights.items(), key=lambda pair: (pair[1], pair[0]))
    return {word: weight / chosen[0][1] for word, weight in chosen}


def _rarity(field: str, token: str, engine: Engine, papers: int) -> float:
    """Give the logarithm of how rare a token is; 0 for what is too rare or too common to help."""
    having = engine.count_documents(field, token)
    return log(papers / having) if FEWEST <= having <= max(FEWEST, papers * COMMON) else 0.0


def _said(paper: Paper) -> dict[str, float]:
    """Count the words of a paper; function words, single letters and numbers are left out."""
    said: dict[str, float] = defaultdict(float)
    texts = [(paper.title, TITLE_WEIGHT), (paper.abstract, 1.0)]
    for text, weight in texts + [(topic, TOPIC_WEIGHT) for topic in paper.topics]:
        found = [word for word in tokenise(text) if word not in STOP_WORDS]
        for word in stem_all(found):
            if len(word) > 1 and not word.isdecimal():
                said[word] += weight
    return said


def _itself(paper: Paper) -> Node:
    title = " ".join(tokenise(paper.title))[:MAX_KEY]
    called: list[Node] = [Exact("id", paper.id), *([Exact("title_key", title)] if title else [])]
    # The work that a record is a part of has the record's id among its own.
    return any_of([*called, Exact("identifier", paper.id.lower())])
