"""Name the field of a venue, under which pages list it."""

from functools import cache

from index.normalise.tables import read_table
from index.normalise.venues import resolve_venue

KIND_HEADINGS = {
    "conference": "Other conferences",
    "journal": "Other journals",
    "workshop": "Workshops",
    "repository": "Preprints",
    "book": "Books and series",
}
"""Headings of venues without a field, by kind."""

UNKNOWN = "Other venues"
"""Heading of venues of which not even the kind is known."""


def find_heading(venue: str) -> str:
    """Return the field of a venue, or else a heading for its kind.

    Args:
        venue: The short name of a venue, as a facet has it.
    """
    return _read_fields().get(venue) or KIND_HEADINGS.get(resolve_venue(venue).kind, UNKNOWN)


@cache
def _read_fields() -> dict[str, str]:
    """Return the field of each venue of ``venue_fields.toml`` by the venue's name."""
    fields = read_table("venue_fields")["fields"]
    return {venue: field for field, venues in fields.items() for venue in venues}
