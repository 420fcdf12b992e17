"""Convert the fifteen elements of Dublin Core to a raw record.

Repositories agree on the elements and on little else. An element may occur several times: the
longest description is the abstract, the earliest date is the paper's, and the identifiers hold
addresses, DOI and handle. Types are recognised in the words of the repositories' guidelines; other
words are ignored.

A paper without a DOI among its identifiers may have it in a note on its published version, in the
citation of its source, or, where DSpace and EPrints keep it, as the only DOI among its relations.
Relations of datasets, theses and chapters name other works (Zenodo, OpenEdition), so those of
papers alone are read.
"""

import re
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from index.formats.dublin_core_sources import Place, parse_place
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

_MARKED_DOI = re.compile(r"(?:doi\.org/|\bdoi:?\s*)10\.", re.IGNORECASE)
"""A DOI in a sentence or citation that says that it is one."""

_ONLY_DOI = re.compile(r"(?:doi:?\s*|https?://(?:dx\.)?doi\.org/)?10\.\d{4,9}/\S+", re.IGNORECASE)
_VERSION = re.compile(
    r"\b(?:final|published|definitive|publisher'?s?|original|official)\b[^.;]{0,60}?"
    r"\b(?:version|article|paper|publication|record|available|in|at|by|as)\b",
    re.IGNORECASE,
)
"""Words of a note that says where the paper itself was published."""

_LONGEST_NOTE = 400
"""Characters of such a note; a longer description is an abstract, which may cite other works."""

_RELATED = frozenset((
    "journal article", "conference paper", "preprint", "review", "book review", "letter",
    "editorial", "data paper",
))  # fmt: skip
"""Types of papers whose only related DOI is their own: that of the published version."""

_JOURNAL_WORD = re.compile(
    r"\b(?:journal|proceedings|transactions|conference|symposium|annals|letters|bulletin|revista"
    r"|zeitschrift|review|lecture notes|archives|magazine)\b",
    re.IGNORECASE,
)
"""Words of the names of venues, by which a relation or a publisher is known to be one."""

_EDITOR = re.compile(r"(.+?)\s*[(\[,]\s*(?:eds?\.?|(?:volume )?editors?)[)\]]?", re.IGNORECASE)
"""A contributor of whom it is said that they edited the volume."""

_SCHEME = re.compile(r"(?:info|doi|urn|hdl|isbn|issn|oai|ark|uri|pmid)\s?:|10\.\d", re.IGNORECASE)
_ISSN = re.compile(r"(?:e?-?issn:?\s*)?\d{4}-\d{3}[\dXx]", re.IGNORECASE)
_PDF = re.compile(r"\.pdf(?:$|[?#])", re.IGNORECASE)


def convert_dublin_core(found: Element, source: Source) -> RawRecord:
    """Convert a Dublin Core record; the caller adds its kind and id.

    Args:
        found: The element ``dc``, with namespace prefixes removed.
        source: Where it was read.
    """
    identifiers = read_texts(found, "identifier")
    named = find_type(*_find_type_words(found))
    dates = read_texts(found, "date")
    year = find_first_year(dates)
    place = _find_place(found)
    return RawRecord(
        source=source,
        format="",
        title=next(iter(read_texts(found, "title")), ""),
        abstract=max(read_texts(found, "description"), key=len, default=""),
        authors=find_creators(found),
        venue=place.venue,
        venue_kind=find_venue_kind(named),
        year=year,
        date=find_first_date(year, *_select_publication_dates(dates)),
        type=named,
        topics=tuple(topic for text in read_texts(found, "subject") for topic in text.split(";")),
        ids=_collect_ids(found, identifiers, named),
        urls=_collect_urls(identifiers),
        language=next(filter(None, map(find_language, read_texts(found, "language"))), ""),
        volume=place.volume,
        issue=place.issue,
        pages=place.pages,
        publisher=next(iter(read_texts(found, "publisher")), ""),
        editors=_find_editors(found),
    )


def find_creators(found: Element) -> tuple[RawAuthor, ...]:
    """Return the authors, with their names in either order."""
    names = map(remove_mail_from_affiliation, read_texts(found, "creator"))
    return tuple(RawAuthor(name=name) for name in names if name)


def _find_editors(found: Element) -> tuple[RawAuthor, ...]:
    """Return the contributors of whom it is said that they are editors: ``Roe, Jane (ed.)``."""
    marked = map(_EDITOR.fullmatch, read_texts(found, "contributor"))
    return tuple(RawAuthor(name=one[1]) for one in marked if one)


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


def _find_place(found: Element) -> Place:
    """Return where the paper appeared: the first source that names a journal or conference.

    A source that repeats the publisher, a URL or an ISSN is none. DSpace states the journal as a
    relation.
    """
    publishers = set(map(str.casefold, read_texts(found, "publisher")))
    places = map(parse_place, filter(_may_be_venue, read_texts(found, "source")))
    for place in places:
        repeated = place.venue.casefold() in publishers and not _JOURNAL_WORD.search(place.venue)
        if place.volume or place.issue or not repeated:
            return place
    names = filter(_may_be_venue, read_texts(found, "relation"))
    return next((parse_place(name) for name in names if _JOURNAL_WORD.search(name)), Place())


def _may_be_venue(text: str) -> bool:
    return not ("://" in text or _SCHEME.match(text) or _ISSN.fullmatch(text))


def _collect_ids(found: Element, identifiers: list[str], named: str) -> dict[str, str]:
    """Return DOI and arXiv number; the first place that clearly states a DOI counts."""
    relations = read_texts(found, "relation")
    # Relations name other works too; those in the guideline's form are the paper's own.
    known = [*identifiers, *(one for one in relations if "altIdentifier/" in one)]
    doi = _find_doi(_OWN_DOI, known)
    if not doi:
        notes = [one for one in read_texts(found, "description") if _is_note(one)]
        cited = [one for one in read_texts(found, "source") if not _ONLY_DOI.fullmatch(one)]
        doi = _find_doi(_MARKED_DOI, [*identifiers, *notes, *cited])
    if not doi and named in _RELATED:
        dois = {extract_doi(one).lower() for one in relations if _ONLY_DOI.fullmatch(one)}
        doi = dois.pop() if len(dois) == 1 else ""
    arxiv = find_arxiv_id(doi, *known)
    return ({"doi": doi} if doi else {}) | ({"arxiv": arxiv} if arxiv else {})


def _find_doi(pattern: re.Pattern[str], texts: Iterable[str]) -> str:
    """Return the first DOI among the texts that match a pattern."""
    return next(filter(None, map(extract_doi, filter(pattern.search, texts))), "")


def _is_note(description: str) -> bool:
    """Return whether a description is a note that states the DOI of the paper itself."""
    if len(description) > _LONGEST_NOTE:
        return False
    return bool(_ONLY_DOI.fullmatch(description) or _VERSION.search(description))


def _collect_urls(identifiers: Iterable[str]) -> dict[str, str]:
    urls: dict[str, str] = {}
    for text in identifiers:
        if text.startswith(("http://", "https://")):
            urls.setdefault("pdf" if _PDF.search(text) else "page", text)
    return urls
