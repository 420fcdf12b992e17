"""Answers: what do the fifteen elements of Dublin Core say about a paper?

Repositories agree on the elements and on little else. An element may stand several times:
the longest description is the abstract, the earliest date that of the paper, the identifiers
hold addresses, DOI and handle. A repository's guideline words are known, others passed over.
"""

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from index.normalise.identifiers import arxiv_id, without_mail
from index.normalise.languages import language_code
from index.normalise.work_types import kind_of, type_of
from index.records import RawAuthor, RawRecord, Source
from index.scanners.xml_records import text_of

_YEAR = re.compile(r"(?<!\d)(?:1[4-9]\d\d|20\d\d)(?!\d)")
_DOI = re.compile(r"(?:^doi:\s*|doi\.org/|altIdentifier/doi/|^)(10\.\d{4,9}/\S+)", re.IGNORECASE)
_ISSN = re.compile(r"(?:e?-?issn:?\s*)?\d{4}-\d{3}[\dXx]", re.IGNORECASE)
_PDF = re.compile(r"\.pdf(?:$|[?#])", re.IGNORECASE)


def dublin_core(found: Element, source: Source) -> RawRecord:
    """Give a Dublin Core record, still without a kind and an id.

    Args:
        found: The element ``dc``, the names inside without prefixes.
        source: Where it stands.
    """
    identifiers = values(found, "identifier")
    # Relations name other works too; only those of the guideline are this one's own.
    known = [*identifiers, *(one for one in values(found, "relation") if "altIdentifier/" in one)]
    named = type_of(*_type_words(found))
    return RawRecord(
        source=source,
        kind="",
        title=next(iter(values(found, "title")), ""),
        abstract=max(values(found, "description"), key=len, default=""),
        authors=creators(found),
        venue=_venue(values(found, "source")),
        venue_kind=kind_of(named),
        year=first_year(values(found, "date")),
        type=named,
        topics=tuple(topic for text in values(found, "subject") for topic in text.split(";")),
        ids=_ids(known),
        urls=_urls(identifiers),
        language=next(filter(None, map(language_code, values(found, "language"))), ""),
    )


def values(found: Element, name: str) -> list[str]:
    """Give the texts of an element that may stand several times, without empty ones."""
    texts = (text_of(element).strip() for element in found.iterfind(name))
    return [text for text in texts if text]


def creators(found: Element) -> tuple[RawAuthor, ...]:
    """Give the authors, whose names stand in either order."""
    names = map(without_mail, values(found, "creator"))
    return tuple(RawAuthor(name=name) for name in names if name)


def first_year(dates: Iterable[str]) -> int | None:
    """Give the earliest year in some dates; later ones are of versions and of the upload."""
    found = (_YEAR.search(date) for date in dates)
    return min((int(year[0]) for year in found if year), default=None)


def _type_words(found: Element) -> Iterable[str]:
    """Give the words for a kind, of which those of the guidelines are the end of an address."""
    words = (text.rpartition("/")[2] for text in values(found, "type"))
    return (word for word in words if word.lower() != "collection")  # Dublin Core's own: any set


def _venue(sources: Iterable[str]) -> str:
    """Give the journal or conference among the sources: no address and no number of one."""
    for text in sources:
        if "://" in text or _ISSN.fullmatch(text):
            continue
        return text.partition(";")[0].strip()
    return ""


def _ids(texts: list[str]) -> dict[str, str]:
    doi = next((match[1] for text in texts if (match := _DOI.search(text))), "")
    arxiv = arxiv_id((doi, *texts))
    return ({"doi": doi} if doi else {}) | ({"arxiv": arxiv} if arxiv else {})


def _urls(identifiers: Iterable[str]) -> dict[str, str]:
    urls: dict[str, str] = {}
    for text in identifiers:
        if text.startswith(("http://", "https://")):
            urls.setdefault("pdf" if _PDF.search(text) else "page", text)
    return urls
