"""List which fields of a paper have a value, for queries such as ``has:abstract``."""

from index.normalise.identifiers import SCHEMES
from index.records import Paper, parse_scheme

ALWAYS = ("title", "id", "source")
"""Fields that every paper has; they are not listed."""

_SCHEMES = frozenset(SCHEMES) - {"orcid"} | {"mag", "scopus", "wos"}
"""Schemes of identifiers that are listed; of other schemes a query could not know the name."""

_PARTS = (
    "abstract", "author", "venue", "topic", "institution", "year", "date", "citations", "type",
    "status", "language", "url", "pdf", "code", "orcid",
)  # fmt: skip

NAMES = (*_PARTS, *sorted(_SCHEMES), *ALWAYS)
"""The names that a query may ask for. ``date`` is a date finer than a year, ``orcid`` that of an
author, and ``url`` an address of any kind."""


def list_present_fields(paper: Paper) -> list[str]:
    """Return the names of the fields that have a value, without those of `ALWAYS`."""
    shows, authors, urls = paper.appearances, paper.authors, paper.urls
    found = (
        paper.abstract,
        authors,
        any(show.venue for show in shows),
        paper.topics,
        any(author.affiliations for author in authors),
        any(show.year for show in shows),
        any(show.date for show in shows),
        paper.citations is not None,
        any(show.type for show in shows),
        paper.status,
        paper.language,
        urls,
        "pdf" in urls,
        "code" in urls,
        any("orcid" in author.ids for author in authors),
    )
    names = [name for name, value in zip(_PARTS, found, strict=True) if value]
    return names + [
        name for name in dict.fromkeys(map(parse_scheme, paper.ids)) if name in _SCHEMES
    ]
