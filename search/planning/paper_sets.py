"""Look up the papers of the bibliographies that a query names.

Only a caller that may read the files of its user opens a reader around its searches: the command
line does, a server does not. Without one, a query that names a file is refused.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from functools import cache

from search.errors import BibliographyRefused, QueryTooCostly
from search.language.bibliographies import BIBLIOGRAPHY
from search.language.parser import Parsed
from search.language.tree import And, Boost, Not, Or, Query, Required, Value

MAX_PAPERS = 10_000
"""Papers of one bibliography that a query takes; chosen. A search with so many takes .2 to .35 s at
95,099 papers, one with a thousand .03 to .05 s."""

Reader = Callable[[str], tuple[str, ...]]
"""Returns the ids of the papers of a bibliography by its name."""

_READER: ContextVar[Reader | None] = ContextVar("reader", default=None)


@contextmanager
def open_bibliographies(read: Reader) -> Iterator[None]:
    """Let queries in this thread name bibliographies; each is read once."""
    outer = _READER.set(cache(read))
    try:
        yield
    finally:
        _READER.reset(outer)


def add_papers(parsed: Parsed) -> Parsed:
    """Return a query with the papers of each bibliography in `Value.also`.

    Raises:
        BibliographyRefused: It names one, and no reader is open.
        BibliographyUnreadable: The file is missing or no bibliography.
        QueryTooCostly: It has too many papers.
    """
    query = _add_papers(parsed.query)
    return parsed if query is parsed.query else replace(parsed, query=query)


def _add_papers(query: Query) -> Query:
    match query:
        case And(children=children) | Or(children=children):
            added = tuple(map(_add_papers, children))
            same = all(one is other for one, other in zip(children, added, strict=True))
            return query if same else replace(query, children=added)
        case Not(child) | Required(child) | Boost(child, _):
            found = _add_papers(child)
            return query if found is child else replace(query, child=found)
        case Value(field, text) if field == BIBLIOGRAPHY:
            return replace(query, also=_read_papers(text))
        case _:
            return query


def _read_papers(name: str) -> tuple[str, ...]:
    read = _READER.get()
    if read is None:
        raise BibliographyRefused(name)
    ids = read(name)
    if len(ids) > MAX_PAPERS:
        raise QueryTooCostly(f"papers in '{name[:80]}'", len(ids), MAX_PAPERS)
    return ids
