"""Read the literature records of INSPIRE-HEP.

A file is a page of the REST API (``hits.hits``), which wraps each record in ``metadata``, the
answer for one record, a list or lines. Records of authors, conferences and institutions have other
keys and are not read.
"""

import re
from collections.abc import Iterator

import msgspec
from msgspec import Struct

from index.formats.format import Format
from index.formats.inspire_people import Person, Value, convert_editors, convert_people
from index.normalise.dates import find_first_date, parse_date, parse_day
from index.normalise.raw_values import drop_empty, last_segment
from index.normalise.references import collect_references
from index.normalise.texts import join_subtitle
from index.normalise.volumes import join_pages
from index.normalise.work_types import find_type, find_venue_kind
from index.records import Appearance, Integer, RawRecord, Source
from index.scanners.head import Head
from index.scanners.json_arrays import Layout, make_finder
from index.scanners.json_lines import read_json

NAME = "inspire"

SITE = "https://inspirehep.net/literature/"

NOT_PAPERS = frozenset(("proceedings", "activity report"))
"""Types of documents that are volumes or not about research."""

_NOT_OF_THE_PAPER = frozenset(("erratum", "addendum", "translation", "data", "software"))
"""What a DOI or a place of publication is of, if not of the paper itself (`material`)."""

_OWN = frozenset(
    "arxiv_eprints author_count document_type earliest_date full_name preprint_date"
    " publication_info signature_block texkeys".split()
)
"""Keys that only records of literature have."""

_ABBREVIATED = re.compile(r"\.(?=\w)")


class Title(Struct):
    """A title."""

    title: str | None = None
    subtitle: str | None = None


class Eprint(Struct):
    """An arXiv id and its categories."""

    value: str | None = None
    categories: tuple[str, ...] | None = None


class Publication(Struct):
    """A place of publication."""

    journal_title: str | None = None
    journal_volume: str | None = None
    journal_issue: str | None = None
    page_start: str | None = None
    page_end: str | None = None
    artid: str | None = None
    year: Integer | None = None
    material: str | None = None
    pubinfo_freetext: str | None = None


class Imprint(Struct):
    """The publisher of a book or thesis, and when it appeared."""

    publisher: str | None = None
    date: str | None = None


class Category(Struct):
    """A field of research."""

    term: str | None = None


class Thesis(Struct):
    """When a thesis was defended."""

    date: str | None = None
    defense_date: str | None = None


class Linked(Struct, rename={"address": "$ref"}):
    """The record of a cited work, by its address."""

    address: str | None = None


class Cited(Struct):
    """The identifiers of a cited work, as the bibliography has them."""

    dois: tuple[str, ...] | None = None
    arxiv_eprint: str | None = None


class Reference(Struct):
    """One entry of the bibliography."""

    record: Linked | None = None
    reference: Cited | None = None


class Metadata(Struct):
    """A record, with the keys that are read."""

    control_number: Integer | str | None = None
    titles: tuple[Title, ...] | None = None
    abstracts: tuple[Value, ...] | None = None
    authors: tuple[Person, ...] | None = None
    corporate_author: tuple[str, ...] | None = None
    collaborations: tuple[Value, ...] | None = None
    dois: tuple[Value, ...] | None = None
    arxiv_eprints: tuple[Eprint, ...] | None = None
    publication_info: tuple[Publication, ...] | None = None
    imprints: tuple[Imprint, ...] | None = None
    document_type: tuple[str, ...] | None = None
    publication_type: tuple[str, ...] | None = None
    preprint_date: str | None = None
    earliest_date: str | None = None
    thesis_info: Thesis | None = None
    inspire_categories: tuple[Category, ...] | None = None
    keywords: tuple[Value, ...] | None = None
    languages: tuple[str, ...] | None = None
    report_numbers: tuple[Value, ...] | None = None
    external_system_identifiers: tuple[Value, ...] | None = None
    urls: tuple[Value, ...] | None = None
    citation_count: Integer | None = None
    references: tuple[Reference, ...] | None = None
    withdrawn: bool | None = None
    deleted: bool | None = None


class Hit(Metadata):
    """One record, or an object of the API that wraps it."""

    metadata: Metadata | None = None
    id: str | Integer | None = None
    updated: str | None = None


_DECODER = msgspec.json.Decoder(Hit)
_LAYOUT = Layout("hits", frozenset({"titles"}), wrappers=frozenset({"metadata"}))


def convert(hit: Hit, source: Source) -> RawRecord:
    """Convert one record to a raw record."""
    found = hit.metadata or hit
    number = str(found.control_number or hit.id or "")
    known = f"{NAME}:{number}" if number else ""
    updated = parse_day(hit.updated)
    if found.deleted or not NOT_PAPERS.isdisjoint(found.document_type or ()):
        return RawRecord(source=source, format=NAME, id=known, deleted=True, updated=updated)
    title = next(iter(found.titles or ()), None) or Title()
    return RawRecord(
        source=source,
        format=NAME,
        id=known,
        title=join_subtitle(title.title or "", title.subtitle or ""),
        abstract=_first(found.abstracts),
        authors=convert_people(
            found.authors or (), _values(found.collaborations), found.corporate_author or ()
        ),
        appearances=tuple(_find_appearances(found)),
        topics=tuple(_collect_topics(found)),
        ids=_collect_ids(found, number),
        urls=drop_empty({"page": f"{SITE}{number}" if number else _first(found.urls)}),
        citations=found.citation_count,
        status="withdrawn" if found.withdrawn else "",
        language=next(iter(found.languages or ()), ""),
        updated=updated,
        editors=convert_editors(found.authors or ()),
        references=collect_references(map(_identify_reference, found.references or ())),
    )


def _identify_reference(found: Reference) -> dict[str, str]:
    """Return the identifiers of a cited work."""
    cited = found.reference or Cited()
    return {
        NAME: last_segment(found.record.address) if found.record else "",
        "doi": next(iter(cited.dois or ()), ""),
        "arxiv": cited.arxiv_eprint or "",
    }


def _values(found: tuple[Value, ...] | None) -> list[str]:
    return [one.value for one in found or () if one.value]


def _first(found: tuple[Value, ...] | None) -> str:
    return next(iter(_values(found)), "")


def _collect_ids(found: Metadata, number: str) -> dict[str, str]:
    own = tuple(one for one in found.dois or () if one.material not in _NOT_OF_THE_PAPER)
    codes = (one.value for one in found.external_system_identifiers or () if one.schema == "ADS")
    return drop_empty(
        {
            NAME: number,
            "doi": _first(tuple(one for one in own if one.material != "preprint")) or _first(own),
            "arxiv": next((one.value or "" for one in found.arxiv_eprints or ()), ""),
            "bibcode": next(filter(None, codes), ""),
        }
    )


def _find_appearances(found: Metadata) -> Iterator[Appearance]:
    """Yield the place of publication, then arXiv if the paper is there too."""
    places = [
        one
        for one in found.publication_info or ()
        if one.journal_title and one.material not in _NOT_OF_THE_PAPER
    ]
    stated = find_type(*(found.publication_type or ())) or find_type(*(found.document_type or ()))
    first = parse_date(found.preprint_date or found.earliest_date or "")
    on_arxiv = Appearance(
        venue="arXiv",
        venue_kind="repository",
        year=int(first[:4]) if first else None,
        type="preprint",
        date=first,
    )
    if places or stated in ("thesis", "book", "book chapter", "report") or not found.arxiv_eprints:
        yield _convert_place(places[0] if places else Publication(), found, stated)
    if found.arxiv_eprints:
        yield on_arxiv


def _convert_place(place: Publication, found: Metadata, stated: str) -> Appearance:
    imprint = next(iter(found.imprints or ()), None) or Imprint()
    thesis = found.thesis_info or Thesis()
    venue = _ABBREVIATED.sub(". ", place.journal_title or "")
    days = (imprint.date, thesis.date, thesis.defense_date, found.earliest_date)
    dates = [date for day in days if (date := parse_date(day or ""))]
    year = place.year or next((int(date[:4]) for date in dates), None)
    numbers = _values(found.report_numbers) if stated == "report" else []
    return Appearance(
        venue=venue,
        venue_name=place.pubinfo_freetext or "",
        venue_kind=find_venue_kind(stated) if venue else "",
        year=year,
        type=stated,
        date=find_first_date(year, *dates),
        volume=place.journal_volume or "",
        issue=place.journal_issue or next(iter(numbers), ""),
        pages=join_pages(place.page_start or "", place.page_end or "") or place.artid or "",
        publisher=imprint.publisher or "",
    )


def _collect_topics(found: Metadata) -> Iterator[str]:
    for eprint in found.arxiv_eprints or ():
        yield from eprint.categories or ()
    yield from (one.term or "" for one in found.inspire_categories or ())
    yield from _values(found.keywords)


def _recognises(head: Head) -> bool:
    """Recognise a record by its keys; the title may follow thousands of authors."""
    keys = head.keys
    if head.start not in (b"{", b"[") or "creators" in keys:
        return False
    titled = "titles" in keys and (_OWN & keys or {"hits", "metadata"} <= keys)
    return bool(titled) or len(_OWN & keys) > 1


FORMAT = Format(
    NAME,
    "INSPIRE records",
    _recognises,
    lambda stream: read_json(stream, _DECODER, convert, make_finder(_LAYOUT)),
    line_key="titles",
)
