"""Parse the ids and venues that Semantic Scholar's datasets and its API write alike."""

from msgspec import Struct

from index.normalise.dates import parse_day
from index.normalise.raw_values import drop_empty
from index.normalise.work_types import find_type, find_venue_kind
from index.records import Appearance, Integer

NAME = "semantic_scholar"

LICENCE = "ODC-BY-1.0"

Ids = dict[str, str | Integer | None]
"""Identifiers of a paper by Semantic Scholar's names of their schemes."""

_SCHEMES = {
    "DOI": "doi",
    "ArXiv": "arxiv",
    "ACL": "acl",
    "DBLP": "dblp",
    "MAG": "mag",
    "PubMed": "pmid",
    "PubMedCentral": "pmc",
}


class Journal(Struct):
    """The journal in which a paper appeared; the volume of an arXiv paper is its id there."""

    name: str | None = None
    volume: str | None = None
    pages: str | None = None


class Field(Struct):
    """A field of study."""

    category: str | None = None


class Place(Struct):
    """What a record says about where and when a paper appeared."""

    venue: str = ""
    journal: Journal | None = None
    year: int | None = None
    date: str | None = None
    types: tuple[str, ...] = ()


def convert_place(place: Place) -> Appearance:
    """Convert the venue, journal, types and dates of a paper to an appearance."""
    journal = place.journal or Journal()
    named = journal.name or ""
    venue = place.venue or named
    stated = "conference paper" if "Conference" in place.types else find_type(*place.types)
    kind = find_venue_kind(stated)
    if venue and stated in ("conference paper", "journal article"):
        # Semantic Scholar counts arXiv as a journal, so the type is left to follow from the venue.
        stated = ""
    volume = (journal.volume or "").strip()
    return Appearance(
        venue=venue,
        venue_name=named if named != venue else "",
        venue_kind=kind if venue else "",
        year=place.year,
        type=stated,
        date=parse_day(place.date),
        volume="" if volume.startswith("abs/") else volume,
        # They often hold line breaks and spaces: "\n          101-110\n        ".
        pages=(journal.pages or "").strip(),
    )


def collect_ids(known: str, others: Ids | None) -> dict[str, str]:
    """Collect the identifiers of a paper; `known` is the corpus number, or else the hash."""
    others = others or {}
    ids = {ours: str(others.get(theirs) or "").strip() for theirs, ours in _SCHEMES.items()}
    if ids["pmc"]:
        ids["pmc"] = f"PMC{ids['pmc'].upper().removeprefix('PMC')}"
    return drop_empty({"s2": known, **ids})
