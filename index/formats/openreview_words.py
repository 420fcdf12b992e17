"""Parse OpenReview's group names and decisions.

A paper is in a group, such as ``ICLR.cc/2025/Conference/Rejected_Submission``; a decision is text.
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
"""The status of the papers of a group whose last part contains the word; the first match counts."""

_DECISION = re.compile(r"(?i)\b(oral|spotlight|poster|talk|notable|accept|reject|withdr|retract)")
_DECIDED = {"accept": "accepted", "reject": "rejected", "withdr": "withdrawn", "talk": "oral",
            "retract": "retracted"}  # fmt: skip
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
"""A year in the name of a group or in text."""

_NO_VENUE = re.compile(r"(?i)conf(?:erence)?s?|journals?|track|main|rec(?:ord)?|-|.*submission.*")


def parse_group(group: str) -> tuple[str, bool]:
    """Parse a group: ``ICLR.cc/2025/Conference``, ``thecvf.com/ECCV/2020/Workshop/VIPriors``.

    Returns:
        The venue's name, and whether it is a workshop.
    """
    parts = [part for part in group.split("/") if part]
    workshop = any(re.fullmatch(r"(?i).*workshops?(?:_proposals)?", part) for part in parts)
    named = [part for part in parts if not (YEAR.fullmatch(part) or _NO_VENUE.fullmatch(part))]
    if not named:
        return "", workshop
    if "ARR" in named:  # ACL Rolling Review: not yet submitted to a conference
        return "ARR", workshop
    site, *rest = named
    venue = site
    if "." in site:  # the site of one conference, or of an organiser of several
        owned = not rest or bool(YEAR.fullmatch(parts[1]))
        venue = site.rpartition(".")[0] if owned else rest[0]
    if workshop:
        inner = [part for part in named if part not in (site, venue) and "orkshop" not in part]
        venue = " ".join([venue, "Workshop", *inner[:1]])
    return venue.replace("_", " "), workshop


def find_group_status(group: str) -> str:
    """Return the status of the papers of a group, or an empty string."""
    last = group.rpartition("/")[2].lower()
    return next((status for sign, status in _GROUP_STATUSES.items() if sign in last), "")


def parse_decision(text: str) -> str:
    """Return the status in a decision: ``ICLR 2025 Oral``, ``Accept (Spotlight)``, ``Reject``."""
    found = [word.lower() for word in _DECISION.findall(text)]
    specific = [word for word in found if word != "accept"] or found
    return _DECIDED.get(specific[0], specific[0]) if specific else ""
