"""Read the project's own JSON, and build its JSON Schema.

A file has one object per line, or is one array of objects. Only ``id`` and ``title`` are required.
Authors are strings or objects. ``venue``, ``venue_kind``, ``year``, ``date``, ``type``,
``volume``, ``issue``, ``pages`` and ``publisher`` describe a single appearance; ``appearances``
lists several. The output of ``papers search --json`` and ``papers show --json`` can be read back.
"""

import re
from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from index.errors import RecordError
from index.formats.format import Format
from index.normalise.dates import parse_day
from index.normalise.paper import MAX_ID
from index.normalise.references import format_reference
from index.normalise.texts import MAX_TITLE
from index.records import Appearance, Integer, RawAuthor, RawRecord, Source
from index.scanners.head import Head, list_objects
from index.scanners.json_arrays import Layout, make_finder
from index.scanners.json_lines import read_json
from index.scanners.lenient_json import Paragraphs

NAME = "jsonl"

Text = str | None
Loose = str | Integer | None
Ids = Annotated[
    dict[str, Loose] | None,
    Meta(description="Identifiers by scheme.", examples=[{"doi": "10.1000/x", "pmid": 101}]),
]
_TYPE = Meta(
    description="The type of document; by default that of the venue.",
    examples=["conference paper", "journal article", "preprint", "thesis", "book chapter"],
)
_VENUE = Meta(
    description="Where the paper appeared; variants of a known name become one.",
    examples=["NeurIPS"],
)
_KIND = Meta(
    description="The kind of venue, needed where its name does not show it.",
    examples=["conference", "journal", "workshop", "repository", "book"],
)


_DATE = Meta(
    description="The month or day of first publication; without a year, also the year.",
    examples=["2020-06", "2020-06-08"],
)

_VOLUME = Meta(description="The volume.", examples=["33"])
_ISSUE = Meta(description="The issue or number.", examples=["4"])
_PAGES = Meta(
    description="The pages or the article's number.",
    examples=["101-110", "e1234"],
)
_EDITORS = Meta(description="The editors of the volume.", examples=[["Grace Hopper"]])
_PUBLISHER = Meta(description="The publisher.", examples=["Springer"])


class OwnAuthor(Struct, gc=False):
    """An author written as an object."""

    name: Annotated[
        str,
        Meta(description="The full name, in either order.", examples=["Ada Lovelace"]),
    ]
    key: Annotated[
        Text,
        Meta(
            description="The name's search key; only the number of a homonym is read from it.",
            examples=["wei wang 0001"],
        ),
    ] = None
    ids: Ids = None
    affiliations: Annotated[
        tuple[str, ...] | None, Meta(description="Institutions.", examples=[["ETH Zurich"]])
    ] = None


class OwnAppearance(Struct, gc=False):
    """One place where the paper appeared."""

    venue: Annotated[Text, _VENUE] = None
    venue_name: Annotated[
        Text, Meta(description="The venue's full name, if it differs from venue.")
    ] = None
    venue_kind: Annotated[Text, _KIND] = None
    year: Annotated[Integer | None, Meta(description="The year of first publication there.")] = None
    type: Annotated[Text, _TYPE] = None
    source: Annotated[
        Source | None,
        Meta(description="The record that the appearance was read from; by default this one."),
    ] = None
    date: Annotated[Loose, _DATE] = None
    volume: Annotated[Loose, _VOLUME] = None
    issue: Annotated[Loose, _ISSUE] = None
    pages: Annotated[Loose, _PAGES] = None
    publisher: Annotated[Text, _PUBLISHER] = None
    editors: Annotated[tuple[str, ...] | None, _EDITORS] = None


class OwnRecord(Struct, gc=False):
    """One paper, a line of the project's own format; unknown keys are ignored."""

    id: Annotated[
        str | Integer,
        Meta(
            description="A stable, unique id; a later record with the same id replaces the paper.",
            examples=["arxiv:2006.04779", 17],
            extra_json_schema={"pattern": r"\S", "maxLength": MAX_ID},
        ),
    ]
    title: Annotated[
        str,
        Meta(
            description="Text, with TeX between $ signs; at least one letter or digit.",
            examples=["Conservative Q-Learning for Offline Reinforcement Learning"],
            extra_json_schema={"minLength": 1, "maxLength": MAX_TITLE},
        ),
    ]
    abstract: Annotated[
        Paragraphs, Meta(description="Text, with blank lines between paragraphs.")
    ] = None
    authors: Annotated[
        tuple[str | OwnAuthor, ...] | None,
        Meta(
            description="The authors in the paper's order, as names or objects.",
            examples=[["Aviral Kumar", {"name": "Levine, S."}]],
        ),
    ] = None
    appearances: Annotated[
        tuple[OwnAppearance, ...] | None,
        Meta(description="Replaces venue, year and the like; the first one is shown."),
    ] = None
    venue: Annotated[Text, _VENUE] = None
    venue_kind: Annotated[Text, _KIND] = None
    year: Annotated[
        Integer | str | None,
        Meta(description="The year of first publication.", examples=[2020, "2020-06"]),
    ] = None
    date: Annotated[Loose, _DATE] = None
    type: Annotated[Text, _TYPE] = None
    volume: Annotated[Loose, _VOLUME] = None
    issue: Annotated[Loose, _ISSUE] = None
    pages: Annotated[Loose, _PAGES] = None
    publisher: Annotated[Text, _PUBLISHER] = None
    editors: Annotated[tuple[str, ...] | None, _EDITORS] = None
    topics: Annotated[
        tuple[str, ...] | None,
        Meta(description="Keywords and categories.", examples=[["offline rl", "cs.LG"]]),
    ] = None
    keywords: Annotated[tuple[str, ...] | None, Meta(description="More topics.")] = None
    ids: Ids = None
    doi: Annotated[Text, Meta(description="Short for ids.doi; may be a doi.org address.")] = None
    arxiv: Annotated[Text, Meta(description="Short for ids.arxiv.")] = None
    urls: Annotated[
        dict[str, str | None] | None,
        Meta(description="Web addresses by kind.", examples=[{"pdf": "https://example.org/x.pdf"}]),
    ] = None
    citations: Annotated[Integer | None, Meta(description="The number of citations.")] = None
    references: Annotated[
        tuple[str, ...] | None,
        Meta(
            description="The works that it cites, each by an identifier or by its id here.",
            examples=[["doi:10.1000/x", "arxiv:2006.04779"]],
        ),
    ] = None
    status: Annotated[
        Text,
        Meta(
            description="Publication status; withdrawn, rejected and retracted papers are hidden.",
            examples=["oral", "poster", "withdrawn", "rejected", "retracted"],
        ),
    ] = None
    language: Annotated[Text, Meta(description="The ISO 639-1 code.", examples=["en"])] = None
    updated: Annotated[
        Text,
        Meta(
            description="The day on which the record last changed.",
            examples=["2026-05-27"],
            extra_json_schema={"format": "date"},
        ),
    ] = None


_HOMONYM = re.compile(r" \d{4}$")
"""The homonym number in a key, which the name as shown leaves out: ``wei wang 0001``."""

_DECODER = msgspec.json.Decoder(OwnRecord)
_LAYOUT = Layout("hits", frozenset({"title"}))


def build_schema() -> dict[str, Any]:
    """Return the JSON Schema of one record (draft 2020-12)."""
    (reference,), parts = msgspec.json.schema_components([OwnRecord], ref_template="#/$defs/{name}")
    record = parts.pop(reference["$ref"].rpartition("/")[2])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **record,
        "title": "A paper",
        "$defs": parts,
    }


def convert(own: OwnRecord, source: Source) -> RawRecord:
    """Convert one line to a raw record.

    Raises:
        RecordError: Its id is empty or too long.
    """
    name = str(own.id).strip()
    if not name or len(name) > MAX_ID:
        message = f"has an id of {len(name):,} characters" if name else "has an empty id"
        raise RecordError(message)
    short = {scheme: value for scheme, value in (("doi", own.doi), ("arxiv", own.arxiv)) if value}
    return RawRecord(
        source=source,
        format=NAME,
        id=name,
        title=own.title,
        abstract=own.abstract or "",
        authors=tuple(map(_convert_author, own.authors or ())),
        appearances=tuple(map(_convert_appearance, own.appearances or ())),
        venue=own.venue or "",
        venue_kind=own.venue_kind or "",
        year=own.year,
        type=own.type or "",
        topics=(own.topics or ()) + (own.keywords or ()),
        ids=_collect_ids(own.ids) | short,
        urls={kind: url for kind, url in (own.urls or {}).items() if url},
        citations=own.citations,
        status=own.status or "",
        language=own.language or "",
        updated=parse_day(own.updated),
        date=_format_loose(own.date),
        volume=_format_loose(own.volume),
        issue=_format_loose(own.issue),
        pages=_format_loose(own.pages),
        publisher=own.publisher or "",
        editors=tuple(map(RawAuthor, own.editors or ())),
        references=tuple(map(format_reference, own.references or ())),
    )


def _format_loose(stated: str | int | None) -> str:
    return "" if stated is None else str(stated)


def _collect_ids(stated: dict[str, Loose] | None) -> dict[str, str]:
    return {scheme: str(value) for scheme, value in (stated or {}).items() if value is not None}


def _convert_author(author: str | OwnAuthor) -> RawAuthor:
    if isinstance(author, str):
        return RawAuthor(name=author)
    homonym = _HOMONYM.search(author.key or "")
    name = author.name + homonym[0] if homonym else author.name
    return RawAuthor(
        name=name, ids=_collect_ids(author.ids), affiliations=author.affiliations or ()
    )


def _convert_appearance(appearance: OwnAppearance) -> Appearance:
    return Appearance(
        venue=appearance.venue or "",
        venue_name=appearance.venue_name or "",
        venue_kind=appearance.venue_kind or "",
        year=appearance.year,
        type=appearance.type or "",
        source=appearance.source,
        date=_format_loose(appearance.date),
        volume=_format_loose(appearance.volume),
        issue=_format_loose(appearance.issue),
        pages=_format_loose(appearance.pages),
        publisher=appearance.publisher or "",
        editors=appearance.editors or (),
    )


def _recognises(head: Head) -> bool:
    """Recognise a record that has both keys itself: not one of them in an object inside it."""
    if head.start not in (b"{", b"[") or not {"id", "title"} <= head.keys:
        return False
    return any({b"id", b"title"} <= keys for keys in list_objects(head))


FORMAT = Format(
    NAME,
    "JSON lines",
    _recognises,
    lambda stream: read_json(stream, _DECODER, convert, make_finder(_LAYOUT)),
    line_key="id",
)
