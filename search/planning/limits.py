"""Refuse queries that would cost too much to answer.

A query is answered in full: no word that fits a pattern is ever left out. A word with ``*`` or
``?`` may fit much of the vocabulary, and a phrase with slop may match a text in very many ways.
Without limits, one such query would keep a server busy for minutes.
"""

import re

from index.text.analyser import tokenise
from search.errors import PatternTooWide, QueryTooCostly
from search.language.tree import Fuzzy, Leaf, Phrase, Wildcard, Word
from search.planning.plan import Statistics

MAX_CLAUSES = 200
"""Words, phrases and values of one query. Chosen: at 95,000 papers, as many of the most frequent
words take 35 ms in an OR."""

MAX_INEXACT = 10
"""Words with ``*``, ``?`` or ``~`` and phrases with ``~`` in one query. At 95,000 papers, the worst
of each kind takes up to .6 s."""

MAX_PHRASES = 20
"""Phrases in one query. At 95,000 papers, one of two stop words takes 40 ms."""

MAX_PHRASE_WORDS = 500
"""Words in all phrases and hyphenated words of one query. At 95,000 papers, 500 of the words "of
the" take 1.6 s, 500 times "deep" .1 s, 500 different words less."""

WILDCARDS = "*?"
"""The characters of a pattern that match others."""

MAX_WILDCARDS = 10
"""``*`` and ``?`` in one word."""

MAX_PATTERN = 60
"""Characters of a word with ``*`` or ``?``. Tantivy refuses patterns about three times as long."""

MAX_WORDS = 10_000
"""Words of one field that may begin like a pattern. At 95,000 papers, ``a*`` stands for 5,500 words
of abstracts and takes .04 s, ``s*`` for 8,800 words and .05 s; three times that on a busy machine.
"""

MIN_LETTERS = 3
"""Letters and digits in a word that begins with ``*`` or ``?``, for which the words that fit cannot
be counted by a prefix. At 95,000 papers on a busy machine, ``*e*`` took .9 s, ``*ing`` .5 s and
``*former`` .4 s; on an idle one, the last two took .1 s."""

MAX_LEADING_WILDCARDS = 3
"""Words in one query that begin with ``*`` or ``?``. Each reads the whole vocabulary."""

MAX_SLOP_WORDS = 6
"""Words in a phrase with ``~``. At 95,000 papers, six words take .3 s, eight up to 16 s."""


def check_cost(asked: list[Leaf]) -> None:
    """Check that the number of clauses and what they are stay within the limits.

    Args:
        asked: All leaves of a query, including those under NOT.

    Raises:
        QueryTooCostly: A limit is exceeded.
        PatternTooWide: A word that begins with ``*`` or ``?`` has too few letters.
    """
    _check_limit("clauses", len(asked), MAX_CLAUSES)
    inexact = [
        leaf
        for leaf in asked
        if isinstance(leaf, Wildcard | Fuzzy)
        or (isinstance(leaf, Phrase) and (leaf.slop or "*" in leaf.text))
    ]
    quoted = [tokenise(leaf.text) for leaf in asked if isinstance(leaf, Phrase)]
    phrases = [words for words in quoted if len(words) > 1]
    _check_limit("phrases", len(phrases), MAX_PHRASES)
    joined = sum(map(len, phrases)) + sum(map(_count_joined, asked))
    _check_limit("words in phrases and hyphenated words", joined, MAX_PHRASE_WORDS)
    _check_limit("words and phrases with *, ? or ~", len(inexact), MAX_INEXACT)
    patterns = [leaf.pattern for leaf in inexact if isinstance(leaf, Wildcard)]
    _check_limit(
        "words that begin with * or ?",
        sum(p[0] in WILDCARDS for p in patterns),
        MAX_LEADING_WILDCARDS,
    )
    for leaf in inexact:
        if isinstance(leaf, Wildcard):
            _check_pattern(leaf.pattern)
        elif isinstance(leaf, Phrase) and leaf.slop:
            _check_limit("words in one phrase with ~", len(tokenise(leaf.text)), MAX_SLOP_WORDS)


def _count_joined(leaf: Leaf) -> int:
    """Count the tokens of a word that has several, such as ``Q-learning``."""
    if not isinstance(leaf, Word) or (leaf.text.isascii() and leaf.text.isalpha()):
        return 0
    tokens = len(tokenise(leaf.text))
    return tokens if tokens > 1 else 0


def _check_pattern(pattern: str) -> None:
    _check_limit("wildcards * and ? in one word", sum(map(pattern.count, WILDCARDS)), MAX_WILDCARDS)
    _check_limit("characters in one word with * or ?", len(pattern), MAX_PATTERN)
    if pattern[0] in WILDCARDS and sum(map(str.isalnum, pattern)) < MIN_LETTERS:
        raise PatternTooWide(pattern, MAX_WORDS)


def check_expansion(pattern: str, fields: tuple[str, ...], statistics: Statistics) -> None:
    """Check that not too many words begin like a pattern with ``*``.

    Args:
        pattern: Folded letters, ``*`` and ``?``.
        fields: The index fields that are searched.
        statistics: The vocabulary of the index.

    Raises:
        PatternTooWide: More than `MAX_WORDS` words of one field begin like it.
    """
    prefix = re.split(r"[*?]", pattern, maxsplit=1)[0]
    if prefix and "*" in pattern:
        for field in fields:
            if len(statistics.complete(field, prefix, MAX_WORDS + 1)) > MAX_WORDS:
                raise PatternTooWide(pattern, MAX_WORDS)


def _check_limit(what: str, found: int, limit: int) -> None:
    if found > limit:
        raise QueryTooCostly(what, found, limit)
