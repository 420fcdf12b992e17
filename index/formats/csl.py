"""Read CSL-JSON, which reference managers export and DOI registries return.

A file is a list of items, ``{"items": [...]}``, pandoc's ``{"references": [...]}``, the citations
of a document, or one item per line. An item's id is unique only in its library, so the paper's id
is built from it only if the item has no DOI.
"""

import re

import msgspec
from msgspec import Struct

from index.formats.format import Format
from index.normalise.dates import find_first_date, join_date, parse_year
from index.normalise.identifier_search import find_arxiv_id, find_bare_arxiv_id
from index.normalise.identifiers import parse_identifier
from index.normalise.languages import find_language
from index.normalise.raw_values import drop_empty, find_first_text
from index.normalise.reference_words import read_noted_fields, split_topics
from index.normalise.work_types import find_type_or_word, find_venue_kind
from index.records import Appearance, Integer, RawAuthor, RawRecord, Source
from index.scanners.head import Head, list_objects
from index.scanners.json_arrays import Layout, make_finder
from index.scanners.json_lines import read_json
from index.scanners.lenient_json import Keywords, Paragraphs

NAME = "csl"

_TYPES = {"article": "preprint"}
"""CSL types with another name here: in CSL an "article" is not in a journal."""

_PMC = re.compile(r"PMC\d+")
_OWN_KEYS = frozenset(
    (
        "issued", "container-title", "family", "literal", "date-parts", "citation-key",
        "citation-label", "container-title-short", "event-place", "number-of-pages",
        "publisher-place", "title-short",
    )
)  # fmt: skip
"""Keys of which an item has at least one, unless its type shows that it is CSL."""

_OWN_TYPE = re.compile(
    rb'"type"\s*:\s*"(?:article-(?:journal|magazine|newspaper)|paper-conference|chapter'
    rb"|entry-(?:dictionary|encyclopedia)|post-weblog|review-book|legal_case|motion_picture"
    rb'|personal_communication)"'
)


Loose = str | Integer | None
"""A text that some tools write as a number."""


class Person(
    Struct,
    rename={
        "particle": "non-dropping-particle",
        "dropping": "dropping-particle",
    },
):
    """An author; an organisation has only a `literal` name."""

    family: str | None = None
    given: str | None = None
    suffix: str | None = None
    particle: str | None = None
    dropping: str | None = None
    literal: str | None = None
    name: str | None = None


class Date(Struct, rename={"parts": "date-parts"}):
    """A date, in parts or as typed; older versions of pandoc write year, month and day."""

    parts: tuple[tuple[Loose, ...] | None, ...] | None = None
    literal: Loose = None
    raw: Loose = None
    year: Loose = None
    month: Loose = None
    day: Loose = None


class Item(
    Struct,
    rename={
        "doi": "DOI",
        "pmid": "PMID",
        "pmcid": "PMCID",
        "url": "URL",
        "container_title": "container-title",
        "event_title": "event-title",
        "isbn": "ISBN",
        "page_first": "page-first",
        "wrapped": "itemData",
    },
):
    """One item, with the keys that are read; `wrapped` is the item in a citation."""

    id: Loose = None
    type: str | None = None
    title: str | tuple[str, ...] | None = None
    author: tuple[Person, ...] | None = None
    editor: tuple[Person, ...] | None = None
    issued: Date | Loose = None
    container_title: str | tuple[str, ...] | None = None
    event_title: str | None = None
    event: str | dict[str, object] | None = None
    publisher: str | None = None
    archive: str | None = None
    archive_location: Loose = None
    number: Loose = None
    volume: Loose = None
    issue: Loose = None
    page: Loose = None
    page_first: Loose = None
    abstract: Paragraphs = None
    keyword: Keywords = None
    note: str | None = None
    language: str | None = None
    doi: str | None = None
    pmid: Loose = None
    pmcid: Loose = None
    isbn: str | None = None
    url: str | None = None
    wrapped: "Item | None" = None


_DECODER = msgspec.json.Decoder(Item)
_LAYOUT = Layout(
    "items|references|citationItems",
    frozenset({"type", "title", "container-title"}),
    wrappers=frozenset({"itemData"}),
)


def convert(item: Item, source: Source) -> RawRecord:
    """Convert one item to a raw record."""
    item = item.wrapped or item
    local = str(item.id).strip() if item.id is not None else ""
    ids = _collect_ids(item)
    return RawRecord(
        source=source,
        format=NAME,
        id="" if "doi" in ids or not local else f"{NAME}:{local}",
        title=find_first_text(item.title),
        abstract=item.abstract or "",
        authors=tuple(_convert_author(person) for person in item.author or item.editor or ()),
        appearances=(_find_appearance(item),),
        topics=split_topics(item.keyword or ""),
        ids=ids,
        urls={"page": item.url} if item.url else {},
        language=find_language(item.language or ""),
        editors=tuple(map(_convert_author, item.editor or ())),
    )


def _collect_ids(item: Item) -> dict[str, str]:
    """Collect an item's identifiers, also those that only its note states."""
    noted = read_noted_fields(item.note or "")
    doi = item.doi or noted.get("doi", "")
    pmc = _PMC.search(str(item.pmcid or noted.get("pmcid", "")).upper())
    isbn = (item.isbn or "").split(maxsplit=1)[0:1] if item.type == "book" else []
    return drop_empty(
        {
            "doi": doi,
            "arxiv": _find_arxiv_number(item) or find_arxiv_id(doi, item.url, item.note),
            "pmid": str(item.pmid or noted.get("pmid", "")),
            "pmc": pmc[0] if pmc else "",
            "isbn": parse_identifier("isbn", isbn[0]) if isbn else "",
        }
    )


def _find_arxiv_number(item: Item) -> str:
    """Return the arXiv id in an item's number, which states it without the word if arXiv has it."""
    number = str(item.number or "")
    if (item.archive or "").lower() == "arxiv" and item.archive_location:
        number = str(item.archive_location)
    places = (find_first_text(item.container_title), item.publisher or "", item.archive or "")
    if number and any(place.lower() == "arxiv" for place in places):
        return find_bare_arxiv_id(number)
    return find_arxiv_id(number)


def _convert_author(person: Person) -> RawAuthor:
    if not person.family:
        name = person.literal or person.name or person.given or ""
        return RawAuthor(name=name, body=bool(person.literal))
    family = (person.dropping, person.particle, person.family)
    return RawAuthor(
        family=" ".join(filter(None, family)),
        given=person.given or "",
        suffix=person.suffix or "",
    )


def _find_appearance(item: Item) -> Appearance:
    stated = _TYPES.get(item.type or "") or find_type_or_word(item.type or "")
    kind = find_venue_kind(stated)
    venue = find_first_text(item.container_title)
    event = item.event_title or (item.event if isinstance(item.event, str) else "")
    if not venue and kind == "conference":
        venue = event or ""
    if not venue and kind == "repository":
        venue = item.publisher or item.archive or ""
    year = _find_year(item.issued)
    volume, issue, pages = _find_parts(item, kind, stated)
    return Appearance(
        venue=venue,
        venue_kind=kind if venue else "",
        year=year,
        type=stated,
        date=find_first_date(year, *_list_dates(item.issued)),
        volume=volume,
        issue=issue,
        pages=pages,
        publisher=item.publisher or "",
    )


def _find_parts(item: Item, kind: str, stated: str) -> tuple[str, str, str]:
    """Return volume, issue and pages; a number is that of a report or of a journal's article."""
    number = "" if _find_arxiv_number(item) else item.number or ""
    issue = item.issue or (number if stated == "report" else "")
    pages = item.page or item.page_first or (number if kind == "journal" and item.issue else "")
    return str(item.volume or ""), str(issue), str(pages)


def _find_year(issued: Date | Loose) -> int | None:
    if not isinstance(issued, Date):
        return parse_year(issued)
    stated = (*(_list_parts(issued)[:1]), issued.literal, issued.raw)
    return next(filter(None, map(parse_year, stated)), None)


def _list_dates(issued: Date | Loose) -> list[str]:
    """List the first date in parts and the dates as typed; the second date in parts ends a span."""
    if not isinstance(issued, Date):
        return [str(issued or "")]
    parts = _list_parts(issued)
    return [
        join_date(*parts[:3]) if parts else "",
        str(issued.literal or ""),
        str(issued.raw or ""),
    ]


def _list_parts(issued: Date) -> tuple[Loose, ...]:
    parts = next(iter(issued.parts or ()), None)
    return parts or ((issued.year, issued.month, issued.day) if issued.year else ())


def _recognises(head: Head) -> bool:
    keys = head.keys
    if head.start not in (b"{", b"[") or not {"type", "title"} <= keys:
        return False
    if {"is-referenced-by-count", "deposited", "indexed"} & keys:
        return False  # Crossref's variant
    if not (_OWN_KEYS & keys or _OWN_TYPE.search(head.beginning)):
        return False
    return any({b"type", b"title"} <= found for found in list_objects(head))


FORMAT = Format(
    NAME,
    "CSL-JSON",
    _recognises,
    lambda stream: read_json(stream, _DECODER, convert, make_finder(_LAYOUT)),
    line_key="id",
)
