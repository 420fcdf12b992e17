"""Read the records of repositories that run on InvenioRDM, such as Zenodo.

A file is a page of the REST API (``hits.hits``), a list, one record, or lines. Zenodo's API writes
the older form of a record, with names such as `keywords` where InvenioRDM has `subjects`; the
deposits of a user have names of their own (`upload_type`). Kinds of things that are not documents,
such as images and videos, are skipped.
"""

from collections.abc import Iterator

import msgspec

from index.formats.format import Format
from index.formats.invenio_people import convert_people
from index.formats.invenio_record import Coded, CustomFields, Metadata, Part, Record
from index.normalise.dates import find_first_date, parse_date, parse_day, parse_year
from index.normalise.identifier_search import find_bare_arxiv_id
from index.normalise.identifiers import build_address, parse_identifier
from index.normalise.raw_values import drop_empty
from index.normalise.texts import join_subtitle
from index.normalise.work_types import find_type, find_venue_kind
from index.records import Appearance, RawRecord, Source
from index.scanners.head import Head
from index.scanners.json_arrays import Layout, make_finder
from index.scanners.json_lines import read_json

NAME = "invenio"

NOT_PAPERS = frozenset("audio event image journal peerreview physicalobject video workflow".split())
"""Kinds of things that are neither documents nor data sets nor software."""

_KINDS = {
    "annotationcollection": "dataset",
    "blogpost": "blog post",
    "conferenceproceeding": "proceedings",
    "datamanagementplan": "report",
    "deliverable": "report",
    "milestone": "report",
    "poster": "conference paper",
    "presentation": "conference paper",
    "proposal": "report",
    "section": "book chapter",
    "softwaredocumentation": "report",
    "taxonomictreatment": "journal article",
    "technicalnote": "report",
}
"""Our types for kinds that no other source has, or has in another sense."""

_ZENODO = "10.5281/zenodo."

_OWN = frozenset(
    "access_right conceptrecid creators custom_fields pids publication_date resource_type"
    " revision_id upload_type".split()
)
"""Keys of records, of which any has several."""

_ENOUGH = 3
"""Keys of the above by which a record is recognised. Chosen: a metadata file of a repository of
code, which is no record, has fewer."""

_RECORDS = frozenset("conceptrecid is_published owner owners versions".split())
"""Keys that no object inside a record has: communities have `metadata` too."""

_DECODER = msgspec.json.Decoder(Record)
_LAYOUT = Layout("hits", _RECORDS)


def convert(record: Record, source: Source) -> RawRecord:
    """Convert one record to a raw record."""
    found = record.metadata or Metadata()
    doi = _find_doi(record, found)
    known = f"doi:{doi}" if doi else ""
    updated = parse_day(record.updated or record.modified)
    kind = _find_kind(found)
    if kind in NOT_PAPERS:
        return RawRecord(source=source, format=NAME, id=known, deleted=True, updated=updated)
    links = record.links
    page = (links.self_html or links.html) if links else ""
    return RawRecord(
        source=source,
        format=NAME,
        id=known,
        title=join_subtitle(found.title or record.title or "", _find_subtitle(found)),
        abstract=found.description or "",
        authors=convert_people(found.creators or (), found.contributors or ()),
        appearances=(_find_appearance(record, found, kind, doi),),
        topics=tuple(_collect_topics(found)),
        ids=drop_empty({"doi": doi, "arxiv": _find_arxiv(found)}),
        urls=drop_empty({"page": page or build_address("doi", doi), "pdf": _find_pdf(record)}),
        language=_find_language(found),
        updated=updated,
        editors=convert_people((), found.contributors or ()),
    )


def _find_doi(record: Record, found: Metadata) -> str:
    stated = record.pids.doi.identifier if record.pids and record.pids.doi else ""
    return parse_identifier("doi", record.doi or found.doi or stated or "")


def _find_kind(found: Metadata) -> str:
    """Return the most specific kind: ``article`` for ``publication-article``, but ``image``."""
    kind = found.resource_type or Coded()
    general, _, special = (kind.id or "").partition("-")
    general = kind.type or general or found.upload_type or ""
    special = kind.subtype or special or found.publication_type or ""
    return general if general in NOT_PAPERS or not special else special


def _find_subtitle(found: Metadata) -> str:
    titles = found.additional_titles or ()
    below = (one.title for one in titles if one.type and one.type.id == "subtitle")
    return next(filter(None, below), "")


def _find_arxiv(found: Metadata) -> str:
    stated = (*(found.identifiers or ()), *(found.alternate_identifiers or ()))
    arxiv = (one.identifier or "" for one in stated if (one.scheme or "").lower() == "arxiv")
    return next(filter(None, map(find_bare_arxiv_id, arxiv)), "")


def _find_pdf(record: Record) -> str:
    """Return the address of the file of a publication, if it is a single PDF."""
    listed = record.files if isinstance(record.files, tuple) else ()
    names = [one.key or "" for one in listed]
    whole = len(names) == 1 and names[0].lower().endswith(".pdf") and listed[0].links
    return (whole.content or whole.link or "") if whole else ""


def _find_language(found: Metadata) -> str:
    listed = found.languages or ()
    return found.language or (
        next((one.id or "" for one in listed), "") if len(listed) == 1 else ""
    )


def _collect_topics(found: Metadata) -> Iterator[str]:
    yield from found.keywords or ()
    yield from (one.subject or one.term or "" for one in found.subjects or ())


def _find_appearance(record: Record, found: Metadata, kind: str, doi: str) -> Appearance:
    stated = _KINDS.get(kind) or find_type(kind)
    place, venue, kind_of_place = _find_place(record, found)
    publisher = found.publisher or ("Zenodo" if doi.startswith(_ZENODO) else "")
    if not venue and find_venue_kind(stated) == "repository":
        venue = publisher
    day = (found.publication_date or "").partition("/")[0]  # the beginning of a span
    year = parse_year(day)
    return Appearance(
        venue=venue,
        venue_kind=kind_of_place or find_venue_kind(stated) if venue else "",
        year=year,
        type=stated,
        date=find_first_date(year, parse_date(day)),
        volume=str(place.volume or found.journal_volume or ""),
        issue=str(place.issue or found.journal_issue or ""),
        pages=str(place.pages or found.journal_pages or ""),
        publisher=_find_publisher(record, found) or publisher,
    )


def _find_place(record: Record, found: Metadata) -> tuple[Part, str, str]:
    """Return what the work was published in, its name, and its kind if that is certain."""
    own = record.custom_fields or CustomFields()
    places = (
        (found.journal or own.journal, "journal"),
        (found.part_of or own.imprint, ""),
        (found.meeting or own.meeting, "conference"),
    )
    named = ((one, kind) for one, kind in places if one and one.title)
    place, kind = next(named, (Part(title=found.journal_title), "journal"))
    return place, place.title or "", kind


def _find_publisher(record: Record, found: Metadata) -> str:
    """Return the publisher of a book, or the university of a thesis."""
    own = record.custom_fields or CustomFields()
    imprint, thesis = found.imprint or Part(), found.thesis or own.thesis or Part()
    return imprint.publisher or thesis.university or own.university or ""


def _recognises(head: Head) -> bool:
    named = head.start in (b"{", b"[") and {"metadata", "title"} <= head.keys
    named = named and "mappings" not in head.keys  # how a search engine stores the records
    return named and len(_OWN & head.keys) >= _ENOUGH


FORMAT = Format(
    NAME,
    "InvenioRDM records",
    _recognises,
    lambda stream: read_json(stream, _DECODER, convert, make_finder(_LAYOUT)),
    line_key="metadata",
)
