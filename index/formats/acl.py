"""Read the XML volumes of the ACL Anthology.

A file is one collection of volumes. A volume's name and date appear once, in its ``meta`` element,
before its papers. Ids follow the Anthology's own rules. In the older form of the files the root is
a ``volume``, and each paper names its own venue.

The front matter of a volume is skipped and counted. Editors belong to the volume, so its papers do
not get them as authors.
"""

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from index.dumps.streams import Stream
from index.errors import RecordError
from index.formats.format import Format
from index.normalise.dates import join_date, parse_day
from index.normalise.identifiers import parse_orcid
from index.normalise.languages import find_language
from index.normalise.raw_values import drop_empty
from index.records import RawAuthor, RawRecord, Reject, Source
from index.scanners.head import Head
from index.scanners.xml_records import SCRIPTS, Layout, find_root, read_text, read_xml

NAME = "acl"

SITE = "https://aclanthology.org"

MARKS = {**SCRIPTS, "tex-math": ("$", "$")}
"""Formulas become ``$k$``, as in all papers; ``fixed-case``, ``b`` and others are unwrapped."""

_OPENINGS = ("collection", "volume", "event")
_LAYOUT = Layout(("paper", "frontmatter"), context=("meta",), openings=_OPENINGS)
_STATUSES = {"retracted": "retracted", "removed": "withdrawn"}
_VENUES = ("journal", "journal-title", "booktitle", "venue")
"""Elements that name the venue, the most reliable first: ``venue`` is an Anthology abbreviation."""
_JOURNAL_VOLUMES = ("journal-volume", "volume")
_JOURNAL_ISSUES = ("journal-issue", "issue", "number")
_OLD_VOLUME = re.compile(r"[A-Z]\d\d")
_INSIDE = re.compile(rb"<(?:volume|paper)\s[^<>]{0,400}?\bid=")


def read(stream: Stream) -> Iterator[RawRecord | Reject]:
    """Read one collection."""
    return read_xml(stream, _LAYOUT, _Context().convert)


class _Context:
    """The collection and the volume that the reader is in, for the papers that follow."""

    def __init__(self) -> None:
        self._collection = self._volume = self._kind = self._day = ""
        self._meta: Element | None = None

    def convert(self, element: Element, source: Source) -> Iterator[RawRecord]:
        """Yield a raw record for a paper; remember the content of any other element."""
        if element.tag in _OPENINGS:
            self._enter(element)
        elif element.tag == "meta":
            # A second one means that the start tag of a volume was lost, so its id is unknown.
            self._volume = "" if self._meta is not None else self._volume
            self._meta = element
        elif element.tag == "frontmatter" or self._parse_number(element) == 0:
            yield RawRecord(source, NAME, deleted=True)
        else:
            yield self._convert_paper(element, source)

    def _enter(self, element: Element) -> None:
        if element.tag == "collection":
            self._collection, self._volume = element.get("id", ""), ""
        else:
            self._volume = element.get("id", "") if element.tag == "volume" else ""
            self._kind = element.get("type", "")
            self._day = parse_day(element.get("ingest-date"))
        self._meta = None

    def _parse_number(self, paper: Element) -> int:
        """Return a paper's number in its volume.

        In the older form a paper's id begins with the number of its volume.
        """
        number = paper.get("id", "")
        if not re.fullmatch(r"[0-9]{1,6}", number):
            message = "has no number in its volume"
            raise RecordError(message)
        if self._collection:
            return int(number)
        return int(number) % (100 if _has_short_numbers(self._volume, number[:2]) else 1000)

    def _build_id(self, paper: Element) -> str:
        number, collection, volume = self._parse_number(paper), self._collection, self._volume
        # In the older form the id of the volume is that of a collection: P18.
        if not volume or not (collection or _OLD_VOLUME.fullmatch(volume)):
            message = "belongs to no known volume"
            raise RecordError(message)
        if not collection:
            return f"{volume}-{paper.get('id', ''):0>4}"
        if not _OLD_VOLUME.fullmatch(collection):
            return f"{collection}-{volume}.{number}"
        if _has_short_numbers(collection, volume):
            return f"{collection}-{volume:0>2}{number:02}"
        return f"{collection}-{volume}{number:03}"

    def _convert_paper(self, paper: Element, source: Source) -> RawRecord:
        known = self._build_id(paper)
        notes = [status for name, status in _STATUSES.items() if paper.find(name) is not None]
        notes += [read_text(award).strip() for award in paper.findall("award")]
        return RawRecord(
            source=source,
            format=NAME,
            id=f"{NAME}:{known}",
            title=read_text(paper.find("title"), MARKS),
            abstract=read_text(paper.find("abstract"), MARKS),
            authors=tuple(map(_convert_author, paper.findall("author") or paper.findall("editor"))),
            venue=self._find_first(paper, _VENUES),
            venue_kind="journal" if self._kind == "journal" else "",
            year=self._find_inherited(paper, "year")
            or _parse_year(self._collection or self._volume),
            date=self._find_date(paper),
            ids=drop_empty({NAME: known, "doi": _find_text(paper, "doi")}),
            urls=_collect_urls(paper, known),
            status=next(iter(notes), ""),
            language=find_language(_find_text(paper, "language")),
            updated=parse_day(paper.get("ingest-date")) or self._day,
            volume=self._find_first(paper, _JOURNAL_VOLUMES),
            issue=self._find_first(paper, _JOURNAL_ISSUES),
            pages=_find_text(paper, "pages"),
            publisher=self._find_inherited(paper, "publisher"),
            editors=tuple(map(_convert_author, self._find_editors(paper))),
        )

    def _find_editors(self, paper: Element) -> list[Element]:
        """Return the editors of a paper, or else of its volume."""
        above = [] if self._meta is None else self._meta.findall("editor")
        return paper.findall("editor") or above

    def _find_date(self, paper: Element) -> str:
        """Return the year and month; a month without a year says nothing."""
        year, month = (self._find_inherited(paper, name) for name in ("year", "month"))
        return join_date(year, month) if year and month else ""

    def _find_first(self, paper: Element, names: Iterable[str]) -> str:
        """Return the text of the first of some elements, each of the paper or its volume."""
        return next(filter(None, (self._find_inherited(paper, name) for name in names)), "")

    def _find_inherited(self, paper: Element, name: str) -> str:
        """Return the text of an element of the paper, or else of its volume's ``meta``."""
        above = "" if self._meta is None else _find_text(self._meta, name)
        return _find_text(paper, name) or above


def _has_short_numbers(collection: str, volume: str) -> bool:
    """Return whether an old id has two digits each for volume and paper, not one and three.

    ``W19-0101`` is paper 1 of volume 1; so is ``P19-1001``.
    """
    late = collection == "D19" and volume.isdecimal() and int(volume) >= 5  # noqa: PLR2004 - its workshops
    return collection[:1] == "W" or collection == "C69" or late


def _parse_year(collection: str) -> str:
    """Return the year in a collection's id: ``2022.acl``, ``P19``."""
    found = re.match(r"(\d{4})\.|[A-Z](\d\d)\b", collection)
    if not found:
        return ""
    # The oldest papers, of 1952, are in collections that are named by the full year.
    return found[1] or f"{'19' if int(found[2]) >= 60 else '20'}{found[2]}"  # noqa: PLR2004


def _find_text(element: Element, name: str) -> str:
    return read_text(element.find(name), MARKS).strip()


def _convert_author(found: Element) -> RawAuthor:
    family, first = _find_text(found, "last"), _find_text(found, "first")
    return RawAuthor(
        name="" if family else first or (found.text or "").strip(),
        family=family,
        given=first if family else "",
        ids=drop_empty({NAME: found.get("id", ""), "orcid": parse_orcid(found.get("orcid"))}),
        affiliations=tuple(read_text(place) for place in found.findall("affiliation")),
    )


def _collect_urls(paper: Element, known: str) -> dict[str, str]:
    """Return the addresses of the page, the PDF (relative ones are the site's) and the code."""
    file, code = _find_text(paper, "url"), paper.find("pwccode")
    urls = {
        "page": f"{SITE}/{known}/",
        "pdf": file if "://" in file or not file else f"{SITE}/{file}.pdf",
        "code": "" if code is None else code.get("url", ""),
    }
    return drop_empty(urls)


def _recognises(head: Head) -> bool:
    return find_root(head) in ("collection", "volume") and bool(_INSIDE.search(head.beginning))


FORMAT = Format(NAME, "ACL Anthology XML", _recognises, read)
