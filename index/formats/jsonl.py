"""Answers: how is the project's own JSON read?

One object a line (or one array). Only ``id`` and ``title`` are needed; authors are strings
or objects; ``venue, venue_kind, year, type`` stand for one appearance, or ``appearances``
lists several. What ``papers search --json`` prints can be read back.
"""

import re

import msgspec
from msgspec import Struct

from index.errors import RecordError
from index.formats import Format, Head
from index.formats.json_records import read_json
from index.records import Appearance, RawAuthor, RawRecord, Source

NAME = "jsonl"


class OwnAuthor(Struct):
    """An author written as an object."""

    name: str
    key: str = ""
    ids: dict[str, str] = {}
    affiliations: tuple[str, ...] = ()


class OwnRecord(Struct):
    """One line, as documented in the folder's README."""

    id: str | int
    title: str
    abstract: str | None = None
    authors: tuple[str | OwnAuthor, ...] | None = None
    appearances: tuple[Appearance, ...] | None = None
    venue: str | None = None
    venue_name: str | None = None
    venue_kind: str | None = None
    year: int | str | None = None
    type: str | None = None
    topics: tuple[str, ...] | None = None
    keywords: tuple[str, ...] | None = None
    ids: dict[str, str] | None = None
    doi: str | None = None
    arxiv: str | None = None
    urls: dict[str, str] | None = None
    citations: int | None = None
    status: str | None = None
    language: str | None = None


_HOMONYM = re.compile(r" \d{4}$")
"""The number of a key that the display form of the name leaves out: ``wei wang 0001``."""

_DECODER = msgspec.json.Decoder(OwnRecord)


def convert(own: OwnRecord, source: Source) -> RawRecord:
    """Give one line as a raw record."""
    if not str(own.id).strip():
        message = "has an empty id"
        raise RecordError(message)
    ids = dict(own.ids or {})
    ids |= {name: value for name in ("doi", "arxiv") if (value := getattr(own, name))}
    return RawRecord(
        source=source,
        kind=NAME,
        id=str(own.id).strip(),
        title=own.title,
        abstract=own.abstract or "",
        authors=tuple(_author(author) for author in own.authors or ()),
        appearances=own.appearances or (),
        venue=own.venue or "",
        venue_kind=own.venue_kind or "",
        year=own.year,
        type=own.type or "",
        topics=(own.topics or ()) + (own.keywords or ()),
        ids=ids,
        urls=own.urls or {},
        citations=own.citations,
        status=own.status or "",
        language=own.language or "",
    )


def _author(author: str | OwnAuthor) -> RawAuthor:
    if isinstance(author, str):
        return RawAuthor(name=author)
    homonym = _HOMONYM.search(author.key)
    name = author.name + homonym[0] if homonym else author.name
    return RawAuthor(name=name, ids=author.ids, affiliations=author.affiliations)


def _recognises(head: Head) -> bool:
    return head.start in (b"{", b"[") and {"id", "title"} <= head.keys


FORMAT = Format(
    NAME, "JSON lines", _recognises, lambda stream: read_json(stream, _DECODER.decode, convert)
)
