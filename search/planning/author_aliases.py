"""Add the other names of a person to a query for one of them.

A dump may state that two names belong to one person (`index.people.alias_writer`). A query for
one of them, whole and in quotes, also finds the papers under the other names, and a notice says so.
"""

from dataclasses import replace

from index.names.parser import parse_name
from index.people.aliases import Aliases
from search.language.fields import BY_NAME, FieldKind
from search.language.notices import Notice
from search.language.parser import Parsed
from search.language.tree import And, Boost, Not, Or, Phrase, Query, Required

FEWEST_WORDS = 2
"""Words longer than an initial. A name with fewer may belong to many people."""


def add_other_names(parsed: Parsed, aliases: Aliases) -> Parsed:
    """Add the other names of the people in a query.

    Args:
        parsed: The query as typed.
        aliases: The names of each person.

    Returns:
        The same tree, with the other names in `Phrase.also`, and a notice for each name that has
        some.
    """
    if not aliases:
        return parsed
    added: list[Notice] = []
    query = _add_names(parsed.query, aliases, added)
    notices = sorted((*parsed.notices, *added), key=lambda notice: notice.at)
    return replace(parsed, query=query, notices=tuple(notices))


def _add_names(query: Query, aliases: Aliases, notices: list[Notice]) -> Query:
    """Return a query with other names added, and append a notice for each name that has some."""
    match query:
        case And(children=children) | Or(children=children):
            return replace(
                query, children=tuple(_add_names(one, aliases, notices) for one in children)
            )
        case Not(child) | Required(child) | Boost(child, _):
            return replace(query, child=_add_names(child, aliases, notices))
        case Phrase() if _may_be_name(query):
            if others := aliases.find_others(query.text):
                notices.append(Notice(_describe(query.text, list(others.values())), query.at))
            # Former names are searched for without being named.
            return replace(query, also=(*others, *aliases.find_former(query.text)))
        case _:
            return query


def _may_be_name(phrase: Phrase) -> bool:
    """Return whether a phrase may be the whole name of a person."""
    if phrase.field:
        if BY_NAME[phrase.field].kind is not FieldKind.NAME:
            return False
    elif phrase.slop:
        return False
    name = parse_name(phrase.text)
    words = f"{name.given} {name.family}".replace("-", " ").split()
    whole = sum(len(word.strip(".")) > 1 for word in words)
    return bool(name.homonym) or whole >= FEWEST_WORDS


def _describe(name: str, others: list[str]) -> str:
    *first, last = others
    listed = f"{', '.join(first)} and {last}" if first else last
    return f"Also searched for other names of {name}: {listed}"
