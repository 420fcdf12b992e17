"""Answers: which papers does an author's name, as typed, ask for?

The index keeps each name as written and with initials (`index.fields`), so a typed name is a
phrase: ``Aviral Kumar``, ``Kumar, Aviral``, ``A. Kumar`` and ``Kumar, A`` all find Aviral Kumar;
a full name also finds papers that give nothing but the initial.
"""

from index.analysis import tokens
from index.fields import BARE, FIRST
from index.names import parse_name
from search.plan import Node, Term, Tokens, all_of, any_of


def name_plan(text: str, *, first: bool, exact: bool) -> Node:
    """Give the papers of an author.

    Args:
        text: A name in any order.
        first: Only as first author.
        exact: The words belong together (they were quoted); otherwise each may be of any author.
    """
    name = parse_name(text)
    given, family = tokens(name.given), tokens(f"{name.family} {name.suffix}")
    words = given + family
    if not words:
        return any_of([])
    if not exact and not first and "," not in text:
        return all_of([Term("author", word) for word in words])
    forms = [words]
    if given and (len(given) == 1 or len(given[0]) > 1):
        forms.append([given[0][0] + BARE, *family])
    if given and not name.suffix and "," not in text:
        # Family name first without a comma, as in "kumar aviral".
        forms.append([*family, *given])
    return any_of([_row(form, first=first) for form in forms])


def _row(words: list[str], *, first: bool) -> Node:
    if first and len(words) == 1:
        # One word may be the family name, after the given name or an initial.
        return Tokens("author", (FIRST, *words), slop=1)
    row = (FIRST, *words) if first else tuple(words)
    return Term("author", row[0]) if len(row) == 1 else Tokens("author", row)
