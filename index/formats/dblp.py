"""Read the dblp XML dump.

The dump is one flat list of millions of small records, in ISO-8859-1 or in ASCII with character
entities. The number that dblp gives a homonym (``Wei Wang 0001``) stays a part of the name. dblp
has no abstracts, keywords or citations.

The home page of a person (``www`` or ``person`` under ``homepages/``) with two names or more
becomes a record with ``part="person"``, which is not a paper: its authors are the names of one
person, the current one first. Other home pages are skipped and counted: those with one name, those
that moved (``crossref``) and those that stand for several people (``publtype="disambiguation"``).
So are ``proceedings`` volumes.

A paper inherits nothing from its volume (``crossref``). Its ``booktitle`` names the venue, and
volumes stand anywhere in the file, so keeping them would take memory that grows with the dump.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from index.dumps.streams import Stream
from index.errors import RecordError
from index.formats.dblp_search import read_answers, recognises_answer
from index.formats.format import Format
from index.normalise.dates import join_date, parse_day
from index.normalise.identifier_search import find_link_ids
from index.normalise.identifiers import build_address, parse_orcid
from index.normalise.raw_values import drop_empty
from index.normalise.reference_words import choose_links
from index.records import Appearance, RawAuthor, RawRecord, Reject, Source
from index.scanners.head import Head, parse_head
from index.scanners.xml_records import Layout, find_root, read_text, read_texts, read_xml
from index.text.emails import remove_mail_from_affiliation

NAME = "dblp"

LICENCE = "CC0-1.0"
"""The licence of dblp's data. Source: the head of its DTD."""

KINDS = {
    "article": ("journal", "journal article"),
    "inproceedings": ("conference", ""),
    "incollection": ("book", "book chapter"),
    "book": ("book", "book"),
    "phdthesis": ("", "thesis"),
    "mastersthesis": ("", "thesis"),
    "data": ("", "dataset"),
    "www": ("", "web page"),
    "proceedings": ("", ""),
    "person": ("", ""),
}
"""The kind of venue and the type of paper of each element; an empty type follows from the venue."""

PUBLICATION_TYPES = {
    "informal": "preprint",
    "encyclopedia": "reference entry",
    "survey": "review",
    "data": "dataset",
    "software": "software",
}
"""The values of ``publtype`` that give the type of a paper; "withdrawn" is its status."""

PERSON = "person"
"""The `part` of a record that holds only the names of one person."""

_HOME = "homepages/"
_VOLUME = re.compile(r"abs/(\S+)")
"""The volume of a preprint, which is its arXiv number."""

_CATALOGUES = re.compile(r"https?://(?:www\.)?(?:wikidata|orkg)\.org/")
"""Links in ``ee`` that lead to a catalogue's record of the paper, not to the paper."""


def convert(record: Element, source: Source) -> Iterator[RawRecord]:
    """Convert one element to a raw record."""
    key = record.get("key", "").strip()
    if not key:
        message = "has no key"
        raise RecordError(message)
    known = RawRecord(
        source=replace(source, licence=LICENCE),
        format=NAME,
        id=f"{NAME}:{key}",
        updated=parse_day(record.get("mdate")),
    )
    if record.tag == "person" or key.startswith(_HOME):
        yield _convert_person(record, key, known)
    elif record.tag == "proceedings":
        yield replace(known, deleted=True)
    else:
        yield _convert_paper(record, key, known)


def _convert_person(record: Element, key: str, known: RawRecord) -> RawRecord:
    """Return the names of one person; ids and affiliations are attached to the first name."""
    names = [*dict.fromkeys(read_texts(record, "author"))]
    stands_for_others = record.get("publtype", "") == "disambiguation"
    if len(names) < 2 or stands_for_others or record.find("crossref") is not None:  # noqa: PLR2004 - two names
        return replace(known, deleted=True)
    notes = (note for note in record.findall("note") if note.get("type") == "affiliation")
    orcid = next(filter(None, map(parse_orcid, read_texts(record, "url"))), "")
    first = RawAuthor(
        name=names[0],
        ids=drop_empty({NAME: key.removeprefix(_HOME), "orcid": orcid}),
        affiliations=tuple(
            place for note in notes if (place := remove_mail_from_affiliation(read_text(note)))
        ),
    )
    others = (RawAuthor(name=name) for name in names[1:])
    return replace(known, part=PERSON, authors=(first, *others))


def _convert_paper(record: Element, key: str, known: RawRecord) -> RawRecord:
    links = read_texts(record, "ee")
    return replace(
        known,
        title=_find_title(record),
        authors=tuple(map(_convert_author, record.findall("author") or record.findall("editor"))),
        appearances=(_find_appearance(record, key),),
        ids={"dblp": key} | _collect_ids(record, links),
        urls=_collect_urls(key, links),
        status="withdrawn" if "withdrawn" in record.get("publtype", "").split() else "",
        editors=tuple(map(_convert_author, record.findall("editor"))),
    )


def _find_title(record: Element) -> str:
    """Return the title without the full stop that dblp adds to each."""
    title = read_text(record.find("title")).strip()
    return title if title.endswith("..") else title.removesuffix(".")


def _convert_author(found: Element) -> RawAuthor:
    ids = {"orcid": parse_orcid(found.get("orcid")), NAME: found.get("pid", "")}
    return RawAuthor(name=read_text(found), ids=drop_empty(ids))


def _find_appearance(record: Element, key: str) -> Appearance:
    kind, written = KINDS[record.tag]
    stated = record.get("publtype", "").split()
    written = next(filter(None, map(PUBLICATION_TYPES.get, stated)), written)
    venue = next(iter(read_texts(record, "journal") + read_texts(record, "booktitle")), "")
    if venue == "CoRR":
        kind, written = "repository", "preprint"
    elif kind == "conference" and "@" in venue:  # DBTest@SIGMOD: held at a conference
        kind = "workshop"
    elif not venue and kind in ("journal", "conference"):
        venue = key.split("/")[1] if key.count("/") > 1 else ""
    series, school, publisher, volume, number, pages = (
        next(iter(read_texts(record, tag)), "")
        for tag in ("series", "school", "publisher", "volume", "number", "pages")
    )
    return Appearance(
        venue=venue,
        venue_name="" if venue else series or school or publisher,
        venue_kind=kind,
        year=_find_year(record),
        type=written,
        date=_find_date(record),
        volume="" if _VOLUME.fullmatch(volume) else volume,
        issue=number,
        pages=pages,
        publisher=publisher or school,
    )


def _find_year(record: Element) -> int | None:
    year = next(iter(read_texts(record, "year")), "")
    return int(year) if re.fullmatch(r"[0-9]{1,9}", year) else None


def _find_date(record: Element) -> str:
    """Return the year and month; ``mdate`` is the day on which the record changed."""
    month = next(iter(read_texts(record, "month")), "")
    return join_date(next(iter(read_texts(record, "year")), ""), month) if month else ""


def _collect_ids(record: Element, links: list[str]) -> dict[str, str]:
    volume = _VOLUME.fullmatch(next(iter(read_texts(record, "volume")), ""))
    return ({"arxiv": volume[1]} if volume else {}) | find_link_ids(*links)


def _collect_urls(key: str, links: list[str]) -> dict[str, str]:
    pages = [link for link in links if not _CATALOGUES.match(link)]
    return choose_links(pages) | {NAME: build_address(NAME, key)}


def _recognises(head: Head) -> bool:
    return find_root(head) in ("dblp", "dblpperson") or recognises_answer(head)


_LAYOUT = Layout(tuple(KINDS))


def _read(stream: Stream) -> Iterator[RawRecord | Reject]:
    if recognises_answer(parse_head(stream.head())):
        return read_answers(stream, convert)
    return read_xml(stream, _LAYOUT, convert)


FORMAT = Format(NAME, "dblp XML", _recognises, _read)
