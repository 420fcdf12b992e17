"""Answers: how are the XML volumes of the ACL Anthology read?

A file is one collection of volumes; what a volume is called and when it appeared stands once,
in its ``meta``, before its papers. Ids are made by the Anthology's own rules. In the older form
the root is a ``volume`` and each paper says for itself where it appeared.

The front matter of a volume is counted as skipped. Editors are the volume's, not its papers'.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from index.dumps.streams import Stream
from index.errors import RecordError
from index.formats.format import Format
from index.normalise.dates import day_in
from index.normalise.identifiers import given, orcid_id
from index.normalise.languages import language_code
from index.records import RawAuthor, RawRecord, Reject, Source
from index.scanners.head import Head
from index.scanners.xml_records import SCRIPTS, Layout, read_xml, root_of, text_of

NAME = "acl"

SITE = "https://aclanthology.org"

MARKS = {**SCRIPTS, "tex-math": ("$", "$")}
"""Formulas become what our texts have: ``$k$``. All else (``fixed-case``, ``b``) is unwrapped."""

_OPENINGS = ("collection", "volume", "event")
_LAYOUT = Layout(("paper", "frontmatter"), context=("meta",), openings=_OPENINGS)
_STATUSES = {"retracted": "retracted", "removed": "withdrawn"}
_VENUES = ("journal", "journal-title", "booktitle", "venue")
"""Where a venue is named, the surest first: ``venue`` is a short name of the Anthology's own."""
_OLD_VOLUME = re.compile(r"[A-Z]\d\d")
_INSIDE = re.compile(rb"<(?:volume|paper)\s[^<>]{0,400}?\bid=")


def read(stream: Stream) -> Iterator[RawRecord | Reject]:
    """Read one collection."""
    return read_xml(stream, _LAYOUT, _Place().convert)


class _Place:
    """What the elements around a paper said of it, as far as the file is read."""

    def __init__(self) -> None:
        self._collection = self._volume = self._kind = self._day = ""
        self._meta: Element | None = None

    def convert(self, element: Element, source: Source) -> Iterator[RawRecord]:
        """Give a paper as a raw record; remember what the other elements say."""
        if element.tag in _OPENINGS:
            self._enter(element)
        elif element.tag == "meta":
            # A second one means that the start of another volume was lost: whose is unknown.
            self._volume = "" if self._meta is not None else self._volume
            self._meta = element
        elif element.tag == "frontmatter" or self._number(element) == 0:
            yield RawRecord(source, NAME, deleted=True)
        else:
            yield self._paper(element, source)

    def _enter(self, element: Element) -> None:
        if element.tag == "collection":
            self._collection, self._volume = element.get("id", ""), ""
        else:
            self._volume = element.get("id", "") if element.tag == "volume" else ""
            self._kind = element.get("type", "")
            self._day = day_in(element.get("ingest-date"))
        self._meta = None

    def _number(self, paper: Element) -> int:
        """Give a paper's number in its volume; ids of the older form begin with the volume's."""
        number = paper.get("id", "")
        if not re.fullmatch(r"[0-9]{1,6}", number):
            message = "has no number in its volume"
            raise RecordError(message)
        if self._collection:
            return int(number)
        return int(number) % (100 if _short_numbers(self._volume, number[:2]) else 1000)

    def _id(self, paper: Element) -> str:
        number, collection, volume = self._number(paper), self._collection, self._volume
        # Of the older form a volume's id is the Anthology's own: P18.
        if not volume or not (collection or _OLD_VOLUME.fullmatch(volume)):
            message = "belongs to no volume that is known"
            raise RecordError(message)
        if not collection:
            return f"{volume}-{paper.get('id', ''):0>4}"
        if not _OLD_VOLUME.fullmatch(collection):
            return f"{collection}-{volume}.{number}"
        if _short_numbers(collection, volume):
            return f"{collection}-{volume:0>2}{number:02}"
        return f"{collection}-{volume}{number:03}"

    def _paper(self, paper: Element, source: Source) -> RawRecord:
        known = self._id(paper)
        notes = [status for name, status in _STATUSES.items() if paper.find(name) is not None]
        notes += [text_of(award).strip() for award in paper.findall("award")]
        return RawRecord(
            source=source,
            kind=NAME,
            id=f"{NAME}:{known}",
            title=text_of(paper.find("title"), MARKS),
            abstract=text_of(paper.find("abstract"), MARKS),
            authors=tuple(map(_author, paper.findall("author"))),
            venue=next(filter(None, (self._said(paper, name) for name in _VENUES)), ""),
            venue_kind="journal" if self._kind == "journal" else "",
            year=self._said(paper, "year") or _year_of(self._collection or self._volume),
            ids=given({NAME: known, "doi": _said(paper, "doi")}),
            urls=_urls(paper, known),
            status=next(iter(notes), ""),
            language=language_code(_said(paper, "language")),
            updated=day_in(paper.get("ingest-date")) or self._day,
        )

    def _said(self, paper: Element, name: str) -> str:
        """Give what a paper says of where it appeared, else what its volume says."""
        above = "" if self._meta is None else _said(self._meta, name)
        return _said(paper, name) or above


def _short_numbers(collection: str, volume: str) -> bool:
    """Tell whether an old id has two digits for the volume: ``W19-0101``, not ``P19-1001``."""
    late = collection == "D19" and volume.isdecimal() and int(volume) >= 5  # noqa: PLR2004 - its workshops
    return collection[:1] == "W" or collection == "C69" or late


def _year_of(collection: str) -> str:
    """Give the year that is part of a collection's id: ``2022.acl``, ``P19``."""
    found = re.match(r"(\d{4})\.|[A-Z](\d\d)\b", collection)
    if not found:
        return ""
    # The oldest papers of the Anthology are of 1952, in the collections named by years.
    return found[1] or f"{'19' if int(found[2]) >= 60 else '20'}{found[2]}"  # noqa: PLR2004


def _said(element: Element, name: str) -> str:
    return text_of(element.find(name), MARKS).strip()


def _author(found: Element) -> RawAuthor:
    family, first = _said(found, "last"), _said(found, "first")
    return RawAuthor(
        name="" if family else first or (found.text or "").strip(),
        family=family,
        given=first if family else "",
        ids=given({NAME: found.get("id", ""), "orcid": orcid_id(found.get("orcid"))}),
        affiliations=tuple(text_of(place) for place in found.findall("affiliation")),
    )


def _urls(paper: Element, known: str) -> dict[str, str]:
    """Give the page, the file (on the site unless an address says where), and the code."""
    file, code = _said(paper, "url"), paper.find("pwccode")
    urls = {
        "page": f"{SITE}/{known}/",
        "pdf": file if "://" in file or not file else f"{SITE}/{file}.pdf",
        "code": "" if code is None else code.get("url", ""),
    }
    return given(urls)


def _recognises(head: Head) -> bool:
    return root_of(head) in ("collection", "volume") and bool(_INSIDE.search(head.beginning))


FORMAT = Format(NAME, "ACL Anthology XML", _recognises, read)
