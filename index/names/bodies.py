"""Separate a person's name from the group for which the person writes.

Catalogues print ``Doe for the PROOF Collaboration, Erika`` as one name. The person and the group
are two authors, and words such as ``for the`` belong to neither.
"""

import re

from index.names.parser import BODIES

_LONGEST = 500
"""Characters of a name that is split, as of the names that are kept."""

_LINK = re.compile(
    r"[\s,;:(\[]++(?P<lead>on behalf of(?: the)?|representing(?: the)?|for(?: the)?|and the)\s++"
    r"(?P<body>[^\s,;()\[\]][^,;()\[\]]*+)[)\]]?(?P<rest>(?:,.*)?)$",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*+[(\[](?:the\s++)?(?P<body>[^()\[\]]+)[)\]](?P<rest>(?:,.*)?)$")
_LEAD = re.compile(
    r"(?:(?:and\s+)?(?:on behalf of(?:\s+the)?|representing(?:\s+the)?|for the)|and the)\s+(?=\w)",
    re.IGNORECASE,
)
_GROUPS = BODIES | {
    "experiment", "experiments", "study", "trial", "trialists", "researchers", "registry", "survey",
    "force", "panel",
}  # fmt: skip
"""The last words of the names of groups that people write for; "force" ends "task force"."""

_NO_PERSON = BODIES | {
    "academy", "agency", "association", "board", "bureau", "center", "centers", "centre", "centres",
    "college", "commission", "council", "department", "faculty", "federation", "forum",
    "foundation", "fund", "institute", "institution", "laboratory", "ministry", "office",
    "organisation", "organization", "partnership", "program", "programme", "school", "section",
    "service", "society", "trust", "union", "unit", "university", "of", "for", "in", "on", "at",
    "to",
}  # fmt: skip
"""Words of no person's name: ``Center for the Proof Project`` is one name."""

_MOST_WORDS = 6
"""Words at most of a person's name beside that of a group."""


def mentions_body(text: str) -> bool:
    """Return whether a name may name a group beside a person: a cheap test for `split_body`."""
    return (
        " for " in text
        or " FOR " in text
        or "ehalf of " in text
        or " and the " in text
        or "representing " in text
        or ("(" in text and "ollaboration" in text)
    )


def split_body(text: str) -> tuple[str, str]:
    """Split a name into that of a person and that of the group the person writes for.

    Args:
        text: ``Doe for the PROOF Collaboration, Erika``, in either order.

    Returns:
        ``("Doe, Erika", "PROOF Collaboration")``. The text alone if it is the name of a person or
        of a group; no group if it has no name of its own (``on behalf of the authors``).
    """
    found = _LINK.search(text[:_LONGEST]) or _BRACKETS.search(text[:_LONGEST])
    if not found:
        return text, ""
    person, body, rest = text[: found.start()], found["body"].strip(), found["rest"]
    if rest and is_group(rest):  # on behalf of the A, B and C Collaborations
        body, rest = body + rest, ""
    person = f"{person}{rest}".strip(" ,;:")
    lead = (found.groupdict().get("lead") or "").lower()
    named = is_group(body)
    if not (named or lead.startswith("on behalf")) or not _may_be_person(person, lead):
        return text, ""
    return person, body if named else ""


def remove_lead(text: str) -> str:
    """Return a group's name without ``on behalf of the`` or the like before it."""
    return _LEAD.sub("", text, count=1) if _LEAD.match(text) else text


def is_group(text: str) -> bool:
    """Return whether the last word of a text ends the names of groups that people write for."""
    return text.rpartition(" ")[2].lower().rstrip(".") in _GROUPS


def _may_be_person(text: str, lead: str) -> bool:
    words = text.replace(",", " ").lower().split()
    least = 1 if lead.startswith("on behalf") or "," in text else 2
    return least <= len(words) <= _MOST_WORDS and _NO_PERSON.isdisjoint(words)
