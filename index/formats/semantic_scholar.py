"""Answers: how is the ``papers`` dataset of Semantic Scholar read, and its diffs?

A line of a diff's update files is a whole paper and takes the older one's place; a line with
nothing but its number says that the paper is gone. The ``abstracts`` dataset is not joined: it
has no titles, and its lines stand in another order than the papers.
"""

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from index.errors import RecordError
from index.formats import Format, Head, head_of
from index.formats.identifiers import given
from index.formats.json_envelopes import Layout, enveloped
from index.formats.json_records import read_json
from index.formats.prose_mail import prose_without_mail
from index.records import Appearance, RawAuthor, RawRecord, Reject, Source
from index.streams import Stream

NAME = "semantic_scholar"

LICENCE = "ODC-BY-1.0"

_TYPES = {
    "Conference": ("conference paper", "conference"),
    "JournalArticle": ("journal article", "journal"),
    "BookSection": ("book chapter", "book"),
    "Book": ("book", "book"),
    "Review": ("review", ""),
    "Dataset": ("dataset", ""),
}
"""Type and kind of venue for a publication type, the surest first; a paper can have several."""

_SCHEMES = {
    "DOI": "doi",
    "ArXiv": "arxiv",
    "ACL": "acl",
    "DBLP": "dblp",
    "MAG": "mag",
    "PubMed": "pmid",
    "PubMedCentral": "pmc",
}


class Person(Struct, rename={"id": "authorId"}):
    """An author."""

    name: str | None = None
    id: str | int | None = None


class Journal(Struct):
    """Where the paper appeared, if that is a journal."""

    name: str | None = None


class Field(Struct):
    """A field of study."""

    category: str | None = None


class Line(Struct):
    """One line, the keys that are used; ``openaccessinfo`` only abstracts have."""

    corpusid: int
    title: str | None = None
    abstract: str | None = None
    openaccessinfo: dict[str, object] | None = None
    externalids: dict[str, str | int | None] | None = None
    url: str | None = None
    authors: tuple[Person, ...] | None = None
    venue: str | None = None
    journal: Journal | None = None
    year: int | None = None
    citationcount: int | None = None
    s2fieldsofstudy: tuple[Field, ...] | None = None
    publicationtypes: tuple[str, ...] | None = None


_DECODER = msgspec.json.Decoder(Line)
_LAYOUT = Layout("data", frozenset({"corpusid"}))


def convert(line: Line, source: Source) -> RawRecord:
    """Give one line as a raw record.

    Raises:
        RecordError: It is of the abstracts dataset.
    """
    source = msgspec.structs.replace(source, licence=LICENCE)
    name = f"s2:{line.corpusid}"
    if line.title is None and line.openaccessinfo is not None:
        message = "is an abstract without its paper: the abstracts dataset cannot be joined yet"
        raise RecordError(message)
    if line == Line(line.corpusid):
        return RawRecord(source=source, kind=NAME, id=name, deleted=True)
    return RawRecord(
        source=source,
        kind=NAME,
        id=name,
        title=line.title or "",
        # An abstract is only there where somebody has joined the two datasets.
        abstract=prose_without_mail(line.abstract or ""),
        authors=tuple(_author(person) for person in line.authors or ()),
        appearances=(_appearance(line),),
        topics=tuple(field.category or "" for field in line.s2fieldsofstudy or ()),
        ids=_ids(line),
        urls={"page": line.url} if line.url else {},
        citations=line.citationcount,
    )


def _author(person: Person) -> RawAuthor:
    return RawAuthor(name=person.name or "", ids=given({"s2": str(person.id or "")}))


def _appearance(line: Line) -> Appearance:
    journal = (line.journal.name if line.journal else "") or ""
    venue = line.venue or journal
    known = line.publicationtypes or ()
    kind, place = next((_TYPES[name] for name in _TYPES if name in known), ("", ""))
    if venue and place in ("conference", "journal"):
        kind = ""  # arXiv counts as a journal there: the venue tells, and the kind only helps
    return Appearance(
        venue=venue,
        venue_name=journal if journal != venue else "",
        venue_kind=place if venue else "",
        year=line.year,
        type=kind,
    )


def _ids(line: Line) -> dict[str, str]:
    found = line.externalids or {}
    ids = {ours: str(found.get(theirs) or "").strip() for theirs, ours in _SCHEMES.items()}
    if ids["pmc"]:
        ids["pmc"] = f"PMC{ids['pmc'].upper().removeprefix('PMC')}"
    return given({"s2": str(line.corpusid), **ids})


def _read(stream: Stream) -> Iterator[RawRecord | Reject]:
    found = read_json(stream, _DECODER.decode, convert, enveloped(_LAYOUT))
    return _told_once(found) if _are_abstracts(head_of(stream.head())) else found


def _told_once(found: Iterator[RawRecord | Reject]) -> Iterator[RawRecord | Reject]:
    """Leave a file of abstracts out, but for its first line, whose reject says why.

    Their number would else be that of a damaged dump, and stop the build of the papers.
    """
    yield from (first for first in [next(found, None)] if first)
    for one in found:
        yield RawRecord(source=one.source, kind=NAME, deleted=True)


def _are_abstracts(head: Head) -> bool:
    return "title" not in head.keys and bool({"abstract", "openaccessinfo"} & head.keys)


def _recognises(head: Head) -> bool:
    if head.start not in (b"{", b"[") or "corpusid" not in head.keys:
        return False
    return head.keys == {"corpusid"} or bool({"externalids", "openaccessinfo"} & head.keys)


FORMAT = Format(NAME, "Semantic Scholar papers", _recognises, _read)
