"""Read the works of CORE, which collects papers of repositories.

A file is a page of version 3 of the API (``results``), one work, a list, or lines, of which the
public data set is made. The two name some keys differently.
"""

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from index.formats.format import Format
from index.normalise.dates import find_first_date, parse_day, parse_year
from index.normalise.identifier_search import find_arxiv_id
from index.normalise.raw_values import drop_empty
from index.normalise.work_types import find_type, find_venue_kind
from index.records import Appearance, Integer, RawAuthor, RawRecord, Source
from index.scanners.head import Head
from index.scanners.json_arrays import Layout, make_finder
from index.scanners.json_lines import read_json

NAME = "core"

SITE = "https://core.ac.uk/works/"

_OWN = frozenset(
    "coreId dataProviders downloadUrl enrichments fullTextIdentifier oaiIds pdfHashValue"
    " rawRecordXml sourceFulltextUrls yearPublished".split()
)
"""Keys that only CORE's works have."""


class Named(Struct):
    """An author, or a journal in `title`."""

    name: str | None = None
    title: str | None = None


class Language(Struct):
    """A language."""

    code: str | None = None


class Enrichments(Struct, rename="camel"):
    """What CORE found out about a work, in the data set; its type may be in an object."""

    document_type: dict[str, str | float | None] | str | None = None


class Work(Struct, rename="camel"):
    """One work, with the keys that are read; those of the data set come last."""

    id: Integer | str | None = None
    title: str | None = None
    abstract: str | None = None
    authors: tuple[Named | str, ...] | None = None
    document_type: str | None = None
    doi: str | None = None
    arxiv_id: str | None = None
    pubmed_id: str | Integer | None = None
    mag_id: str | Integer | None = None
    year_published: Integer | str | None = None
    published_date: str | None = None
    publisher: str | None = None
    journals: tuple[Named | str, ...] | None = None
    field_of_study: str | None = None
    citation_count: Integer | None = None
    language: Language | str | None = None
    download_url: str | None = None
    updated_date: str | None = None
    core_id: Integer | str | None = None
    year: Integer | str | None = None
    date_published: str | None = None
    topics: tuple[str, ...] | None = None
    subjects: tuple[str, ...] | None = None
    enrichments: Enrichments | None = None


_DECODER = msgspec.json.Decoder(Work)
_LAYOUT = Layout("results", _OWN)


def convert(work: Work, source: Source) -> RawRecord:
    """Convert one work to a raw record."""
    number = str(work.core_id or work.id or "")
    doi = work.doi or ""
    download = work.download_url or ""
    return RawRecord(
        source=source,
        format=NAME,
        id=f"{NAME}:{number}" if number else "",
        title=work.title or "",
        abstract=work.abstract or "",
        authors=tuple(RawAuthor(name=name) for name in _list_names(work.authors)),
        appearances=(_find_appearance(work),),
        topics=(*(work.topics or ()), *(work.subjects or ()), work.field_of_study or ""),
        ids=drop_empty(
            {
                NAME: number,
                "doi": doi,
                "arxiv": work.arxiv_id or find_arxiv_id(doi, download),
                "pmid": str(work.pubmed_id or ""),
                "mag": str(work.mag_id or ""),
            }
        ),
        urls=drop_empty({"page": f"{SITE}{number}" if number else "", "pdf": download}),
        citations=work.citation_count,
        language=_find_language(work.language),
        updated=parse_day(work.updated_date),
    )


def _list_names(listed: tuple[Named | str, ...] | None) -> Iterator[str]:
    for one in listed or ():
        yield one if isinstance(one, str) else one.name or one.title or ""


def _find_language(language: Language | str | None) -> str:
    return (language.code if isinstance(language, Language) else language) or ""


def _find_appearance(work: Work) -> Appearance:
    stated = find_type(work.document_type or "") or _find_enriched_type(work.enrichments)
    venue = next(filter(None, _list_names(work.journals)), "")
    days = (work.published_date or "", work.date_published or "")
    year = next(filter(None, map(parse_year, (work.year_published, work.year, *days))), None)
    return Appearance(
        venue=venue,
        venue_kind=find_venue_kind(stated) if venue else "",
        year=year,
        type=stated,
        date=find_first_date(year, *map(parse_day, days)),
        publisher=(work.publisher or "").strip("'\""),
    )


def _find_enriched_type(found: Enrichments | None) -> str:
    kind = found.document_type if found else None
    named = kind.get("type") if isinstance(kind, dict) else kind
    return find_type(named) if isinstance(named, str) else ""


def _recognises(head: Head) -> bool:
    named = head.start in (b"{", b"[") and "title" in head.keys
    return named and ("yearPublished" in head.keys or len(_OWN & head.keys) > 1)


FORMAT = Format(
    NAME,
    "CORE works",
    _recognises,
    lambda stream: read_json(stream, _DECODER, convert, make_finder(_LAYOUT)),
    line_key="title",
)
