"""Answers: how is the project's own JSON read?

One object a line (or one array). Only ``id`` and ``title`` are needed; authors are strings
or objects; ``venue, venue_kind, year, type`` stand for one appearance, or ``appearances``
lists several. What ``papers search --json`` prints can be read back.
"""

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
    ids: dict[str, str] = {}
    affiliations: tuple[str, ...] = ()


class OwnRecord(Struct):
    """One line, as documented in the folder's README."""

    id: str | int
    title: str
    abstract: str | None = None
    authors: tuple[str | OwnAuthor, ...] = ()
    appearances: tuple[Appearance, ...] = ()
    venue: str | None = None
    venue_name: str | None = None
    venue_kind: str | None = None
    year: int | str | None = None
    type: str | None = None
    topics: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    ids: dict[str, str] = {}
    doi: str | None = None
    arxiv: str | None = None
    urls: dict[str, str] = {}
    citations: int | None = None
    status: str | None = None
    language: str | None = None


_DECODER = msgspec.json.Decoder(OwnRecord)


def convert(own: OwnRecord, source: Source) -> RawRecord:
    """Give one line as a raw record."""
    if not str(own.id).strip():
        message = "has an empty id"
        raise RecordError(message)
    ids = dict(own.ids)
    ids |= {name: value for name in ("doi", "arxiv") if (value := getattr(own, name))}
    return RawRecord(
        source=source,
        kind=NAME,
        id=str(own.id).strip(),
        title=own.title,
        abstract=own.abstract or "",
        authors=tuple(_author(author) for author in own.authors),
        appearances=own.appearances,
        venue=own.venue or "",
        venue_kind=own.venue_kind or "",
        year=own.year,
        type=own.type or "",
        topics=own.topics + own.keywords,
        ids=ids,
        urls=own.urls,
        citations=own.citations,
        status=own.status or "",
        language=own.language or "",
    )


def _author(author: str | OwnAuthor) -> RawAuthor:
    if isinstance(author, str):
        return RawAuthor(name=author)
    return RawAuthor(name=author.name, ids=author.ids, affiliations=author.affiliations)


def _recognises(head: Head) -> bool:
    return head.start in (b"{", b"[") and {"id", "title"} <= head.keys


FORMAT = Format(
    NAME, "JSON lines", _recognises, lambda stream: read_json(stream, _DECODER.decode, convert)
)
