"""Write what differs between two generations as an Atom feed (RFC 4287).

Entry ids are tag URIs (RFC 4151). They depend only on the generation, the kind of difference and
the paper, so a reader that fetches the feed again sees each entry once.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from web.api.addresses import paper_path
from web.unprintable import replace_unprintable
from web.wording import NONE

if TYPE_CHECKING:
    from index.changes.generations import Difference
    from index.store.manifest import Manifest

ATOM = "http://www.w3.org/2005/Atom"

AUTHORITY = "papersearch"
"""The authority of the tag URIs of a feed without a base URL."""

SINCE = "2026"
"""The year of the tag URIs. It is part of every id, so it must not change."""

TITLES = {
    "new": "New",
    "changed": "Changed",
    "withdrawn": "Withdrawn",
    "gone": "Gone",
    "published": "Published",
}
"""The first word of an entry's title, by kind of difference."""


def write_feed(
    generation: "Manifest", differences: "Iterable[Difference]", base_url: str = ""
) -> Iterator[str]:
    """Write a feed piece by piece, with one entry in memory at a time.

    Args:
        generation: The later generation; its date is that of the feed and of every entry.
        differences: One entry each.
        base_url: Where the index is served, without a final slash; empty leaves out links.

    Yields:
        Pieces of one XML document.
    """
    prefix = _id_prefix(base_url)
    yield '<?xml version="1.0" encoding="utf-8"?>\n'
    head = _serialise(_build_head(prefix, generation, base_url))
    yield head.removesuffix("</feed>") + "\n"
    for one in differences:
        yield _serialise(_build_entry(one, prefix, generation, base_url)) + "\n"
    yield "</feed>\n"


def _id_prefix(base_url: str) -> str:
    """Return the start of every id, which differs for each place where a feed is served."""
    address = urlsplit(base_url)
    authority = (address.hostname or AUTHORITY).replace(":", "-").strip("-")  # IPv6
    path = address.path.strip("/")
    return quote(f"tag:{authority},{SINCE}:{path}{'/' if path else ''}", safe=":/,%")


def _build_head(prefix: str, generation: "Manifest", base_url: str) -> Element:
    head = Element("feed", {"xmlns": ATOM})
    _add_element(head, "id", f"{prefix}changes")
    _add_element(head, "title", "Papersearch: new and changed papers")
    _add_element(head, "updated", generation.created)
    _add_element(SubElement(head, "author"), "name", "Papersearch")
    if base_url:
        SubElement(head, "link", {"rel": "alternate", "href": f"{base_url}/"})
    return head


def _build_entry(one: "Difference", prefix: str, generation: "Manifest", base_url: str) -> Element:
    entry = Element("entry")
    _add_element(entry, "id", f"{prefix}{generation.name}/{one.kind}/{quote(one.id, safe=':')}")
    _add_element(entry, "title", f"{TITLES[one.kind]}: {one.title}")
    _add_element(entry, "updated", generation.created)
    if len(one.date) == len("2019-05-03"):  # RFC 4287 has no dates without a day
        _add_element(entry, "published", f"{one.date}T00:00:00Z")
    for name in one.authors:
        _add_element(SubElement(entry, "author"), "name", name)
    SubElement(entry, "category", {"term": one.kind})
    if base_url and one.kind != "gone":
        SubElement(entry, "link", {"rel": "alternate", "href": base_url + paper_path(one.id)})
    _add_element(entry, "content", _build_content(one)).set("type", "text")
    return entry


def _build_content(one: "Difference") -> str:
    lines = [one.id, ", ".join(one.authors), one.place]
    lines += [
        f"{change.field}: {change.old or NONE} -> {change.new or NONE}" for change in one.changed
    ]
    return "\n".join(filter(None, lines))


def _add_element(parent: Element, tag: str, text: str) -> Element:
    element = SubElement(parent, tag)
    element.text = replace_unprintable(text)
    return element


def _serialise(element: Element) -> str:
    return tostring(element, encoding="unicode")
