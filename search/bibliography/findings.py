"""Compare an entry of a bibliography with its work, and list what a reader should know.

Only what is certain is listed: a value of the entry is held against that of the appearance that the
entry names, never against another one.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from index.normalise.dois import ARXIV_DOI
from index.records import Appearance, Paper
from index.works.features import Features, collect_identifiers
from index.works.merge import RETRACTED
from index.works.stages import TURNED_DOWN, Stage, find_stage, is_preprint, is_published
from search.bibliography.entries import Entry
from search.bibliography.matching import Match, Means

_OTHERS = re.compile(r"\band\s+others\b|\bet\.? al\b", re.IGNORECASE)
_TYPES = {
    "journal article": "article", "conference paper": "inproceedings",
    "workshop paper": "inproceedings", "book chapter": "incollection", "book": "book",
}  # fmt: skip
"""The type of an entry by the type of an appearance."""

_BOOKTITLE_TYPES = frozenset(("inproceedings", "conference", "incollection", "inbook"))
_UNPLACED_TYPES = frozenset(("misc", "online", "electronic", "www", "unpublished"))
"""Types of entries that need not say where a paper appeared, so that pages would mean nothing."""

_LEAST_PREPRINT = frozenset(("", "preprint"))


class Kind(StrEnum):
    """What a finding is about."""

    PUBLISHED = "published"
    STATUS = "status"
    MISSING = "missing"
    DIFFERS = "differs"
    STRAY = "wrong identifier"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to know about an entry.

    Attributes:
        kind: What it is about.
        field: The field of BibTeX that it concerns; ``author`` for their number.
        written: What the entry says; empty if nothing.
        known: What the index says.
    """

    kind: Kind
    field: str
    written: str
    known: str


def list_findings(entry: Entry, match: Match) -> tuple[Finding, ...]:
    """List what an entry's work says that the entry does not.

    Args:
        entry: An entry that could be read.
        match: What was found for it.
    """
    return tuple(_find_all(entry, match))


def _find_all(entry: Entry, match: Match) -> Iterator[Finding]:
    work, paper = match.work, entry.paper
    if paper is None:
        return
    if match.stray:
        yield Finding(Kind.STRAY, match.stray_scheme, paper.ids[match.stray_scheme],
                      match.stray.title)  # fmt: skip
    if work is None:
        return
    if work.status == RETRACTED or work.status in TURNED_DOWN:
        yield Finding(Kind.STATUS, "note", "", work.status)
    elif is_cited_as_preprint(paper) and is_published(work.shown) and work.shown.venue:
        yield from _describe_publication(entry, work)
        return
    yield from _compare_texts(entry, work, match)
    if (show := find_named_appearance(paper, work)) is not None:
        yield from _compare_appearance(entry, work, show)


def is_cited_as_preprint(paper: Paper) -> bool:
    """Return whether an entry names a preprint, or nothing but the number of one."""
    show = paper.shown
    unplaced = show.type in _LEAST_PREPRINT and not show.venue and "arxiv" in paper.ids
    return is_preprint(show) or unplaced


def find_named_appearance(paper: Paper, work: Paper) -> Appearance | None:
    """Return the appearance of a work that an entry names, or None if that is not certain."""
    named = paper.shown
    if is_cited_as_preprint(paper):
        return None
    if not named.venue:
        only = {(show.venue, show.year) for show in work.appearances}
        return work.shown if len(only) == 1 or named.year == work.shown.year else None
    return next(
        (show for show in work.appearances
         if show.venue == named.venue and find_stage(show) is not Stage.SUBMITTED),
        None,
    )  # fmt: skip


def _describe_publication(entry: Entry, work: Paper) -> Iterator[Finding]:
    """Yield the fields of the publication of a work that the entry cites as a preprint."""
    for name, value in list_fields(work, work.shown):
        written = entry.written.texts.get(name, "") if name != "type" else entry.written.type
        if written != value:
            yield Finding(Kind.PUBLISHED, name, written, value)


def list_fields(work: Paper, show: Appearance) -> Iterator[tuple[str, str]]:
    """Yield the fields of BibTeX that say where a work appeared, without those not known."""
    kind = choose_type(show)
    place = "journal" if kind == "article" else "booktitle"
    doi = find_publisher_doi(work)
    values = {
        "type": kind, place: name_venue(show) if kind != "book" else "",
        "year": str(show.year or ""), "volume": show.volume, "number": show.issue,
        "pages": show.pages.replace("-", "--"), "publisher": show.publisher, "doi": doi,
    }  # fmt: skip
    yield from ((name, value) for name, value in values.items() if value)


def choose_type(show: Appearance) -> str:
    """Return the type of the entry of an appearance."""
    by_kind = {"journal": "article", "book": "incollection"}
    return _TYPES.get(show.type) or by_kind.get(show.venue_kind, "inproceedings")


def name_venue(show: Appearance) -> str:
    """Return the full name of a venue, unless the dump has only a key or an acronym for it."""
    return show.venue_name if " " in show.venue_name else show.venue


def find_publisher_doi(work: Paper) -> str:
    """Return the DOI of the publication, without those of arXiv; empty if there is none."""
    doi = work.ids.get("doi", "")
    return "" if doi.startswith(ARXIV_DOI) else doi


def _compare_texts(entry: Entry, work: Paper, match: Match) -> Iterator[Finding]:
    """Yield how the title and the number of authors differ."""
    paper = entry.paper
    assert paper is not None  # noqa: S101 - entries that cannot be read have no findings
    if match.means in (Means.SIMILAR_TITLE, Means.CUT_TITLE):
        yield Finding(Kind.DIFFERS, "title", paper.title, work.title)
    mine, theirs = len(paper.authors), len(work.authors)
    complete = mine and theirs and not _OTHERS.search(entry.fields.get("author", ""))
    if complete and mine != theirs:
        yield Finding(Kind.DIFFERS, "author", str(mine), str(theirs))


def _compare_appearance(entry: Entry, work: Paper, show: Appearance) -> Iterator[Finding]:
    """Yield what is missing from an entry, or differs from the appearance that it names."""
    paper = entry.paper
    assert paper is not None  # noqa: S101 - as above
    named = paper.shown
    if not named.year:
        yield from _report_missing("year", str(show.year or ""))
    elif show.year and named.year not in Features(work).years:
        yield Finding(Kind.DIFFERS, "year", str(named.year), str(show.year))
    if not named.venue and not named.pages and entry.written.type in _UNPLACED_TYPES:
        yield from _compare_doi(paper, work)
        return
    yield from _compare_part("pages", named.pages, show.pages)
    if choose_type(show) == "article":
        yield from _compare_part("volume", named.volume, show.volume)
        yield from _compare_part("number", named.issue, show.issue)
    if not named.venue:
        place = "booktitle" if entry.written.type in _BOOKTITLE_TYPES else "journal"
        fitting = choose_type(show) in ("article", "inproceedings", "incollection")
        if fitting and (place == "journal") == (choose_type(show) == "article"):
            yield from _report_missing(place, name_venue(show))
    yield from _compare_doi(paper, work)


def _compare_doi(paper: Paper, work: Paper) -> Iterator[Finding]:
    doi, mine = find_publisher_doi(work), paper.ids.get("doi", "")
    shared = collect_identifiers(paper) & collect_identifiers(work)
    if not mine:
        yield from _report_missing("doi", doi)
    elif doi and mine not in work.ids.values() and not shared and not mine.startswith(ARXIV_DOI):
        yield Finding(Kind.DIFFERS, "doi", mine, doi)


def _compare_part(name: str, mine: str, theirs: str) -> Iterator[Finding]:
    """Compare pages, a volume or an issue; ``101`` is no other page than ``101-110``."""
    if not mine:
        yield from _report_missing(name, theirs.replace("-", "--") if name == "pages" else theirs)
    elif theirs and mine.partition("-")[0] != theirs.partition("-")[0]:
        yield Finding(Kind.DIFFERS, name, mine, theirs)


def _report_missing(name: str, known: str) -> Iterator[Finding]:
    if known:
        yield Finding(Kind.MISSING, name, "", known)
