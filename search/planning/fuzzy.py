"""Answers: which papers have a word that is misspelt, or only begun, in a query?

Never for identifiers, numbers and years.
"""

from typing import TypeAlias

from index.text.analyser import stem
from search.planning.plan import Flat, Near, Node, Pattern, Statistics, any_of
from search.planning.translate import Translator

Row: TypeAlias = tuple[str, ...]
"""The tokens of one typed word: one, or several that belong together (``Q-learning``)."""

FUZZY_WEIGHT = 8.0
"""Score of a respelt or completed word; about that of an exact word of some rarity. Source: 2, 4,
8, 12 and 16 tried; MRR@10 of typo .984, .994, .995, .995, .995, of author-typo .960, .983, .995,
.995, .995."""

RARE = 3
"""A word in fewer papers than this may be a misspelling, once no paper has all the words. Source:
1, 3 and 10 tried, no difference on the known items."""

SHORTEST_RESPELT = 4
"""Letters; shorter words have too many neighbours. Source: 3, 4, 5 and 6 tried; MRR@10 of
author-typo .995, .995, .995, .985."""

PREFIX_RATIO = 10
"""A word is only begun if a longer one that begins like it is in so many times as many papers.
Source: 3, 10 and 30 tried: prefix .943, .943, .938, fullname+word .840, .844, .844."""


def plan_fuzzy_word(row: Row, statistics: Statistics, *, respell: bool) -> Node:
    """Give the papers that have a word or, if it is rare, one like it; exact ones score higher.

    Args:
        row: The tokens of a typed word.
        statistics: The index's counts.
        respell: No paper has all the words, so this one may be misspelt.
    """
    exact = Translator(statistics).match_anywhere(list(row))
    others = [plan_completion(row, statistics)]
    if respell:
        others += [near for token in row for near in _near(token, statistics)]
    like = [node for node in others if node is not None]
    if not like:
        return any_of(exact)
    return any_of([*exact, Flat(any_of([any_of(exact), *like]), FUZZY_WEIGHT)])


def plan_completion(row: Row, statistics: Statistics) -> Node | None:
    """Give the papers with a title word that begins like this one, if it is only begun."""
    begun = row[-1]
    if not begun.isalpha():
        return None
    longer = statistics.complete("title_exact", begun, 1)
    known = statistics.count_documents("text", stem(begun))
    if not longer or longer[0][0] == begun or longer[0][1] < PREFIX_RATIO * known:
        return None
    return Pattern("title_exact", f"{begun}*")


def _near(token: str, statistics: Statistics) -> list[Node]:
    if len(token) < SHORTEST_RESPELT or not token.isalpha():
        return []
    count = statistics.count_documents
    if count("text", stem(token)) + count("author", token) >= RARE:
        return []
    return [Near(field, token, 1) for field in ("title_exact", "author")]
