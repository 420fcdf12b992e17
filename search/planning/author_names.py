"""Plan the search for an author's name as typed.

The index stores each name in the forms of `index.names.variants`, so a typed name is searched as
rows of words (`index.names.query_forms`): ``Aviral Kumar``, ``Kumar, Aviral``, ``A. Kumar`` and
``Kumar A`` all find Aviral Kumar. A full name also finds papers that print only the initial.
"""

from collections.abc import Iterable

from index.fields import BREAK, FIRST
from index.names.joined_words import remove_hyphens
from index.names.query_forms import Phrase, list_query_forms
from index.names.variants import spell_out
from index.text.analyser import tokenise
from search.planning.plan import Exact, Flat, Node, Statistics, Term, Tokens, Weighted, any_of

OTHER_NAME_WEIGHT = 0.01
"""Score of another name of the same person. It is lower than that of any typed name, so papers of
the typed name keep their scores and rank above similar papers of the other names."""

POSSIBLE_WEIGHT = 0.1
"""Weight of the readings in which a short word is a row of initials: for ``Li Xu``, papers of Li Xu
come before those of X. U. Li. Chosen."""

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
    possible: list[Phrase] = []
    if exact or first or "," in text:
        rows, possible = list_query_forms(text)
    else:
        spellings = (text, spell_out(text), remove_hyphens(text))
        rows = list(dict.fromkeys(tuple(tokenise(spelling)) for spelling in spellings))
    words = {word for row in (*rows, *possible) for word in row} - _ALWAYS
    known = _ALWAYS.union(word for word in words if statistics.count_documents("author", word))
    nodes = [_match_row(row, first=first) for row in rows if row and known.issuperset(row)]
    less = [_match_row(row, first=first) for row in possible if known.issuperset(row)]
    if less:
        nodes.append(Weighted(any_of(less), POSSIBLE_WEIGHT))
    return any_of(nodes)


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
    row = (FIRST, *words) if first else words
    return Term("author", row[0]) if len(row) == 1 else Tokens("author", row)
