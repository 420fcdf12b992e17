"""Find the papers that are most related to one paper.

The most characteristic words of the paper become one query of weighted terms, which any engine can
run.
"""

import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from heapq import nlargest
from math import log

from index.engines.document import MAX_KEY
from index.records import Paper
from index.text.analyser import tokenise
from index.text.stems import stem_all
from search.answers.answer import NOT_HIDDEN
from search.answers.results import Hit
from search.answers.searcher import Searcher
from search.engines.engine import Engine
from search.language.stopwords import STOP_WORDS
from search.planning.plan import Exact, Node, Plan, Term, Weighted, Without, all_of, any_of

TERMS = 40
"""Words in the query. Source: `tests.bench.similar`. Tried 10, 25, 40, 60, 100: 100 is no better,
and the time grows with the number."""

TITLE_WEIGHT = 5.0
"""Weight of a word in the title relative to one in the abstract. Source: as above. Tried 3, 5, 8:
all within .002 of each other."""

TOPIC_WEIGHT = 1.0
"""Weight of a word in a topic relative to one in the abstract."""

TOPIC_SCORE = 4.0
"""Score of sharing the rarest topic; a topic of all papers scores nothing. A word of the title
scores about as much. Source: as above. Tried 2, 4, 8, 16: with 16, fewer hits share an author."""

SATURATION = 0.5
"""Frequency at which a word reaches half of its maximal weight. Source: as above. Tried .25, .5,
1.2, 3, the logarithm, the square root and no saturation."""

IDF_POWER = 0.5
"""Exponent of the rarity in a word's weight; the engine's score multiplies by the rarity once more.
Source: as above. Tried 0, .25, .5, 1, 1.5, 2."""

FEWEST = 2
"""Papers that must contain a word: the paper itself and another one."""

COMMON = 0.1
"""Share of all papers above which a word says little."""


@dataclass(frozen=True, slots=True)
class Related:
    """The papers related to one paper.

    Attributes:
        paper: The paper.
        words: The stems in the query with their weights, the largest first.
        hits: The related papers, the most related first.
        took_ms: Milliseconds from the paper to the hits.
    """

    paper: Paper
    words: Mapping[str, float]
    hits: tuple[Hit, ...]
    took_ms: float


def find_related(
    searcher: Searcher, paper: Paper, *, limit: int = 10, hidden: bool = False
) -> Related:
    """Find the papers related to a paper, without itself and others of the same title.

    Args:
        searcher: The index.
        paper: A paper of the index, see `search.answers.paper_lookup`.
        limit: The most papers to return.
        hidden: Whether withdrawn, rejected and retracted papers are included.
    """
    started = time.perf_counter()
    engine, papers = searcher.engine, searcher.manifest.papers
    words = choose_words(paper, engine, papers)
    ways: list[Node] = [Weighted(Term("text", word), weight) for word, weight in words.items()]
    ways += [
        Weighted(Exact("topic", topic), TOPIC_SCORE * rarity / log(papers))
        for topic in paper.topics
        if (rarity := _measure_rarity("topic", topic, engine, papers))
    ]
    parts: list[Node] = [any_of(ways), Without(_match_itself(paper))]
    if not hidden:
        parts.append(NOT_HIDDEN)
    hits = searcher.find_hits(Plan(all_of(parts)), limit)
    return Related(paper, words, hits, (time.perf_counter() - started) * 1000)


def choose_words(paper: Paper, engine: Engine, papers: int) -> dict[str, float]:
    """Choose the most characteristic words of a paper.

    Args:
        paper: The paper.
        engine: Counts the papers that contain a word.
        papers: The number of papers in the index.

    Returns:
        At most `TERMS` stems with their weights, the largest first; the largest weight is 1.
    """
    weights = {}
    for word, frequency in _count_words(paper).items():
        if rarity := _measure_rarity("text", word, engine, papers):
            weights[word] = frequency / (frequency + SATURATION) * rarity**IDF_POWER
    chosen = nlargest(TERMS, weights.items(), key=lambda pair: (pair[1], pair[0]))
    return {word: weight / chosen[0][1] for word, weight in chosen}


def _measure_rarity(field: str, token: str, engine: Engine, papers: int) -> float:
    """Return the inverse document frequency of a token, or 0 if it is too rare or too common."""
    having = engine.count_documents(field, token)
    return log(papers / having) if FEWEST <= having <= max(FEWEST, papers * COMMON) else 0.0


def _count_words(paper: Paper) -> dict[str, float]:
    """Count the stems of a paper, weighted by where they occur.

    Function words, single letters and numbers are left out.
    """
    counts: dict[str, float] = defaultdict(float)
    texts = [(paper.title, TITLE_WEIGHT), (paper.abstract, 1.0)]
    for text, weight in texts + [(topic, TOPIC_WEIGHT) for topic in paper.topics]:
        found = [word for word in tokenise(text) if word not in STOP_WORDS]
        for word in stem_all(found):
            if len(word) > 1 and not word.isdecimal():
                counts[word] += weight
    return counts


def _match_itself(paper: Paper) -> Node:
    title = " ".join(tokenise(paper.title))[:MAX_KEY]
    ways: list[Node] = [Exact("id", paper.id), *([Exact("title_key", title)] if title else [])]
    # The work that a record was merged into has the record's id among its identifiers.
    return any_of([*ways, Exact("identifier", paper.id.lower())])
