r"""Read where an entry of BibTeX appeared: venue, volume, issue, pages and publisher.

A journal may be named by a macro of astronomy's document classes (``\apj``).
"""

import re
from functools import cache
from typing import NamedTuple

from index.formats.bibtex_braces import drop_braces
from index.normalise.reference_words import find_listed_type
from index.normalise.tables import read_table
from index.normalise.work_types import find_venue_kind
from index.text.prose import convert_dashes, convert_quotes

_VENUES = ("booktitle", "maintitle", "journal", "journaltitle", "shortjournal", "eventtitle",
           "school", "institution", "organization", "series", "howpublished")  # fmt: skip
_PAGES = ("pages", "page", "eid", "articleno", "article-number", "article_number", "art_number")
_PUBLISHERS = ("publisher", "school", "institution", "organization")
_WHOLE = frozenset(("book", "mvbook", "manual", "phdthesis", "mastersthesis", "thesis", "booklet"))
"""Entry types whose pages, if they are no span, say how many there are."""

_HOWPUBLISHED = re.compile(r"\\url|://|^\s*(?:accessed|online)", re.IGNORECASE)
_ARXIV_VENUE = re.compile(r"arxiv|^corr\b", re.IGNORECASE)
_NO_PAGES = re.compile(r"10\.\d{4,}/|arxiv:", re.IGNORECASE)
"""An identifier that NASA ADS writes in place of an article's number."""

_SECTION = re.compile(r"([A-E])(\d{1,4})")
"""A volume that begins with the section of its journal, as SPIRES and INSPIRE wrote them."""

_SECTIONED = re.compile(r"\b(?:Phys|Nucl)\.")
_MACRO = re.compile(r"\{*\\([a-z]+)\s*\}*")


class Place(NamedTuple):
    """Where an entry appeared, with the names of `index.records.RawRecord`."""

    venue: str
    venue_kind: str
    type: str
    volume: str
    issue: str
    pages: str
    publisher: str


def find_place(entry_type: str, fields: dict[str, str], *, has_arxiv_id: bool) -> Place:
    """Return where an entry appeared, and the paper's type.

    Args:
        entry_type: ``inproceedings``.
        fields: The fields of the entry and of its volume.
        has_arxiv_id: Whether the paper is on arXiv; if it appeared nowhere else, that is its venue.
    """
    paper_type = find_listed_type(f"{entry_type};{drop_braces(fields.get('type', '')[:100])}")
    venue = convert_dashes(convert_quotes(_expand_macro(_find_first(fields, _VENUES))))
    if _HOWPUBLISHED.search(venue):
        venue = ""
    unplaced = not venue or _ARXIV_VENUE.match(venue)
    if has_arxiv_id and unplaced and paper_type in {"", "journal article", "report"}:
        return Place("arXiv", "repository", "preprint", "", "", "", "")
    pages = _find_first(fields, _PAGES)
    venue, volume = _split_section(venue, _find_first(fields, ("volume",)))
    return Place(
        venue,
        find_venue_kind(paper_type) if venue else "",
        paper_type,
        volume,
        _find_first(fields, ("number", "issue")),
        "" if _NO_PAGES.match(pages) or (entry_type in _WHOLE and pages.isdecimal()) else pages,
        _find_first(fields, _PUBLISHERS),
    )


def _split_section(venue: str, volume: str) -> tuple[str, str]:
    """Return a journal of physics with its section: ``Phys.Rev.``, ``D66`` is ``Phys.Rev. D``."""
    section = _SECTION.fullmatch(volume)
    if not section or not _SECTIONED.search(venue):
        return venue, volume
    if venue[-2:-1] not in {" ", "."}:
        return f"{venue} {section[1]}", section[2]
    return venue, section[2] if venue[-1] == section[1] else volume


def _find_first(fields: dict[str, str], names: tuple[str, ...]) -> str:
    return drop_braces(next((text for name in names if (text := fields.get(name, ""))), ""))


def _expand_macro(venue: str) -> str:
    macro = _MACRO.fullmatch(venue) if "\\" in venue else None
    return _load_macros().get(macro[1], [venue])[0] if macro else venue


@cache
def _load_macros() -> dict[str, list[str]]:
    return read_table("journal_macros", __file__)["journals"]
