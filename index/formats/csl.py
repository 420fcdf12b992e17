"""Read CSL-JSON, which reference managers export and DOI registries return.

A file is a list of items, ``{"items": [...]}``, or one item per line. An item's id is unique only
in its library, so the paper's id is built from it only if the item has no DOI.
"""

import re

import msgspec
from msgspec import Struct

from index.formats.format import Format
from index.normalise.dates import find_first_date, join_date
from index.normalise.identifier_search import find_arxiv_id
from index.normalise.languages import find_language
from index.normalise.raw_values import drop_empty
from index.normalise.reference_words import split_topics
from index.normalise.work_types import find_type_or_word, find_venue_kind
from index.records import Appearance, Integer, RawAuthor, RawRecord, Source
from index.scanners.head import Head
from index.scanners.json_arrays import Layout, make_finder
from index.scanners.json_lines import read_json

NAME = "csl"

_TYPES = {"article": "preprint"}
"""CSL types with another name here: in CSL an "article" is not in a journal."""

_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_PMC = re.compile(r"PMC\d+")


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
    """A date, in parts or as typed."""

    parts: tuple[tuple[Integer | str | None, ...] | None, ...] | None = None
    literal: str | Integer | None = None
    raw: str | Integer | None = None


class Item(
    Struct,
    rename={
        "doi": "DOI",
        "pmid": "PMID",
        "pmcid": "PMCID",
        "url": "URL",
        "container_title": "container-title",
        "event_title": "event-title",
    },
):
    """One item, with the keys that are read."""

    id: str | Integer | None = None
    type: str | None = None
    title: str | tuple[str, ...] | None = None
    author: tuple[Person, ...] | None = None
    issued: Date | str | Integer | None = None
    container_title: str | tuple[str, ...] | None = None
    event_title: str | None = None
    event: str | dict[str, object] | None = None
    publisher: str | None = None
    archive: str | None = None
    number: str | Integer | None = None
    abstract: str | None = None
    keyword: str | None = None
    note: str | None = None
    language: str | None = None
    doi: str | None = None
    pmid: str | Integer | None = None
    pmcid: str | None = None
    url: str | None = None


_DECODER = msgspec.json.Decoder(Item)
_LAYOUT = Layout("items", frozenset({"type", "title", "container-title"}))


def convert(item: Item, source: Source) -> RawRecord:
    """Convert one item to a raw record."""
    local = str(item.id).strip() if item.id is not None else ""
    number = str(item.number or "")
    pmc = _PMC.search((item.pmcid or "").upper())
    return RawRecord(
        source=source,
        format=NAME,
        id="" if item.doi or not local else f"{NAME}:{local}",
        title=_first_text(item.title),
        abstract=item.abstract or "",
        authors=tuple(_convert_author(person) for person in item.author or ()),
        appearances=(_find_appearance(item),),
        topics=split_topics(item.keyword or ""),
        ids=drop_empty(
            {
                "doi": item.doi or "",
                "arxiv": find_arxiv_id(item.doi, number, item.url, item.note),
                "pmid": str(item.pmid or ""),
                "pmc": pmc[0] if pmc else "",
            }
        ),
        urls={"page": item.url} if item.url else {},
        language=find_language(item.language or ""),
    )


def _first_text(texts: str | tuple[str, ...] | None) -> str:
    """Return a text, or the first of a list: some registries write titles as lists."""
    return (texts if isinstance(texts, str) else next(iter(texts or ()), "")) or ""


def _convert_author(person: Person) -> RawAuthor:
    if not person.family:
        return RawAuthor(name=person.literal or person.name or person.given or "")
    family = (person.dropping, person.particle, person.family)
    return RawAuthor(
        family=" ".join(filter(None, family)),
        given=person.given or "",
        suffix=person.suffix or "",
    )


def _find_appearance(item: Item) -> Appearance:
    stated = _TYPES.get(item.type or "") or find_type_or_word(item.type or "")
    kind = find_venue_kind(stated)
    venue = _first_text(item.container_title)
    event = item.event_title or (item.event if isinstance(item.event, str) else "")
    if not venue and kind == "conference":
        venue = event or ""
    if not venue and kind == "repository":
        venue = item.publisher or item.archive or ""
    year = _find_year(item.issued)
    return Appearance(
        venue=venue,
        venue_kind=kind if venue else "",
        year=year,
        type=stated,
        date=find_first_date(year, *_list_dates(item.issued)),
    )


def _find_year(issued: Date | str | Integer | None) -> int | None:
    if not isinstance(issued, Date):
        return _parse_year(issued)
    parts = next(iter(issued.parts or ()), None) or (None,)
    return _parse_year(parts[0]) or _parse_year(issued.literal) or _parse_year(issued.raw)


def _list_dates(issued: Date | str | Integer | None) -> list[str]:
    """List the first date in parts and the dates as typed; the second date in parts ends a span."""
    if not isinstance(issued, Date):
        return [str(issued or "")]
    parts = next(iter(issued.parts or ()), None) or ()
    return [
        join_date(*parts[:3]) if parts else "",
        str(issued.literal or ""),
        str(issued.raw or ""),
    ]


def _parse_year(text: str | int | None) -> int | None:
    found = _YEAR.search(str(text))
    return int(found[0]) if found else None


def _recognises(head: Head) -> bool:
    if head.start not in (b"{", b"[") or "type" not in head.keys:
        return False
    if {"is-referenced-by-count", "deposited", "indexed"} & head.keys:
        return False  # Crossref's variant
    return len({"issued", "container-title", "family", "date-parts"} & head.keys) > 1


FORMAT = Format(
    NAME,
    "CSL-JSON",
    _recognises,
    lambda stream: read_json(stream, _DECODER, convert, make_finder(_LAYOUT)),
    line_key="id",
)
