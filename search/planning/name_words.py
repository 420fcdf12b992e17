"""Find names among words that are typed without quotes: ``smith ja attention``, ``o brien rings``.

Every word of a query must match. ``ja`` occurs in no name, and ``brien`` not in O'Brien, so such
words also match through the word beside which they are a name. Their order does not matter.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import permutations

from index.fields import BREAK, FIRST
from index.names.joined_words import JOINERS
from index.names.query_forms import may_be_initials
from index.text.analyser import tokenise_name
from index.text.stems import stem
from search.language.fields import BY_NAME, FieldKind
from search.language.stopwords import STOP_WORDS
from search.language.tree import Query, Word
from search.planning.plan import Flat, Node, Statistics, Tokens, any_of

MOST_WORDS = 12
"""Words up to which names are looked for: a longer text is no list of names. Chosen."""


def find_typed_names(
    children: Sequence[Query], statistics: Statistics, score: float
) -> dict[int, list[Node]]:
    """Find pairs of words that are a name.

    Args:
        children: The parts of a query that must all match.
        statistics: Counts of the index.
        score: The score of a name.

    Returns:
        Nodes that match instead of a word, by the position of the word.
    """
    words = {at: word for at, child in enumerate(children) if (word := _read_word(child))}
    short = {at for at, word in words.items() if word in JOINERS or _may_be_initials(children[at])}
    found: defaultdict[int, list[Node]] = defaultdict(list)
    if not short or not 1 < len(words) <= MOST_WORDS:
        return found
    for one, other in permutations(words, 2):
        if one not in short or len(words[other]) == 1:
            continue
        joined = words[one] + words[other]
        if words[one] in JOINERS and statistics.count_documents("author", joined):
            together = _match_name(("", joined), score)
            found[one].append(together)
            found[other].append(together)
        if _may_be_initials(children[one]) and _is_surname(words[other], words[one], statistics):
            found[one].append(_match_name((*words[one], words[other]), score))
    return found


def _read_word(query: Query) -> str:
    """Return the token of a word that may be part of a name; empty for other parts."""
    if not isinstance(query, Word) or query.first:
        return ""
    if query.field and BY_NAME[query.field].kind is not FieldKind.NAME:
        return ""
    found = tokenise_name(query.text)
    return found[0] if len(found) == 1 else ""


def _may_be_initials(query: Query) -> bool:
    if not isinstance(query, Word) or (not query.field and query.text.lower() in STOP_WORDS):
        return False
    return may_be_initials(query.text, capitals=False)


def _is_surname(word: str, initials: str, statistics: Statistics) -> bool:
    """Return whether a word is more often a name than a word, or than the initials are a word.

    ``deep rl`` is no name, since K. Deep has fewer papers than RL.
    """
    names = statistics.count_documents("author", word)
    return names > 0 and any(
        names >= statistics.count_documents("text", stem(other)) for other in (word, initials)
    )


def _match_name(row: tuple[str, ...], score: float) -> Node:
    starts = (Tokens("author", (start, *row)) for start in (BREAK, FIRST))
    return Flat(any_of(list(starts)), score)
