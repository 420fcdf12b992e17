"""Collect the appearances of a work from its records, the one to show first.

Two dumps describe one appearance with more or less detail. Those at the same venue in the same year
complete each other, so that they differ in nothing but where they were read, and are shown as one
version with several sources.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from msgspec.structs import astuple, replace

from index.records import SUBMISSION, Appearance, Paper
from index.works.stages import TURNED_DOWN, find_stage, is_preprint

_NO_YEAR = 9_999
"""Sorts appearances without a year last."""

_NO_DATE = "~"
"""Sorts appearances without a month or day behind others of the same venue and year."""

Rank = tuple[int, int, str, str, int, tuple[str, ...], tuple[Any, ...]]


def collect_appearances(rows: Sequence[Paper]) -> list[Appearance]:
    """Return all appearances, the one to show first; mark those that were turned down.

    Args:
        rows: The records of a work.
    """
    accepted = any(row.status not in TURNED_DOWN for row in rows)
    groups: dict[tuple[object, ...], dict[Appearance, None]] = defaultdict(dict)
    for row in rows:
        if row.title:
            turned_down = accepted and row.status in TURNED_DOWN
            for show in row.appearances:
                kept = _mark_submission(show) if turned_down else show
                groups[kept.venue, kept.venue_kind, kept.year, kept.type][kept] = None
    found = {show: None for group in groups.values() for show in _complete_appearances(list(group))}
    return sorted(found, key=rank_appearance)


def rank_appearance(show: Appearance) -> Rank:
    """Return a key that sorts appearances: published, lesser, preprint, unknown, turned down.

    At one venue in one year, those with the finer date and with more details come first.
    """
    source = astuple(show.source) if show.source else ()
    editors = "; ".join(show.editors)
    parts = (show.type, show.venue_name, show.volume, show.issue, show.pages, show.publisher,
             editors)  # fmt: skip
    unknown = parts[2:].count("")
    year = show.year or _NO_YEAR
    return (find_stage(show), year, show.venue, _rank_date(show.date), unknown, parts, source)


def _rank_date(date: str) -> str:
    return f"{date}~" if date else _NO_DATE  # a day before its month


def _mark_submission(show: Appearance) -> Appearance:
    return show if is_preprint(show) else replace(show, type=SUBMISSION)


def _complete_appearances(shows: list[Appearance]) -> Iterable[Appearance]:
    """Complete appearances at one venue in one year with each other's details.

    All get the finest date, the longest name of a publisher and the longest list of editors. They
    get the volume, issue and pages too, unless two of them contradict each other.
    """
    if len(shows) == 1:
        return shows
    date = min((show.date for show in shows), key=_rank_date)
    publisher = max((show.publisher for show in shows), key=lambda name: (len(name), name))
    editors = max((show.editors for show in shows), key=lambda names: (len(names), names))
    volume = _choose_detail({show.volume for show in shows})
    issue = _choose_detail({show.issue for show in shows})
    pages = _choose_detail({show.pages for show in shows})
    if volume is None or issue is None or pages is None:
        return [replace(show, date=date, publisher=publisher, editors=editors) for show in shows]
    parts = {"volume": volume, "issue": issue, "pages": pages}
    return [
        replace(show, date=date, publisher=publisher, editors=editors, **parts) for show in shows
    ]


def _choose_detail(values: set[str]) -> str | None:
    """Return the value that includes all others, or None if they contradict each other."""
    fullest = max(values, key=lambda value: (len(value), value))
    return fullest if all(_includes(fullest, value) for value in values) else None


def _includes(full: str, some: str) -> bool:
    """Return whether a value says all that another says: pages 101-110 include 101."""
    if not some or some == full:
        return True
    return full.startswith(f"{some}-") or full.removeprefix("e") == some
