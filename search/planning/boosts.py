"""Build the boosts that rank papers with the same words.

Boosts change the order of hits, never which papers are hits. All figures below come from
``python -m tests.bench.quality``: nDCG@10 on Cranfield and CACM, MRR@10 on the known items.
"""

from collections.abc import Sequence
from itertools import pairwise

from index.text.stems import stem
from search.language.stopwords import STOP_WORDS
from search.language.tree import Row
from search.planning.asking_words import weigh_asking_word
from search.planning.plan import (
    Exact,
    Flat,
    Node,
    Pattern,
    Statistics,
    Term,
    Tokens,
    Weighted,
)

PASSAGE = 25
"""Different content words from which a question is a passage: a description of several sentences,
which gets words of the nearest papers instead of the boosts below. Tried 12, 20, 25, 30 and 40 with
40 words searched: nDCG@10 .551, .549, .554, .549, .548 on CACM, no less than .390 on Cranfield, and
.438 to .444 on the long questions of CISI (in a trial), .428 without those words. All are about as
good, so the middle."""

TITLE_WEIGHT = 1.0
"""Weight of a word as written in the title: people remember the words of a title, not their stems.
Tried .4, .8, 1.2 and 2: fullname+word rises (.821, .841, .852, .862), author-typo falls (.992,
.987, .985, .970). Adding stems of the title (.2, .5) improved nothing."""

QUESTION_TITLE_WEIGHT = 0.3
"""The same in a question, which names a topic rather than a title. Tried 0 to .6 in steps of .1:
.382 to .391 on Cranfield, .522 to .544 on CACM, flat from .2 to .5. In a trial on two more
collections .1, .2 and .4 gave .505, .503, .485 on LISA and .425, .426, .417 on the long questions
of CISI. With .2, relevance feedback finds less on CACM than with .3 (R@100 .712 and .717)."""

NAMED_TITLE_WEIGHT = 2.0
"""The same beside a full name, which leaves few papers: the words that are left are probably from
the title. Tried 1, 2, 4 and 8: fullname+word .858, .866, .866, .858; author-typo, words3+author,
author+year+word and phrase do not change."""

PAIR_WEIGHT = 0.3
"""Weight of two neighbours in the query that are neighbours in the text. Tried 0, .1, .2, .3 with
slop 0: .382, .386, .384, .385 on Cranfield and .522, .531, .539, .542 on CACM. A slop of 1, 2 or 4
is no better."""

EXACT_TITLE_BOOST = 10_000.0
"""Boost of a title that equals the query: it ranks above everything else."""

TITLE_PREFIX_BOOST = 2_000.0
"""Boost of a title that begins with the query, whose last word may be incomplete. The user is
probably typing a title, so it ranks above papers with all the words elsewhere. Tried 10 and 2,000:
prefix .894 and .943; no other kind changes."""

SHORTEST_PREFIX = 3
"""Tokens of a query that may be the beginning of a title; too many titles begin with fewer by
chance. Tried 2, 3 and 4: MRR@10 of prefix .943, .943, .929, others unchanged."""

WHOLE_TITLE_WEIGHT = 1.0
"""Weight of all the words as a phrase in the title, as when part of a title is pasted. Tried 1 and
4: no difference."""

NAME_PAIR_WEIGHT = 1.0
"""Weight of two neighbours in the query that are neighbours in an author's name. Tried 1 and 2:
fullname+word .844 and .828."""

LONGEST_TITLE = 40
"""Tokens from which a query is no title: nobody types longer ones. The neighbours in such a text
decide nothing either: with and without them, nDCG@10 is .532 and .532 on CACM for questions of
twelve words or more, and an abstract takes 56 and 32 ms at 95,000 papers."""


def build_boosts(
    typed: Sequence[Row], words: Sequence[Row], statistics: Statistics, *, question: bool
) -> list[Node]:
    """Build the boosts of a query: title words, pairs of words, names, the whole title.

    Args:
        typed: All plain words of a query, in order.
        words: Those that are not stop words.
        statistics: Counts of the index.
        question: Whether the query has enough words to name a topic.
    """
    row = [token for word in typed for token in word]
    content = [token for word in words for token in word]
    if question:
        if is_passage(words):
            return []
        weights = [QUESTION_TITLE_WEIGHT * weigh_asking_word(token) for token in content]
    else:
        weight = NAMED_TITLE_WEIGHT if _has_full_name(row, statistics) else TITLE_WEIGHT
        weights = [weight] * len(content)
    found: list[Node] = [
        Weighted(Term("title_exact", token), weight)
        for token, weight in zip(content, weights, strict=True)
    ]
    if not row or len(row) >= LONGEST_TITLE:
        return found
    return [*found, *_boost_neighbours(row, statistics), *_boost_titles(row)]


def is_passage(words: Sequence[Row]) -> bool:
    """Return whether the content words of a query are a description as long as an abstract."""
    return len(words) >= PASSAGE and len(set(words)) >= PASSAGE


def _has_full_name(row: list[str], statistics: Statistics) -> bool:
    """Return whether two neighbours are more often names than words."""
    count = statistics.count_documents
    names = [count("author", token) > count("text", stem(token)) for token in row]
    return any(one and two for one, two in pairwise(names))


def _boost_neighbours(row: list[str], statistics: Statistics) -> list[Node]:
    count = statistics.count_documents
    extra: list[Node] = []
    for one, two in pairwise(row):
        if one in STOP_WORDS or two in STOP_WORDS:
            continue
        extra.append(Weighted(Tokens("text", (stem(one), stem(two))), PAIR_WEIGHT))
        if count("author", one) and count("author", two):
            extra.append(Weighted(Tokens("author", (one, two)), NAME_PAIR_WEIGHT))
    return extra


def _boost_titles(row: list[str]) -> list[Node]:
    title = " ".join(row)
    extra: list[Node] = [Weighted(Exact("title_key", title), EXACT_TITLE_BOOST)]
    if len(row) >= SHORTEST_PREFIX:
        extra.append(Flat(Pattern("title_key", f"{title}*"), TITLE_PREFIX_BOOST))
        extra.append(Weighted(Tokens("title_exact", tuple(row)), WHOLE_TITLE_WEIGHT))
    return extra
