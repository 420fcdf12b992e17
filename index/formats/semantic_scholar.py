"""Read the ``papers`` and ``abstracts`` datasets of Semantic Scholar, and their diffs.

A line of a diff's update files is a whole paper and replaces the older one; a line with nothing but
a ``corpusid`` says that the paper is deleted. A line of ``abstracts`` is a part of the paper of its
``corpusid``, wherever that is, since the two datasets are in different orders.
"""

import msgspec
from msgspec import UNSET, Struct, UnsetType

from index.formats.format import Format
from index.normalise.dates import parse_day
from index.normalise.raw_values import drop_empty
from index.normalise.reference_words import choose_links
from index.normalise.work_types import find_type, find_venue_kind
from index.records import Appearance, RawAuthor, RawRecord, Source
from index.scanners.head import Head
from index.scanners.json_arrays import Layout, make_finder
from index.scanners.json_lines import read_json

NAME = "semantic_scholar"

LICENCE = "ODC-BY-1.0"

_ABSTRACTS = "abstract"
"""The `part` that a line of the abstracts dataset is; the names of its files contain the word."""

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
    """The journal in which the paper appeared."""

    name: str | None = None


class Field(Struct):
    """A field of study."""

    category: str | None = None


class Access(Struct, rename={"licence": "license"}):
    """Where an abstract's paper is openly available, and its licence; only abstracts have this."""

    externalids: dict[str, str | int | None] | None = None
    licence: str | None = None
    url: str | None = None


class Line(Struct):
    """One line of either dataset, with the keys that are read."""

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
    publicationdate: str | None = None
    citationcount: int | None = None
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
        ids=_collect_ids(line.corpusid, line.externalids),
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
        ids=_collect_ids(line.corpusid, access.externalids),
        urls={"pdf": urls["pdf"]} if "pdf" in urls else {},
        updated=parse_day(line.updated),
    )


def _convert_author(person: Person) -> RawAuthor:
    return RawAuthor(name=person.name or "", ids=drop_empty({"s2": str(person.id or "")}))


def _find_appearance(line: Line) -> Appearance:
    journal = (line.journal.name if line.journal else "") or ""
    venue = line.venue or journal
    known = line.publicationtypes or ()
    stated = "conference paper" if "Conference" in known else find_type(*known)
    place = find_venue_kind(stated)
    if venue and stated in ("conference paper", "journal article"):
        # Semantic Scholar counts arXiv as a journal, so the type is left to follow from the venue.
        stated = ""
    return Appearance(
        venue=venue,
        venue_name=journal if journal != venue else "",
        venue_kind=place if venue else "",
        year=line.year,
        type=stated,
        date=parse_day(line.publicationdate),
    )


def _collect_ids(number: int, found: dict[str, str | int | None] | None) -> dict[str, str]:
    found = found or {}
    ids = {ours: str(found.get(theirs) or "").strip() for theirs, ours in _SCHEMES.items()}
    if ids["pmc"]:
        ids["pmc"] = f"PMC{ids['pmc'].upper().removeprefix('PMC')}"
    return drop_empty({"s2": str(number), **ids})


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
