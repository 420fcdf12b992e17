"""Read the documents of HAL, the open archive.

A file is a page of the search API (``response.docs``) with ``fl=`` naming the title, a list or
lines. The end of a key says what its value is: ``_s`` a text or a list of texts, ``_i`` a number.
Images, sounds, films, maps and whole issues are skipped.
"""

import msgspec
from msgspec import Struct

from index.formats.format import Format
from index.normalise.dates import find_first_date, parse_day, parse_year
from index.normalise.raw_values import Texts, drop_empty, find_first_text, list_texts
from index.normalise.texts import join_subtitle
from index.normalise.work_types import find_venue_kind
from index.records import Appearance, Integer, RawAuthor, RawRecord, Source
from index.scanners.head import Head
from index.scanners.json_arrays import Layout, make_finder
from index.scanners.json_lines import read_json

NAME = "hal"

NOT_PAPERS = frozenset("IMG ISSUE MAP PROCEEDINGS SON VIDEO".split())
"""Types of documents that are not papers."""

_TYPES = {
    "ART": "journal article",
    "BLOG": "blog post",
    "COMM": "conference paper",
    "COUV": "book chapter",
    "DOUV": "book",
    "HDR": "thesis",
    "MEM": "thesis",
    "NOTICE": "reference entry",
    "OUV": "book",
    "PATENT": "patent",
    "POSTER": "conference paper",
    "PRESCONF": "conference paper",
    "REPACT": "report",
    "REPORT": "report",
    "SOFTWARE": "software",
    "THESE": "thesis",
    "UNDEFINED": "preprint",
}
"""Our types for HAL's. Source: its list of types of documents."""


class Doc(
    Struct,
    rename={
        "hal": "halId_s",
        "number": "docid",
        "kind": "docType_s",
        "title": "title_s",
        "subtitle": "subTitle_s",
        "abstract": "abstract_s",
        "authors": "authFullName_s",
        "editors": "scientificEditor_s",
        "journal": "journalTitle_s",
        "book": "bookTitle_s",
        "conference": "conferenceTitle_s",
        "produced": "producedDate_s",
        "published": "publicationDate_s",
        "year": "producedDateY_i",
        "year_published": "publicationDateY_i",
        "volume": "volume_s",
        "issue": "issue_s",
        "pages": "page_s",
        "publisher": "publisher_s",
        "journal_publisher": "journalPublisher_s",
        "doi": "doiId_s",
        "arxiv": "arxivId_s",
        "pmid": "pubmedId_s",
        "keywords": "keyword_s",
        "languages": "language_s",
        "uri": "uri_s",
        "pdf": "fileMain_s",
        "updated": "modifiedDate_s",
    },
):
    """One document, with the keys that are read."""

    hal: str | None = None
    number: str | Integer | None = None
    kind: str | None = None
    title: Texts = None
    subtitle: Texts = None
    abstract: Texts = None
    authors: Texts = None
    editors: Texts = None
    journal: Texts = None
    book: Texts = None
    conference: Texts = None
    produced: str | None = None
    published: str | None = None
    year: Integer | str | None = None
    year_published: Integer | str | None = None
    volume: str | Integer | None = None
    issue: Texts = None
    pages: str | None = None
    publisher: Texts = None
    journal_publisher: Texts = None
    doi: str | None = None
    arxiv: str | None = None
    pmid: str | Integer | None = None
    keywords: Texts = None
    languages: Texts = None
    uri: str | None = None
    pdf: str | None = None
    updated: str | None = None


_DECODER = msgspec.json.Decoder(Doc)
_LAYOUT = Layout("docs", frozenset({"title_s", "halId_s"}))


def convert(doc: Doc, source: Source) -> RawRecord:
    """Convert one document to a raw record."""
    local = doc.hal or str(doc.number or "")
    known = f"{NAME}:{local}" if local else ""
    updated = parse_day(doc.updated)
    if doc.kind in NOT_PAPERS:
        return RawRecord(source=source, format=NAME, id=known, deleted=True, updated=updated)
    return RawRecord(
        source=source,
        format=NAME,
        id=known,
        title=join_subtitle(find_first_text(doc.title), find_first_text(doc.subtitle)),
        abstract=find_first_text(doc.abstract),
        authors=tuple(map(RawAuthor, list_texts(doc.authors))),
        appearances=(_find_appearance(doc),),
        topics=tuple(list_texts(doc.keywords)),
        ids=drop_empty(
            {
                NAME: doc.hal or "",
                "doi": doc.doi or "",
                "arxiv": doc.arxiv or "",
                "pmid": str(doc.pmid or ""),
            }
        ),
        urls=drop_empty({"page": doc.uri or "", "pdf": doc.pdf or ""}),
        language=find_first_text(doc.languages),
        editors=tuple(map(RawAuthor, list_texts(doc.editors))),
        updated=updated,
    )


def _find_appearance(doc: Doc) -> Appearance:
    stated = _TYPES.get(doc.kind or "", "")
    venues = map(find_first_text, (doc.journal, doc.book, doc.conference))
    venue = next(filter(None, venues), "")
    days = (doc.published or "", doc.produced or "")
    years = map(parse_year, (*days, doc.year_published, doc.year))
    year = next(filter(None, years), None)
    return Appearance(
        venue=venue,
        venue_kind=find_venue_kind(stated) if venue else "",
        year=year,
        type=stated,
        date=find_first_date(year, *days),
        volume=str(doc.volume or ""),
        issue=find_first_text(doc.issue),
        pages=doc.pages or "",
        publisher=find_first_text(doc.publisher) or find_first_text(doc.journal_publisher),
    )


def _recognises(head: Head) -> bool:
    return head.start in (b"{", b"[") and "title_s" in head.keys


FORMAT = Format(
    NAME,
    "HAL documents",
    _recognises,
    lambda stream: read_json(stream, _DECODER, convert, make_finder(_LAYOUT)),
    line_key="title_s",
)
