"""Read the items of Zotero: answers of its API, and exports of Zotero and Better BibTeX in JSON.

The API wraps each item in ``data``, and so does Zotero's own database connector; an export is
``{"items": [...]}``. Attachments, notes, annotations and what is in the trash are skipped. An
identifier may be in a line of the field ``extra``: ``PMID: 101``.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from index.formats.format import Format
from index.normalise.dates import find_first_date, parse_date, parse_day
from index.normalise.identifier_search import find_arxiv_id
from index.normalise.languages import find_language
from index.normalise.raw_values import drop_empty, last_segment
from index.normalise.reference_words import choose_links, parse_citations, read_noted_fields
from index.normalise.work_types import find_type_or_word, find_venue_kind
from index.records import Appearance, Integer, RawAuthor, RawRecord, Source
from index.scanners.head import Head
from index.scanners.json_arrays import Layout, make_finder
from index.scanners.json_lines import read_json
from index.scanners.lenient_json import JOIN

NAME = "zotero"

NOT_PAPERS = frozenset(("attachment", "note", "annotation"))
"""Types of items that belong to others."""

_AUTHORS = frozenset(
    "author artist cartographer composer director interviewee inventor podcaster presenter"
    " programmer sponsor contributor".split()
)
"""What a creator may be to be an author: Zotero has another word for each type of item."""

_CONTRIBUTOR, _EDITORS = "contributor", frozenset(("editor", "seriesEditor"))

_WORD_IN_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


class Creator(Struct, rename="camel"):
    """A person, or an organisation in `name`."""

    creator_type: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    name: str | None = None
    field_mode: Integer | None = None


class Tag(Struct):
    """A tag."""

    tag: str | None = None


class Item(Struct, rename="camel"):
    """An item, with the keys that are read."""

    key: str | None = None
    item_key: str | None = None
    uri: str | None = None
    item_type: str | None = None
    title: str | None = None
    case_name: str | None = None
    subject: str | None = None
    creators: tuple[Creator, ...] | None = None
    abstract_note: str | None = None
    publication_title: str | None = None
    book_title: str | None = None
    proceedings_title: str | None = None
    conference_name: str | None = None
    encyclopedia_title: str | None = None
    dictionary_title: str | None = None
    repository: str | None = None
    archive_id: str | None = msgspec.field(default=None, name="archiveID")
    publisher: str | None = None
    university: str | None = None
    institution: str | None = None
    volume: str | Integer | None = None
    issue: str | Integer | None = None
    number: str | Integer | None = None
    report_number: str | Integer | None = None
    pages: str | Integer | None = None
    date: str | Integer | None = None
    language: str | None = None
    doi: str | None = msgspec.field(default=None, name="DOI")
    url: str | None = None
    extra: Annotated[str | None, Meta(extra={JOIN: "\n"})] = None
    tags: tuple[Tag | str, ...] | None = None
    date_modified: str | None = None
    deleted: bool | Integer | None = None


class Wrapped(Item, rename="camel"):
    """An item, or an object of the API that wraps one."""

    data: Item | None = None


_DECODER = msgspec.json.Decoder(Wrapped)
_LAYOUT = Layout("items", frozenset({"itemType"}), depth=1, wrappers=frozenset({"data"}))


def convert(found: Wrapped, source: Source) -> RawRecord:
    """Convert one item to a raw record."""
    item = found.data or found
    key = found.key or item.key or item.item_key or last_segment(found.uri or item.uri)
    name = f"{NAME}:{key}" if key else ""
    updated = parse_day(item.date_modified)
    if item.item_type in NOT_PAPERS or item.deleted:
        return RawRecord(source=source, format=NAME, id=name, deleted=True, updated=updated)
    extra = read_noted_fields(item.extra or "")
    return RawRecord(
        source=source,
        format=NAME,
        id=name,
        title=item.title or item.case_name or item.subject or "",
        abstract=item.abstract_note or "",
        authors=tuple(_convert_creators(item.creators or ())),
        appearances=(_find_appearance(item, extra),),
        topics=tuple(tag if isinstance(tag, str) else tag.tag or "" for tag in item.tags or ()),
        ids=_collect_ids(item, extra),
        urls=choose_links([item.url or ""]),
        citations=parse_citations(extra.get("citations", "")),
        language=find_language(item.language or ""),
        updated=updated,
        editors=tuple(
            _convert_creator(one) for one in item.creators or () if one.creator_type == "editor"
        ),
    )


def _convert_creators(creators: tuple[Creator, ...]) -> Iterator[RawAuthor]:
    """Yield the authors, else contributors, else editors."""
    chosen: Iterable[Creator] = ()
    for kinds in (_AUTHORS - {_CONTRIBUTOR}, {_CONTRIBUTOR}, _EDITORS):
        chosen = chosen or [one for one in creators if (one.creator_type or "author") in kinds]
    yield from map(_convert_creator, chosen)


def _convert_creator(one: Creator) -> RawAuthor:
    body = bool(one.name) or (one.field_mode == 1 and not one.first_name)
    return RawAuthor(
        name=(one.name or one.last_name or "") if body else "",
        family="" if body else one.last_name or one.first_name or "",
        given="" if body or not one.last_name else one.first_name or "",
        body=body,
    )


def _collect_ids(item: Item, extra: dict[str, str]) -> dict[str, str]:
    numbered = extra.get("arxiv", "")
    return drop_empty(
        {
            "doi": item.doi or extra.get("doi", ""),
            "arxiv": find_arxiv_id(
                item.archive_id, item.doi, item.url, item.extra, numbered and f"arXiv:{numbered}"
            ),
            "pmid": extra.get("pmid", ""),
            "pmc": extra.get("pmcid", ""),
        }
    )


def _find_appearance(item: Item, extra: dict[str, str]) -> Appearance:
    # A document may be of a type that only CSL knows.
    word = (item.item_type if item.item_type != "document" else "") or extra.get("type", "")
    stated = find_type_or_word(_WORD_IN_CAMEL.sub(" ", word).lower())
    kind = find_venue_kind(stated)
    venue = (
        item.publication_title
        or item.proceedings_title
        or item.book_title
        or item.encyclopedia_title
        or item.dictionary_title
        or item.conference_name
        or item.repository
        or (extra.get("publisher", "") if kind == "repository" else "")
    )
    if stated == "journal article" and venue.lower().startswith("arxiv"):
        stated, kind = "preprint", "repository"  # Zotero had no preprints until 2022
    date = parse_date(str(item.date or ""))
    year = int(date[:4]) if date else None
    return Appearance(
        venue=venue,
        venue_kind=kind if venue else "",
        year=year,
        type=stated,
        date=find_first_date(year, date),
        volume=str(item.volume or ""),
        issue=str(item.issue or item.report_number or item.number or ""),
        pages=str(item.pages or ""),
        publisher=item.publisher or item.university or item.institution or "",
    )


def _recognises(head: Head) -> bool:
    if head.start not in (b"{", b"[") or "itemType" not in head.keys:
        return False
    own = "creators creatorType key itemKey itemID libraryCatalog dateAdded abstractNote".split()
    return not head.keys.isdisjoint(own)


FORMAT = Format(
    NAME,
    "Zotero items",
    _recognises,
    lambda stream: read_json(stream, _DECODER, convert, make_finder(_LAYOUT)),
    line_key="itemType",
)
