"""Answers: how are the responses of an OAI-PMH repository read?

A file is one response page or any number of them joined. arXiv's own forms (arXiv, arXivRaw,
arXivOld) and Dublin Core (oai_dc), which every repository gives, are read. A paper of arXiv
gets the id it has in the arXiv snapshot, so that a harvest updates it.
"""

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from index.errors import RecordError
from index.formats import arxiv
from index.formats.dublin_core import creators, dublin_core, first_year, values
from index.formats.format import Format
from index.names.parser import split_names
from index.normalise.dates import day_in
from index.records import RawAuthor, RawRecord, Source
from index.scanners.head import Head
from index.scanners.xml_records import Layout, read_xml, root_of, text_of

NAME = "oai"

_LAYOUT = Layout(records=("record",))
_ROOTS = ("OAI-PMH", "ListRecords", "GetRecord")
_NAMESPACE = b"http://www.openarchives.org/OAI/2.0/"

_ARXIV = re.compile(r"oai:arxiv\.org:(.+?)(?:v\d+)?", re.IGNORECASE)
_MONTH = re.compile(r"(?:[a-z-]+(?:\.[A-Za-z-]{2,})?/)?(\d\d)(?:0[1-9]|1[0-2])(?:\.\d{4,5}|\d{3})")
_FIRST_YEAR = 91
"""arXiv began in 1991; a month with a lower year is of this century."""

_PLACES = re.compile(r"\((?:[^()]++|\([^()]*+\))*+\)(?=\s*(?:[,;(]|and\b|$))")
"""What stands in brackets behind a name, its places; a nickname stands before a name."""


def convert(record: Element, source: Source) -> Iterator[RawRecord]:
    """Give one record of a response, or of a deleted one what is left of it.

    Raises:
        RecordError: It has no identifier, no metadata, or metadata that are not read.
    """
    name = text_of(record.find("header/identifier")).strip()
    number = _ARXIV.fullmatch(name)
    changed = day_in(text_of(record.find("header/datestamp")))
    if record.find("header[@status='deleted']") is not None and name:
        gone = f"arxiv:{number[1]}" if number else name
        yield RawRecord(source, NAME, id=gone, deleted=True, updated=changed)
    else:
        yield replace(_kept(record, name, number, source), updated=changed)


def _kept(record: Element, name: str, number: re.Match[str] | None, source: Source) -> RawRecord:
    found = next(iter(record.find("metadata") or ()), None)
    if found is None:
        message = "has no metadata"
        raise RecordError(message)
    if found.tag in ("arXiv", "arXivRaw", "arXivOld"):
        return _of_arxiv(found, number[1] if number else "", source)
    if found.tag == "dc":
        return _arxiv_core(found, number[1], source) if number else _core(found, name, source)
    message = f"has metadata in the form '{found.tag[:40]}': fetch them as oai_dc"
    raise RecordError(message)


def _core(found: Element, name: str, source: Source) -> RawRecord:
    if not name:
        message = "has no identifier"
        raise RecordError(message)
    return replace(dublin_core(found, source), kind=NAME, id=name)


def _of_arxiv(found: Element, number: str, source: Source) -> RawRecord:
    """Read one of arXiv's own forms as a line of its snapshot, which has the same parts."""
    versions = _versions(found.iter("version"))
    line = arxiv.ArxivRecord(
        id=_text(found, "id") or number,
        title=_text(found, "title"),
        abstract=_text(found, "abstract"),
        authors_parsed=tuple(_parsed(author) for author in found.iterfind("authors/author")),
        comments=_text(found, "comments"),
        journal_ref=_text(found, "journal-ref"),
        doi=_text(found, "doi"),
        categories=_text(found, "categories"),
        versions=tuple(version for version, _ in versions),
    )
    raw = _converted(line, source, () if versions else (_text(found, "created"),))
    if not raw.authors:
        raw = replace(raw, authors=tuple(_written(_text(found, "authors"))))
    return replace(raw, status="withdrawn") if versions and versions[-1][1] else raw


def _arxiv_core(found: Element, number: str, source: Source) -> RawRecord:
    """Read arXiv's Dublin Core: abstract before comments, a journal among the identifiers."""
    abstract, comments, *_ = (*values(found, "description"), "", "")
    identifiers = [name for name in values(found, "identifier") if "://" not in name]
    line = arxiv.ArxivRecord(
        id=number,
        title=_text(found, "title"),
        abstract=abstract,
        comments=comments,
        journal_ref=next((name for name in identifiers if not name.startswith("doi:")), ""),
        doi=next((name[4:] for name in identifiers if name.startswith("doi:")), ""),
    )
    raw = _converted(line, source, values(found, "date"))
    return replace(raw, authors=creators(found), topics=tuple(values(found, "subject")))


def _converted(line: arxiv.ArxivRecord, source: Source, dates: Iterable[str]) -> RawRecord:
    """Give a line as a raw record; where it has no versions, its year is the earliest known.

    A repository may give the day of the last version as ``created``; the month of the first
    one stands in the paper's number.
    """
    if not line.id:
        message = "has no identifier"
        raise RecordError(message)
    raw = replace(arxiv.convert(line, replace(source, licence=arxiv.LICENCE)), kind=NAME)
    (show,) = raw.appearances
    if show.year is None:
        show = replace(show, year=first_year((*dates, _numbered_year(line.id))))
    return replace(raw, appearances=(show,))


def _numbered_year(number: str) -> str:
    """Give the year in a number of arXiv, ``0704.0001`` or ``hep-th/9901001``."""
    month = _MONTH.fullmatch(number)
    return f"{'19' if int(month[1]) >= _FIRST_YEAR else '20'}{month[1]}" if month else ""


def _versions(found: Iterable[Element]) -> list[tuple[arxiv.Version, bool]]:
    """Give the versions in their order, each with whether it withdraws the paper."""
    versions = [
        (
            arxiv.Version(version.get("version", ""), date),
            # Without a source and without a size: nothing but the notice is left.
            "I" in _text(version, "source_type") and _text(version, "size").startswith("0"),
        )
        for version in found
        if (date := _text(version, "date"))
    ]
    return sorted(versions, key=lambda pair: _order(pair[0].version))


def _order(version: str) -> int:
    digits = version.lstrip("v")
    return int(digits) if digits.isdecimal() and len(digits) < 6 else 0  # noqa: PLR2004 - no version 100,000


def _parsed(author: Element) -> tuple[str, ...]:
    places = (text_of(place, {}).strip() for place in author.iterfind("affiliation"))
    name = _text(author, "keyname") or " ".join((author.text or "").split())
    return (name, _text(author, "forenames"), _text(author, "suffix"), *places)


def _written(authors: str) -> Iterator[RawAuthor]:
    """Cut arXivRaw's one text of authors, without the places in brackets."""
    for name in split_names(_PLACES.sub(" ", authors)):
        yield RawAuthor(name=name)


def _text(element: Element, name: str) -> str:
    return text_of(element.find(name)).strip()


def _recognises(head: Head) -> bool:
    root = root_of(head)
    return root in _ROOTS or (bool(root) and _NAMESPACE in head.beginning)


FORMAT = Format(NAME, "OAI-PMH", _recognises, lambda stream: read_xml(stream, _LAYOUT, convert))
