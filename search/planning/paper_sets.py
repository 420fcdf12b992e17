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
from search.language.tree import Leaf, Query, Value, list_leaves, map_leaves

MAX_PAPERS = 10_000
"""Papers of one bibliography that a query takes, or of all its citations; chosen. A search with so
many takes .2 to .35 s at 95,099 papers, one with a thousand .03 to .05 s."""

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
    if not names_bibliography(parsed.query):
        return parsed
    return replace(parsed, query=map_leaves(parsed.query, _add_papers))


def names_bibliography(query: Query) -> bool:
    """Return whether the answer to a query depends on a file, which may change at any time."""
    return any(map(_names_file, list_leaves(query, negated=True)))


def _names_file(leaf: Leaf) -> bool:
    return isinstance(leaf, Value) and leaf.field == BIBLIOGRAPHY


def _add_papers(leaf: Leaf) -> Leaf:
    if isinstance(leaf, Value) and leaf.field == BIBLIOGRAPHY:
        return replace(leaf, also=_read_papers(leaf.text))
    return leaf


def _read_papers(name: str) -> tuple[str, ...]:
    read = _READER.get()
    if read is None:
        raise BibliographyRefused(name)
    ids = read(name)
    if len(ids) > MAX_PAPERS:
        raise QueryTooCostly(f"papers in '{name[:80]}'", len(ids), MAX_PAPERS)
    return ids
