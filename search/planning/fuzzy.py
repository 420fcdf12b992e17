"""Match words that are misspelt or incomplete in the query.

Identifiers, numbers and years are always matched exactly.
"""

from index.text.stems import stem
from search.language.tree import Row
from search.planning.plan import Flat, Near, Node, Pattern, Statistics, any_of
from search.planning.translate import Translator

FUZZY_WEIGHT = 8.0
"""Score of a corrected or completed word, about that of a moderately rare exact word. Tried 2, 4,
8, 12 and 16: MRR@10 of typo .984, .994, .995, .995, .995, of author-typo .960, .983, .995, .995,
.995."""

RARE = 3
"""If no paper has all the words, a word in fewer papers than this may be misspelt. Tried 1, 3 and
10: no difference on the known items."""

SHORTEST_RESPELT = 4
"""Letters of a word that is corrected; shorter words have too many neighbours. Tried 3, 4, 5 and 6:
MRR@10 of author-typo .995, .995, .995, .985."""

PREFIX_RATIO = 10
"""A word counts as incomplete if some longer word with this prefix is in at least this many times
as many papers. Tried 3, 10 and 30: prefix .943, .943, .938, fullname+word .840, .844, .844."""


def plan_fuzzy_word(
    row: Row, statistics: Statistics, *, respell: bool, also: tuple[Row, ...] = ()
) -> Node:
    """Return a node that matches a word, its completions and, if asked, its corrections.

    Papers with the exact word score higher.

    Args:
        row: The tokens of a typed word.
        statistics: Counts of the index.
        respell: Whether the word may be misspelt, because no paper has all the words.
        also: The other spellings of the word.
    """
    exact = Translator(statistics).match_anywhere(list(row), also)
    alternatives = [plan_completion(row, statistics)]
    if respell:
        alternatives += [near for token in row for near in _match_near(token, statistics)]
    inexact = [node for node in alternatives if node is not None]
    if not inexact:
        return any_of(exact)
    return any_of([*exact, Flat(any_of([any_of(exact), *inexact]), FUZZY_WEIGHT)])


def plan_completion(row: Row, statistics: Statistics) -> Node | None:
    """Return a node that matches longer title words, or None if the word is complete."""
    prefix = row[-1]
    if not prefix.isalpha():
        return None
    longer = statistics.complete("title_exact", prefix, 1)
    known = statistics.count_documents("text", stem(prefix))
    if not longer or longer[0][0] == prefix or longer[0][1] < PREFIX_RATIO * known:
        return None
    return Pattern("title_exact", f"{prefix}*")


def _match_near(token: str, statistics: Statistics) -> list[Node]:
    if len(token) < SHORTEST_RESPELT or not token.isalpha():
        return []
    count = statistics.count_documents
    if count("text", stem(token)) + count("author", token) >= RARE:
        return []
    return [Near(field, token, 1) for field in ("title_exact", "author")]
