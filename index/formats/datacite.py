"""Read the metadata of DOIs that DataCite registers.

A file is a page of the REST API (``data``), the answer for one DOI, a list, or lines: of the public
data file, or of the attributes alone, as content negotiation returns them (``titles`` and
``creators`` outermost). Kinds of things that are not documents, such as images and samples, are
skipped. A record without a kind is kept.
"""

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from index.formats.datacite_people import Person, convert_people
from index.formats.format import Format
from index.normalise.dates import find_first_date, parse_day, parse_year
from index.normalise.identifier_search import find_arxiv_id
from index.normalise.identifiers import build_address, parse_identifier
from index.normalise.raw_values import drop_empty
from index.normalise.references import collect_references
from index.normalise.texts import join_subtitle
from index.normalise.volumes import join_pages
from index.normalise.work_types import find_type, find_venue_kind
from index.records import Appearance, Integer, RawRecord, Source
from index.scanners.head import Head
from index.scanners.json_arrays import Layout, make_finder
from index.scanners.json_lines import read_json

NAME = "datacite"

LICENCE = "CC0-1.0"

NOT_PAPERS = frozenset(
    "Audiovisual Award Collection Event Image Instrument InteractiveResource Journal"
    " OutputManagementPlan PeerReview PhysicalObject Project Service Sound StudyRegistration"
    " Workflow".split()
)
"""Kinds of things that are neither documents nor data sets nor software."""

_KINDS = {
    "ComputationalNotebook": "software",
    "ConferenceProceeding": "conference paper",  # mostly used for papers in them
    "Poster": "conference paper",
    "Presentation": "conference paper",
}
"""Our types for kinds that no other source has."""

_CITING = frozenset(("Cites", "References"))
"""The relations of a work to those in its bibliography."""

_CITED_BY = {"doi": "doi", "arxiv": "arxiv", "pmid": "pmid"}
"""Our schemes by DataCite's types of identifiers in lower case."""

_PUBLISHED = ("Issued", "Available", "Submitted", "Created")
"""The kinds of dates that say when something was published, the most telling first."""


class Title(Struct, rename={"kind": "titleType"}):
    """A title; the main one has no kind."""

    title: str | None = None
    kind: str | None = None


class Named(Struct):
    """A publisher, or a subject in `subject`."""

    name: str | None = None
    subject: str | None = None


class Dated(Struct, rename={"kind": "dateType"}):
    """A date and what happened then."""

    date: str | Integer | None = None
    kind: str | None = None


class Description(Struct, rename={"text": "description", "kind": "descriptionType"}):
    """An abstract, or another description."""

    text: str | None = None
    kind: str | None = None


class Identifier(Struct, rename={"value": "identifier", "kind": "identifierType"}):
    """Another identifier."""

    value: str | None = None
    kind: str | None = None


class Related(Struct, rename="camel"):
    """The identifier of another work, and how the two are related."""

    related_identifier: str | None = None
    related_identifier_type: str | None = None
    relation_type: str | None = None


class Kinds(Struct, rename={"general": "resourceTypeGeneral", "stated": "resourceType"}):
    """The kind of thing, from a closed list and in words."""

    general: str | None = None
    stated: str | None = None


class Container(Struct, rename="camel"):
    """The journal or series, as the API derives it, or a related item as it was deposited."""

    title: str | None = None
    titles: tuple[Title, ...] | None = None
    relation_type: str | None = None
    volume: str | Integer | None = None
    issue: str | Integer | None = None
    number: str | Integer | None = None
    first_page: str | Integer | None = None
    last_page: str | Integer | None = None
    publisher: str | Named | None = None


class Attributes(Struct, rename="camel"):
    """The metadata of one DOI, with the keys that are read."""

    doi: str | None = None
    titles: tuple[Title, ...] | None = None
    creators: tuple[Person, ...] | None = None
    contributors: tuple[Person, ...] | None = None
    publisher: str | Named | None = None
    publication_year: Integer | str | None = None
    container: Container | None = None
    related_items: tuple[Container, ...] | None = None
    related_identifiers: tuple[Related, ...] | None = None
    subjects: tuple[Named | str, ...] | None = None
    dates: tuple[Dated, ...] | None = None
    descriptions: tuple[Description, ...] | None = None
    identifiers: tuple[Identifier, ...] | None = None
    types: Kinds | None = None
    language: str | None = None
    url: str | None = None
    citation_count: Integer | None = None
    updated: str | None = None


class Doi(Attributes, rename="camel"):
    """One record: attributes, a resource of the API that holds them, or an answer with one."""

    id: str | None = None
    type: str | None = None
    attributes: Attributes | None = None
    data: "Doi | None" = None


_DECODER = msgspec.json.Decoder(Doi)
_LAYOUT = Layout("data", frozenset({"titles"}), wrappers=frozenset({"attributes"}))


def convert(doi: Doi, source: Source) -> RawRecord:
    """Convert one record to a raw record."""
    doi = doi.data or doi
    found = doi.attributes or doi
    name = parse_identifier("doi", found.doi or doi.id or "")
    day = parse_day(found.updated)
    kind = (found.types.general if found.types else "") or ""
    # A page may be followed by the repositories of its DOIs (`included`).
    if kind in NOT_PAPERS or doi.type not in (None, "dois"):
        return RawRecord(source=source, format=NAME, id=_build_id(name), deleted=True, updated=day)
    return RawRecord(
        source=source,
        format=NAME,
        id=_build_id(name),
        title=_build_title(found.titles or ()),
        abstract=_find_abstract(found.descriptions or ()),
        authors=convert_people(found.creators or (), found.contributors or ()),
        appearances=(_find_appearance(found),),
        topics=tuple(_collect_topics(found.subjects or ())),
        ids=drop_empty({"doi": name, "arxiv": _find_arxiv(name, found)}),
        urls=drop_empty({"page": found.url or build_address("doi", name)}),
        citations=found.citation_count,
        status="withdrawn" if "Withdrawn" in {date.kind for date in found.dates or ()} else "",
        language=found.language or "",
        updated=day,
        editors=convert_people((), found.contributors or ()),
        references=collect_references(map(_identify_cited, found.related_identifiers or ())),
    )


def _identify_cited(found: Related) -> dict[str, str]:
    """Return the identifier of a work that is cited; related works of other kinds have none."""
    scheme = _CITED_BY.get((found.related_identifier_type or "").lower(), "")
    if not scheme or found.relation_type not in _CITING:
        return {}
    return {scheme: found.related_identifier or ""}


def _build_id(doi: str) -> str:
    return f"doi:{doi}" if doi else ""


def _build_title(titles: tuple[Title, ...]) -> str:
    """Return the main title, with a subtitle that it does not hold yet."""
    main = next((one.title for one in titles if one.title and not one.kind), None)
    main = main or next((one.title for one in titles if one.title), None) or ""
    below = next((one.title for one in titles if one.title and one.kind == "Subtitle"), "")
    return join_subtitle(main, below or "")


def _find_abstract(found: tuple[Description, ...]) -> str:
    return next((one.text for one in found if one.text and one.kind == "Abstract"), "")


def _collect_topics(subjects: tuple[Named | str, ...]) -> Iterator[str]:
    """Yield the subjects; a field of science of the OECD's list begins with ``FOS:``."""
    for one in subjects:
        subject = one if isinstance(one, str) else one.subject or one.name or ""
        yield subject.removeprefix("FOS: ")


def _find_arxiv(doi: str, found: Attributes) -> str:
    stated = (one.value for one in found.identifiers or () if one.kind == "arXiv" and one.value)
    return find_arxiv_id(doi, *(f"arXiv:{value.removeprefix('arXiv:')}" for value in stated))


def _find_appearance(found: Attributes) -> Appearance:
    stated = _find_type(found.types or Kinds())
    kind = find_venue_kind(stated)
    container = _find_container(found)
    publisher = _name(found.publisher)
    venue = container.title or _build_title(container.titles or ())
    if not venue and kind == "repository":
        venue = publisher
    year = parse_year(found.publication_year)
    dates = {one.kind: str(one.date or "") for one in found.dates or ()}
    return Appearance(
        venue=venue,
        venue_kind=kind if venue else "",
        year=year,
        type=stated,
        date=find_first_date(year, *(dates.get(kind) for kind in _PUBLISHED)),
        volume=str(container.volume or ""),
        issue=str(container.issue or container.number or ""),
        pages=join_pages(str(container.first_page or ""), str(container.last_page or "")),
        publisher=_name(container.publisher) or publisher,
    )


def _find_type(kinds: Kinds) -> str:
    general = kinds.general or ""
    return _KINDS.get(general) or find_type(general) or find_type(kinds.stated or "")


def _find_container(found: Attributes) -> Container:
    """Return the related item that the work is published in, or else the derived container."""
    items = (one for one in found.related_items or () if one.relation_type == "IsPublishedIn")
    return next(items, None) or found.container or Container()


def _name(publisher: str | Named | None) -> str:
    name = (publisher.name if isinstance(publisher, Named) else publisher) or ""
    return "" if name.startswith("(:") else name  # (:unav) and similar codes for "unknown"


def _recognises(head: Head) -> bool:
    if head.start not in (b"{", b"[") or "titles" not in head.keys:
        return False
    own = {"resourceTypeGeneral", "nameIdentifiers", "publicationYear", "titleType"} & head.keys
    return "creators" in head.keys and bool(own)


FORMAT = Format(
    NAME,
    "DataCite DOIs",
    _recognises,
    lambda stream: read_json(stream, _DECODER, convert, make_finder(_LAYOUT), LICENCE),
    line_key="attributes",
)
