"""Read the hits of dblp's search for publications as elements of its XML dump.

A file is a page of the search API (``result.hits.hit``), a list or lines. A hit has the key and the
fields of a record of the dump under other names, so it becomes that element, and the reader of the
dump converts both.
"""

import html
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element, SubElement

import msgspec
from msgspec import Struct

from index.dumps.streams import Stream
from index.errors import RecordError
from index.normalise.raw_values import Texts, find_first_text, list_texts
from index.records import RawRecord, Reject, Source
from index.scanners.head import Head
from index.scanners.json_arrays import Layout, make_finder
from index.scanners.json_lines import read_json

_ELEMENTS = {
    "Journal Articles": ("article", ""),
    "Conference and Workshop Papers": ("inproceedings", ""),
    "Informal and Other Publications": ("article", "informal"),
    "Informal Publications": ("article", "informal"),
    "Parts in Books or Collections": ("incollection", ""),
    "Reference Works": ("incollection", "encyclopedia"),
    "Books and Theses": ("book", ""),
    "Editorship": ("proceedings", ""),
    "Data and Artifacts": ("data", ""),
    "Withdrawn Items": ("article", "withdrawn"),
}
"""The element and its ``publtype`` for each type of hit; others are articles."""

_VENUES = {"article": "journal", "book": "series", "phdthesis": "school"}
"""The element that has the venue, if it is not ``booktitle``."""


class Person(Struct, rename={"pid": "@pid"}):
    """An author."""

    text: str | None = None
    pid: str | None = None


class People(Struct):
    """The authors: a list unless there is only one; names alone in answers until 2018."""

    author: tuple[Person | str, ...] | Person | str | None = None


class Info(Struct):
    """The fields of a hit."""

    key: str | None = None
    type: str | None = None
    title: str | None = None
    authors: People | None = None
    venue: Texts = None
    volume: str | None = None
    number: str | None = None
    pages: str | None = None
    publisher: str | None = None
    year: str | None = None
    doi: str | None = None
    ee: Texts = None
    url: str | None = None


class Hit(Struct):
    """One hit."""

    info: Info | None = None


_DECODER = msgspec.json.Decoder(Hit)
_LAYOUT = Layout("hit", frozenset({"info"}), depth=3)

Convert = Callable[[Element, Source], Iterator[RawRecord]]


def recognises_answer(head: Head) -> bool:
    """Return whether a file is an answer of the search for publications."""
    if head.start not in (b"{", b"[") or "info" not in head.keys:
        return False
    own = {"@score", "@id", "@pid", "hit"} & head.keys
    return bool(own) and {"title", "key"} <= head.keys


def read_answers(stream: Stream, convert: Convert) -> Iterator[RawRecord | Reject]:
    """Yield the hits of one answer or several, converted by the reader of the dump."""

    def convert_hit(hit: Hit, source: Source) -> RawRecord:
        return next(convert(build_element(hit.info or Info()), source))

    return read_json(stream, _DECODER, convert_hit, make_finder(_LAYOUT))


def build_element(info: Info) -> Element:
    """Build the element of the dump that a hit stands for.

    Raises:
        RecordError: The hit has no key.
    """
    key = info.key or (info.url or "").partition("/rec/")[2]
    if not key:
        message = "has no key"
        raise RecordError(message)
    name, kind = _ELEMENTS.get(info.type or "", ("article", ""))
    if name == "book" and key.startswith("phd/"):
        name = "phdthesis"
    element = Element(name, key=key, publtype=kind)
    for person in _list_people(info.authors or People()):
        attributes = {"pid": person.pid} if person.pid else {}
        SubElement(element, "author", attributes).text = html.unescape(person.text or "")
    links = (*list_texts(info.ee), *((f"https://doi.org/{info.doi}",) if info.doi else ()))
    fields = [
        ("title", info.title),
        (_VENUES.get(name, "booktitle"), find_first_text(info.venue)),
        ("volume", info.volume),
        ("number", info.number),
        ("pages", info.pages),
        ("publisher", info.publisher),
        ("year", info.year),
        *(("ee", link) for link in links),
    ]
    for field, value in fields:
        if value:
            SubElement(element, field).text = html.unescape(value)
    return element


def _list_people(people: People) -> list[Person]:
    listed = people.author if isinstance(people.author, tuple) else (people.author,)
    return [one if isinstance(one, Person) else Person(one) for one in listed if one]
