"""Read the responses of an OAI-PMH repository.

A file is one response page or any number of them joined. The metadata formats that are read are
arXiv's own (arXiv, arXivRaw, arXivOld), Dublin Core (oai_dc), which every repository offers, JATS
(PubMed Central's pmc and pmc_fm, jats) and DataCite's (oai_datacite, datacite). A paper of arXiv
has the same id as in the arXiv snapshot, so a harvest updates it; so has one of PubMed Central, as
in its files.
"""

import re
from collections.abc import Iterable, Iterator
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from index.errors import RecordError
from index.formats import arxiv
from index.formats.datacite_xml import convert_resource
from index.formats.dublin_core import (
    convert_dublin_core,
    find_creators,
    find_first_year,
)
from index.formats.format import Format
from index.formats.jats import convert_article
from index.names.author_lists import split_names
from index.normalise.dates import find_first_date, parse_day
from index.records import RawAuthor, RawRecord, Source
from index.scanners.head import Head
from index.scanners.xml_records import Layout, find_root, read_text, read_texts, read_xml

NAME = "oai"

_LAYOUT = Layout(records=("record",))
_ROOTS = ("OAI-PMH", "ListRecords", "GetRecord")
_NAMESPACE = b"http://www.openarchives.org/OAI/2.0/"

_PMC = re.compile(r"oai:pubmedcentral\.nih\.gov:(\d{1,9})")
_ARXIV = re.compile(r"oai:arxiv\.org:(.+?)(?:v\d+)?", re.IGNORECASE)
_MONTH = re.compile(r"(?:[a-z-]+(?:\.[A-Za-z-]{2,})?/)?(\d\d)(0[1-9]|1[0-2])(?:\.\d{4,5}|\d{3})")
_FIRST_YEAR = 91
"""arXiv began in 1991; a paper number with a lower year is of this century."""

_PLACES = re.compile(r"\((?:[^()]++|\([^()]*+\))*+\)(?=\s*(?:[,;(]|and\b|$))")
"""Affiliations in brackets after a name; brackets before a family name hold a nickname."""


def convert(record: Element, source: Source) -> Iterator[RawRecord]:
    """Convert one record of a response, deleted or not.

    Raises:
        RecordError: It has no identifier, no metadata, or metadata in an unknown format.
    """
    name = read_text(record.find("header/identifier")).strip()
    number = _ARXIV.fullmatch(name)
    changed = parse_day(read_text(record.find("header/datestamp")))
    if record.find("header[@status='deleted']") is not None:
        central = _PMC.fullmatch(name)
        deleted_id = f"arxiv:{number[1]}" if number else f"pmc:PMC{central[1]}" if central else name
        yield RawRecord(source, NAME, id=deleted_id, deleted=True, updated=changed)
    else:
        raw = _convert_metadata(record, name, number, source)
        yield replace(raw, updated=changed)


def _convert_metadata(
    record: Element, name: str, number: re.Match[str] | None, source: Source
) -> RawRecord:
    found = next(iter(record.find("metadata") or ()), None)
    if found is None:
        message = "has no metadata"
        raise RecordError(message)
    if found.tag in ("arXiv", "arXivRaw", "arXivOld"):
        return _convert_arxiv(found, number[1] if number else "", source)
    if found.tag == "dc":
        if number:
            return _convert_arxiv_core(found, number[1], source)
        return _convert_core(found, name, source)
    if found.tag == "article":
        raw = convert_article(found, source)
        return replace(raw, format=NAME, id=raw.id or name)
    resource = found if found.tag == "resource" else found.find("payload/resource")
    if resource is not None:
        return replace(convert_resource(resource, source), format=NAME, id=name)
    message = f"has metadata in the unknown format '{found.tag[:40]}': fetch them as oai_dc"
    raise RecordError(message)


def _convert_core(found: Element, name: str, source: Source) -> RawRecord:
    if not name:
        message = "has no identifier"
        raise RecordError(message)
    return replace(convert_dublin_core(found, source), format=NAME, id=name)


def _convert_arxiv(found: Element, number: str, source: Source) -> RawRecord:
    """Convert one of arXiv's own formats by way of a snapshot line, which has the same parts."""
    versions = _find_versions(found.iter("version"))
    line = arxiv.ArxivRecord(
        id=_find_text(found, "id") or number,
        title=_find_text(found, "title"),
        abstract=_find_text(found, "abstract"),
        authors_parsed=tuple(_parse_author(author) for author in found.iterfind("authors/author")),
        comments=_find_text(found, "comments"),
        journal_ref=_find_text(found, "journal-ref"),
        doi=_find_text(found, "doi"),
        categories=_find_text(found, "categories"),
        versions=tuple(version for version, _ in versions),
    )
    raw = _convert_line(line, source, () if versions else (_find_text(found, "created"),))
    if not raw.authors:
        raw = replace(raw, authors=tuple(_split_authors(_find_text(found, "authors"))))
    return replace(raw, status="withdrawn") if versions and versions[-1][1] else raw


def _convert_arxiv_core(found: Element, number: str, source: Source) -> RawRecord:
    """Convert arXiv's Dublin Core.

    Its first description is the abstract and its second the comments; the journal reference is
    one of the identifiers.
    """
    abstract, comments, *_ = (*read_texts(found, "description"), "", "")
    identifiers = [name for name in read_texts(found, "identifier") if "://" not in name]
    line = arxiv.ArxivRecord(
        id=number,
        title=_find_text(found, "title"),
        abstract=abstract,
        comments=comments,
        journal_ref=next((name for name in identifiers if not name.startswith("doi:")), ""),
        doi=next((name[4:] for name in identifiers if name.startswith("doi:")), ""),
    )
    raw = _convert_line(line, source, read_texts(found, "date"))
    return replace(raw, authors=find_creators(found), topics=tuple(read_texts(found, "subject")))


def _convert_line(line: arxiv.ArxivRecord, source: Source, dates: Iterable[str]) -> RawRecord:
    """Convert a snapshot line; without versions, the earliest of the known years is its year.

    A repository may report the day of the last version as ``created``, but the paper's number
    holds the month of the first.
    """
    if not line.id:
        message = "has no identifier"
        raise RecordError(message)
    raw = replace(arxiv.convert(line, replace(source, licence=arxiv.LICENCE)), format=NAME)
    (appearance,) = raw.appearances
    if appearance.year is None:
        number = _parse_number_date(line.id)
        year = find_first_year((*dates, number))
        # A day after the month in the paper's number is that of a later version. One before it is
        # that of the first: papers of the last days of a month get the number of the next.
        date = find_first_date(year, *dates)
        early = not number or date[: len(number)] <= number
        appearance = replace(appearance, year=year, date=date if early else "")
    return replace(raw, appearances=(appearance,))


def _parse_number_date(number: str) -> str:
    """Return the month in an arXiv number, ``0704.0001`` or ``hep-th/9901001``, as ``2007-04``."""
    found = _MONTH.fullmatch(number)
    if not found:
        return ""
    return f"{'19' if int(found[1]) >= _FIRST_YEAR else '20'}{found[1]}-{found[2]}"


def _find_versions(found: Iterable[Element]) -> list[tuple[arxiv.Version, bool]]:
    """Return the versions in order, each with whether it withdraws the paper."""
    versions = [
        (
            arxiv.Version(version.get("version", ""), date),
            # A version without a source ("I") and with size 0 is only a notice.
            "I" in _find_text(version, "source_type")
            and _find_text(version, "size").startswith("0"),
        )
        for version in found
        if (date := _find_text(version, "date"))
    ]
    return sorted(versions, key=lambda pair: _parse_version(pair[0].version))


def _parse_version(version: str) -> int:
    digits = version.lstrip("v")
    return int(digits) if digits.isdecimal() and len(digits) < 6 else 0  # noqa: PLR2004 - no version 100,000


def _parse_author(author: Element) -> tuple[str, ...]:
    places = (read_text(place, {}).strip() for place in author.iterfind("affiliation"))
    name = _find_text(author, "keyname") or " ".join((author.text or "").split())
    return (name, _find_text(author, "forenames"), _find_text(author, "suffix"), *places)


def _split_authors(authors: str) -> Iterator[RawAuthor]:
    """Split arXivRaw's single text of authors and leave out affiliations in brackets."""
    for name in split_names(_PLACES.sub(" ", authors)):
        yield RawAuthor(name=name)


def _find_text(element: Element, name: str) -> str:
    return read_text(element.find(name)).strip()


def _recognises(head: Head) -> bool:
    root = find_root(head)
    return root in _ROOTS or (bool(root) and _NAMESPACE in head.beginning)


FORMAT = Format(NAME, "OAI-PMH", _recognises, lambda stream: read_xml(stream, _LAYOUT, convert))
