"""Answers: what lifts one paper above another that has the same words?

Bonuses change the order of hits and never which papers are hits. Every figure below comes from
``python -m tests.bench.quality``: nDCG@10 on Cranfield and CACM, MRR@10 on the known items.
"""

from collections.abc import Sequence
from itertools import pairwise

from index.text.analyser import stem
from search.planning.fuzzy import Row
from search.planning.plan import (
    Exact,
    Flat,
    Node,
    Numbers,
    Pattern,
    Statistics,
    Term,
    Tokens,
    Weighted,
)
from search.planning.stopwords import STOP_WORDS

TITLE_WEIGHT = 1.0
"""A word as written in the title: who remembers a title remembers its words, not their stems.
Source: .4, .8, 1.2 and 2 tried; fullname+word rises .821, .841, .852, .862, author-typo falls
.992, .987, .985, .970. Stems of the title beside it (.2, .5) changed nothing for the better."""

QUESTION_TITLE_WEIGHT = 0.4
"""The same in a question, which names a topic and no title. Source: 0 to .6 tried in steps of .1:
.382 to .391 on Cranfield, .522 to .544 on CACM, flat from .2 to .5."""

PAIR_WEIGHT = 0.3
"""Two neighbours of the query that are neighbours in the text. Source: 0, .1, .2, .3 with slop 0:
.382, .386, .384, .385 on Cranfield and .522, .531, .539, .542 on CACM; a slop of 1, 2, 4 is no
better."""

EXACT_TITLE_BOOST = 10_000.0
"""The title is all that was typed: above all else."""

TITLE_PREFIX_BOOST = 2_000.0
"""The title begins with what was typed, the last word perhaps unfinished: somebody is typing a
title, so it stands above papers that have all the words elsewhere. Source: prefix .894 at 10
points, .943 at 2,000; no other kind changes."""

SHORTEST_PREFIX = 3
"""Tokens; of fewer, too many titles begin like it by chance. Source: 2, 3 and 4 tried; MRR@10 of
prefix .943, .943, .929, others unchanged."""

WHOLE_TITLE_WEIGHT = 1.0
"""All the words in a row in the title, as typed: somebody pasted a part of it. Source: 1 and 4
tried, no difference."""

NAME_PAIR_WEIGHT = 1.0
"""Two neighbours of the query that are neighbours in an author's name. Source: 1 and 2 tried:
fullname+word .844 and .828."""

PRIOR_WEIGHT = 0.25
"""For each power of ten of citations, if the prior is asked for. Source: .25, .5 and 1 tried on
the known items: fullname+word .844 to .847, words3+author and phrase fall by .0025; so it is off
unless asked for."""

PRIOR_STEPS = (10, 100, 1_000)
"""Citations."""

LONGEST_TITLE = 40
"""Tokens; nobody types a longer title, and a question is no title."""


def build_boosts(
    typed: Sequence[Row], words: Sequence[Row], statistics: Statistics, *, question: bool
) -> list[Node]:
    """Give what lifts a paper: title words, pairs, names, the whole title.

    Args:
        typed: All plain words of a query, in order.
        words: Those that are no stop words.
        statistics: The index's counts.
        question: There are so many words that they name a topic.
    """
    row = [token for word in typed for token in word]
    content = [token for word in words for token in word]
    weight = QUESTION_TITLE_WEIGHT if question else TITLE_WEIGHT
    return [
        *(Weighted(Term("title_exact", token), weight) for token in content),
        *_neighbours(row, statistics),
        *_titles(row),
    ]


def build_citation_boosts() -> list[Node]:
    """Give what lifts a paper for its citations."""
    return [Flat(Numbers("citations", step, None), PRIOR_WEIGHT) for step in PRIOR_STEPS]


def _neighbours(row: list[str], statistics: Statistics) -> list[Node]:
    count = statistics.count_documents
    extra: list[Node] = []
    for one, two in pairwise(row):
        if one in STOP_WORDS or two in STOP_WORDS:
            continue
        extra.append(Weighted(Tokens("text", (stem(one), stem(two))), PAIR_WEIGHT))
        if count("author", one) and count("author", two):
            extra.append(Weighted(Tokens("author", (one, two)), NAME_PAIR_WEIGHT))
    return extra


def _titles(row: list[str]) -> list[Node]:
    if not row or len(row) >= LONGEST_TITLE:
        return []
    title = " ".join(row)
    extra: list[Node] = [Weighted(Exact("title_key", title), EXACT_TITLE_BOOST)]
    if len(row) >= SHORTEST_PREFIX:
        extra.append(Flat(Pattern("title_key", f"{title}*"), TITLE_PREFIX_BOOST))
        extra.append(Weighted(Tokens("title_exact", tuple(row)), WHOLE_TITLE_WEIGHT))
    return extra
