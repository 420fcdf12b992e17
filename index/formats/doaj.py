"""Read the articles of DOAJ, the Directory of Open Access Journals.

A file is a page of the search API (``results``), a part of the public data dump, which is a list,
or lines. Each article is in ``bibjson``; so is each journal, which is skipped.
"""

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from index.formats.format import Format
from index.normalise.dates import find_first_date, join_date, parse_day, parse_year
from index.normalise.identifiers import parse_orcid
from index.normalise.raw_values import drop_empty
from index.normalise.volumes import join_pages
from index.records import Appearance, Integer, RawAuthor, RawRecord, Source
from index.scanners.head import Head
from index.scanners.json_arrays import Layout, make_finder
from index.scanners.json_lines import read_json

NAME = "doaj"

LICENCE = "CC0-1.0"
"""The licence of DOAJ's metadata of articles. Source: its terms."""

SITE = "https://doaj.org/article/"


class Person(Struct, rename={"orcid": "orcid_id"}):
    """An author."""

    name: str | None = None
    orcid: str | None = None
    affiliation: str | None = None


class Journal(Struct):
    """The journal of an article."""

    title: str | None = None
    volume: str | Integer | None = None
    number: str | Integer | None = None
    publisher: str | None = None
    language: tuple[str, ...] | None = None


class Identifier(Struct):
    """An identifier of the article or of its journal."""

    id: str | None = None
    type: str | None = None


class Subject(Struct):
    """A subject of the journal."""

    term: str | None = None


class Link(Struct, rename={"content": "content_type"}):
    """An address of the full text."""

    url: str | None = None
    content: str | None = None


class Bibjson(Struct):
    """An article; a journal has the keys `pissn`, `eissn` and `editorial`."""

    title: str | None = None
    abstract: str | None = None
    author: tuple[Person, ...] | None = None
    journal: Journal | None = None
    identifier: tuple[Identifier, ...] | None = None
    year: str | Integer | None = None
    month: str | Integer | None = None
    start_page: str | Integer | None = None
    end_page: str | Integer | None = None
    keywords: tuple[str, ...] | None = None
    subject: tuple[Subject, ...] | None = None
    link: tuple[Link, ...] | None = None
    pissn: str | None = None
    eissn: str | None = None


class Article(Struct):
    """A record."""

    id: str | None = None
    bibjson: Bibjson | None = None
    last_updated: str | None = None


_DECODER = msgspec.json.Decoder(Article)
_LAYOUT = Layout("results", frozenset({"bibjson"}))


def convert(article: Article, source: Source) -> RawRecord:
    """Convert one record to a raw record."""
    found = article.bibjson or Bibjson()
    known = f"{NAME}:{article.id}" if article.id else ""
    updated = parse_day(article.last_updated)
    if not found.journal and (found.pissn or found.eissn):
        return RawRecord(source=source, format=NAME, id=known, deleted=True, updated=updated)
    journal = found.journal or Journal()
    dois = (one.id or "" for one in found.identifier or () if (one.type or "").lower() == "doi")
    return RawRecord(
        source=source,
        format=NAME,
        id=known,
        title=found.title or "",
        abstract=found.abstract or "",
        authors=tuple(map(_convert_author, found.author or ())),
        appearances=(_find_appearance(found, journal),),
        topics=tuple(_collect_topics(found)),
        ids=drop_empty({"doi": next(dois, "")}),
        urls=_collect_urls(article.id or "", found),
        language=_find_language(journal),
        updated=updated,
    )


def _convert_author(person: Person) -> RawAuthor:
    return RawAuthor(
        name=person.name or "",
        ids=drop_empty({"orcid": parse_orcid(person.orcid)}),
        affiliations=(person.affiliation,) if person.affiliation else (),
    )


def _find_appearance(found: Bibjson, journal: Journal) -> Appearance:
    year = parse_year(found.year)
    return Appearance(
        venue=journal.title or "",
        venue_kind="journal" if journal.title else "",
        year=year,
        type="journal article",
        date=find_first_date(year, join_date(found.year, found.month)),
        volume=str(journal.volume or ""),
        issue=str(journal.number or ""),
        pages=join_pages(str(found.start_page or ""), str(found.end_page or "")),
        publisher=journal.publisher or "",
    )


def _collect_topics(found: Bibjson) -> Iterator[str]:
    yield from found.keywords or ()
    yield from (one.term or "" for one in found.subject or ())


def _collect_urls(name: str, found: Bibjson) -> dict[str, str]:
    links = found.link or ()
    pdfs = (one.url or "" for one in links if "pdf" in (one.content or "").lower())
    pages = (one.url or "" for one in links if "pdf" not in (one.content or "").lower())
    page = next(pages, "") or (f"{SITE}{name}" if name else "")
    return drop_empty({"page": page, "pdf": next(pdfs, "")})


def _find_language(journal: Journal) -> str:
    """Return the language of a journal that has only one."""
    listed = journal.language or ()
    return listed[0] if len(listed) == 1 else ""


def _recognises(head: Head) -> bool:
    return head.start in (b"{", b"[") and {"bibjson", "title"} <= head.keys


FORMAT = Format(
    NAME,
    "DOAJ articles",
    _recognises,
    lambda stream: read_json(stream, _DECODER, convert, make_finder(_LAYOUT), LICENCE),
    line_key="bibjson",
)
