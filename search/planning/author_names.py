"""Plan the search for an author's name as typed.

The index stores each name in the forms of `index.names.variants`, so a typed name is searched as
rows of words (`index.names.query_forms`): ``Aviral Kumar``, ``Kumar, Aviral``, ``A. Kumar`` and
``Kumar A`` all find Aviral Kumar. A full name also finds papers that print only the initial.
"""

from collections.abc import Iterable

from index.fields import BARE, BREAK, FIRST
from index.names.author_lists import remove_others
from index.names.joined_words import remove_hyphens
from index.names.query_forms import Phrase, list_query_forms
from index.names.variants import spell_out
from index.text.analyser import tokenise_name
from search.planning.plan import Exact, Flat, Node, Statistics, Term, Tokens, any_of

OTHER_NAME_WEIGHT = 0.01
"""Score of another name of the same person. It is lower than that of any typed name, so papers of
the typed name keep their scores and rank above similar papers of the other names."""

WHOLE_SCORE, BARE_SCORE, POSSIBLE_SCORE = 10.0, 5.0, 1.0
"""Scores of a name as typed, of bare initials that may be the same name, and of readings in which a
short word is a row of initials: for ``li xu``, papers of Li Xu come before those of L. Xu and of
X. U. Li. The first is that of a name typed without quotes; the others are chosen. With BM25 a paper
would rank lower for a long list of authors."""

_ALWAYS = frozenset((BREAK, ""))
"""Words of a row that are not looked up."""


def plan_name(text: str, statistics: Statistics, *, first: bool, exact: bool) -> Node:
    """Return a node that matches the papers of an author.

    Args:
        text: A name in any order.
        statistics: Counts of the index; rows with a word that no name has are left out.
        first: Whether to match first authors only.
        exact: Whether the words belong together, as in quotes; otherwise the text is one typed
            word.
    """
    text = remove_others(text)
    possible: list[Phrase] = []
    if not (exact or first or "," in text):
        spellings = (text, spell_out(text), remove_hyphens(text))
        rows = dict.fromkeys(tuple(tokenise_name(spelling)) for spelling in spellings)
        return any_of([_match_row(row, first=False) for row in _drop_unknown(rows, statistics)])
    likely, possible = list_query_forms(text)
    classes: dict[float, list[Node]] = {WHOLE_SCORE: [], BARE_SCORE: [], POSSIBLE_SCORE: []}
    for row in _drop_unknown(likely, statistics):
        is_bare = any(word.endswith(BARE) for word in row)
        classes[BARE_SCORE if is_bare else WHOLE_SCORE].append(_match_row(row, first=first))
    for row in _drop_unknown(possible, statistics):
        classes[POSSIBLE_SCORE].append(_match_row(row, first=first))
    return any_of([Flat(any_of(nodes), score) for score, nodes in classes.items() if nodes])


def _drop_unknown(rows: Iterable[Phrase], statistics: Statistics) -> list[Phrase]:
    """Return the rows without those that have a word that no name has."""
    words = {word for row in rows for word in row} - _ALWAYS
    known = _ALWAYS.union(word for word in words if statistics.count_documents("author", word))
    return [row for row in rows if row and known.issuperset(row)]


def plan_other_names(keys: Iterable[str], *, first: bool) -> list[Node]:
    """Return nodes that match the papers of an author under names that were not typed.

    Args:
        keys: The exact author keys of the names, so that no one else's papers match.
        first: Whether to match first authors only.
    """
    field = "first_author_key" if first else "author_key"
    return [Flat(Exact(field, key), OTHER_NAME_WEIGHT) for key in keys]


def _match_row(words: tuple[str, ...], *, first: bool) -> Node:
    if words[0] == BREAK and not first:
        # A name of the first author begins with FIRST, where others have BREAK.
        starts = (words, (FIRST, *words[1:]))
        return any_of([Tokens("author", start) for start in starts])
    words = words[1:] if words[0] == BREAK else words
    if first and len(words) == 1:
        # A single word may be the family name, which follows the given name or an initial.
        return Tokens("author", (FIRST, *words), slop=1)
    if first:
        # The words may be a family name, which follows a single given name in some phrase.
        return any_of([Tokens("author", (FIRST, *words)), Tokens("author", (FIRST, "", *words))])
    return Term("author", words[0]) if len(words) == 1 else Tokens("author", words)
