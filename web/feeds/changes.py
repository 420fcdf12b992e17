"""Write what differs between two generations as an Atom feed (RFC 4287).

Entry ids are tag URIs (RFC 4151). They depend only on the generation, the kind of difference and
the paper, so a reader that fetches the feed again sees each entry once.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement

from web.api.addresses import paper_path
from web.feeds.atom import (
    ATOM,
    DECLARATION,
    add_authors,
    add_element,
    add_published,
    make_id_prefix,
    serialise,
)
from web.wording import NONE

if TYPE_CHECKING:
    from index.changes.generations import Difference
    from index.store.manifest import Manifest

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
    prefix = make_id_prefix(base_url)
    yield DECLARATION
    head = serialise(_build_head(prefix, generation, base_url))
    yield head.removesuffix("</feed>") + "\n"
    for one in differences:
        yield serialise(_build_entry(one, prefix, generation, base_url)) + "\n"
    yield "</feed>\n"


def _build_head(prefix: str, generation: "Manifest", base_url: str) -> Element:
    head = Element("feed", {"xmlns": ATOM})
    add_element(head, "id", f"{prefix}changes")
    add_element(head, "title", "Papersearch: new and changed papers")
    add_element(head, "updated", generation.created)
    add_authors(head, ("Papersearch",))
    if base_url:
        SubElement(head, "link", {"rel": "alternate", "href": f"{base_url}/"})
    return head


def _build_entry(one: "Difference", prefix: str, generation: "Manifest", base_url: str) -> Element:
    entry = Element("entry")
    add_element(entry, "id", f"{prefix}{generation.name}/{one.kind}/{quote(one.id, safe=':')}")
    add_element(entry, "title", f"{TITLES[one.kind]}: {one.title}")
    add_element(entry, "updated", generation.created)
    add_published(entry, one.date)
    add_authors(entry, one.authors)
    SubElement(entry, "category", {"term": one.kind})
    if base_url and one.kind != "gone":
        SubElement(entry, "link", {"rel": "alternate", "href": base_url + paper_path(one.id)})
    add_element(entry, "content", _build_content(one)).set("type", "text")
    return entry


def _build_content(one: "Difference") -> str:
    lines = [one.id, ", ".join(one.authors), one.place]
    lines += [
        f"{change.field}: {change.old or NONE} -> {change.new or NONE}" for change in one.changed
    ]
    return "\n".join(filter(None, lines))
