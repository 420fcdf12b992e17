"""Answers: what do the groups and decisions of OpenReview say of a paper?

A paper is in a group, ``ICLR.cc/2025/Conference/Rejected_Submission``; a decision is a text.
"""

import re

_GROUP_STATUSES = {
    "desk_reject": "rejected",
    "reject": "rejected",
    "withdraw": "withdrawn",
    "retract": "retracted",
    "under_review": "submitted",
    "submission": "submitted",
}
"""What the last part of a group says where it begins so, or has it in it."""

_DECISION = re.compile(r"(?i)\b(oral|spotlight|poster|talk|notable|accept|reject|withdr|retract)")
_DECIDED = {"accept": "accepted", "reject": "rejected", "withdr": "withdrawn", "talk": "oral",
            "retract": "retracted"}  # fmt: skip
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
"""A year in the name of a group or in a text."""

_NO_VENUE = re.compile(r"(?i)conf(?:erence)?s?|journals?|track|main|rec(?:ord)?|-|.*submission.*")


def venue_in(group: str) -> tuple[str, bool]:
    """Read a group: ``ICLR.cc/2025/Conference``, ``thecvf.com/ECCV/2020/Workshop/VIPriors``.

    Returns:
        The venue's name, and whether it is a workshop.
    """
    parts = [part for part in group.split("/") if part]
    workshop = any(re.fullmatch(r"(?i).*workshops?(?:_proposals)?", part) for part in parts)
    named = [part for part in parts if not (YEAR.fullmatch(part) or _NO_VENUE.fullmatch(part))]
    if not named:
        return "", workshop
    if "ARR" in named:  # papers under review there are not yet of any conference
        return "ARR", workshop
    site, *rest = named
    venue = site
    if "." in site:  # a conference's own site, or that of who holds several
        owned = not rest or bool(YEAR.fullmatch(parts[1]))
        venue = site.rpartition(".")[0] if owned else rest[0]
    if workshop:
        inner = [part for part in named if part not in (site, venue) and "orkshop" not in part]
        venue = " ".join([venue, "Workshop", *inner[:1]])
    return venue.replace("_", " "), workshop


def group_status(group: str) -> str:
    """Give what became of the papers of a group, or nothing."""
    last = group.rpartition("/")[2].lower()
    return next((status for sign, status in _GROUP_STATUSES.items() if sign in last), "")


def decision_in(text: str) -> str:
    """Read ``ICLR 2025 Oral``, ``Accept (Spotlight)`` or ``Reject``."""
    found = [word.lower() for word in _DECISION.findall(text)]
    surest = [word for word in found if word != "accept"] or found
    return _DECIDED.get(surest[0], surest[0]) if surest else ""
