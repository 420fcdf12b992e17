"""Answers: which words of a query would cost too much to look for?

What is looked for is looked for in full: no word that a pattern fits is ever left out. A word with
``*`` or ``?`` may fit much of the vocabulary, and a phrase whose words may move can stand in a text
in very many ways; unbounded, one such query keeps a server busy for minutes.
"""

import re

from index.errors import PatternTooWide, QueryTooCostly
from index.text.analyser import tokenise
from search.language.tree import Fuzzy, Leaf, Phrase, Wildcard
from search.planning.plan import Statistics

MAX_INEXACT = 10
"""Words with ``*``, ``?`` or ``~`` and phrases with ``~`` of one query. Source: at 95,000 papers
one takes up to .6 s, the worst of each kind."""

MAX_PHRASES = 20
"""Phrases of one query. Source: at 95,000 papers one of two stop words takes 40 ms."""

WILDCARDS = "*?"

MAX_WILDCARDS = 10
"""``*`` and ``?`` in one word."""

MAX_PATTERN = 60
"""Characters of a word with ``*`` or ``?``; Tantivy refuses patterns of about three times that."""

MAX_WORDS = 10_000
"""Words of one field that may begin like a pattern. Source: at 95,000 papers ``a*`` stands for
5,500 words of abstracts and takes .04 s, ``s*`` for 8,800 and .05 s; thrice that when busy.
"""

MIN_LETTERS = 3
"""Letters and digits in a word that begins with ``*`` or ``?``, of which no beginning can be
counted. Source: at 95,000 papers, beside other work, ``*e*`` took .9 s, ``*ing`` .5 s and
``*former`` .4 s; the last two .1 s alone."""

MAX_LEADING_WILDCARDS = 3
"""Words of one query that begin with ``*`` or ``?``: for each the whole vocabulary is read."""

MAX_SLOP_WORDS = 6
"""Words of a phrase with ``~``. Source: at 95,000 papers six words take .3 s, eight up to 16 s."""


def check_cost(asked: list[Leaf]) -> None:
    """See that what is matched tolerantly stays within its bounds.

    Args:
        asked: All leaves of a query, those under NOT included.

    Raises:
        QueryTooCostly: It does not.
        PatternTooWide: A word that begins with ``*`` or ``?`` has too few letters.
    """
    tolerant = [
        leaf
        for leaf in asked
        if isinstance(leaf, Wildcard | Fuzzy) or (isinstance(leaf, Phrase) and leaf.slop)
    ]
    quoted = [tokenise(leaf.text) for leaf in asked if isinstance(leaf, Phrase)]
    phrases = [words for words in quoted if len(words) > 1]
    _bound("phrases", len(phrases), MAX_PHRASES)
    _bound("words and phrases with *, ? or ~", len(tolerant), MAX_INEXACT)
    patterns = [leaf.pattern for leaf in tolerant if isinstance(leaf, Wildcard)]
    _bound(
        "words that begin with * or ?",
        sum(p[0] in WILDCARDS for p in patterns),
        MAX_LEADING_WILDCARDS,
    )
    for leaf in tolerant:
        if isinstance(leaf, Wildcard):
            _check_pattern(leaf.pattern)
        elif isinstance(leaf, Phrase):
            _bound("words in one phrase with ~", len(tokenise(leaf.text)), MAX_SLOP_WORDS)


def _check_pattern(pattern: str) -> None:
    _bound("signs * and ? in one word", sum(map(pattern.count, WILDCARDS)), MAX_WILDCARDS)
    _bound("characters in one word with * or ?", len(pattern), MAX_PATTERN)
    if pattern[0] in WILDCARDS and sum(map(str.isalnum, pattern)) < MIN_LETTERS:
        raise PatternTooWide(pattern, MAX_WORDS)


def check_expansion(pattern: str, fields: tuple[str, ...], statistics: Statistics) -> None:
    """See that not too many words begin like a pattern with ``*``.

    Args:
        pattern: Folded letters, ``*`` and ``?``.
        fields: The fields of the index in which it is looked for.
        statistics: The index's vocabulary.

    Raises:
        PatternTooWide: More than `MAX_WORDS` words of one field do.
    """
    beginning = re.split(r"[*?]", pattern, maxsplit=1)[0]
    if beginning and "*" in pattern:
        for field in fields:
            if len(statistics.complete(field, beginning, MAX_WORDS + 1)) > MAX_WORDS:
                raise PatternTooWide(pattern, MAX_WORDS)


def _bound(what: str, found: int, limit: int) -> None:
    if found > limit:
        raise QueryTooCostly(what, found, limit)
