"""Answers: which papers does an author's name, as typed, ask for?

The index keeps each name in the forms of `index.names.variants`, so a typed name is a row of words:
``Aviral Kumar``, ``Kumar, Aviral``, ``A. Kumar`` and ``Kumar, A`` all find Aviral Kumar; a full
name also finds papers that give nothing but the initial.
"""

from collections.abc import Iterable

from index.fields import BREAK, FIRST
from index.names.variants import list_query_forms, spell_out
from index.text.analyser import tokenise
from search.planning.plan import Exact, Flat, Node, Term, Tokens, any_of

OTHER_NAME_WEIGHT = 0.01
"""Score of a name that was not typed but is the same person's: less than any that was typed, so
that papers of the name as typed keep their scores and come before like papers of the others."""


def plan_name(text: str, *, first: bool, exact: bool) -> Node:
    """Give the papers of an author.

    Args:
        text: A name in any order.
        first: Only as first author.
        exact: The words belong together (they were quoted); otherwise it is one word as typed.
    """
    if exact or first or "," in text:
        rows = list_query_forms(text)
    else:
        rows = list(dict.fromkeys(tuple(tokenise(way)) for way in (text, spell_out(text))))
    return any_of([_row(row, first=first) for row in rows if row])


def plan_other_names(keys: Iterable[str], *, first: bool) -> list[Node]:
    """Give the papers of an author under other names than the one typed.

    Args:
        keys: The author keys of the names: nobody else's papers are found.
        first: Only as first author.
    """
    field = "first_author_key" if first else "author_key"
    return [Flat(Exact(field, key), OTHER_NAME_WEIGHT) for key in keys]


def _row(words: tuple[str, ...], *, first: bool) -> Node:
    if words[0] == BREAK and not first:
        # Before the first author's names stands another sign.
        starts = (words, (FIRST, *words[1:]))
        return any_of([Tokens("author", start) for start in starts])
    words = words[1:] if words[0] == BREAK else words
    if first and len(words) == 1:
        # One word may be the family name, after the given name or an initial.
        return Tokens("author", (FIRST, *words), slop=1)
    row = (FIRST, *words) if first else words
    return Term("author", row[0]) if len(row) == 1 else Tokens("author", row)
