"""List which fields of a paper have a value, for queries such as ``has:abstract``."""

from functools import lru_cache

from index.normalise.identifiers import SCHEMES
from index.records import Paper

ALWAYS = ("title", "id", "source")
"""Fields that every paper has; they are not listed."""

_SCHEMES = frozenset(SCHEMES) - {"orcid"} | {"mag", "scopus"}
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
    venue = year = date = kind = places = orcid = False
    for show in paper.appearances:  # a generator for each field would take twice as long
        venue = venue or show.venue != ""
        year = year or show.year is not None
        date = date or show.date != ""
        kind = kind or show.type != ""
    for author in paper.authors:
        places = places or author.affiliations != ()
        orcid = orcid or "orcid" in author.ids
    urls = paper.urls
    named = _name_parts(
        paper.abstract != "", paper.authors != (), venue, paper.topics != (), places, year, date,
        paper.citations is not None, kind, paper.status != "", paper.language != "", bool(urls),
        "pdf" in urls, "code" in urls, orcid,
    )  # fmt: skip
    # A second value of a scheme, "doi 2", comes only after a first.
    return [*named, *[scheme for scheme in paper.ids if scheme in _SCHEMES]]


@lru_cache(1 << len(_PARTS))
def _name_parts(*present: bool) -> tuple[str, ...]:
    return tuple(name for name, value in zip(_PARTS, present, strict=True) if value)
