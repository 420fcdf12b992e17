"""Answers: where did a work appear, what is it called elsewhere, and where was that read?

In words, for pages and terminals alike.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from index.normalise.identifiers import SCHEMES, build_address
from index.records import RECORD, SUBMISSION, Appearance, Paper, Source

NONE = "(none)"
"""What stands for a value that is not there."""

MOST_OTHERS = 3
"""Further appearances that are named in a list of hits; the rest are counted."""

LABELS = {name: scheme.label for name, scheme in SCHEMES.items()} | {
    "mag": "Microsoft Academic",
    "wos": "Web of Science",
    "scopus": "Scopus",
    "zotero": "Zotero",
    "record": "also recorded as",
}
"""What schemes of identifiers are called, where that is not their name here."""


@dataclass(frozen=True, slots=True)
class Place:
    """One place where a work appeared, as all the records say that tell of it.

    Attributes:
        venue: Short name, or empty.
        names: Other names of it in the dumps.
        year: Of first publication there, or None.
        type: In words: ``conference paper``; ``submitted, not accepted``.
        sources: Every record that tells of it.
        submitted: It was turned down there.
    """

    venue: str
    names: tuple[str, ...]
    year: int | None
    type: str
    sources: tuple[Source, ...]
    submitted: bool

    @property
    def label(self) -> str:
        """Return it in a few words: ``NeurIPS 2020``; empty if nothing is known of it."""
        where = " ".join(part for part in (self.venue, str(self.year or "")) if part)
        return f"submitted to {where or 'a venue'} (not accepted)" if self.submitted else where


@dataclass(frozen=True, slots=True)
class Identifier:
    """One identifier of a work: what it is called, and an address if it has one."""

    label: str
    value: str
    address: str = ""


def places(paper: Paper) -> tuple[Place, ...]:
    """Give where a work appeared, the first to be shown first; equal ones are given once."""
    alike: dict[tuple[str, int | None, str], list[Appearance]] = {}
    for show in paper.appearances:
        alike.setdefault((show.venue, show.year, show.type), []).append(show)
    return tuple(_place(shows) for shows in alike.values())


def _place(shows: list[Appearance]) -> Place:
    first = shows[0]
    submitted = first.type == SUBMISSION if first.type else False
    names = dict.fromkeys(show.venue_name for show in shows)
    sources = dict.fromkeys(show.source for show in shows)
    return Place(
        venue=first.venue,
        names=tuple(name for name in names if name and name != first.venue),
        year=first.year,
        type="submitted, not accepted" if submitted else first.type,
        sources=tuple(source for source in sources if source),
        submitted=submitted,
    )


def others(paper: Paper) -> str:
    """Give in a few words where else a work appeared, for a list of hits; empty if nowhere."""
    if len(paper.appearances) < 2:  # noqa: PLR2004 - one is no other
        return ""
    first, *rest = places(paper)
    labels = list(dict.fromkeys(place.label for place in rest if place.label))
    labels = [label for label in labels if label != first.label]
    more = len(labels) - MOST_OTHERS
    named = ", ".join(labels[:MOST_OTHERS])
    return f"{named} and {more} more" if more > 0 else named


def identifiers(paper: Paper, records: Iterable[Paper] = ()) -> Iterator[Identifier]:
    """Give the identifiers of a work.

    Args:
        paper: The work.
        records: Those that it is made of, if they are told of besides; their ids are left out.
    """
    told = {record.id for record in records}
    for name, value in paper.ids.items():
        scheme, number = _numbered(name)
        label = LABELS.get(scheme, scheme)
        if number and scheme != RECORD:
            label = f"other {label}"
        if scheme != RECORD or value not in told:
            yield Identifier(label, value, build_address(scheme, value))


def fields_given(paper: Paper) -> dict[str, tuple[str, ...]]:
    """Give the fields that a work has from other records than its first, by the record's id."""
    return {
        one: tuple(field for field, giver in paper.origins.items() if giver == one)
        for one in dict.fromkeys(paper.origins.values())
    }


def links(paper: Paper) -> Iterator[tuple[str, str]]:
    """Give the addresses of a work, each with what it leads to."""
    for name, address in paper.urls.items():
        kind, number = _numbered(name)
        yield (f"other {kind}" if number else kind), address


def _numbered(name: str) -> tuple[str, str]:
    """Part the number of a second value from its scheme: ``doi 2``."""
    scheme, _, number = name.rpartition(" ")
    return (scheme, number) if scheme and number.isdecimal() else (name, "")


def provenance(source: Source) -> str:
    """Say where a record was read: dump, file in it, number, offset, date, licence."""
    stated = (
        source.dump,
        source.file,
        f"record {source.record:,}" if source.record else "",
        f"byte {source.offset:,}" if source.offset >= 0 else "",
        source.date,
        source.licence,
    )
    return ", ".join(part for part in stated if part)


WORDS: dict[str, object] = {
    "places": places,
    "other_places": others,
    "identifiers": identifiers,
    "links": links,
    "provenance": provenance,
}
"""What templates call them."""
