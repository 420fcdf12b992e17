"""List the first papers that a paper cites and that cite it, with the searches for all of them."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from index.records import Paper
from index.references.citations import Citations
from search.answers.searcher import Searcher
from search.errors import PaperMissing
from search.language.fields import CITATION_FIELDS
from search.language.tree import Value

MOST_SHOWN = 10
"""Papers that a paper cites, or that cite it, beside it. Chosen; the others are a search away."""


@dataclass(frozen=True, slots=True)
class CitationLists:
    """The first papers of each direction, those cited most often in this index first.

    Attributes:
        counts: What is known of the citations; false if nothing is.
        references: The first papers that it cites.
        cited_by: The first papers that cite it.
        find_references: The query that finds all papers that it cites; empty if none can.
        find_cited_by: The query that finds all papers that cite it.
    """

    counts: Citations = field(default_factory=Citations)
    references: tuple[Paper, ...] = ()
    cited_by: tuple[Paper, ...] = ()
    find_references: str = ""
    find_cited_by: str = ""


def list_citations(searcher: Searcher, paper: Paper) -> CitationLists:
    """List the first papers that a work cites and that cite it.

    Raises:
        BudgetSpent: Reading them takes longer than is left for the request.
    """
    found = searcher.read_references(paper, MOST_SHOWN)
    cites, cited = (_write_query(name, paper.id) for name in CITATION_FIELDS)
    return CitationLists(
        found,
        tuple(_read_papers(searcher, found.references)),
        tuple(_read_papers(searcher, found.cited_by)),
        cited,
        cites,
    )


def _read_papers(searcher: Searcher, ids: Iterable[str]) -> Iterator[Paper]:
    for each in ids:
        with suppress(PaperMissing):  # the generation was switched in between
            yield searcher.read_paper(each)


def _write_query(name: str, paper_id: str) -> str:
    """Write the query for the citations of a paper; empty if its id cannot be quoted."""
    return "" if '"' in paper_id else str(Value(name, paper_id))
