"""Read the papers in answers of Semantic Scholar's API.

An answer is a page of papers (``data``, ``recommendedPapers`` or the ``papers`` of an author), a
list, or one paper. A page of citations, references or snippets wraps each paper in an object. A
paper has the same id as in the datasets, its corpus number, or else it has its hash.
"""

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from index.dumps.streams import Stream
from index.formats.semantic_scholar_words import (
    LICENCE,
    NAME,
    Field,
    Ids,
    Journal,
    Place,
    collect_ids,
    convert_place,
)
from index.normalise.identifiers import build_address, parse_orcid
from index.normalise.raw_values import drop_empty
from index.normalise.references import join_identifiers
from index.records import Integer, RawAuthor, RawRecord, Reject, Source
from index.scanners.head import Head
from index.scanners.json_arrays import Layout, make_finder
from index.scanners.json_lines import read_json


class PersonIds(Struct, rename={"orcid": "ORCID"}):
    """The identifiers of an author in other systems."""

    orcid: str | None = None


class Person(Struct, rename="camel"):
    """An author."""

    author_id: str | Integer | None = None
    name: str | None = None
    external_ids: PersonIds | None = None
    affiliations: tuple[str, ...] | None = None


class Venue(Struct):
    """A venue as Semantic Scholar knows it."""

    name: str | None = None


class Pdf(Struct):
    """A PDF that is openly available."""

    url: str | None = None


class Paper(Struct, rename="camel"):
    """One paper, or an object that wraps one, with the keys that are read.

    Answers of the API's first version have `doi` and `arxiv_id` instead of `external_ids`.
    """

    paper_id: str | None = None
    corpus_id: Integer | str | None = None
    external_ids: Ids | None = None
    doi: str | None = None
    arxiv_id: str | None = None
    url: str | None = None
    title: str | None = None
    abstract: str | None = None
    authors: tuple[Person | str, ...] | None = None
    venue: str | None = None
    publication_venue: Venue | None = None
    journal: Journal | None = None
    year: Integer | None = None
    publication_date: str | None = None
    publication_types: tuple[str, ...] | None = None
    citation_count: Integer | None = None
    fields_of_study: tuple[str, ...] | None = None
    s2_fields_of_study: tuple[Field, ...] | None = None
    open_access_pdf: Pdf | None = None
    author_id: str | Integer | None = None
    citing_paper: "Paper | None" = None
    cited_paper: "Paper | None" = None
    references: "tuple[Paper | None, ...] | None" = None
    paper: "Paper | None" = None


_DECODER = msgspec.json.Decoder(Paper | None)
_LAYOUT = Layout(
    "data|recommendedPapers|papers",
    frozenset({"paperId"}),
    wrappers=frozenset({"citingPaper", "citedPaper", "snippet"}),
)
_OWN = frozenset(
    "externalIds corpusId authorId abstract venue publicationVenue publicationDate publicationTypes"
    " citationCount influentialCitationCount s2FieldsOfStudy fieldsOfStudy openAccessPdf"
    " citingPaper citedPaper recommendedPapers".split()
)
"""Keys that a paper or an answer may have, depending on the fields that were asked for."""


def recognises_answer(head: Head) -> bool:
    """Return whether a file is an answer of the API.

    All but a search for snippets have the hashes of papers.
    """
    if head.start not in (b"{", b"[") or not {"paperId", "snippetKind"} & head.keys:
        return False
    return bool(_OWN & head.keys) or ("title" in head.keys and "id" not in head.keys)


def read_answers(stream: Stream) -> Iterator[RawRecord | Reject]:
    """Yield the papers of one answer or several."""
    return read_json(stream, _DECODER, convert, make_finder(_LAYOUT), LICENCE)


def convert(found: Paper | None, source: Source) -> RawRecord:
    """Convert one paper to a raw record.

    A batch has null in place of a paper that was not found, which is skipped; so is an author.
    """
    paper = _unwrap(found) if found else None
    if not paper or (paper.author_id and not paper.title):
        return RawRecord(source=source, format=NAME, deleted=True)
    ids = _collect_ids(paper)
    return RawRecord(
        source=source,
        format=NAME,
        id=f"s2:{ids['s2']}" if "s2" in ids else "",
        title=paper.title or "",
        abstract=paper.abstract or "",
        authors=tuple(_convert_author(person) for person in paper.authors or ()),
        appearances=(convert_place(_find_place(paper)),),
        topics=_collect_topics(paper),
        ids=ids,
        urls=_collect_urls(paper),
        citations=paper.citation_count,
        references=tuple(filter(None, map(_refer_to, paper.references or ()))),
    )


def _unwrap(paper: Paper) -> Paper:
    return paper.citing_paper or paper.cited_paper or paper.paper or paper


def _collect_ids(paper: Paper) -> dict[str, str]:
    others = paper.external_ids or {}
    number = str(paper.corpus_id or others.get("CorpusId") or "")
    stated = {"DOI": paper.doi, "ArXiv": paper.arxiv_id}
    return collect_ids(number or paper.paper_id or "", {**stated, **others})


def _refer_to(cited: Paper | None) -> str:
    """Return the reference to a paper by all its identifiers, its hash last."""
    if cited is None:
        return ""
    named, code = join_identifiers(_collect_ids(cited)), f"s2:{cited.paper_id or ''}"
    return f"{named} {code}" if cited.paper_id and code not in named else named


def _convert_author(person: Person | str) -> RawAuthor:
    if isinstance(person, str):  # in a search for snippets
        return RawAuthor(name=person)
    orcid = parse_orcid(person.external_ids.orcid) if person.external_ids else ""
    return RawAuthor(
        name=person.name or "",
        ids=drop_empty({"s2": str(person.author_id or ""), "orcid": orcid}),
        affiliations=person.affiliations or (),
    )


def _find_place(paper: Paper) -> Place:
    return Place(
        paper.venue or (paper.publication_venue.name if paper.publication_venue else "") or "",
        paper.journal,
        paper.year,
        paper.publication_date,
        paper.publication_types or (),
    )


def _collect_topics(paper: Paper) -> tuple[str, ...]:
    named = (field.category or "" for field in paper.s2_fields_of_study or ())
    return (*named, *(paper.fields_of_study or ()))


def _collect_urls(paper: Paper) -> dict[str, str]:
    pdf = (paper.open_access_pdf.url if paper.open_access_pdf else "") or ""
    return drop_empty({"page": paper.url or build_address("s2", paper.paper_id or ""), "pdf": pdf})
