"""Read the results of searches in Europe PMC.

A file is a page of the REST service (``resultList.result``), a list or lines, with the result type
``core`` or ``lite``; ``idlist`` has no titles. Europe PMC holds PubMed, PubMed Central, preprints,
patents, theses and others; the source and the id in it make up the id of a record.
"""

from collections.abc import Iterator

import msgspec

from index.formats.europe_pmc_result import Book, Issue, Journal, Person, Result
from index.formats.format import Format
from index.formats.pubmed_words import clean_title, find_status, parse_journal
from index.names.author_lists import invert_names, split_names
from index.normalise.dates import drop_placeholder, find_first_date, parse_day, parse_year
from index.normalise.identifiers import parse_orcid
from index.normalise.languages import find_language
from index.normalise.raw_values import drop_empty
from index.normalise.work_types import find_type, find_venue_kind
from index.records import Appearance, RawAuthor, RawRecord, Source
from index.scanners.head import Head
from index.scanners.json_arrays import Layout, make_finder
from index.scanners.json_lines import read_json

NAME = "europe_pmc"

SITE = "https://europepmc.org/article/"

_PREPRINTS, _PATENTS = "PPR", "PAT"
"""The sources that hold preprints and patents only."""


_DECODER = msgspec.json.Decoder(Result)
_LAYOUT = Layout("result", frozenset({"authorString", "pubYear", "authorList"}))


def convert(found: Result, source: Source) -> RawRecord:
    """Convert one result to a raw record."""
    local = f"{found.source or 'MED'}/{found.id}" if found.id else ""
    kinds = _list_kinds(found)
    notices = found.comment_correction_list.notices if found.comment_correction_list else ()
    about = ((one.type or "").title().replace(" ", "") for one in notices or ())
    return RawRecord(
        source=source,
        format=NAME,
        id=f"{NAME}:{local}" if local else "",
        title=clean_title(found.title or ""),
        abstract=found.abstract_text or "",
        authors=tuple(_convert_people(found)),
        appearances=(_find_appearance(found, kinds),),
        topics=tuple(_collect_topics(found)),
        ids=drop_empty(
            {
                "doi": found.doi or "",
                "pmid": str(found.pmid or (found.id if found.source == "MED" else "") or ""),
                "pmc": found.pmcid or "",
            }
        ),
        urls=drop_empty({"page": f"{SITE}{local}" if local else "", "pdf": _find_pdf(found)}),
        citations=found.cited_by_count,
        status=find_status([kind.title() for kind in kinds], [*about]),
        language=find_language(found.language or ""),
        updated=parse_day(found.date_of_revision),
    )


def _list_kinds(found: Result) -> list[str]:
    listed = found.pub_type_list.kinds if found.pub_type_list else None
    return [*(listed or (found.pub_type or "").split(";"))]


def _convert_people(found: Result) -> Iterator[RawAuthor]:
    listed = found.author_list.author if found.author_list else None
    if not listed:
        for name in split_names((found.author_string or "").strip().removesuffix(".")):
            yield from invert_names([name], certain=True) or [RawAuthor(name)]  # else a group
    for person in listed or ():
        group = person.collective_name or ""
        family = "" if group else person.last_name or ""
        orcid = person.author_id.value if person.author_id else ""
        yield RawAuthor(
            name=group or ("" if family else person.full_name or person.first_name or ""),
            family=family,
            given=(person.first_name or " ".join(person.initials or "")) if family else "",
            ids=drop_empty({"orcid": parse_orcid(orcid)}),
            affiliations=tuple(_list_places(person)),
            body=bool(group),
        )


def _list_places(person: Person) -> Iterator[str]:
    details = person.author_affiliation_details_list
    for place in (details.places if details else None) or (person.affiliation or "",):
        name = place if isinstance(place, str) else place.affiliation
        if name:
            yield name


def _find_appearance(found: Result, kinds: list[str]) -> Appearance:
    issue, book = found.journal_info or Issue(), found.book_or_report_details or Book()
    journal = issue.journal or Journal()
    preprint = found.source == _PREPRINTS
    stated = "preprint" if preprint else find_type(*(kind.strip() for kind in kinds))
    stated = "patent" if found.source == _PATENTS else stated
    venue = parse_journal(journal.title or journal.medline_abbreviation or "")[0]
    venue = venue or found.journal_title or ""
    venue = venue or book.comprising_title or ((book.publisher or "") if preprint else "")
    stated_year = str(found.pub_year or issue.year_of_publication or book.year_of_publication or "")
    year = parse_year(stated_year)
    # For a paper that is only in print the first day is that of its month or year.
    first = drop_placeholder(parse_day(found.first_publication_date))
    online = parse_day(found.electronic_publication_date)
    return Appearance(
        venue=venue,
        venue_kind=(find_venue_kind(stated) or "journal") if venue else "",
        year=year,
        type=stated,
        date=find_first_date(
            year, first, online, issue.date_of_publication, issue.print_publication_date
        ),
        volume=str(issue.volume or found.journal_volume or ""),
        issue=str(issue.issue or found.issue or ""),
        pages=found.page_info or "",
        publisher="" if preprint else book.publisher or "",
    )


def _collect_topics(found: Result) -> Iterator[str]:
    yield from (found.keyword_list.keyword if found.keyword_list else None) or ()
    headings = (found.mesh_heading_list.headings if found.mesh_heading_list else None) or ()
    yield from (one.name or "" for one in headings)


def _find_pdf(found: Result) -> str:
    links = (found.full_text_url_list.links if found.full_text_url_list else None) or ()
    return next((one.url or "" for one in links if one.style == "pdf" and one.access != "S"), "")


def _recognises(head: Head) -> bool:
    if head.start not in (b"{", b"["):
        return False
    own = {"resultList", "pubYear", "journalInfo", "inEPMC", "hasTextMinedTerms", "pubTypeList"}
    return bool({"authorString", "authorList", "resultList"} & head.keys) and bool(
        {"title", "pubYear"} & head.keys and own & head.keys
    )


FORMAT = Format(
    NAME,
    "Europe PMC results",
    _recognises,
    lambda stream: read_json(stream, _DECODER, convert, make_finder(_LAYOUT)),
    line_key="title",
)
