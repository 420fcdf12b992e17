"""Read the Atom feeds of arXiv: the answers of its API and the daily lists of new papers.

An entry becomes a line of the snapshot, so that a paper has the same id in both. The date is that
of the first version; the day of the last version is that of the change.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from index.dumps.streams import Stream
from index.errors import RecordError
from index.formats import arxiv
from index.formats.format import Format
from index.names.author_lists import split_names
from index.normalise.dates import parse_day
from index.records import RawAuthor, RawRecord, Reject, Source
from index.scanners.head import Head
from index.scanners.xml_records import Layout, find_root, read_text, read_texts, read_xml

NAME = "arxiv_atom"

_LAYOUT = Layout(records=("entry",))
_ROOTS = ("feed", "entry")
_SITES = (b"arxiv.org/abs/", b"arxiv.org/schemas/atom", b"arxiv.org/api", b"oai:arXiv.org:")
_ID = re.compile(r"(?:arxiv\.org/abs/|oai:arXiv\.org:)([^\s?#]+?)(?:v\d+)?", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://")
_ANNOUNCED = re.compile(r"\s*arXiv:\S+ Announce Type: [\w-]+\s+Abstract:\s*")
"""What the daily lists write before an abstract."""


def convert(entry: Element, source: Source) -> Iterator[RawRecord]:
    """Convert one entry.

    Raises:
        RecordError: It is none of a paper, such as an error of the API.
    """
    number = _ID.fullmatch(_ADDRESS.sub("", _find_text(entry, "id")))
    if not number:
        message = "has no arXiv number: it may be an error of the API"
        raise RecordError(message)
    published = _find_text(entry, "published")
    line = arxiv.ArxivRecord(
        id=number[1],
        title=read_text(entry.find("title")),
        abstract=_ANNOUNCED.sub("", read_text(entry.find("summary")), count=1),
        comments=_find_text(entry, "comment"),
        journal_ref=_find_text(entry, "journal_ref") or _find_text(entry, "journal_reference"),
        doi=_find_text(entry, "doi") or _find_text(entry, "DOI"),
        categories=" ".join(_list_categories(entry)),
        versions=(arxiv.Version("v1", published),) if published else None,
    )
    raw = arxiv.convert(line, replace(source, licence=arxiv.LICENCE))
    updated = parse_day(_find_text(entry, "updated"))
    yield replace(raw, format=NAME, authors=tuple(_convert_authors(entry)), updated=updated)


def _find_text(entry: Element, name: str) -> str:
    return " ".join(read_text(entry.find(name), {}).split())


def _list_categories(entry: Element) -> dict[str, None]:
    """Return the categories, the primary one first."""
    found = [*entry.findall("primary_category"), *entry.findall("category")]
    return dict.fromkeys(term for one in found if (term := one.get("term", "").strip()))


def _convert_authors(entry: Element) -> Iterator[RawAuthor]:
    for author in entry.findall("author"):
        if name := _find_text(author, "name"):
            yield RawAuthor(name, affiliations=tuple(read_texts(author, "affiliation")))
    for names in read_texts(entry, "creator"):
        yield from map(RawAuthor, split_names(names))


def _recognises(head: Head) -> bool:
    return find_root(head) in _ROOTS and any(site in head.beginning for site in _SITES)


def _read(stream: Stream) -> Iterator[RawRecord | Reject]:
    return read_xml(stream, _LAYOUT, convert)


FORMAT = Format(NAME, "arXiv Atom feed", _recognises, _read)
