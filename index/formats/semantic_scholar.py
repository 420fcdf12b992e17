"""Answers: how are the ``papers`` and ``abstracts`` datasets of Semantic Scholar read, and diffs?

A line of a diff's update files is a whole paper and takes the older one's place; a line with
nothing but its number says that the paper is gone. A line of ``abstracts`` is a part of the paper
of its number, wherever that stands: the two datasets are in different orders.
"""

import msgspec
from msgspec import UNSET, Struct, UnsetType

from index.formats.format import Format
from index.normalise.dates import day_in
from index.normalise.identifiers import given
from index.normalise.reference_words import addresses
from index.normalise.work_types import kind_of, type_of
from index.records import Appearance, RawAuthor, RawRecord, Source
from index.scanners.head import Head
from index.scanners.json_arrays import Layout, make_finder
from index.scanners.json_lines import read_json

NAME = "semantic_scholar"

LICENCE = "ODC-BY-1.0"

_ABSTRACTS = "abstract"
"""The part of a paper that the other dataset has, and what the names of its files hold."""

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


class Access(Struct, rename={"licence": "license"}):
    """What an abstract's line says of the paper: where it is to be had, and on what terms."""

    externalids: dict[str, str | int | None] | None = None
    licence: str | None = None
    url: str | None = None


class Line(Struct):
    """One line, the keys that are used; ``openaccessinfo`` only abstracts have."""

    corpusid: int
    title: str | None = None
    abstract: str | None = None
    openaccessinfo: Access | UnsetType | None = UNSET
    externalids: dict[str, str | int | None] | None = None
    url: str | None = None
    authors: tuple[Person, ...] | None = None
    venue: str | None = None
    journal: Journal | None = None
    year: int | None = None
    citationcount: int | None = None
    s2fieldsofstudy: tuple[Field, ...] | None = None
    publicationtypes: tuple[str, ...] | None = None
    updated: str | None = None


_DECODER = msgspec.json.Decoder(Line)
_LAYOUT = Layout("data", frozenset({"corpusid"}))


def convert(line: Line, source: Source) -> RawRecord:
    """Give one line as a raw record."""
    name = f"s2:{line.corpusid}"
    bare = line == Line(line.corpusid)
    # A diff of the abstracts takes away an abstract and not its paper; only its name tells.
    if (bare and _ABSTRACTS in f"{source.dump}/{source.file}") or _is_abstract(line):
        return _abstract(line, line.openaccessinfo or Access(), source)
    if bare:
        return RawRecord(source=source, kind=NAME, id=name, deleted=True)
    return RawRecord(
        source=source,
        kind=NAME,
        id=name,
        title=line.title or "",
        # An abstract is only there where somebody has joined the two datasets.
        abstract=line.abstract or "",
        authors=tuple(_author(person) for person in line.authors or ()),
        appearances=(_appearance(line),),
        topics=tuple(field.category or "" for field in line.s2fieldsofstudy or ()),
        ids=_ids(line.corpusid, line.externalids),
        urls={"page": line.url} if line.url else {},
        citations=line.citationcount,
        updated=day_in(line.updated),
    )


def _is_abstract(line: Line) -> bool:
    return line.openaccessinfo is not UNSET and line.title is None


def _abstract(line: Line, access: Access, source: Source) -> RawRecord:
    """Give a line of the abstracts dataset, which adds to the paper of its number."""
    licence = (access.licence or "").strip()
    urls = addresses([access.url or ""])
    return RawRecord(
        source=msgspec.structs.replace(source, licence=licence) if licence else source,
        kind=NAME,
        id=f"s2:{line.corpusid}",
        part=_ABSTRACTS,
        abstract=line.abstract or "",
        ids=_ids(line.corpusid, access.externalids),
        urls={"pdf": urls["pdf"]} if "pdf" in urls else {},
        updated=day_in(line.updated),
    )


def _author(person: Person) -> RawAuthor:
    return RawAuthor(name=person.name or "", ids=given({"s2": str(person.id or "")}))


def _appearance(line: Line) -> Appearance:
    journal = (line.journal.name if line.journal else "") or ""
    venue = line.venue or journal
    known = line.publicationtypes or ()
    stated = "conference paper" if "Conference" in known else type_of(*known)
    place = kind_of(stated)
    if venue and stated in ("conference paper", "journal article"):
        stated = ""  # arXiv counts as a journal there: the venue tells, and the kind only helps
    return Appearance(
        venue=venue,
        venue_name=journal if journal != venue else "",
        venue_kind=place if venue else "",
        year=line.year,
        type=stated,
    )


def _ids(number: int, found: dict[str, str | int | None] | None) -> dict[str, str]:
    found = found or {}
    ids = {ours: str(found.get(theirs) or "").strip() for theirs, ours in _SCHEMES.items()}
    if ids["pmc"]:
        ids["pmc"] = f"PMC{ids['pmc'].upper().removeprefix('PMC')}"
    return given({"s2": str(number), **ids})


def _recognises(head: Head) -> bool:
    if head.start not in (b"{", b"[") or "corpusid" not in head.keys:
        return False
    return head.keys == {"corpusid"} or bool({"externalids", "openaccessinfo"} & head.keys)


FORMAT = Format(
    NAME,
    "Semantic Scholar papers",
    _recognises,
    lambda stream: read_json(stream, _DECODER.decode, convert, make_finder(_LAYOUT), LICENCE),
    line_key="corpusid",
)
