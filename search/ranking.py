"""Answers: what does a query mean for the index, and what makes one hit better than another?

Turns a tree into a `Plan`, engine-neutral. Every word may match the text, an author, the venue
or the year; the order of hits is BM25 over one field in which the title counts three times,
plus bonuses for words of the title, for neighbours that stay neighbours, and for names.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise

from index.analysis import stem, tokens
from search.plan import Any_ as Some
from search.plan import (
    Flat,
    Near,
    Node,
    Pattern,
    Plan,
    Statistics,
    Term,
    Tokens,
    Weighted,
    any_of,
)
from search.query import And, Phrase, Query, Word, leaves
from search.stopwords import STOP_WORDS
from search.translate import Translator

Row = tuple[str, ...]
"""The tokens of one typed word: one, or several that belong together (``Q-learning``)."""

TITLE_WEIGHT = 0.2
"""A word in the title field, beside its place in the text. Source: Cranfield and CACM, nDCG@10."""

PAIR_WEIGHT = 0.1
"""Two neighbours of the query that are neighbours in the text. Source: as above."""

WHOLE_TITLE_WEIGHT = 1.0
"""All the words in a row in the title, as typed: somebody pasted a title."""

NAME_PAIR_WEIGHT = 1.0
"""Two neighbours of the query that are neighbours in an author's name."""

TOLERANT_WEIGHT = 4.0
"""Score of a respelt or completed word; about that of an exact word of middling rarity."""

ALL_WORDS_BONUS = 1_000.0
"""Lifts papers that have all the words above those that have most of them."""

RARE = 3
"""A word in fewer papers than this may be a misspelling, once too few papers have all words."""

SHORTEST_RESPELT = 4
"""Letters; shorter words have too many neighbours."""

LONG_QUESTION = 6
"""Content words; from here on a query is a question, of which a paper need not have most."""

LONGEST_TITLE = 40
"""Tokens; nobody types a longer title, and a question is no title."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """A query made ready for an engine.

    Attributes:
        plan: All words must match.
        words: The content words, as folded tokens one by one or in rows (``Q-learning``), of a
            query that is nothing but words; it may be widened. Else empty.
    """

    plan: Plan
    words: tuple[Row, ...] = ()

    @property
    def is_question(self) -> bool:
        """Return whether there are so many words that a paper need not have most of them."""
        return len(self.words) >= LONG_QUESTION


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
    return Meaning(Plan(match, bonuses, scored), tuple(_content(typed)))


def relax(meaning: Meaning, statistics: Statistics) -> Plan:
    """Widen a plain query: most of the words, respelt or completed where that helps.

    Args:
        meaning: The query; papers with all of its words stay on top unless it is a question.
        statistics: The index's counts.
    """
    if meaning.is_question:
        return Plan(_question(meaning.words, statistics), meaning.plan.bonuses)
    last = len(meaning.words) - 1
    parts = [_tolerant(w, statistics, last=at == last) for at, w in enumerate(meaning.words)]
    match = Some(tuple(parts), needed(len(parts)))
    return Plan(match, (*meaning.plan.bonuses, Flat(meaning.plan.match, ALL_WORDS_BONUS)))


def needed(count: int) -> int:
    """Give how many of so many words a paper must have once a query is widened."""
    return max(1, count - 1 if count <= 4 else count - 2)  # noqa: PLR2004 - one of few, two of more


def _bonuses(typed: list[Row], statistics: Statistics) -> list[Node]:
    """Give what lifts a paper: title words, pairs, names, the whole title."""
    count = statistics.documents_with
    row = [token for word in typed for token in word]
    content = [token for word in _content(typed) for token in word]
    extra: list[Node] = [Weighted(Term("title", stem(t)), TITLE_WEIGHT) for t in content]
    for one, two in pairwise(row):
        if one in STOP_WORDS and two in STOP_WORDS:
            continue
        pair = (stem(one), stem(two))
        extra.append(Weighted(Tokens("text", pair), PAIR_WEIGHT))
        if count("author", one) and count("author", two):
            extra.append(Weighted(Tokens("author", (one, two)), NAME_PAIR_WEIGHT))
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


def _tolerant(row: Row, statistics: Statistics, *, last: bool) -> Node:
    """Give the papers that have a word, or, if it is rare, one like it."""
    ways = Translator(statistics).anywhere(list(row))
    for token in row:
        if _is_doubtful(token, statistics):
            ways += [Weighted(way, TOLERANT_WEIGHT) for way in _like(token)]
    if last and not row[-1].isdecimal():
        ways.append(Weighted(Pattern("title_exact", f"{row[-1]}*"), TOLERANT_WEIGHT))
    return any_of(ways)


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
