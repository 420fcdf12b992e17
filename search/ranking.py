"""Answers: what does a query mean for the index, and what makes one hit better than another?

Turns a tree into a `Plan`, engine-neutral. Every word may match the text, an author, the venue
or the year; the order of hits is BM25 over one field in which the title counts three times,
plus bonuses for words of the title, for neighbours that stay neighbours, and for names.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import combinations, pairwise

from index.analysis import stem, tokens
from search.plan import Any_ as Some
from search.plan import (
    Exact,
    Flat,
    Near,
    Node,
    Pattern,
    Plan,
    Statistics,
    Term,
    Tokens,
    Weighted,
    all_of,
    any_of,
)
from search.query import And, Phrase, Query, Word, leaves
from search.stopwords import STOP_WORDS
from search.translate import Translator, is_year

Row = tuple[str, ...]
"""The tokens of one typed word: one, or several that belong together (``Q-learning``)."""

TITLE_WEIGHT = 0.2
"""A word in the title field, beside its place in the text. Source: Cranfield and CACM, nDCG@10."""

WRITTEN_TITLE_WEIGHT = 0.5
"""A word as written in the title: who remembers a title remembers its words, not their stems.
Source: tried at .2 and .5; known-item MRR@10 rises by .003 to .047 in seven of nine kinds, nDCG@10
by .001 on Cranfield, and falls by .005 on CACM."""

PAIR_WEIGHT = 0.1
"""Two neighbours of the query that are neighbours in the text. Source: as above."""

EXACT_TITLE_BONUS = 100.0
"""The title is all that was typed: above whatever a longer title can score. Chosen, not
measured."""

WHOLE_TITLE_WEIGHT = 1.0
"""All the words in a row in the title, as typed: somebody pasted a title. Source: 1 and 4
tried, no difference."""

NAME_PAIR_WEIGHT = 1.0
"""Two neighbours of the query that are neighbours in an author's name. Source: 1 and 3 tried; 3
is worse."""

TOLERANT_WEIGHT = 4.0
"""Score of a respelt or completed word; about that of an exact word of middling rarity. Chosen,
not measured."""

ALL_WORDS_BONUS = 1_000.0
"""Lifts papers that have all the words above those that have most of them."""

RARE = 3
"""A word in fewer papers than this may be a misspelling, once too few papers have all words."""

SHORTEST_RESPELT = 4
"""Letters; shorter words have too many neighbours."""

LONG_QUESTION = 6
"""Content words; from here on a query is a question, of which a paper need not have most."""

FEW_WORDS = 3
"""Content words; a query of so few is widened only if no paper has them all."""

ENOUGH = 10
"""Papers with all the words of a longer query, one page; if fewer have them it is widened.
Source: 1, 3 and 10 tried for all lengths; nDCG@10 .354, .365, .366 on Cranfield and .458, .494,
.498
on CACM."""

LONGEST_TITLE = 40
"""Tokens; nobody types a longer title, and a question is no title."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A query made ready for an engine.

    Attributes:
        plan: All words must match.
        words: The content words, as folded tokens one by one or in rows (``Q-learning``), of a
            query that is nothing but words; it may be widened. Else empty.
        title: What a paper matches whose title has all that was typed in a row.
        is_reference: A word is a year, or more often a name than a word: one paper is meant.
    """

    plan: Plan
    words: tuple[Row, ...] = ()
    title: Node | None = None
    is_reference: bool = False

    @property
    def is_question(self) -> bool:
        """Return whether there are so many words that a paper need not have most of them."""
        return len(self.words) >= LONG_QUESTION

    def is_met_by(self, total: int) -> bool:
        """Return whether so many papers with all the words are enough."""
        if not self.words:
            return True
        one_is_enough = self.is_reference or len(self.words) <= FEW_WORDS
        return total >= (1 if one_is_enough else ENOUGH)


def plan(query: Query, statistics: Statistics) -> Meaning:
    """Decide what a query asks of the index.

    Args:
        query: The tree.
        statistics: The index's counts.

    Returns:
        The plan, and the words that could be given up if too few papers have them all.
    """
    translator = Translator(statistics)
    match = translator.node(query)
    typed = _plain_words(query)
    bonuses = (*translator.optional, *_bonuses(typed, statistics))
    scored = any(isinstance(leaf, Word | Phrase) for leaf in leaves(query))
    row = tuple(token for word in typed for token in word)
    title = Tokens("title_exact", row) if len(row) > 1 else None
    words = tuple(_content(typed))
    reference = any(_refers(word, statistics) for word in words) and len(words) < LONG_QUESTION
    return Meaning(Plan(match, bonuses, scored), words, title, reference)


def _refers(word: Row, statistics: Statistics) -> bool:
    count = statistics.documents_with
    return len(word) == 1 and (
        is_year(word[0]) or count("author", word[0]) > count("text", stem(word[0]))
    )


def relax(meaning: Meaning, statistics: Statistics, *, respell: bool) -> Plan:
    """Widen a plain query: most of the words, respelt or completed where that helps.

    Args:
        meaning: The query; papers with all of its words stay on top.
        statistics: The index's counts.
        respell: No paper has all the words, so some may be misspelt or unfinished.
    """
    all_words = () if respell else (Flat(meaning.plan.match, ALL_WORDS_BONUS),)
    on_top = (*meaning.plan.bonuses, *all_words)
    if meaning.is_question:
        return Plan(_question(meaning.words, statistics), on_top)
    if respell:
        parts = [_tolerant(row, statistics) for row in meaning.words]
        parts[-1] = any_of([parts[-1], *_completed(meaning.words[-1])])
        return Plan(Some(tuple(parts), needed(len(parts))), on_top)
    translator = Translator(statistics)
    known = [any_of(translator.anywhere(list(row))) for row in meaning.words]
    # Most of the words as alternatives of all words: an engine finds what lists share sooner
    # than it counts how many of them have a paper.
    choices = combinations(known, needed(len(known)))
    return Plan(any_of([all_of(list(choice)) for choice in choices]), on_top)


def needed(count: int) -> int:
    """Give how many of so many words a paper must have once a query is widened."""
    return max(1, count - 1 if count <= 4 else count - 2)  # noqa: PLR2004 - one of few, two of more


def _bonuses(typed: list[Row], statistics: Statistics) -> list[Node]:
    """Give what lifts a paper: title words, pairs, names, the whole title."""
    count = statistics.documents_with
    row = [token for word in typed for token in word]
    content = [token for word in _content(typed) for token in word]
    extra: list[Node] = [Weighted(Term("title", stem(t)), TITLE_WEIGHT) for t in content]
    extra += [Weighted(Term("title_exact", t), WRITTEN_TITLE_WEIGHT) for t in content]
    for one, two in pairwise(row):
        if one in STOP_WORDS and two in STOP_WORDS:
            continue
        pair = (stem(one), stem(two))
        extra.append(Weighted(Tokens("text", pair), PAIR_WEIGHT))
        if count("author", one) and count("author", two):
            extra.append(Weighted(Tokens("author", (one, two)), NAME_PAIR_WEIGHT))
    if row:
        extra.append(Weighted(Exact("title_key", " ".join(row)), EXACT_TITLE_BONUS))
    if 2 < len(row) < LONGEST_TITLE:  # noqa: PLR2004 - two are a pair already
        extra.append(Weighted(Tokens("title_exact", tuple(row)), WHOLE_TITLE_WEIGHT))
    return extra


def _question(words: tuple[Row, ...], statistics: Statistics) -> Node:
    """Give the papers that have any word of a question; a word said twice counts twice."""
    said = Counter(token for row in words for token in row if len(token) > 1)
    ways: list[Node] = []
    for token, times in said.items():
        word = Term("text", stem(token))
        ways.append(Weighted(word, times) if times > 1 else word)
        if statistics.documents_with("author", token):
            ways.append(Term("author", token))
    return any_of(ways)


def _tolerant(row: Row, statistics: Statistics) -> Node:
    """Give the papers that have a word, or, if it is rare, one like it."""
    ways = Translator(statistics).anywhere(list(row))
    for token in row:
        if _is_doubtful(token, statistics):
            ways += [Weighted(way, TOLERANT_WEIGHT) for way in _like(token)]
    return any_of(ways)


def _completed(row: Row) -> list[Node]:
    """Give the papers that have a word of the title that begins like this one."""
    if row[-1].isdecimal():
        return []
    return [Weighted(Pattern("title_exact", f"{row[-1]}*"), TOLERANT_WEIGHT)]


def _is_doubtful(token: str, statistics: Statistics) -> bool:
    if len(token) < SHORTEST_RESPELT or not token.isalpha():
        return False
    count = statistics.documents_with
    return count("text", stem(token)) + count("author", token) < RARE


def _like(token: str) -> list[Node]:
    return [Near(field, token, 1) for field in ("title_exact", "author")]


def _plain_words(query: Query) -> list[Row]:
    """Give the words of a query that is nothing but words, as rows of tokens, else none.

    A long question may hold quotes: people put them around names and terms.
    """
    parts = query.children if isinstance(query, And) else (query,)
    plain = [p for p in parts if isinstance(p, Word | Phrase) and not p.field]
    quoted = any(isinstance(part, Phrase) for part in plain)
    if len(plain) < len(parts) or (quoted and len(plain) < LONG_QUESTION):
        return []
    return [row for part in plain if (row := tuple(tokens(part.text)))]


def _content(typed: list[Row]) -> list[Row]:
    """Give the words without stop words, unless there are no others."""
    return [row for row in typed if not (len(row) == 1 and row[0] in STOP_WORDS)] or typed
