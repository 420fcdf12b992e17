"""Read DataCite's metadata in XML: a file for each DOI, or OAI-PMH's oai_datacite.

The elements are those of DataCite's JSON, under which a record is converted. A series in which the
work appeared may be a description: ``Journal of Rain, 3(2), 101-110``.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from index.dumps.streams import Stream
from index.formats.datacite import (
    LICENCE,
    Attributes,
    Container,
    Dated,
    Description,
    Doi,
    Identifier,
    Kinds,
    Named,
    Related,
    Title,
    convert,
)
from index.formats.datacite_people import NameId, Person
from index.formats.dublin_core_sources import parse_place
from index.formats.format import Format
from index.records import RawRecord, Reject, Source
from index.scanners.head import Head
from index.scanners.xml_records import Layout, find_root, read_text, read_texts, read_xml

NAME = "datacite_xml"

_LAYOUT = Layout(records=("resource",))
_NAMESPACE = b"datacite.org/schema"


def convert_resource(found: Element, source: Source) -> RawRecord:
    """Convert the element ``resource``."""
    kind = found.find("resourceType")
    kinds = Kinds() if kind is None else Kinds(kind.get("resourceTypeGeneral"), _text(kind))
    related = found.findall("relatedItems/relatedItem")
    attributes = Attributes(
        doi=_find_doi(found),
        titles=_read_titles(found),
        creators=tuple(_read_person(one, "creator") for one in found.findall("creators/creator")),
        contributors=tuple(
            _read_person(one, "contributor") for one in found.findall("contributors/contributor")
        ),
        publisher=_find(found, "publisher"),
        publication_year=_find(found, "publicationYear"),
        container=_find_series(found),
        related_items=tuple(map(_read_item, related)),
        related_identifiers=tuple(
            Related(_text(one), one.get("relatedIdentifierType"), one.get("relationType"))
            for one in found.findall("relatedIdentifiers/relatedIdentifier")
        ),
        subjects=tuple(Named(subject=one) for one in read_texts(found, "subjects/subject")),
        dates=tuple(Dated(_text(d), d.get("dateType")) for d in found.findall("dates/date")),
        descriptions=tuple(
            Description(_text(one), one.get("descriptionType"))
            for one in found.findall("descriptions/description")
        ),
        identifiers=tuple(
            Identifier(_text(one), one.get("alternateIdentifierType"))
            for one in found.findall("alternateIdentifiers/alternateIdentifier")
        ),
        types=kinds,
        language=_find(found, "language"),
    )
    return replace(convert(Doi(attributes=attributes), source), format=NAME)


def _text(element: Element) -> str:
    return read_text(element).strip()


def _find(element: Element, path: str) -> str:
    return read_text(element.find(path)).strip()


def _find_doi(found: Element) -> str:
    stated = found.find("identifier")
    return _text(stated) if stated is not None and stated.get("identifierType") == "DOI" else ""


def _read_titles(element: Element) -> tuple[Title, ...]:
    return tuple(Title(_text(one), one.get("titleType")) for one in element.findall("titles/title"))


def _read_person(found: Element, role: str) -> Person:
    name = found.find(f"{role}Name")
    return Person(
        name=_find(found, f"{role}Name"),
        name_type=None if name is None else name.get("nameType"),
        given_name=_find(found, "givenName"),
        family_name=_find(found, "familyName"),
        name_identifiers=tuple(
            NameId(_text(one), one.get("nameIdentifierScheme", "").upper())
            for one in found.findall("nameIdentifier")
        ),
        affiliation=tuple(read_texts(found, "affiliation")),
        contributor_type=found.get("contributorType"),
    )


def _read_item(found: Element) -> Container:
    return Container(
        titles=_read_titles(found),
        relation_type=found.get("relationType"),
        volume=_find(found, "volume"),
        issue=_find(found, "issue"),
        number=_find(found, "number"),
        first_page=_find(found, "firstPage"),
        last_page=_find(found, "lastPage"),
        publisher=_find(found, "publisher"),
    )


def _find_series(found: Element) -> Container | None:
    """Return the series that a description names."""
    series = found.find("descriptions/description[@descriptionType='SeriesInformation']")
    if series is None:
        return None
    place = parse_place(_text(series))
    first, _, last = place.pages.partition("-")
    return Container(place.venue, None, None, place.volume, place.issue, None, first, last)


def _convert(found: Element, source: Source) -> Iterator[RawRecord]:
    yield convert_resource(found, replace(source, licence=LICENCE))


def _recognises(head: Head) -> bool:
    return find_root(head) == "resource" and _NAMESPACE in head.beginning


def _read(stream: Stream) -> Iterator[RawRecord | Reject]:
    return read_xml(stream, _LAYOUT, _convert)


FORMAT = Format(NAME, "DataCite XML", _recognises, _read)
