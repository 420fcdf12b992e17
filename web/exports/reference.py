"""Choose what a reference to a paper states, whatever the format it is written in.

A reference states the appearance that is shown first. Other appearances add only an identifier,
such as the arXiv id of a paper that appeared at a conference.
"""

import re
from collections.abc import Iterable

from msgspec import Struct

from index.normalise.venues import resolve_venue
from index.records import Appearance, Paper
from web.exports.entry_types import CONFERENCE, SUBMISSION, EntryType, find_entry_type
from web.exports.people import Person, split_person
from web.versions import Version, list_versions

_CATEGORY = re.compile(
    r"(?:astro-ph|cond-mat|cs|econ|eess|math|nlin|physics|q-bio|q-fin|stat)\.[A-Za-z-]{2,17}"
    r"|astro-ph|cond-mat|gr-qc|hep-(?:ex|lat|ph|th)|math-ph|nucl-(?:ex|th)|quant-ph"
)
"""A category of arXiv, which topics contain."""

_NOTES = {"withdrawn": "Withdrawn", "retracted": "Retracted", "rejected": "Rejected"}

_NOT_PUBLISHED = frozenset(("rejected", "withdrawn"))
"""What became of a submission that a conference did not publish."""


class Reference(Struct, frozen=True):
    """What is stated of one paper; what is unknown is empty.

    Attributes:
        kind: The kind of document.
        title: The title with formulas as ``$TeX$``.
        authors: In the order of the paper.
        editors: The editors of the volume.
        container: The proceedings, journal, book, repository or school.
        year: ``2020``.
        month: ``6``; 0 if unknown.
        day: ``8``; 0 if unknown.
        volume: ``33``.
        issue: The issue, or the number of a report.
        pages: ``101-110``.
        publisher: ``Springer``.
        note: ``Withdrawn``, ``Submitted to ICLR 2017, rejected``.
        doi: ``10.1000/x``.
        arxiv: ``2006.04779``.
        category: The first category of arXiv, ``cs.LG``.
        isbn: That of a book.
        pmid: The number in PubMed.
        pmc: The number in PubMed Central.
        page: The address of the paper's page.
        pdf: The address of its PDF.
    """

    kind: EntryType
    title: str
    authors: tuple[Person, ...]
    editors: tuple[Person, ...] = ()
    container: str = ""
    year: str = ""
    month: int = 0
    day: int = 0
    volume: str = ""
    issue: str = ""
    pages: str = ""
    publisher: str = ""
    note: str = ""
    doi: str = ""
    arxiv: str = ""
    category: str = ""
    isbn: str = ""
    pmid: str = ""
    pmc: str = ""
    page: str = ""
    pdf: str = ""


def make_reference(paper: Paper) -> Reference:
    """Return what a reference to a paper states."""
    shown, version = paper.shown, next(iter(list_versions(paper)), None)
    fullest = version.fullest if version else shown
    month, day = _split_date(version.date if version else "")
    kind = find_entry_type(shown.type, shown.venue_kind)
    submitted = bool(version and version.submitted) or (
        kind == CONFERENCE and paper.status in _NOT_PUBLISHED
    )
    if submitted:
        kind = SUBMISSION
    return Reference(
        kind=kind,
        title=paper.title,
        authors=tuple(split_person(author.name) for author in paper.authors),
        editors=tuple(map(split_person, fullest.editors)),
        container="" if submitted else _find_container(shown, version),
        year=str(shown.year or ""),
        month=month,
        day=day,
        volume=fullest.volume,
        issue=fullest.issue,
        pages=fullest.pages,
        publisher=fullest.publisher,
        note=_describe_status(paper.status, shown, submitted=submitted),
        doi=paper.ids.get("doi", ""),
        arxiv=paper.ids.get("arxiv", ""),
        category=_find_category(paper.topics) if "arxiv" in paper.ids else "",
        isbn=paper.ids.get("isbn", "") if kind.bibtex in {"book", "proceedings"} else "",
        pmid=paper.ids.get("pmid", ""),
        pmc=paper.ids.get("pmc", ""),
        page=paper.urls.get("page", ""),
        pdf=paper.urls.get("pdf", ""),
    )


def _find_container(shown: Appearance, version: Version | None) -> str:
    """Return the name of a venue in full: a dump's own, if it is more than a short key."""
    names = version.names if version else ()
    if shown.venue_kind == "repository":
        return shown.venue  # arXiv's dumps have the journal's reference as its other name
    named = next((name for name in names if " " in name), "")
    if named or not shown.venue:
        volume = version.fullest.volume if version else ""
        return named.removesuffix(f" {volume}")  # "Advances in Tides 33" has volume 33
    known = resolve_venue(shown.venue, shown.venue_kind)
    return known.full if known.name == shown.venue and known.full else shown.venue


def _describe_status(status: str, shown: Appearance, *, submitted: bool) -> str:
    """Return what a reader of the reference must know of the paper's status."""
    note = _NOTES.get(status, "")
    if not submitted:
        return note
    where = " ".join(part for part in (shown.venue, str(shown.year or "")) if part)
    return f"Submitted to {where or 'a venue'}, {note.lower() or 'not accepted'}"


def _split_date(date: str) -> tuple[int, int]:
    """Return the month and the day of ``2020-06-08``; 0 for what is unknown."""
    numbers = [int(part) for part in date.split("-")[1:] if part.isdecimal()]
    month, day = (*numbers, 0, 0)[:2]
    return month, day


def _find_category(topics: Iterable[str]) -> str:
    return next((topic for topic in topics if _CATEGORY.fullmatch(topic)), "")
