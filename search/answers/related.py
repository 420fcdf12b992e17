"""Find the papers that are most related to one paper.

The most telling words of the paper become one query of weighted terms, which any engine can run.
The nearest papers add their words to it, and the papers found with all these words are the result.
"""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from math import log

from index.engines.document import MAX_KEY
from index.records import Paper
from index.text.analyser import tokenise
from search.answers.related_meaning import order_by_meaning
from search.answers.related_words import (
    REPEATED,
    Weights,
    WordChooser,
    add_feedback,
    weight_words,
)
from search.answers.restrictions import NOT_HIDDEN
from search.answers.results import Hit
from search.answers.searcher import Searcher
from search.planning.plan import Exact, Node, Plan, Term, Weighted, Without, all_of, any_of

FIRST_WORDS = 25
"""Words in the query for the nearest papers. Source: `tests.bench.similar`. Tried 20, 25, 40, 100:
mean nDCG@20 of its four sets .250, .251, .253, .254; the time grows with the number."""

NEAREST = 3
"""Nearest papers whose words are added. Source: as above. Tried 0, 2, 3, 5, 8: .241, .252, .253,
.254, .251; each takes .2 ms."""

WORDS = 50
"""Words in the query for the result. Source: as above. Tried 40, 50, 60, 80: .249, .251, .251,
.252, and .462, .470, .474, .476 over the whole ranking; the time grows with the number."""

LONG_WORDS = 100
"""Words in both queries for more papers than `REORDERED`, so that a paper far down shares one.
Source: as above. Instead of 25 and 50 words, the whole ranking has .478 (.470), the first 20 .252
(.251); 100 and 150 words are no better."""

TOPIC_SCORE = 4.0
"""Score of sharing the rarest topic; a topic of all papers scores nothing. A word of the title
scores about as much. Source: as above. Tried 2, 4, 8, 16: with 16, fewer hits share an author."""

REORDERED = 100
"""The fewest papers that are ordered by meaning, as many as in a search; all that are requested."""

MAX_RELATED = 10_000
"""The most papers that may be requested, which take about 1 s."""


@dataclass(frozen=True, slots=True)
class Related:
    """The papers related to one paper.

    Attributes:
        paper: The paper.
        words: The stems in the query and what each contributes to a score, relative to the one
            that contributes most, which comes first.
        hits: The related papers, the most related first.
        took_ms: Milliseconds from the paper to the hits.
    """

    paper: Paper
    words: Mapping[str, float]
    hits: tuple[Hit, ...]
    took_ms: float


def find_related(
    searcher: Searcher,
    paper: Paper,
    *,
    limit: int = 10,
    hidden: bool = False,
    by_meaning: bool = True,
) -> Related:
    """Find the papers related to a paper, without itself and others of the same title.

    Args:
        searcher: The index.
        paper: A paper of the index, see `search.answers.paper_lookup`.
        limit: The most papers to return.
        hidden: Whether withdrawn, rejected and retracted papers are included.
        by_meaning: Whether the meaning of papers counts too, where the index has vectors.
    """
    started = time.perf_counter()
    chooser = WordChooser(searcher.engine, searcher.manifest.papers)
    topics = _match_topics(paper, chooser, searcher.manifest.papers)
    excluded: list[Node] = [Without(_match_itself(paper)), *([] if hidden else [NOT_HIDDEN])]

    def find_hits(words: Weights, most: int) -> tuple[Hit, ...]:
        ways: list[Node] = [Weighted(Term("text", word), words[word]) for word in words]
        return searcher.find_hits(Plan(all_of([any_of(ways + topics), *excluded])), most)

    short, long = (FIRST_WORDS, WORDS, REPEATED), (LONG_WORDS, LONG_WORDS, 0)
    first, last, least = short if limit <= REORDERED else long
    own = weight_words(paper)
    nearest = [hit.paper for hit in find_hits(chooser.choose_words(own, first), NEAREST)]
    words = chooser.choose_words(add_feedback(own, nearest, least), last)
    by_meaning = by_meaning and searcher.has_vectors
    hits = find_hits(words, max(limit, REORDERED) if by_meaning else limit)
    if by_meaning:
        hits = order_by_meaning(searcher, paper, hits)[:limit]
    shares = chooser.measure_shares(words)
    shown = {word: share / max(shares.values()) for word, share in shares.items()}
    return Related(paper, shown, hits, (time.perf_counter() - started) * 1000)


def _match_topics(paper: Paper, chooser: WordChooser, papers: int) -> list[Node]:
    found = ((topic, chooser.measure_rarity("topic", topic)) for topic in paper.topics)
    return [
        Weighted(Exact("topic", topic), TOPIC_SCORE * rarity / log(papers))
        for topic, rarity in found
        if rarity
    ]


def _match_itself(paper: Paper) -> Node:
    title = " ".join(tokenise(paper.title))[:MAX_KEY]
    ways: list[Node] = [Exact("id", paper.id), *([Exact("title_key", title)] if title else [])]
    # The work that a record was merged into has the record's id among its identifiers.
    return any_of([*ways, Exact("identifier", paper.id.lower())])
