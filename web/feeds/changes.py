"""Answers: what does a feed reader get to know of the difference between two generations?

An Atom feed (RFC 4287) whose entries keep their ids (RFC 4151) however often it is made.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from web.api.addresses import paper_path
from web.wording import NONE

if TYPE_CHECKING:
    from index.changes.generations import Difference
    from index.store.manifest import Manifest

ATOM = "http://www.w3.org/2005/Atom"

AUTHORITY = "papersearch"
"""Who gives the ids of a feed that is not said to be served anywhere."""

SINCE = "2026"
"""The year from which the authority gives such ids; part of each id, so it stays."""

TITLES = {
    "new": "New",
    "changed": "Changed",
    "withdrawn": "Withdrawn",
    "gone": "Gone",
    "published": "Published",
}

_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def feed(
    generation: "Manifest", found: "Iterable[Difference]", base_url: str = ""
) -> Iterator[str]:
    """Give a feed piece by piece, one entry in memory at a time.

    Args:
        generation: The later one; the feed and its entries are as old as it is.
        found: What differs.
        base_url: Where the index is served, without a slash at its end; empty leaves out links.

    Yields:
        Pieces of one XML document.
    """
    scheme = _scheme(base_url)
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    yield _text(_head(scheme, generation, base_url)).removesuffix("</feed>") + "\n"
    for one in found:
        yield _text(_entry(one, scheme, generation, base_url)) + "\n"
    yield "</feed>\n"


def _scheme(base_url: str) -> str:
    """Give what all ids begin with: that of another place is another feed."""
    address = urlsplit(base_url)
    authority = (address.hostname or AUTHORITY).replace(":", "-").strip("-")  # IPv6
    path = address.path.strip("/")
    return quote(f"tag:{authority},{SINCE}:{path}{'/' * bool(path)}", safe=":/,%")


def _head(scheme: str, generation: "Manifest", base_url: str) -> Element:
    head = Element("feed", {"xmlns": ATOM})
    _put(head, "id", f"{scheme}changes")
    _put(head, "title", "Papersearch: what is new and what has changed")
    _put(head, "updated", generation.created)
    _put(SubElement(head, "author"), "name", "Papersearch")
    if base_url:
        SubElement(head, "link", {"rel": "alternate", "href": f"{base_url}/"})
    return head


def _entry(one: "Difference", scheme: str, generation: "Manifest", base_url: str) -> Element:
    entry = Element("entry")
    _put(entry, "id", f"{scheme}{generation.name}/{one.kind}/{quote(one.id, safe=':')}")
    _put(entry, "title", f"{TITLES[one.kind]}: {one.title}")
    _put(entry, "updated", generation.created)
    for name in one.authors:
        _put(SubElement(entry, "author"), "name", name)
    SubElement(entry, "category", {"term": one.kind})
    if base_url and one.kind != "gone":
        SubElement(entry, "link", {"rel": "alternate", "href": base_url + paper_path(one.id)})
    _put(entry, "content", _content(one)).set("type", "text")
    return entry


def _content(one: "Difference") -> str:
    place = " ".join(filter(None, (one.venue, str(one.year or ""))))
    said = [one.id, ", ".join(one.authors), place]
    told = [
        f"{change.field}: {change.old or NONE} -> {change.new or NONE}" for change in one.changed
    ]
    return "\n".join(filter(None, (*said, *told)))


def _put(parent: Element, tag: str, text: str) -> Element:
    element = SubElement(parent, tag)
    element.text = _NO_XML.sub("\N{REPLACEMENT CHARACTER}", text)
    return element


def _text(element: Element) -> str:
    return tostring(element, encoding="unicode")
