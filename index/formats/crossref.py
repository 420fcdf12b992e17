"""Read the works of Crossref, from its yearly public file or its REST API.

A file is ``{"items": [...]}``, pages of the API (``message``, also with ``select=``), or one work a
line. Records of journals, issues, components, datasets and peer reviews are skipped.
"""

import re
from collections.abc import Iterator

import msgspec

from index.dumps.streams import Stream
from index.formats.crossref_keys import is_copy, restore_keys
from index.formats.crossref_work import Date, Parts, Person, Place, Reference, Work
from index.formats.format import Format
from index.normalise.dates import find_first_date, join_date, parse_day, parse_year
from index.normalise.dois import decode
from index.normalise.identifier_search import find_arxiv_id, find_link_ids
from index.normalise.identifiers import build_address, parse_identifier, parse_orcid
from index.normalise.raw_values import drop_empty, find_first_text, list_texts
from index.normalise.references import collect_references, identify_citation
from index.normalise.texts import join_subtitle
from index.normalise.work_types import find_type, find_type_or_word, find_venue_kind
from index.records import Appearance, RawAuthor, RawRecord, Reject, Source
from index.scanners.head import Head, parse_head
from index.scanners.json_arrays import Layout, make_finder
from index.scanners.json_lines import read_json

NAME = "crossref"

NOT_PAPERS = frozenset(
    "book-part book-series book-set component database dataset grant journal journal-issue"
    " journal-volume peer-review proceedings proceedings-series report-component report-series"
    " standard-series".split()
)
"""Types of records that are not papers but containers, parts or supplements of papers."""

_DELETED = "CrossRef Listing of Deleted DOIs"
"""The container of the records that stand for deleted DOIs; their titles are the DOIs."""

_SERVERS = {
    "10.2139": "SSRN",
    "10.20944": "Preprints.org",
    "10.21203": "Research Square",
    "10.22541": "Authorea",
    "10.26434": "ChemRxiv",
    "10.31219": "OSF Preprints",
    "10.31234": "PsyArXiv",
    "10.31235": "SocArXiv",
    "10.32388": "Qeios",
    "10.36227": "TechRxiv",
}
"""Preprint servers by the prefix of their DOIs, for records that name only the publisher: that of
SSRN is Elsevier."""

_NOTICES = ("erratum", "correction", "corrigendum", "addendum", "retraction")
"""Kinds of updates that make the work that announces them a notice and nothing else."""

_RETRACTIONS = {"retraction": "retracted", "removal": "retracted", "withdrawal": "withdrawn"}
_STATUS_IN_TITLE = re.compile(
    r"\W{0,3}(?P<status>retracted|withdrawn)(?: (?:article|chapter|paper|manuscript))?\s*[:\]]",
    re.IGNORECASE,
)
_RELATION = "is-retracted-by"
_LISTED_TITLE = re.compile(rb'"title"\s*:\s*\[')

_DECODER = msgspec.json.Decoder(Work)
_LAYOUT = Layout("items", frozenset({"title", "container-title", "issued", "deposited"}))


def convert(work: Work, source: Source) -> RawRecord:
    """Convert one work to a raw record."""
    work = work.message or work
    doi = work.doi or find_link_ids(work.url or "").get("doi", "")
    updated = max(_parse_day(work.indexed), _parse_day(work.deposited))
    counted = not doi and work.last_status_check_time is not None  # a journal or a member
    if work.type in NOT_PAPERS or counted or _DELETED in list_texts(work.container_title):
        return RawRecord(
            source=source, format=NAME, id=_build_id(doi), deleted=True, updated=updated
        )
    title = _build_title(work)
    return RawRecord(
        source=source,
        format=NAME,
        id=_build_id(doi),
        title=title,
        abstract=work.abstract or "",
        authors=tuple(_convert_author(person) for person in work.author or work.editor or ()),
        appearances=(_find_appearance(work),),
        topics=(*(work.subject or ()), *list_texts(work.group_title)),
        ids=_collect_ids(work, doi),
        urls=_collect_urls(work),
        citations=work.is_referenced_by_count,
        status=_find_status(work, title),
        language=work.language or "",
        updated=updated,
        editors=tuple(map(_convert_author, work.editor or ())),
        references=collect_references(map(_identify_reference, work.reference or ())),
    )


def _build_id(doi: str) -> str:
    return f"doi:{decode(doi).strip().lower()}" if doi else ""


def _collect_ids(work: Work, doi: str) -> dict[str, str]:
    """Collect a work's identifiers; the ISBN of a chapter or a paper is that of its volume."""
    is_book = find_type(work.type or "") == "book"
    numbers = (parse_identifier("isbn", number) for number in work.isbn or () if is_book)
    isbn = next(filter(None, numbers), "")
    return drop_empty({"doi": doi, "arxiv": find_arxiv_id(doi), "isbn": isbn})


def _identify_reference(cited: Reference) -> dict[str, str]:
    """Return the identifier of a cited work: its DOI, or the one in the text of the reference."""
    if cited.doi:
        return {"doi": cited.doi}
    return identify_citation(cited.unstructured or "")


def _build_title(work: Work) -> str:
    return join_subtitle(find_first_text(work.title), find_first_text(work.subtitle))


def _convert_author(person: Person) -> RawAuthor:
    places = (place.name or find_first_text(place.department) for place in person.affiliation or ())
    ids = drop_empty({"orcid": parse_orcid(person.orcid)})
    affiliations = tuple(place for place in places if place)
    if person.family:
        given, suffix = person.given or "", person.suffix or ""
        return RawAuthor("", person.family, given, suffix, ids, affiliations)
    name = person.name or person.given or ""
    return RawAuthor(name, ids=ids, affiliations=affiliations, body=bool(person.name))


def _find_appearance(work: Work) -> Appearance:
    """Return where a work appeared.

    Of two container titles the second is the venue, since a volume follows its book series; in a
    journal the first is.
    """
    stated = find_type_or_word(work.type or "")
    kind = find_venue_kind(stated)
    venues = list_texts(work.container_title)
    if kind == "book" and work.event:  # a conference with proceedings in a book series
        stated, kind = "conference paper", "conference"
    if kind == "repository":
        stated = find_type(work.subtype or "") or stated  # a thesis, a report
        # A preprint's group title is a subject, such as "Neuroscience".
        server = _SERVERS.get((work.doi or "").partition("/")[0], work.publisher or "")
        venue = _find_institution(work) or next(iter(venues), "") or server
    else:
        venue = (venues[0] if kind == "journal" else venues[-1]) if venues else ""
    if not venue and isinstance(work.event, Place):
        venue = find_first_text(work.event.acronym) or work.event.name or ""
    year = next(_find_years(work), None)
    return Appearance(
        venue=venue,
        venue_kind=kind if venue else "",
        year=year,
        type=_find_notice_type(work) or stated,
        date=find_first_date(year, *(join_date(*parts[:3]) for parts in _list_dates(work))),
        volume=work.volume or "",
        issue=work.issue or (work.journal_issue.issue if work.journal_issue else "") or "",
        pages=work.page or work.article_number or "",
        publisher=work.publisher or "",
    )


def _find_notice_type(work: Work) -> str:
    """Return the type of a notice that corrects or retracts another work, or an empty string."""
    others = (update for update in work.update_to or () if update.doi != work.doi)
    return find_type(*(update.type or "" for update in others if update.type in _NOTICES))


def _find_institution(work: Work) -> str:
    found = work.institution
    first = found if isinstance(found, Place) else next(iter(found or ()), None)
    return (first.name or find_first_text(first.acronym)) if first else ""


def _find_years(work: Work) -> Iterator[int]:
    """Yield the years of a work's dates, that of the first publication first."""
    for first, *_ in _list_dates(work):
        if year := parse_year(first):
            yield year


def _list_dates(work: Work) -> list[Parts]:
    """List the dates of a work's publication, that of the first publication first."""
    dates = (work.issued, work.published, work.posted, work.published_online, work.published_print)
    return [
        parts for date in filter(None, dates) for parts in date.date_parts or _split(date) if parts
    ]


def _split(date: Date) -> tuple[Parts, ...]:
    """Split a date that a copy of Crossref's files writes as text: ``2019-05``."""
    return (tuple(date.date_time[:10].split("-")),) if date.date_time else ()


def _parse_day(date: Date | None) -> str:
    """Return a date as ``YYYY-MM-DD``, or an empty string."""
    parts = next(iter(date.date_parts or ()), None) if date else None
    return parse_day(date.date_time if date else None) or parse_day("-".join(map(str, parts or ())))


def _find_status(work: Work, title: str) -> str:
    """Return ``retracted`` or ``withdrawn`` if a notice on the work or its title says so.

    The notice itself has an ``update-to`` and no such status: it remains valid.
    """
    if work.relation and _RELATION in work.relation:
        return "retracted"
    for update in work.updated_by or ():
        if update.type in _RETRACTIONS:
            return _RETRACTIONS[update.type]
    marked = _STATUS_IN_TITLE.match(title)
    return marked["status"].lower() if marked else ""


def _collect_urls(work: Work) -> dict[str, str]:
    texts = [link for link in work.link or () if link.content_type == "application/pdf"]
    open_to_readers = (link.url for link in texts if link.meant != "similarity-checking")
    page = work.url or build_address("doi", decode(work.doi or ""))
    return drop_empty({"page": page, "pdf": next(open_to_readers, "") or ""})


def _recognises(head: Head) -> bool:
    """Recognise an answer by its envelope, works alone by their keys or a title in a list."""
    keys = head.keys
    own = {"is-referenced-by-count", "deposited", "indexed", "member"} & keys
    selected = "id" not in keys and _LISTED_TITLE.search(head.beginning)
    answer = {"message-type", "message"} <= keys
    return answer or ("DOI" in keys and bool(own or selected)) or is_copy(head)


def _read(stream: Stream) -> Iterator[RawRecord | Reject]:
    find = make_finder(_LAYOUT)
    copied = is_copy(parse_head(stream.head()))
    return read_json(stream, _DECODER, convert, restore_keys(find) if copied else find)


FORMAT = Format(NAME, "Crossref works", _recognises, _read, line_key="DOI")
