"""Convert records of reference managers, whose fields have the tags of RIS, to raw records."""

import re
from collections.abc import Iterator

from index.formats.ris_fields import (
    VENUES,
    collect_ids,
    find_authors,
    find_date,
    find_editors,
    find_place,
    list_links,
)
from index.normalise.identifiers import parse_identifier
from index.normalise.reference_words import (
    choose_links,
    find_first_language,
    find_listed_type,
    find_retraction,
    parse_citations,
    split_topics,
)
from index.normalise.work_types import find_venue_kind
from index.records import RawRecord, Source
from index.scanners.tagged_records import Fields
from index.text.emails import remove_mail_from_affiliation

_BRACED = re.compile(r"\{([&%#$_])\}")
"""A sign as Mendeley leaves it of BibTeX, also in RIS."""

_CODE = re.compile(r"[A-Z]{0,8}|Generic|Misc(?:ellaneous)?")
"""A code for a kind of document, or a word that says nothing, as opposed to words for it."""

_ARXIV = "arXiv"
"""The venue of a preprint there, which exporters leave out."""

_UNIQUE = {"wos": "wos", "scopus": "scopus", "bibcode": "ads"}
"""The name of the database in an id, by the scheme of the number that is unique there."""


def convert(fields: Fields, source: Source, name: str, *, inverted: bool) -> RawRecord:
    """Convert one record.

    Args:
        fields: Its fields by the tags of RIS.
        source: Where it was read.
        name: The short name of the format.
        inverted: Whether the file is known to write names as ``Lee A.``.
    """
    links = list_links(fields)
    ids = collect_ids(fields, links)
    title = _remove_braces(fields.first("TI", "T1", "CT", "BT", "ST", "TT"))
    paper_type, venue = _find_venue(fields, ids, title)
    ids |= _find_isbn(fields, paper_type)
    year, date = find_date(fields)
    volume, issue, pages = find_place(fields, paper_type)
    return RawRecord(
        source=source,
        format=name,
        id=_build_id(ids),
        title=title,
        abstract=_join_abstract(fields),
        authors=find_authors(fields, inverted=inverted),
        venue=_remove_braces(venue),
        venue_kind=find_venue_kind(paper_type) if venue not in {"", _ARXIV} else "",
        year=year,
        date=date,
        type=paper_type,
        topics=tuple(_list_topics(fields)),
        ids=ids,
        urls=choose_links(links),
        citations=_find_citations(fields),
        status=find_retraction(fields.first("TY"), fields.first("M3")),
        language=find_first_language(fields.first("LA")),
        volume=volume,
        issue=issue,
        pages=pages,
        publisher=remove_mail_from_affiliation(fields.first("PB")),
        editors=find_editors(fields, paper_type, inverted=inverted),
    )


def _remove_braces(text: str) -> str:
    return _BRACED.sub(r"\1", text) if "{" in text else text


def _find_venue(fields: Fields, ids: dict[str, str], title: str) -> tuple[str, str]:
    """Return the kind of document and the venue."""
    written = fields.first("TY")
    paper_type = find_listed_type(f"{written};{fields.first('M3')}")
    if not paper_type and not _CODE.fullmatch(written):
        paper_type = written[:40]
    book = fields.first("BT")
    venue = fields.first(*VENUES) or (book if book != title else "")
    if not venue:
        venue = fields.first(*(["C3", "T3"] if paper_type == "conference paper" else ["T3"]))
    if not written and fields.first("JF") and fields.first("VL"):
        paper_type = "journal article"
    if paper_type in {"", "thesis"} and find_listed_type(venue) == "thesis":
        return "thesis", ""  # published in: Ph.D. Thesis
    if venue.lower() == title.lower() and paper_type != "journal article":
        venue = ""  # a book's title is no place where it appeared
    if "arxiv" in ids and paper_type in {"", "journal article", "preprint"} and not venue:
        return "preprint", _ARXIV
    return paper_type, venue


def _find_isbn(fields: Fields, paper_type: str) -> dict[str, str]:
    """Return the ISBN of a book; the chapters of one share it."""
    isbn = parse_identifier("isbn", fields.first("SN")) if paper_type == "book" else ""
    return {"isbn": isbn} if isbn else {}


def _find_citations(fields: Fields) -> int | None:
    notes = " ".join(fields.lines("N1"))
    return parse_citations(notes) if "ited" in notes else None


def _join_abstract(fields: Fields) -> str:
    """Return the abstract; some exporters repeat the tag for each of its languages or sections."""
    texts = fields.texts("AB") or fields.texts("N2")
    return "\n\n".join(dict.fromkeys(texts))


def _list_topics(fields: Fields) -> Iterator[str]:
    """Yield keywords, each of which has a line.

    A comma belongs to the keyword, unless one line lists them all. The star of a main topic is
    dropped, and so are the aspects of it after a slash: ``Tides/*prevention & control``.
    """
    lines, texts = fields.lines("KW"), fields.texts("KW")
    if len(texts) == 1 and any(line.endswith(",") for line in lines):
        lines = texts  # one list over several lines
    if len(lines) == 1 and ";" not in lines[0] and lines[0].count(",") > 1:
        lines = [*split_topics(lines[0])]
    for text in lines:
        for part in text.split(";"):
            if word := part.partition("/" if "/*" in part else "\n")[0].strip(" *"):
                yield word


def _build_id(ids: dict[str, str]) -> str:
    """Return an id by a number that is unique in its database; other databases' are not."""
    return next((f"{name}:{ids[scheme]}" for scheme, name in _UNIQUE.items() if scheme in ids), "")
