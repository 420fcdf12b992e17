"""Answers: which other names has the author who is asked for?

A dump may tell that two names are of one person (`index.people.alias_writer`). Who asks for one
of them, whole and in quotes, finds what was published under the others too, and is told so.
"""

from dataclasses import replace

from index.names.parser import parse_name
from index.people.aliases import Aliases
from search.language.fields import BY_NAME, FieldKind
from search.language.parser import Notice, Parsed
from search.language.tree import And, Boost, Not, Or, Phrase, Query, Required

FEWEST = 2
"""Words of a name that are more than an initial; with fewer it may be anybody's."""


def add_other_names(parsed: Parsed, aliases: Aliases) -> Parsed:
    """Let a query ask for authors under their other names.

    Args:
        parsed: The query as it was typed.
        aliases: Who has which names.

    Returns:
        The same tree, in which names of people ask for their other names too, and a notice for
        each.
    """
    if not aliases:
        return parsed
    told: list[Notice] = []
    query = _named(parsed.query, aliases, told)
    if not told:
        return parsed
    notices = sorted((*parsed.notices, *told), key=lambda notice: notice.at)
    return replace(parsed, query=query, notices=tuple(notices))


def _named(query: Query, aliases: Aliases, told: list[Notice]) -> Query:
    match query:
        case And(children=children) | Or(children=children):
            return replace(query, children=tuple(_named(one, aliases, told) for one in children))
        case Not(child) | Required(child) | Boost(child, _):
            return replace(query, child=_named(child, aliases, told))
        case Phrase() if _is_name(query) and (others := aliases.find_others(query.text)):
            told.append(Notice(_said(query.text, list(others.values())), query.at))
            return replace(query, also=tuple(others))
        case _:
            return query


def _is_name(phrase: Phrase) -> bool:
    """Tell whether a phrase may be somebody's whole name."""
    if phrase.slop if not phrase.field else BY_NAME[phrase.field].kind is not FieldKind.NAME:
        return False
    name = parse_name(phrase.text)
    words = f"{name.given} {name.family}".replace("-", " ").split()
    whole = sum(len(word.strip(".")) > 1 for word in words)
    return bool(name.homonym) or whole >= FEWEST


def _said(name: str, others: list[str]) -> str:
    listed = " and ".join(filter(None, (", ".join(others[:-1]), others[-1])))
    return f"{name} is also looked for as {listed}."
