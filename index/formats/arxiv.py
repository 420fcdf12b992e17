"""Read the arXiv metadata snapshot (JSON lines).

Authors come from ``authors_parsed``, which is Unicode where ``authors`` is LaTeX. The date is that
of the first version, since ``update_date`` is the day on which the record last changed.
"""

import re
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from index.formats.format import Format
from index.normalise.dates import parse_date, parse_day
from index.records import Appearance, RawAuthor, RawRecord, Source
from index.scanners.head import Head
from index.scanners.json_arrays import Layout, make_finder
from index.scanners.json_lines import read_json
from index.scanners.lenient_json import JOIN, Paragraphs

NAME = "arxiv"

LICENCE = "CC0-1.0"
"""The licence of arXiv's metadata; a record's own ``license`` is that of the paper's text."""

_DATE_LENGTH = len("Mon, 12 Apr 2007")
_WITHDRAWN = re.compile(r"\bwithdrawn\b|\bwithdraw(?:n|al)? by\b", re.IGNORECASE)
_WITHDRAWN_ABSTRACT = re.compile(
    r"\s*(?:this|the) (?:paper|article|submission|manuscript|work)\b[^.]{0,60}\bwithdrawn\b",
    re.IGNORECASE,
)


class Version(Struct):
    """One version of a preprint."""

    version: str = ""
    created: str = ""


class ArxivRecord(Struct, rename={"journal_ref": "journal-ref"}):
    """One line of the snapshot, with the keys that are read."""

    id: str
    title: str | None = None
    abstract: Paragraphs = None
    authors: Annotated[str | None, Meta(extra={JOIN: ", "})] = None
    authors_parsed: tuple[tuple[str | None, ...], ...] | None = None
    comments: str | None = None
    journal_ref: str | None = None
    doi: str | None = None
    categories: Annotated[str | None, Meta(extra={JOIN: " "})] = None
    versions: tuple[Version, ...] | None = None
    update_date: str | None = None


_DECODER = msgspec.json.Decoder(ArxivRecord)
_LAYOUT = Layout("", frozenset({"categories", "authors_parsed"}))


def convert(found: ArxivRecord, source: Source) -> RawRecord:
    """Convert one line to a raw record."""
    first_doi = (found.doi or "").strip().partition(" ")[0]
    ids = {"arxiv": found.id} | ({"doi": first_doi} if first_doi else {})
    return RawRecord(
        source=source,
        format=NAME,
        id=f"arxiv:{found.id}",
        title=found.title or "",
        abstract=found.abstract or "",
        authors=_convert_authors(found),
        appearances=_convert_appearances(found),
        topics=tuple((found.categories or "").split()),
        ids=ids,
        urls={
            "page": f"https://arxiv.org/abs/{found.id}",
            "pdf": f"https://arxiv.org/pdf/{found.id}",
        },
        status="withdrawn" if _is_withdrawn(found) else "",
        updated=parse_day(found.update_date),
    )


def _convert_appearances(found: ArxivRecord) -> tuple[Appearance, ...]:
    # The year of the journal reference is not guessed: it is not always the first number there.
    stated, date = found.journal_ref or "", _find_first_date(found)
    year = int(date[:4]) if date else None
    return (Appearance("arXiv", stated, "repository", year, "preprint", None, date),)


def _find_first_date(found: ArxivRecord) -> str:
    # Without the time in "Mon, 2 Apr 2007 19:18:42 GMT", as many papers share a day.
    return parse_date(found.versions[0].created[:_DATE_LENGTH]) if found.versions else ""


def _convert_authors(found: ArxivRecord) -> tuple[RawAuthor, ...]:
    parsed = tuple([_convert_author(parts) for parts in found.authors_parsed or () if parts])
    if parsed or not found.authors:
        return parsed
    return tuple(
        RawAuthor(name=name) for name in re.split(r",\s+(?:and\s+)?|\s+and\s+", found.authors)
    )


def _convert_author(parts: tuple[str | None, ...]) -> RawAuthor:
    if len(parts) == 3:  # noqa: PLR2004 - family, given, suffix: nearly all authors
        return RawAuthor("", parts[0] or "", parts[1] or "", parts[2] or "")
    family, given, suffix, *affiliations = (*parts, "", "") if len(parts) < 3 else parts  # noqa: PLR2004 - family, given, suffix
    return RawAuthor(
        family=family or "",
        given=given or "",
        suffix=suffix or "",
        affiliations=tuple(place for place in affiliations if place),
    )


def _is_withdrawn(found: ArxivRecord) -> bool:
    comments = found.comments
    if comments and "withdr" in comments.lower() and _WITHDRAWN.search(comments):
        return True
    return bool(found.abstract and _WITHDRAWN_ABSTRACT.match(found.abstract))


def _recognises(head: Head) -> bool:
    if head.start not in (b"{", b"["):
        return False
    # The authors of a first record may be so many that the beginning of the file ends with them.
    parsed, begun = {"id", "categories", "authors_parsed"}, {"id", "submitter", "authors"}
    return parsed <= head.keys or begun <= head.keys


FORMAT = Format(
    NAME,
    "arXiv snapshot",
    _recognises,
    lambda stream: read_json(stream, _DECODER, convert, make_finder(_LAYOUT), LICENCE),
    line_key="id",
)
