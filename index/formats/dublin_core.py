"""Convert the fifteen elements of Dublin Core to a raw record.

Repositories agree on the elements and on little else. An element may occur several times: the
longest description is the abstract, the earliest date is the paper's, and the identifiers hold
addresses, DOI and handle. Types are recognised in the words of the repositories' guidelines; other
words are ignored.
"""

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from index.normalise.dates import find_first_date
from index.normalise.dois import extract_doi
from index.normalise.identifier_search import find_arxiv_id
from index.normalise.languages import find_language
from index.normalise.work_types import find_type, find_venue_kind
from index.records import RawAuthor, RawRecord, Source
from index.scanners.xml_records import read_texts
from index.text.emails import remove_mail_from_affiliation

_YEAR = re.compile(r"(?<!\d)(?:1[4-9]\d\d|20\d\d)(?!\d)")
_TIME = re.compile(r"\dT\d")
_OWN_DOI = re.compile(r"(?:^(?:doi:\s*)?|doi\.org/|altIdentifier/doi/)10\.", re.IGNORECASE)
"""How the paper's own DOI begins; elsewhere in a text a DOI may be that of another paper."""

_ISSN = re.compile(r"(?:e?-?issn:?\s*)?\d{4}-\d{3}[\dXx]", re.IGNORECASE)
_PDF = re.compile(r"\.pdf(?:$|[?#])", re.IGNORECASE)


def convert_dublin_core(found: Element, source: Source) -> RawRecord:
    """Convert a Dublin Core record; the caller adds its kind and id.

    Args:
        found: The element ``dc``, with namespace prefixes removed.
        source: Where it was read.
    """
    identifiers = read_texts(found, "identifier")
    # Relations name other works too; only those in the guideline's form are the paper's own.
    known = [
        *identifiers,
        *(one for one in read_texts(found, "relation") if "altIdentifier/" in one),
    ]
    named = find_type(*_find_type_words(found))
    dates = read_texts(found, "date")
    year = find_first_year(dates)
    return RawRecord(
        source=source,
        format="",
        title=next(iter(read_texts(found, "title")), ""),
        abstract=max(read_texts(found, "description"), key=len, default=""),
        authors=find_creators(found),
        venue=_find_venue(read_texts(found, "source")),
        venue_kind=find_venue_kind(named),
        year=year,
        date=find_first_date(year, *_select_publication_dates(dates)),
        type=named,
        topics=tuple(topic for text in read_texts(found, "subject") for topic in text.split(";")),
        ids=_collect_ids(known),
        urls=_collect_urls(identifiers),
        language=next(filter(None, map(find_language, read_texts(found, "language"))), ""),
    )


def find_creators(found: Element) -> tuple[RawAuthor, ...]:
    """Return the authors, with their names in either order."""
    names = map(remove_mail_from_affiliation, read_texts(found, "creator"))
    return tuple(RawAuthor(name=name) for name in names if name)


def find_first_year(dates: Iterable[str]) -> int | None:
    """Return the earliest year in some dates; later ones are those of versions and uploads."""
    found = (_YEAR.search(date) for date in dates)
    return min((int(year[0]) for year in found if year), default=None)


def _select_publication_dates(dates: list[str]) -> list[str]:
    """Leave out ends of embargoes, and, beside other dates, times at which a file was uploaded."""
    dates = [date for date in dates if "embargo" not in date.lower()]
    return [date for date in dates if not _TIME.search(date)] or dates


def _find_type_words(found: Element) -> Iterable[str]:
    """Return the words for the type; a guideline's word is the last part of an address."""
    words = (text.rpartition("/")[2] for text in read_texts(found, "type"))
    # In Dublin Core's own vocabulary "Collection" is any set of things.
    return (word for word in words if word.lower() != "collection")


def _find_venue(sources: Iterable[str]) -> str:
    """Return the first source that is the name of a journal or conference, not a URL or ISSN."""
    for text in sources:
        if "://" in text or _ISSN.fullmatch(text):
            continue
        return text.partition(";")[0].strip()
    return ""


def _collect_ids(texts: list[str]) -> dict[str, str]:
    doi = next(filter(None, map(extract_doi, filter(_OWN_DOI.search, texts))), "")
    arxiv = find_arxiv_id(doi, *texts)
    return ({"doi": doi} if doi else {}) | ({"arxiv": arxiv} if arxiv else {})


def _collect_urls(identifiers: Iterable[str]) -> dict[str, str]:
    urls: dict[str, str] = {}
    for text in identifiers:
        if text.startswith(("http://", "https://")):
            urls.setdefault("pdf" if _PDF.search(text) else "page", text)
    return urls
