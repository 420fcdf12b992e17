"""Describe a paper by the ``citation_*`` tags that Google Scholar and Zotero read.

The tag of the venue decides which type of document a program takes a paper for: a journal article,
a conference paper, a chapter, a thesis or a report. A preprint has none of them, nor has a paper
that a venue did not accept.

Source: Google Scholar, Inclusion Guidelines for Webmasters, "Indexing"; Highwire Press tags.
"""

from collections.abc import Iterator

from index.records import Paper
from web.exports.reference import Reference, make_reference
from web.metadata.bounds import LONGEST, MOST_AUTHORS, MOST_KEYWORDS

_VENUE_TAGS = {
    "paper-conference": "citation_conference_title",
    "article-journal": "citation_journal_title",
    "article-newspaper": "citation_journal_title",
    "review-book": "citation_journal_title",
    "chapter": "citation_inbook_title",
    "entry-encyclopedia": "citation_inbook_title",
    "thesis": "citation_dissertation_institution",
    "report": "citation_technical_report_institution",
}
"""The tag of the venue by the type in CSL."""

_ID_TAGS = ("doi", "arxiv", "pmid", "isbn", "issn")
_ID_NAMES = {"arxiv": "citation_arxiv_id"}


def list_scholar_tags(paper: Paper, address: str = "") -> list[tuple[str, str]]:
    """List the names and contents of the tags of a paper.

    Args:
        paper: The paper.
        address: The absolute address of its page, or empty.
    """
    found = (*_list_people(paper), *_list_places(paper), *_list_rest(paper, address))
    return [(name, content[:LONGEST]) for name, content in found if content]


def _list_people(paper: Paper) -> Iterator[tuple[str, str]]:
    yield "citation_title", paper.title
    for author in paper.authors[:MOST_AUTHORS]:
        yield "citation_author", author.name
        yield "citation_author_orcid", author.ids.get("orcid", "")


def _list_places(paper: Paper) -> Iterator[tuple[str, str]]:
    reference = make_reference(paper)
    yield "citation_publication_date", paper.shown.when.replace("-", "/")
    if tag := _VENUE_TAGS.get(reference.kind.csl, ""):
        yield tag, reference.container or reference.publisher
    yield _name_issue(reference), reference.issue
    first, _, last = reference.pages.partition("-")
    yield "citation_volume", reference.volume
    yield "citation_firstpage", first
    yield "citation_lastpage", last
    yield "citation_publisher", reference.publisher


def _name_issue(reference: Reference) -> str:
    is_report = reference.kind.csl == "report"
    return "citation_technical_report_number" if is_report else "citation_issue"


def _list_rest(paper: Paper, address: str) -> Iterator[tuple[str, str]]:
    for scheme in _ID_TAGS:
        yield _ID_NAMES.get(scheme, f"citation_{scheme}"), paper.ids.get(scheme, "")
    yield "citation_language", paper.language
    yield "citation_keywords", "; ".join(paper.topics[:MOST_KEYWORDS])
    yield "citation_abstract", paper.abstract
    yield "citation_pdf_url", paper.urls.get("pdf", "")
    yield "citation_abstract_html_url", address
