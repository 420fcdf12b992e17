"""Describe a paper as JSON: its texts, its authors, where it appeared and was read."""

from typing import Annotated, Any

from msgspec import UNSET, Meta, Struct, UnsetType

from index.records import Appearance, Author, Paper, Source
from index.references.citations import Citations
from search.answers.index_views import list_merged_ids
from search.request.search_request import View
from web.api.addresses import paper_path


class AuthorDocument(Struct, frozen=True):
    """One author of a paper."""

    name: Annotated[str, Meta(description="Display name, given name first.")]
    key: Annotated[str, Meta(description="The folded name, which the `author` filter takes.")]
    ids: Annotated[dict[str, str], Meta(description="Identifiers by scheme: `orcid`, `dblp` ...")]
    affiliations: Annotated[
        tuple[str, ...] | UnsetType,
        Meta(description="Institutions as the dump names them; absent if unknown."),
    ] = UNSET


class SourceDocument(Struct, frozen=True):
    """The location of a record."""

    dump: Annotated[str, Meta(description="File name of the dump.")]
    file: Annotated[str, Meta(description="File inside the dump, empty for a plain file.")]
    record: Annotated[int, Meta(description="Number of the record in its file, from 1.")]
    offset: Annotated[
        int,
        Meta(description="Start of the record in the decompressed file, in bytes; -1 if unknown."),
    ]
    date: Annotated[str, Meta(description="Date of the dump, `YYYY-MM-DD`, or empty.")]
    licence: Annotated[str, Meta(description="Licence of the record, or empty.")]


_DATE = Meta(
    description="Month or day in that year, `YYYY-MM` or `YYYY-MM-DD`; empty if unknown.",
    examples=["2020-06", "2020-06-08"],
)


class AppearanceDocument(Struct, frozen=True):
    """One place where a paper appeared."""

    venue: Annotated[str, Meta(description="Short name of the venue, or empty.")]
    venue_name: Annotated[str, Meta(description="The venue as the dump names it, if that differs.")]
    venue_kind: Annotated[
        str,
        Meta(description="`conference`, `journal`, `workshop`, `repository`, `book` or empty."),
    ]
    year: Annotated[int | None, Meta(description="Year of publication there, or null.")]
    type: Annotated[
        str,
        Meta(description="`conference paper`, `preprint` ...; `submission` was not accepted."),
    ]
    source: Annotated[
        SourceDocument | None, Meta(description="The location of the record it was read from.")
    ]
    date: Annotated[str, _DATE]
    volume: Annotated[str, Meta(description="Volume, or empty.")]
    issue: Annotated[str, Meta(description="Issue or number, or empty.")]
    pages: Annotated[str, Meta(description="Pages or the article's number, or empty.")]
    publisher: Annotated[str, Meta(description="Publisher, or empty.")]
    editors: Annotated[
        tuple[str, ...], Meta(description="Editors of the volume, given name first; or empty.")
    ]


class PaperDocument(Struct, frozen=True, kw_only=True):
    """One paper."""

    id: Annotated[str, Meta(description="Unique in the index and stable over rebuilds.")]
    title: Annotated[str, Meta(description="Plain text with formulas as `$TeX$`.")]
    authors: Annotated[tuple[AuthorDocument, ...], Meta(description="In the paper's order.")]
    venue: Annotated[str, Meta(description="Short name of the venue shown first, or empty.")]
    venue_kind: Annotated[str, Meta(description="What that venue is, such as `journal`.")]
    year: Annotated[int | None, Meta(description="Year of that appearance, or null.")]
    date: Annotated[str, _DATE]
    type: Annotated[str, Meta(description="Type of that appearance, or empty.")]
    abstract: Annotated[str, Meta(description="Plain text; a blank line ends a paragraph.")]
    url: Annotated[str, Meta(description="Address of the paper's page on this server.")]
    doi: Annotated[str | None, Meta(description="The DOI, or null.")]
    ids: Annotated[
        dict[str, str],
        Meta(
            description="Identifiers by scheme. `doi 2` is a second DOI, `record` another record."
        ),
    ]
    urls: Annotated[dict[str, str], Meta(description="Addresses by kind: `page`, `pdf` ...")]
    citations: Annotated[int | None, Meta(description="Citations counted by the dump, or null.")]
    topics: Annotated[tuple[str, ...], Meta(description="Keywords, categories, research areas.")]
    status: Annotated[
        str, Meta(description="`oral`, `poster`, `withdrawn`, `rejected` ... or empty.")
    ]
    language: Annotated[str, Meta(description="ISO 639-1 code, or empty.")]
    appearances: Annotated[
        tuple[AppearanceDocument, ...],
        Meta(description="Every place where it appeared; the one shown stands first."),
    ]
    records: Annotated[
        tuple[str, ...],
        Meta(description="Ids of the records merged into it, its own first; empty if only one."),
    ]
    originals: Annotated[
        dict[str, str],
        Meta(description="A field's original text, where a repair changed it."),
    ]
    origins: Annotated[
        dict[str, str],
        Meta(description="By field, the record that supplied it, if not the first record."),
    ]


class CitingPaperDocument(PaperDocument, frozen=True, kw_only=True):
    """One paper, with the papers of the index that it cites and that cite it."""

    references: Annotated[
        tuple[str, ...],
        Meta(description="At most 100 papers of the index that it cites, the most cited first."),
    ]
    references_found: Annotated[int, Meta(description="Papers of the index that it cites.")]
    references_total: Annotated[
        int, Meta(description="References that the dumps name, in the index or not.")
    ]
    cited_by: Annotated[
        tuple[str, ...],
        Meta(description="At most 100 papers of the index that cite it, the most cited first."),
    ]
    cited_by_total: Annotated[int, Meta(description="Papers of the index that cite it.")]


MOST_CITATIONS = 100
"""Papers that a paper cites, or that cite it, in an answer. Chosen; `cites:` finds all."""


def describe_citing_paper(
    paper: Paper, citations: Citations, view: View = View.WORKS
) -> CitingPaperDocument:
    """Return a paper as JSON, with its citations within the index.

    Args:
        paper: A work or a record.
        citations: What it cites and what cites it.
        view: As in `describe_paper`.
    """
    return CitingPaperDocument(
        **collect_fields(paper, view),
        references=citations.references[:MOST_CITATIONS],
        references_found=citations.references_here,
        references_total=citations.references_total,
        cited_by=citations.cited_by[:MOST_CITATIONS],
        cited_by_total=citations.cited_by_total,
    )


def describe_paper(paper: Paper, view: View = View.WORKS) -> PaperDocument:
    """Return a paper as JSON.

    Args:
        paper: A work or a record.
        view: Whether `url` leads to the work or to the single record.
    """
    return PaperDocument(**collect_fields(paper, view))


def collect_fields(paper: Paper, view: View = View.WORKS) -> dict[str, Any]:
    """Collect the fields of a `PaperDocument`, which hits share."""
    shown = paper.shown
    return {
        "id": paper.id,
        "title": paper.title,
        "authors": tuple(map(_describe_author, paper.authors)),
        "venue": shown.venue,
        "venue_kind": shown.venue_kind,
        "year": shown.year,
        "date": shown.date,
        "type": shown.type,
        "abstract": paper.abstract,
        "url": paper_path(paper.id, view=view),
        "doi": paper.ids.get("doi"),
        "ids": paper.ids,
        "urls": paper.urls,
        "citations": paper.citations,
        "topics": paper.topics,
        "status": paper.status,
        "language": paper.language,
        "appearances": tuple(map(_describe_appearance, paper.appearances)),
        "records": list_merged_ids(paper),
        "originals": paper.originals,
        "origins": paper.origins,
    }


def _describe_author(author: Author) -> AuthorDocument:
    return AuthorDocument(author.name, author.key, author.ids, author.affiliations or UNSET)


def _describe_appearance(show: Appearance) -> AppearanceDocument:
    source = _describe_source(show.source) if show.source else None
    return AppearanceDocument(
        show.venue, show.venue_name, show.venue_kind, show.year, show.type, source, show.date,
        show.volume, show.issue, show.pages, show.publisher, show.editors,
    )  # fmt: skip


def _describe_source(source: Source) -> SourceDocument:
    return SourceDocument(
        source.dump, source.file, source.record, source.offset, source.date, source.licence
    )
