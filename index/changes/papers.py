"""List the differences between two states of one paper that a reader can see.

The locations of the records are ignored, so a newer dump of the same papers changes nothing.
"""

from collections.abc import Callable, Mapping

from msgspec import Struct

from index.records import Appearance, Paper
from index.works.merge import RETRACTED
from index.works.stages import TURNED_DOWN, is_published


class Change(Struct, frozen=True):
    """One field that differs, with both values as text.

    Attributes:
        field: A name in `FIELDS`, or `index.changes.generations.WORKS`.
        old: The former value; empty if there was none.
        new: The present value; empty if there is none.
    """

    field: str
    old: str
    new: str


def list_changes(before: Paper, after: Paper) -> tuple[Change, ...]:
    """Return the fields in which two states of a paper differ, in the order of `FIELDS`."""
    texts = ((name, text(before), text(after)) for name, text in FIELDS.items())
    return tuple(Change(name, old, new) for name, old, new in texts if old != new)


def is_set_aside(paper: Paper) -> bool:
    """Return whether a paper was withdrawn, rejected or retracted."""
    return paper.status == RETRACTED or paper.status in TURNED_DOWN


def has_been_published(paper: Paper) -> bool:
    """Return whether a paper has appeared in its final form and is not set aside."""
    return not is_set_aside(paper) and any(map(is_published, paper.appearances))


def _format_authors(paper: Paper) -> str:
    return "; ".join(author.name for author in paper.authors)


def _format_author_ids(paper: Paper) -> str:
    known = [(author.name, _format_pairs(author.ids)) for author in paper.authors]
    return "; ".join(f"{name}: {ids}" for name, ids in known if ids)


def _format_institutions(paper: Paper) -> str:
    return "; ".join(dict.fromkeys(at for author in paper.authors for at in author.affiliations))


def _format_other_appearances(paper: Paper) -> str:
    others = dict.fromkeys(map(_format_appearance, paper.appearances))
    others.pop(_format_appearance(paper.shown), None)
    return "; ".join(others)


def _format_appearance(show: Appearance) -> str:
    volume = f"{show.volume}({show.issue})" if show.issue else show.volume
    pages = f"p. {show.pages}" if show.pages else ""
    return " ".join(filter(None, (_format_venue(show), volume, pages, show.when, show.type)))


def _format_venue(show: Appearance) -> str:
    return show.venue or show.venue_name


def _format_pairs(values: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in sorted(values.items()))


FIELDS: dict[str, Callable[[Paper], str]] = {
    "id": lambda paper: paper.id,
    "title": lambda paper: paper.title,
    "authors": _format_authors,
    "venue": lambda paper: _format_venue(paper.shown),
    "year": lambda paper: str(paper.shown.year or ""),
    "date": lambda paper: paper.shown.date,
    "type": lambda paper: paper.shown.type,
    "status": lambda paper: paper.status,
    "appearances": _format_other_appearances,
    "abstract": lambda paper: paper.abstract,
    "topics": lambda paper: ", ".join(paper.topics),
    "ids": lambda paper: _format_pairs(paper.ids),
    "urls": lambda paper: _format_pairs(paper.urls),
    "citations": lambda paper: "" if paper.citations is None else str(paper.citations),
    "language": lambda paper: paper.language,
    "institutions": _format_institutions,
    "author_ids": _format_author_ids,
}
"""The compared fields, with functions that format their values as text; ``appearances`` are those
other than the one shown first."""
