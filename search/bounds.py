"""Answers: which words of a query would cost too much to look for?

A word with ``*`` or ``?`` may fit much of the vocabulary, and a phrase whose words may move can
stand in a text in very many ways; unbounded, one such query keeps a server busy for minutes.
"""

from index.analysis import tokens
from index.errors import QueryTooCostly
from search.query import Fuzzy, Leaf, Phrase, Wildcard

MAX_TOLERANT = 10
"""Words with ``*``, ``?`` or ``~`` and phrases with ``~`` of one query. Source: at 95,000 papers
one takes up to .6 s, the worst of each kind."""

MAX_PHRASES = 20
"""Phrases of one query. Source: at 95,000 papers one of two stop words takes 40 ms."""

MAX_SIGNS = 10
"""``*`` and ``?`` in one word."""

MAX_PATTERN = 60
"""Characters of a word with ``*`` or ``?``; Tantivy refuses patterns of about three times that."""

MAX_MOVING = 6
"""Words of a phrase with ``~``. Source: at 95,000 papers six words take .3 s, eight up to 16 s."""


def check_tolerance(asked: list[Leaf]) -> None:
    """See that what is matched tolerantly stays within its bounds.

    Args:
        asked: All leaves of a query, those under NOT included.

    Raises:
        QueryTooCostly: It does not.
    """
    tolerant = [
        leaf
        for leaf in asked
        if isinstance(leaf, Wildcard | Fuzzy) or (isinstance(leaf, Phrase) and leaf.slop)
    ]
    quoted = [tokens(leaf.text) for leaf in asked if isinstance(leaf, Phrase)]
    phrases = [words for words in quoted if len(words) > 1]
    _bound("phrases", len(phrases), MAX_PHRASES)
    _bound("words and phrases with *, ? or ~", len(tolerant), MAX_TOLERANT)
    for leaf in tolerant:
        if isinstance(leaf, Wildcard):
            signs = leaf.pattern.count("*") + leaf.pattern.count("?")
            _bound("signs * and ? in one word", signs, MAX_SIGNS)
            _bound("characters in one word with * or ?", len(leaf.pattern), MAX_PATTERN)
        elif isinstance(leaf, Phrase):
            _bound("words in one phrase with ~", len(tokens(leaf.text)), MAX_MOVING)


def _bound(what: str, found: int, limit: int) -> None:
    if found > limit:
        raise QueryTooCostly(what, found, limit)
