"""Find the stage of a work that an appearance belongs to: published, lesser, preprint."""

from enum import IntEnum

from index.records import SUBMISSION, Appearance

TURNED_DOWN = frozenset(("rejected", "withdrawn"))
"""Statuses that do not apply to the work if it has a record of another status."""

_PREPRINT = "preprint"
_PUBLISHED = {"conference", "journal", "book"}
_LESSER = ("workshop", "thesis", "report")


class Stage(IntEnum):
    """How final an appearance is; the least one represents its work."""

    PUBLISHED = 0
    LESSER = 1
    PREPRINT = 2
    UNKNOWN = 3
    SUBMITTED = 4


def find_stage(show: Appearance) -> Stage:
    """Return the stage of an appearance; a workshop, thesis or report is a lesser one."""
    if show.type == SUBMISSION:
        return Stage.SUBMITTED
    if is_preprint(show):
        return Stage.PREPRINT
    kinds = f"{show.venue_kind} {show.type}"
    if any(word in kinds for word in _LESSER):
        return Stage.LESSER
    return Stage.PUBLISHED if show.venue_kind in _PUBLISHED or show.type else Stage.UNKNOWN


def is_preprint(show: Appearance) -> bool:
    """Return whether an appearance is that of a preprint."""
    return show.venue_kind == "repository" or show.type == _PREPRINT


def is_published(show: Appearance) -> bool:
    """Return whether an appearance is the final form of a work: no workshop, thesis or preprint."""
    return find_stage(show) is Stage.PUBLISHED
