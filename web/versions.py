"""Describe where a work appeared: the versions, and the volume, pages and publisher of each."""

import re
from dataclasses import dataclass

from index.normalise.dates import find_first_date
from index.records import SUBMISSION, Appearance, Paper, Source

MOST_OTHERS = 3
"""Other versions that a list of hits names; the rest are counted."""

_RANGE = re.compile(r"(?<=\d)-(?=[a-z]*\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Version:
    """One place where a work appeared, merged from all records that agree on it.

    Attributes:
        venue: Short name, or empty.
        names: Other names of the venue in the dumps.
        year: Year of first publication there, or None.
        type: For people: ``conference paper``; ``submitted, not accepted``.
        sources: The records that mention it.
        submitted: Whether the work was rejected there.
        date: The month or day of first publication there; empty if unknown.
        fullest: Of the appearances, the one that says most about volume, issue, pages and
            publisher.
    """

    venue: str
    names: tuple[str, ...]
    year: int | None
    type: str
    sources: tuple[Source, ...]
    submitted: bool
    date: str
    fullest: Appearance

    @property
    def label(self) -> str:
        """Return venue and year, ``NeurIPS 2020``; empty if neither is known."""
        return self._describe(str(self.year or ""))

    @property
    def dated_label(self) -> str:
        """Return venue and date, ``NeurIPS 2020-12-06``, or else the same as `label`."""
        return self._describe(self.date or str(self.year or ""))

    @property
    def full_names(self) -> tuple[str, ...]:
        """Return the other names that say more than a dump's abbreviation, such as ``nips``."""
        return tuple(name for name in self.names if " " in name)

    @property
    def place(self) -> str:
        """Return where in the venue it is: ``33(4), 101-110, Springer``; empty if unknown."""
        show = self.fullest
        issue = f"({show.issue})" if show.volume else f"no. {show.issue}"
        volume = show.volume + (issue if show.issue else "")
        parts = (volume, _RANGE.sub("\N{EN DASH}", show.pages), show.publisher)
        return ", ".join(part for part in parts if part)

    def _describe(self, when: str) -> str:
        where = " ".join(part for part in (self.venue, when) if part)
        return f"submitted to {where or 'a venue'} (not accepted)" if self.submitted else where


def list_versions(paper: Paper) -> tuple[Version, ...]:
    """List where a work appeared, the version shown first at the start.

    Appearances with the same venue, year and type are one version.
    """
    groups: dict[tuple[str, int | None, str], list[Appearance]] = {}
    for show in paper.appearances:
        groups.setdefault((show.venue, show.year, show.type), []).append(show)
    return tuple(map(_merge_appearances, groups.values()))


def _merge_appearances(shows: list[Appearance]) -> Version:
    first = shows[0]
    submitted = first.type == SUBMISSION
    names = dict.fromkeys(show.venue_name for show in shows)
    sources = dict.fromkeys(show.source for show in shows)
    return Version(
        venue=first.venue,
        names=tuple(name for name in names if name and name != first.venue),
        year=first.year,
        type="submitted, not accepted" if submitted else first.type,
        sources=tuple(source for source in sources if source),
        submitted=submitted,
        date=find_first_date(first.year, *(show.date for show in shows)),
        fullest=max(shows, key=_count_values),
    )


def describe_other_versions(paper: Paper) -> str:
    """Return where else a work appeared, in a few words for a list of hits; empty if nowhere."""
    if len(paper.appearances) < 2:  # noqa: PLR2004 - the first one is shown already
        return ""
    first, *rest = list_versions(paper)
    labels = list(dict.fromkeys(version.label for version in rest if version.label))
    labels = [label for label in labels if label != first.label]
    more = len(labels) - MOST_OTHERS
    named = ", ".join(labels[:MOST_OTHERS])
    return f"{named} and {more} more" if more > 0 else named


def describe_place(paper: Paper) -> str:
    """Return where in its venue a work is: ``Some Journal 33(4), 101-110, Springer``.

    Empty if neither volume, issue, pages nor publisher of the version shown are known.
    """
    first = next(iter(list_versions(paper)), None)
    if first is None or first.submitted or not first.place:
        return ""
    volume = first.fullest.volume
    # The name may end with the volume: "Advances in Tides 33".
    name = next(iter(first.full_names), first.venue).removesuffix(f" {volume}")
    return f"{name}{' ' if volume else ', '}{first.place}" if name else first.place


def _count_values(show: Appearance) -> int:
    return sum(map(bool, (show.volume, show.issue, show.pages, show.publisher)))
