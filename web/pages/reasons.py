"""Say in words what the score of a hit is made of."""

from collections.abc import Iterable
from dataclasses import dataclass

from search.explain.score import Reason

KINDS = {
    "word": "has the word",
    "word as written": "has the word exactly as typed",
    "name": "has the name",
    "neighbours": "has the words next to each other",
    "whole title": "is the whole title",
    "value": "has the value",
    "number": "is within the range",
    "respelt": "has a word spelt like it",
    "beginning": "has a word that begins with it",
    "pattern": "has a word of this pattern",
    "all the words": "has all the words",
    "name and year": "is by this name and of this year",
    "any": "has one of the words",
    "every paper": "every paper matches",
    "not there": "lacks what was excluded",
    "meaning": "is close to the query in meaning",
    "the rest": "everything else",
}
"""How each kind of `search.explain.score.Reason` is told."""

FIELDS = {
    "text": "title, abstract and topics",
    "citations": "citations",
    "": "any field",
}
"""How a field is told; others are their own name."""

LONGEST_WORDS = 100
"""Characters of the words of a reason; chosen."""


@dataclass(frozen=True, slots=True)
class ShownReason:
    """One reason of a score as a page shows it.

    Attributes:
        words: The words that matched, shortened if there are many.
        told: What the paper has of them.
        field: Where.
        weight: The part of the score.
        share: The part of the score in per cent of all that adds to it, 0 to 100.
    """

    words: str
    told: str
    field: str
    weight: float
    share: int


def describe_reasons(reasons: Iterable[Reason]) -> tuple[ShownReason, ...]:
    """Describe the reasons of a hit, in their order."""
    found = tuple(reasons)
    total = sum(reason.weight for reason in found if reason.weight > 0)
    return tuple(_describe(reason, total) for reason in found)


def _describe(reason: Reason, total: float) -> ShownReason:
    told = KINDS.get(reason.kind, reason.kind)
    if reason.field == "citations":
        told = "has been cited often"
    return ShownReason(
        words=reason.words[:LONGEST_WORDS],
        told=told,
        field="" if reason.kind in ("meaning", "the rest", "every paper") else _name(reason.field),
        weight=reason.weight,
        share=round(100 * reason.weight / total) if total and reason.weight > 0 else 0,
    )


def _name(field: str) -> str:
    return FIELDS.get(field, field)
