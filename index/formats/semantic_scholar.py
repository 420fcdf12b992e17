"""Read the ``papers`` and ``abstracts`` datasets of Semantic Scholar, their diffs, and its API.

The ``citations`` dataset is read by `index.formats.semantic_scholar_citations`.

A line of a diff's update files is a whole paper and replaces the older one; a line with nothing but
a ``corpusid`` says that the paper is deleted. A line of ``abstracts`` is a part of the paper of its
``corpusid``, wherever that is, since the two datasets are in different orders.
"""

from collections.abc import Iterator

import msgspec
from msgspec import UNSET, Struct, UnsetType

from index.dumps.streams import Stream
from index.formats.format import Format
from index.formats.semantic_scholar_api import read_answers, recognises_answer
from index.formats.semantic_scholar_citations import read_citations, recognises_citations
from index.formats.semantic_scholar_words import (
    LICENCE,
    NAME,
    Field,
    Ids,
    Journal,
    Place,
    collect_ids,
    convert_place,
)
from index.normalise.dates import parse_day
from index.normalise.raw_values import drop_empty
from index.normalise.reference_words import choose_links
from index.records import Appearance, Integer, RawAuthor, RawRecord, Reject, Source
from index.scanners.head import Head, parse_head
from index.scanners.json_arrays import Layout, make_finder
from index.scanners.json_lines import read_json
from index.scanners.lenient_json import Paragraphs

_ABSTRACTS = "abstract"
"""The `part` that a line of the abstracts dataset is; the names of its files contain the word."""


class Person(Struct, rename={"id": "authorId"}):
    """An author."""

    name: str | None = None
    id: str | Integer | None = None


class Access(Struct, rename={"licence": "license"}):
    """Where an abstract's paper is openly available, and its licence; only abstracts have this."""

    externalids: Ids | None = None
    licence: str | None = None
    url: str | None = None


class Line(Struct):
    """One line of either dataset, with the keys that are read."""

    corpusid: Integer
    title: str | None = None
    abstract: Paragraphs = None
    openaccessinfo: Access | UnsetType | None = UNSET
    externalids: Ids | None = None
    url: str | None = None
    authors: tuple[Person, ...] | None = None
    venue: str | None = None
    journal: Journal | None = None
    year: Integer | None = None
    publicationdate: str | None = None
    citationcount: Integer | None = None
    s2fieldsofstudy: tuple[Field, ...] | None = None
    publicationtypes: tuple[str, ...] | None = None
    updated: str | None = None


_DECODER = msgspec.json.Decoder(Line)
_LAYOUT = Layout("data", frozenset({"corpusid"}))


def convert(line: Line, source: Source) -> RawRecord:
    """Convert one line to a raw record."""
    name = f"s2:{line.corpusid}"
    bare = line == Line(line.corpusid)
    # In a diff of the abstracts, recognisable only by its name, such a line deletes the abstract.
    if (bare and _ABSTRACTS in f"{source.dump}/{source.file}") or _is_abstract(line):
        return _convert_abstract(line, line.openaccessinfo or Access(), source)
    if bare:
        return RawRecord(source=source, format=NAME, id=name, deleted=True)
    return RawRecord(
        source=source,
        format=NAME,
        id=name,
        title=line.title or "",
        # A paper's line has an abstract only if somebody has joined the two datasets.
        abstract=line.abstract or "",
        authors=tuple(_convert_author(person) for person in line.authors or ()),
        appearances=(_find_appearance(line),),
        topics=tuple(field.category or "" for field in line.s2fieldsofstudy or ()),
        ids=collect_ids(str(line.corpusid), line.externalids),
        urls={"page": line.url} if line.url else {},
        citations=line.citationcount,
        updated=parse_day(line.updated),
    )


def _is_abstract(line: Line) -> bool:
    return line.openaccessinfo is not UNSET and line.title is None


def _convert_abstract(line: Line, access: Access, source: Source) -> RawRecord:
    """Convert a line of the abstracts dataset to a part of the paper of its ``corpusid``."""
    licence = (access.licence or "").strip()
    urls = choose_links([access.url or ""])
    return RawRecord(
        source=msgspec.structs.replace(source, licence=licence) if licence else source,
        format=NAME,
        id=f"s2:{line.corpusid}",
        part=_ABSTRACTS,
        abstract=line.abstract or "",
        ids=collect_ids(str(line.corpusid), access.externalids),
        urls={"pdf": urls["pdf"]} if "pdf" in urls else {},
        updated=parse_day(line.updated),
    )


def _convert_author(person: Person) -> RawAuthor:
    return RawAuthor(name=person.name or "", ids=drop_empty({"s2": str(person.id or "")}))


def _find_appearance(line: Line) -> Appearance:
    place = Place(
        line.venue or "",
        line.journal,
        line.year,
        line.publicationdate,
        line.publicationtypes or (),
    )
    return convert_place(place)


def _recognises(head: Head) -> bool:
    return _is_dataset(head) or recognises_answer(head) or recognises_citations(head)


def _is_dataset(head: Head) -> bool:
    if head.start not in (b"{", b"[") or "corpusid" not in head.keys:
        return False
    return head.keys == {"corpusid"} or bool({"externalids", "openaccessinfo"} & head.keys)


def _read(stream: Stream) -> Iterator[RawRecord | Reject]:
    head = parse_head(stream.head())
    if recognises_citations(head):
        return read_citations(stream)
    if recognises_answer(head):
        return read_answers(stream)
    return read_json(stream, _DECODER, convert, make_finder(_LAYOUT), LICENCE)


FORMAT = Format(NAME, "Semantic Scholar papers", _recognises, _read, line_key="corpusid")
