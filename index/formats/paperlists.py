"""Read the paperlists files, one JSON array for each venue and year.

Venue and year are not in the records but in the file's name, ``iclr/iclr2024.json``. Personal
fields (e-mail, gender, home pages, positions) are not even decoded.
"""

import re
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from index.formats.format import Format
from index.names.author_lists import split_names
from index.normalise.identifier_search import find_link_ids
from index.normalise.identifiers import parse_orcid
from index.normalise.raw_values import drop_empty
from index.records import Integer, RawAuthor, RawRecord, Source
from index.scanners.head import Head
from index.scanners.json_arrays import Layout, make_finder
from index.scanners.json_lines import read_json
from index.scanners.lenient_json import JOIN

NAME = "paperlists"

UNKNOWN_CITATIONS = -1
"""The value of ``gs_citation`` where the citations were not counted."""

_STEM = re.compile(r"^(?P<venue>[\w-]*?[a-z])_?(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE)
_PAGE = re.compile(r"\.(?:html?|php|pdf)$")


Listed = Annotated[str, Meta(extra={JOIN: ";"})]
"""Several values, separated by semicolons."""


class PaperlistsRecord(Struct):
    """One record, with the keys that are read."""

    title: str
    author: Listed = ""
    author_site: Listed = ""
    authorids: Listed = ""
    dblp: Listed = ""
    orcid: Listed = ""
    aff: Listed = ""
    aff_unique_norm: Listed = ""
    aff_unique_index: Listed = ""
    id: str = ""
    abstract: str = ""
    keywords: Listed = ""
    primary_area: str = ""
    status: str | None = None
    track: str | None = None
    doi: str = ""
    arxiv: str = ""
    site: str = ""
    openreview: str = ""
    oa: str = ""
    pdf: str = ""
    github: str = ""
    project: str = ""
    gs_citation: Integer = UNKNOWN_CITATIONS


_DECODER = msgspec.json.Decoder(PaperlistsRecord)
_LAYOUT = Layout("", frozenset({"title", "author"}))


def convert(found: PaperlistsRecord, source: Source) -> RawRecord:
    """Convert one record to a raw record, with venue and year from its file's name."""
    stem, venue, year = _parse_file_name(source.file or source.dump)
    local_id = found.id or _find_last_part(found.site)
    return RawRecord(
        source=source,
        format=NAME,
        id=f"{NAME}:{stem}/{local_id}" if local_id else "",
        title=found.title,
        abstract=found.abstract,
        authors=_convert_authors(found),
        venue=venue,
        venue_kind="workshop" if "workshop" in f"{found.status} {found.track}".lower() else "",
        year=year,
        topics=(*found.keywords.split(";"), found.primary_area),
        ids=_collect_ids(found),
        urls=_collect_urls(found),
        citations=None if found.gs_citation < 0 else found.gs_citation,
        status=found.status or "",
    )


@lru_cache(64)
def _parse_file_name(file: str) -> tuple[str, str, str | None]:
    """Return a file name's stem, and the venue and year in it."""
    stem = PurePosixPath(file).stem
    named = _STEM.match(stem)
    return (stem, named["venue"], named["year"]) if named else (stem, "", None)


def _find_last_part(site: str) -> str:
    """Return the last part of the address of a paper's page, which serves as its id."""
    if not site.startswith("http"):
        return ""
    return _PAGE.sub("", PurePosixPath(site.partition("?")[0]).name)


def _convert_authors(found: PaperlistsRecord) -> tuple[RawAuthor, ...]:
    # Most author lists of ICRA and IROS are doubled; `split_names` undoes that.
    names = split_names(found.author or found.author_site)
    count = len(names)
    stated = (found.authorids, found.dblp, found.orcid)
    parts = [(_split_parts(text) + [""] * count)[:count] for text in stated]
    affiliations = _list_affiliations(found, count)
    return tuple(
        RawAuthor(name=name, ids=ids, affiliations=places)
        for name, ids, places in zip(
            names, map(_collect_author_ids, *parts), affiliations, strict=True
        )
    )


def _split_parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(";")]


def _collect_author_ids(profile: str, dblp: str, orcid: str) -> dict[str, str]:
    """Return the identifiers of one author, without e-mail addresses.

    Old OpenReview profiles can be named by an e-mail address, which is personal.
    """
    ids = {}
    if profile.startswith("~"):
        ids["openreview"] = profile
    if dblp and "/" in dblp and "@" not in dblp:
        ids["dblp"] = dblp
    if number := parse_orcid(orcid):
        ids["orcid"] = number
    return ids


def _list_affiliations(found: PaperlistsRecord, count: int) -> list[tuple[str, ...]]:
    """Return each author's institutions: the dump's normalised names, or else those written."""
    index = _split_parts(found.aff_unique_index)
    if found.aff_unique_norm and len(index) == count:
        places = {
            str(number): place for number, place in enumerate(_split_parts(found.aff_unique_norm))
        }
        return [_select_places(places, numbers) for numbers in index]
    written = _split_parts(found.aff)
    if len(written) < count:
        return [()] * count
    return [tuple(p.strip() for p in place.split("+") if p.strip()) for place in written[:count]]


def _select_places(places: dict[str, str], numbers: str) -> tuple[str, ...]:
    found = [places.get(number.strip(), "") for number in numbers.split("+")]
    return tuple(filter(None, found))


def _collect_ids(found: PaperlistsRecord) -> dict[str, str]:
    linked = find_link_ids(found.site, found.openreview)
    return drop_empty(
        {
            "doi": found.doi,
            "arxiv": found.arxiv,
            "openreview": linked.get("openreview", ""),
            "acl": linked.get("acl", ""),
        }
    )


def _collect_urls(found: PaperlistsRecord) -> dict[str, str]:
    return drop_empty(
        {
            "page": found.site or found.oa or found.openreview,
            "pdf": found.pdf,
            "code": found.github,
            "project": found.project,
        }
    )


def _recognises(head: Head) -> bool:
    marks = {"track", "aff", "status", "gs_citation", "author_num"}
    named = head.start == b"[" and {"title", "author"} <= head.keys and "bibcode" not in head.keys
    return named and len(marks & head.keys) > 1


FORMAT = Format(
    NAME,
    "paperlists",
    _recognises,
    lambda stream: read_json(stream, _DECODER, convert, make_finder(_LAYOUT)),
)
