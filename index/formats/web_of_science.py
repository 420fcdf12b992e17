"""Convert records of Web of Science's field-tagged files."""

import re

from index.formats.ris_fields import list_names
from index.names.author_lists import invert_names
from index.normalise.dates import find_first_date, find_year, join_date
from index.normalise.identifiers import parse_accession
from index.normalise.raw_values import drop_empty
from index.normalise.reference_words import (
    find_first_language,
    find_listed_type,
    find_retraction,
    parse_citations,
)
from index.normalise.references import LONGEST_CITATION, collect_references, identify_citation
from index.normalise.volumes import join_pages
from index.normalise.work_types import find_venue_kind
from index.records import RawAuthor, RawRecord, Source
from index.scanners.tagged_records import Fields

_TYPES = {
    "J": "journal article", "B": "book", "S": "book chapter", "C": "conference paper",
    "P": "patent",
}  # fmt: skip

_CITED_DOI = re.compile(r"\bDOI (?:DOI )?\[?(10\.\d{4,9}/[^\s\]]+?)(?:, |\]|\s*$)", re.IGNORECASE)


def convert(fields: Fields, source: Source, name: str) -> RawRecord:
    """Convert one record.

    Args:
        fields: Its fields by Web of Science's tags.
        source: Where it was read.
        name: The short name of the format.
    """
    paper_type = find_listed_type(fields.first("DT")) or _TYPES.get(fields.first("PT"), "")
    title, venue = fields.first("TI"), fields.first("SO", "CT", "J9", "JI")
    number = fields.first("UT")
    known = parse_accession(number) or {"wos": number}
    # The year of publication, of early access, or of the conference.
    year = find_year(*map(fields.first, ("PY", "EY", "EA", "PD", "CY")))
    dates = (join_date(year, fields.first("PD")), fields.first("EA"))
    return RawRecord(
        source=source,
        format=name,
        id=f"wos:{known['wos']}" if known.get("wos") else "",
        title=title,
        abstract=fields.first("AB"),
        authors=_find_authors(fields),
        venue="" if paper_type == "book" and venue == title else venue,
        venue_kind=find_venue_kind(paper_type),
        year=year,
        date=find_first_date(int(year), *dates) if year else "",
        type=paper_type,
        topics=tuple(_split_topics(";".join(map(fields.first, ("DE", "ID"))))),
        ids=drop_empty({"doi": fields.first("DI"), "pmid": fields.first("PM")} | known),
        citations=parse_citations(fields.first("Z9", "TC")),
        status=find_retraction(fields.first("DT")),
        language=find_first_language(fields.first("LA")),
        volume=fields.first("VL"),
        issue=fields.first("IS", "SU", "SI", "PN"),
        pages=join_pages(fields.first("BP"), fields.first("EP")) or fields.first("AR", "PS"),
        publisher=fields.first("PU"),
        editors=_find_editors(fields),
        references=collect_references(map(_identify_cited, fields.lines("CR"))),
    )


def _identify_cited(line: str) -> dict[str, str]:
    """Return the identifier of a cited work, the last part of its line.

    Of several DOIs in brackets the first counts; preprints have their number in place of a journal.
    """
    cited = _CITED_DOI.search(line[:LONGEST_CITATION])
    return {"doi": cited[1]} if cited else identify_citation(line)


def _find_authors(fields: Fields) -> tuple[RawAuthor, ...]:
    """Return the authors, by their full names if known, and the groups; or else the editors.

    The group of a book (``GP``) is its sponsor, such as IEEE, unless nobody else is named.
    """
    named = _find_names(fields, "AF", "AU", "BF", "BA")
    bodies = fields.lines("CA") or ([] if named else fields.lines("GP"))
    groups = [RawAuthor(name=name, body=True) for name in bodies]
    if not named and not groups:
        return _find_editors(fields)
    return (*_make_authors(named), *groups)


def _find_editors(fields: Fields) -> tuple[RawAuthor, ...]:
    return _make_authors(_find_names(fields, "BE", "ED"))


def _make_authors(names: list[str]) -> tuple[RawAuthor, ...]:
    return invert_names(names) or tuple(map(_make_author, names))


def _find_names(fields: Fields, *tags: str) -> list[str]:
    """Return the names of the first tag that has some."""
    return next(filter(None, (list_names(fields, tag) for tag in tags)), [])


def _make_author(name: str) -> RawAuthor:
    return RawAuthor(name=name)


def _split_topics(text: str) -> list[str]:
    """Split keywords; those of the Zoological Record have their aspects in brackets after them."""
    return [word for part in text.split(";") if (word := part.partition(" [")[0].strip())]
