"""Answers: how is the dblp XML dump read?

One flat list of millions of small records, ISO-8859-1 or ASCII with named characters. What
dblp knows of a name, the number of a homonym (``Wei Wang 0001``), stays a part of it.

Counted as skipped, since they are no papers: ``www`` records of persons (``homepages/...``,
whose authors are one person's names), ``person`` records, and ``proceedings`` volumes. dblp
has no abstracts, keywords or citations.
"""

import re
from collections.abc import Iterator
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from index.errors import RecordError
from index.formats import Format, Head
from index.formats.identifiers import given, orcid_id
from index.formats.reference_words import addresses, ids_in
from index.formats.xml_records import Layout, read_xml, root_of, text_of
from index.records import Appearance, RawAuthor, RawRecord, Source

NAME = "dblp"

LICENCE = "CC0-1.0"
"""Said at the head of dblp's own DTD."""

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
"""The kind of venue and the type of paper of each element; a type left open is the venue's."""

PUBLICATION_TYPES = {
    "informal": "preprint",
    "encyclopedia": "encyclopedia entry",
    "data": "dataset",
    "software": "software",
}
"""The values of ``publtype`` that say what a record is; "withdrawn" is its status."""

_VOLUME = re.compile(r"abs/(\S+)")
_OLD_RESOLVER = re.compile(r"https?://doi\.(?:acm|ieeecomputersociety)\.org/(?=10\.)")
_CATALOGUES = re.compile(r"https?://(?:www\.)?(?:wikidata|orkg)\.org/")
"""Links among ``ee`` that lead to a record of the paper, not to the paper."""


def convert(record: Element, source: Source) -> Iterator[RawRecord]:
    """Give one element as a raw record."""
    key = record.get("key", "").strip()
    if not key:
        message = "has no key"
        raise RecordError(message)
    if record.tag in ("proceedings", "person") or key.startswith("homepages/"):
        yield RawRecord(source, NAME, id=f"{NAME}:{key}", deleted=True)
        return
    links = _texts(record, "ee")
    yield RawRecord(
        source=replace(source, licence=LICENCE),
        kind=NAME,
        id=f"{NAME}:{key}",
        title=_title(record),
        authors=tuple(map(_author, record.findall("author") or record.findall("editor"))),
        appearances=(_appearance(record, key),),
        ids={"dblp": key} | _ids(record, links),
        urls=_urls(key, links),
        status="withdrawn" if "withdrawn" in record.get("publtype", "").split() else "",
    )


def _texts(record: Element, name: str) -> list[str]:
    return [text for found in record.findall(name) if (text := text_of(found).strip())]


def _title(record: Element) -> str:
    """Give the title without the full stop that dblp ends each with."""
    title = text_of(record.find("title")).strip()
    return title if title.endswith("..") else title.removesuffix(".")


def _author(found: Element) -> RawAuthor:
    ids = {"orcid": orcid_id(found.get("orcid")), NAME: found.get("pid", "")}
    return RawAuthor(name=text_of(found), ids=given(ids))


def _appearance(record: Element, key: str) -> Appearance:
    kind, written = KINDS[record.tag]
    stated = record.get("publtype", "").split()
    written = next(filter(None, map(PUBLICATION_TYPES.get, stated)), written)
    venue = next(iter(_texts(record, "journal") + _texts(record, "booktitle")), "")
    if venue == "CoRR":
        kind, written = "repository", "preprint"
    elif kind == "conference" and "@" in venue:  # DBTest@SIGMOD, held at a conference
        kind = "workshop"
    elif not venue and kind in ("journal", "conference"):
        venue = key.split("/")[1] if key.count("/") > 1 else ""
    bodies = [name for tag in ("series", "school", "publisher") for name in _texts(record, tag)]
    return Appearance(
        venue=venue,
        venue_name="" if venue or not bodies else bodies[0],
        venue_kind=kind,
        year=_year(record),
        type=written,
    )


def _year(record: Element) -> int | None:
    year = next(iter(_texts(record, "year")), "")
    return int(year) if re.fullmatch(r"[0-9]{1,9}", year) else None


def _ids(record: Element, links: list[str]) -> dict[str, str]:
    plain = (unquote(_OLD_RESOLVER.sub("https://doi.org/", link)) for link in links)
    volume = _VOLUME.fullmatch(next(iter(_texts(record, "volume")), ""))
    return ({"arxiv": volume[1]} if volume else {}) | ids_in(*plain)


def _urls(key: str, links: list[str]) -> dict[str, str]:
    pages = [link for link in links if not _CATALOGUES.match(link)]
    return addresses(pages) | {NAME: f"https://dblp.org/rec/{key}"}


def _recognises(head: Head) -> bool:
    return root_of(head) in ("dblp", "dblpperson")


_LAYOUT = Layout(tuple(KINDS))

FORMAT = Format(NAME, "dblp XML", _recognises, lambda stream: read_xml(stream, _LAYOUT, convert))
