"""Print which papers of the index a paper cites, and which cite it."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from web.terminal.layout import wrap_paragraphs
from web.terminal.printing import escape_controls
from web.wording import describe_references

if TYPE_CHECKING:
    from index.records import Paper
    from search.answers.paper_citations import CitationLists


def list_citation_sections(found: "CitationLists") -> Iterator[tuple[str, list[str]]]:
    """Yield the heading and the lines of the references and of the papers that cite the paper.

    Args:
        found: The papers; a direction of which nothing is known is left out.
    """
    counts = found.counts
    if counts.references_total:
        known = describe_references(counts.references_here, counts.references_total)
        heading = f"References ({known})"
        left = counts.references_here - len(found.references)
        yield heading, [*_list_papers(found.references, left, found.find_references)]
    if counts.cited_by_total:
        heading = f"Cited by ({counts.cited_by_total:,} in this index)"
        left = counts.cited_by_total - len(found.cited_by)
        yield heading, [*_list_papers(found.cited_by, left, found.find_cited_by)]


def _list_papers(papers: "Sequence[Paper]", left: int, query: str) -> Iterator[str]:
    for paper in papers:
        year = f" ({paper.shown.year})" if paper.shown.year else ""
        yield from wrap_paragraphs([escape_controls(f"{paper.id}  {paper.title}{year}")], "  ")
    if left > 0 and query:
        yield escape_controls(f"  and {left:,} more (papers search '{query}')")
