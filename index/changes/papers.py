"""Answers: what does a reader see differ between two states of one paper?

Where the records were read is left out: a newer dump of the same papers changes nothing.
"""

from collections.abc import Callable, Mapping

from msgspec import Struct

from index.records import Appearance, Paper
from index.works.merge import RETRACTED, TURNED_DOWN, is_published


class Change(Struct, frozen=True):
    """One field that differs, both values as text; empty where there is none."""

    field: str
    old: str
    new: str


def list_changes(before: Paper, after: Paper) -> tuple[Change, ...]:
    """Give the fields in which two states of a paper differ, in the order of `FIELDS`."""
    texts = ((name, text(before), text(after)) for name, text in FIELDS.items())
    return tuple(Change(name, old, new) for name, old, new in texts if old != new)


def is_set_aside(paper: Paper) -> bool:
    """Tell whether a paper was withdrawn, rejected or retracted."""
    return paper.status == RETRACTED or paper.status in TURNED_DOWN


def has_been_published(paper: Paper) -> bool:
    """Tell whether a paper stands and appeared in its final form."""
    return not is_set_aside(paper) and any(map(is_published, paper.appearances))


def _authors(paper: Paper) -> str:
    return "; ".join(author.name for author in paper.authors)


def _author_ids(paper: Paper) -> str:
    known = [(author.name, _pairs(author.ids)) for author in paper.authors]
    return "; ".join(f"{name}: {ids}" for name, ids in known if ids)


def _institutions(paper: Paper) -> str:
    return "; ".join(dict.fromkeys(at for author in paper.authors for at in author.affiliations))


def _elsewhere(paper: Paper) -> str:
    others = dict.fromkeys(map(_appearance, paper.appearances))
    others.pop(_appearance(paper.shown), None)
    return "; ".join(others)


def _appearance(show: Appearance) -> str:
    return " ".join(filter(None, (_venue(show), str(show.year or ""), show.type)))


def _venue(show: Appearance) -> str:
    return show.venue or show.venue_name


def _pairs(values: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in sorted(values.items()))


FIELDS: dict[str, Callable[[Paper], str]] = {
    "id": lambda paper: paper.id,
    "title": lambda paper: paper.title,
    "authors": _authors,
    "venue": lambda paper: _venue(paper.shown),
    "year": lambda paper: str(paper.shown.year or ""),
    "type": lambda paper: paper.shown.type,
    "status": lambda paper: paper.status,
    "appearances": _elsewhere,
    "abstract": lambda paper: paper.abstract,
    "topics": lambda paper: ", ".join(paper.topics),
    "ids": lambda paper: _pairs(paper.ids),
    "urls": lambda paper: _pairs(paper.urls),
    "citations": lambda paper: "" if paper.citations is None else str(paper.citations),
    "language": lambda paper: paper.language,
    "institutions": _institutions,
    "author_ids": _author_ids,
}
"""What is compared of a paper, by name; ``appearances`` are those beside the one shown first."""
