"""Look up the papers that cite the papers that a query names, or that these cite."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from index.references.citation_file import Direction
from index.references.citations import CitationIndex
from search.errors import QueryTooCostly
from search.language.fields import CITATION_FIELDS
from search.language.notices import Notice
from search.language.parser import Parsed
from search.language.tree import Leaf, Value, list_leaves, map_leaves
from search.planning.identifiers import match_identifier
from search.planning.paper_sets import MAX_PAPERS
from search.planning.plan import Node

_DIRECTIONS = dict(zip(CITATION_FIELDS, (Direction.CITING, Direction.CITED), strict=True))


@dataclass(frozen=True, slots=True)
class Sources:
    """What citations are looked up in.

    Attributes:
        citations: Which papers of the index cite which.
        count: Counts the papers with a value in a field of the index.
        find_ids: Returns the ids of the works that match a node.
    """

    citations: CitationIndex
    count: Callable[[str, str], int]
    find_ids: Callable[[Node], tuple[str, ...]]


def add_citations(parsed: Parsed, sources: Sources) -> Parsed:
    """Return a query with the papers of each ``cites:`` and ``citedby:`` in `Value.also`.

    Args:
        parsed: The query as typed.
        sources: What citations are looked up in.

    Returns:
        The same tree, with a notice for each paper of which nothing can be known.

    Raises:
        QueryTooCostly: More papers cite these, or are cited by them, than a query takes.
    """
    if not any(map(_asks_for_citations, list_leaves(parsed.query, negated=True))):
        return parsed
    finder = _Finder(sources)
    query = map_leaves(parsed.query, finder.add_papers)
    notices = sorted({*parsed.notices, *finder.notices}, key=lambda one: (one.at, one.message))
    return replace(parsed, query=query, notices=tuple(notices))


def _asks_for_citations(leaf: Leaf) -> bool:
    return isinstance(leaf, Value) and leaf.field in CITATION_FIELDS


class _Finder:
    """Finds the papers of all citations that one query asks for."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources
        self._found = 0
        self.notices: list[Notice] = []

    def add_papers(self, leaf: Leaf) -> Leaf:
        if not isinstance(leaf, Value) or not _asks_for_citations(leaf):
            return leaf
        if not self._sources.citations:
            self._report(leaf, "The dumps of this index name no references")
            return leaf
        node = match_identifier(replace(leaf, field="id"), self._sources.count)
        papers = self._sources.find_ids(node)
        if not papers:
            self._report(leaf, f"No paper has the identifier {leaf.text}")
        direction = _DIRECTIONS[leaf.field]
        count, ids = self._sources.citations.list_records(papers, direction, MAX_PAPERS)
        self._found += count
        if self._found > MAX_PAPERS:
            raise QueryTooCostly(_describe(leaf), self._found, MAX_PAPERS)
        return replace(leaf, also=ids)

    def _report(self, leaf: Value, why: str) -> None:
        self.notices.append(Notice(f'{why}: "{leaf.field}:" finds nothing', leaf.at))


def _describe(leaf: Value) -> str:
    relation = "cite" if leaf.field == CITATION_FIELDS[0] else "are cited by"
    return f"papers that {relation} '{leaf.text[:80]}'"
