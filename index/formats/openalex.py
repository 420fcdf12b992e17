"""Read the works of an OpenAlex snapshot, or pages of its API.

The lists of merged ids (``merged_ids/works/*.csv``) name works that no longer exist: each line
becomes a deleted record. Works that are not papers (covers, datasets, peer reviews) are skipped.
"""

from collections.abc import Iterator

import msgspec

from index.dumps.streams import Stream
from index.formats.format import Format
from index.formats.openalex_merged import HEADER, LICENCE, NAME, read_merged_works
from index.formats.openalex_work import Authorship, Biblio, Host, Location, Person, Work
from index.normalise.dates import drop_placeholder, parse_day
from index.normalise.identifier_search import find_arxiv_id
from index.normalise.identifiers import parse_orcid
from index.normalise.raw_values import drop_empty, last_segment
from index.normalise.work_types import find_type_or_word
from index.records import Appearance, Integer, RawAuthor, RawRecord, Reject, Source
from index.scanners.head import Head
from index.scanners.json_arrays import Layout, make_finder
from index.scanners.json_lines import read_json

NOT_PAPERS = frozenset(
    "component database dataset grant libguides paratext peer-review"
    " supplementary-materials".split()
)
"""Types of works that are not papers."""

_KINDS = {
    "journal": "journal",
    "conference": "conference",
    "repository": "repository",
    "ebook platform": "book",
    "book series": "book",
}
_FINER = ("journal-article", "proceedings-article", "posted-content", "dissertation")
"""Crossref's types that are more specific than OpenAlex's "article"."""

_SURE_CONCEPT = 0.3
"""The lowest score of a concept (OpenAlex's guesses until 2023) that is taken as a topic."""

_DECODER = msgspec.json.Decoder(Work)
_LAYOUT = Layout("results", frozenset({"authorships", "publication_year", "cited_by_count"}))


def convert(work: Work, source: Source) -> RawRecord:
    """Convert one work to a raw record."""
    name = f"{NAME}:{last_segment(work.id)}"
    if work.is_paratext or work.type in NOT_PAPERS:
        return RawRecord(
            source=source, format=NAME, id=name, deleted=True, updated=parse_day(work.updated_date)
        )
    return RawRecord(
        source=source,
        format=NAME,
        id=name,
        title=work.title or work.display_name or "",
        abstract=_rebuild_abstract(work.abstract_inverted_index),
        authors=tuple(_convert_author(found) for found in work.authorships or ()),
        appearances=tuple(_find_appearances(work)),
        topics=tuple(_collect_topics(work)),
        ids=_collect_ids(work),
        urls=_collect_urls(work),
        citations=work.cited_by_count,
        status="retracted" if work.is_retracted else "",
        language=work.language or "",
        updated=parse_day(work.updated_date),
        references=tuple(f"{NAME}:{last_segment(one)}" for one in work.referenced_works or ()),
    )


def _rebuild_abstract(index: dict[str, list[Integer]] | str | None) -> str:
    """Rebuild the abstract from its inverted index, even if positions are missing."""
    if isinstance(index, str):  # an index may be written as JSON in a string
        try:
            index = msgspec.json.decode(index, type=dict[str, list[Integer]])
        except msgspec.MsgspecError:
            return ""
    index = index or {}
    words = [""] * sum(map(len, index.values()))
    try:
        for word, places in index.items():
            for at in places:
                words[at] = word
    except IndexError:
        placed = ((at, word) for word, places in index.items() for at in places)
        words = [word for _, word in sorted(placed)]
    return " ".join(words)


def _convert_author(found: Authorship) -> RawAuthor:
    person = found.author or Person()
    named = [place.display_name for place in found.institutions or () if place.display_name]
    return RawAuthor(
        name=person.display_name or found.raw_author_name or "",
        ids=drop_empty({"orcid": parse_orcid(person.orcid), NAME: last_segment(person.id)}),
        affiliations=tuple(dict.fromkeys(named or found.raw_affiliation_strings or ())),
    )


def _list_locations(work: Work) -> list[Location]:
    first = work.primary_location or work.host_venue
    return [*([first] if first else []), *(work.locations or ())]


def _find_appearances(work: Work) -> Iterator[Appearance]:
    """Yield the primary location, then others where the paper was published or is a preprint.

    The year is known only for the first. Copies in other repositories are not appearances.
    """
    first, *others = _list_locations(work) or [Location()]
    host = _find_host(first)
    kind = _KINDS.get(host.type or "", "")
    published = kind != "repository"
    biblio = (work.biblio if published else None) or Biblio()
    yield Appearance(
        venue=host.display_name or "",
        venue_kind=kind,
        year=work.publication_year,
        type=_find_type(work, kind, first),
        date=drop_placeholder(parse_day(work.publication_date)),
        volume=biblio.volume or "",
        issue=biblio.issue or "",
        pages="-".join(filter(None, (biblio.first_page, biblio.last_page))),
        # The organisation of a repository is no publisher: Cornell University, of arXiv.
        publisher=(host.publisher or host.host_organization_name or "") if published else "",
    )
    seen = {host.display_name, None}
    for place in others:
        host = _find_host(place)
        kind = _KINDS.get(host.type or "", "")
        is_preprint = kind == "repository" and place.version == "submittedVersion"
        if host.display_name not in seen and (is_preprint or kind in ("journal", "conference")):
            seen.add(host.display_name)
            yield Appearance(venue=host.display_name or "", venue_kind=kind)


def _find_host(place: Location) -> Host:
    return place.source or Host(place.display_name, place.type, publisher=place.publisher)


def _find_type(work: Work, kind: str, place: Location) -> str:
    """Return the type of a work; that of a plain "article" depends on where it appeared."""
    stated = work.type or ""
    if stated == "article":
        stated = work.type_crossref if work.type_crossref in _FINER else ""
    named = find_type_or_word(stated or "")
    if (
        not named
        and kind == "repository"
        and place.version in ("acceptedVersion", "publishedVersion")
    ):
        return "journal article"
    return named


def _collect_topics(work: Work) -> Iterator[str]:
    for keyword in work.keywords or ():
        if isinstance(keyword, str):
            yield keyword
        else:
            yield keyword.display_name or keyword.keyword or ""
    chosen = work.topics or tuple(
        concept for concept in work.concepts or () if (concept.score or 0) >= _SURE_CONCEPT
    )
    yield from (topic.display_name or "" for topic in chosen)
    if work.primary_topic and work.primary_topic.field:
        yield work.primary_topic.field.display_name or ""


def _collect_ids(work: Work) -> dict[str, str]:
    other = work.ids or {}
    doi = work.doi or str(other.get("doi") or "")
    number = last_segment(other.get("pmcid")).upper().removeprefix("PMC")
    addresses = [address for place in _list_locations(work) for address in _list_addresses(place)]
    return drop_empty(
        {
            NAME: last_segment(work.id),
            "doi": doi,
            "arxiv": find_arxiv_id(doi, *addresses),
            "pmid": last_segment(other.get("pmid")),
            "pmc": f"PMC{number}" if number else "",
            "mag": last_segment(other.get("mag")),
        }
    )


def _list_addresses(place: Location) -> tuple[str | None, ...]:
    return place.landing_page_url, place.pdf_url, place.url


def _collect_urls(work: Work) -> dict[str, str]:
    places = _list_locations(work)
    if work.best_oa_location:
        places.insert(1, work.best_oa_location)
    pages = (place.landing_page_url or place.url for place in places)
    return drop_empty(
        {
            "page": next(filter(None, pages), None) or work.doi or work.id,
            "pdf": next(filter(None, (place.pdf_url for place in places)), None) or "",
        }
    )


def _read(stream: Stream) -> Iterator[RawRecord | Reject]:
    if stream.head(1 << 10).removeprefix(b"\xef\xbb\xbf").startswith(HEADER):
        return read_merged_works(stream)
    return read_json(stream, _DECODER, convert, make_finder(_LAYOUT), LICENCE)


def _recognises(head: Head) -> bool:
    if head.start not in (b"{", b"["):
        return head.beginning.startswith(HEADER)
    work = {"abstract_inverted_index", "publication_year", "cited_by_count", "primary_location"}
    return "authorships" in head.keys and bool(work & head.keys)


FORMAT = Format(NAME, "OpenAlex works", _recognises, _read, line_key="id")
