"""Read the results of searches in Europe PMC in XML.

The elements have the names and the order of the keys in JSON, so a result becomes JSON and is read
like one (`index.formats.europe_pmc`).
"""

import json
import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from msgspec.structs import replace

from index.errors import RecordError
from index.formats import europe_pmc
from index.formats.europe_pmc_result import Result
from index.formats.format import Format
from index.records import RawRecord, Source
from index.scanners.head import Head
from index.scanners.lenient_json import decode_leniently
from index.scanners.xml_records import Layout, find_root, read_text, read_xml

NAME = "europe_pmc_xml"

_LAYOUT = Layout(records=("result",))
_ROOTS = ("responseWrapper", "resultList")
_INSIDE = re.compile(rb"<(?:resultList|hitCount|result)[\s>]")
_NAMES = {"DOI": "doi", "ISOAbbreviation": "isoabbreviation"}
"""Names of elements that JSON writes otherwise; ``DOI`` is in answers before 2017."""

_TEXTS = frozenset(("title", "abstractText", "affiliation"))
"""Elements whose text may hold markup; another element with elements in it is an object."""

_NUMBERS = frozenset(("citedByCount", "yearOfPublication"))
_LONGEST_NUMBER = 9


def convert(record: Element, source: Source) -> Iterator[RawRecord]:
    """Convert one result.

    Raises:
        RecordError: It has no number.
    """
    value = _convert_children(record)
    if not value.get("id"):
        message = "has no number (id)"
        raise RecordError(message)
    found, odd = decode_leniently(json.dumps(value).encode(), Result)
    yield replace(europe_pmc.convert(found, source), format=NAME, odd=odd)


def _convert_children(element: Element) -> dict[str, object]:
    """Return the elements in an element by name; those of a list are listed."""
    pairs = [(_NAMES.get(child.tag, child.tag), _convert_value(child)) for child in element]
    if element.tag.endswith("List"):
        return {name: [value for key, value in pairs if key == name] for name, _ in pairs[:1]}
    return dict(reversed(pairs))  # the first of several


def _convert_value(element: Element) -> object:
    if len(element) and element.tag not in _TEXTS:
        return _convert_children(element)
    text = read_text(element).strip()
    if element.attrib:
        return {**element.attrib, "value": text}
    number = element.tag in _NUMBERS and text.isdecimal() and len(text) <= _LONGEST_NUMBER
    return int(text) if number else text


def _recognises(head: Head) -> bool:
    # Answers in Dublin Core (``format=dc``) have the same root, but other records.
    other = b"<rdf:RDF" in head.beginning
    return find_root(head) in _ROOTS and not other and bool(_INSIDE.search(head.beginning))


FORMAT = Format(
    NAME,
    "Europe PMC results in XML",
    _recognises,
    lambda stream: read_xml(stream, _LAYOUT, convert),
)
