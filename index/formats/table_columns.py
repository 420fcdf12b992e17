"""Answers: which field does each column of a table hold?

The headers of Scopus, Web of Science (spreadsheet and tab-delimited), IEEE Xplore, Zotero, PubMed,
Publish or Perish and of plain tables. Signs and case do not count: ``Author(s)`` is ``author s``.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

FIELDS = {
    "title": "title, document title, article title, paper title, primary title",
    "authors": "author full names, authors, author s, author, author names, creators, creator",
    "abstract": "abstract, abstract note, summary",
    "year": "year, publication year, pub year, year of publication, py, early access date"
    ", publication date, date, date published, issue date, online date, eventdate",
    "venue": "source title, publication title, journal, journal title, journal name, journal book"
    ", venue, conference, conference name, conference title, booktitle, book title"
    ", container title, publication name, proceedings title, source",
    "type": "document type, item type, type, publication type, document identifier",
    "topics": "author keywords, index keywords, keywords, keyword, keywords plus, ieee terms"
    ", topics, topic, tags, manual tags, subjects, subject, mesh terms",
    "doi": "doi, digital object identifier, doi link",
    "arxiv": "arxiv, arxiv id, arxivid, eprint",
    "pmid": "pmid, pubmed id",
    "pmc": "pmcid, pmc id",
    "wos": "ut unique wos id, ut unique id, accession number, wos id",
    "scopus": "eid, scopus id",
    "id": "id, key, paper id, paperid, record id, identifier",
    "url": "url, link, urls, article url, articleurl, page, web page, landing page",
    "pdf": "pdf, pdf link, pdf url, fulltexturl, full text url",
    "citations": "cited by, cited by count, times cited all databases, times cited wos core"
    ", times cited, article citation count, citation count, citations, cites, citation",
    "status": "status, decision",
    "language": "language, language of original document, lang",
    "updated": "date modified, last modified, modified, updated, update date",
}
"""Headers of each field, the one that says most first; ``papers build --map`` adds to them."""

_TAGS = {
    "TI": "title", "AF": "authors", "AU": "authors", "CA": "authors", "AB": "abstract",
    "PY": "year", "EY": "year", "SO": "venue", "DT": "type", "PT": "type", "DE": "topics",
    "ID": "topics", "DI": "doi", "PM": "pmid", "UT": "wos", "Z9": "citations", "TC": "citations",
    "LA": "language",
}  # fmt: skip
"""Web of Science's own headers of tab-delimited files; one alone could mean anything."""

MIN_TAGS = 5
"""So many of its headers make a table one of Web of Science."""

MAX_LINES_BEFORE = 5
"""Lines that may stand before the header: a search's address, ``sep=;``."""

_HEADER_OF = {
    header.strip(): (field, rank)
    for field, headers in FIELDS.items()
    for rank, header in enumerate(headers.split(","))
}


class Columns(NamedTuple):
    """What the columns of one table hold.

    Attributes:
        places: The columns of each field, counted from 0, the one that says most first.
        headers: The header's cells as written.
        squashed: The same without signs and case.
    """

    places: Mapping[str, tuple[int, ...]]
    headers: tuple[str, ...]
    squashed: frozenset[str]


def squashed(header: str) -> str:
    """Leave case and signs out of a header."""
    return " ".join(re.sub(r"[\W_]+", " ", header.casefold()).split())


def columns_of(headers: Sequence[str], named: Mapping[str, str]) -> Columns | None:
    """Tell what the columns of a table hold.

    Args:
        headers: The cells of its first row.
        named: Fields by header, as the user named them; they come before what is known here.

    Returns:
        The columns, or None where no title and something else can be made out: no header at all.
    """
    wishes = {squashed(header): field for header, field in named.items()}
    tagged = sum(header in _TAGS for header in headers) >= MIN_TAGS
    ranked: dict[str, list[tuple[int, int]]] = {}
    for at, header in enumerate(headers):
        squash = squashed(header)
        if squash in wishes:
            ranked.setdefault(wishes[squash], []).append((-1, at))
        elif tagged:
            if header in _TAGS:
                ranked.setdefault(_TAGS[header], []).append((list(_TAGS).index(header), at))
        elif squash in _HEADER_OF:
            field, rank = _HEADER_OF[squash]
            ranked.setdefault(field, []).append((rank, at))
    if "title" not in ranked or len(ranked) < 2:  # noqa: PLR2004 - a title and something else
        return None
    places = {field: tuple(at for _, at in sorted(found)) for field, found in ranked.items()}
    return Columns(places, tuple(headers), frozenset(map(squashed, headers)))


def absent(columns: Columns, named: Mapping[str, str]) -> list[str]:
    """Give the headers that the user named and the table does not have."""
    return [header for header in named if squashed(header) not in columns.squashed]
