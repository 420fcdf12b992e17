"""Write the papers of a search, a venue or a topic as an Atom feed, the newest first.

The id of an entry depends on the paper alone, so a reader that fetches the feed again, or another
feed of the same server, sees each paper once. An entry was updated when the index first had it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement

from index.records import Paper
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
from web.wording import shorten_text

NAMES = 50
"""Authors that an entry names; the last of more is "and others". Chosen."""

LONGEST_SUMMARY = 3_000
"""Characters of an abstract; chosen, one in a hundred is longer."""


@dataclass(frozen=True, slots=True)
class PaperFeed:
    """What a feed says of itself.

    Attributes:
        title: What it lists.
        base_url: Where the index is served, without a final slash.
        address: The address of the feed below that, with its parameters.
        page: The address of the page with the same papers.
        updated: When the generation was made, in UTC; the feed's date if it has no entries.
    """

    title: str
    base_url: str
    address: str
    page: str
    updated: datetime


def write_paper_feed(feed: PaperFeed, papers: Iterable[tuple[Paper, datetime]]) -> str:
    """Write a feed.

    Args:
        feed: What it says of itself.
        papers: The papers, and when the index first had each, in UTC.
    """
    entries = list(papers)
    prefix = make_id_prefix(feed.base_url)
    root = Element("feed", {"xmlns": ATOM})
    add_element(root, "id", f"{prefix}feed{quote(feed.address, safe='/?&=:;+,%')}")
    add_element(root, "title", feed.title)
    updated = max((at for _, at in entries), default=feed.updated)
    add_element(root, "updated", _format_time(updated))
    add_authors(root, ("Papersearch",))
    for rel, address in (("self", feed.address), ("alternate", feed.page)):
        SubElement(root, "link", {"rel": rel, "href": feed.base_url + address})
    for paper, at in entries:
        root.append(_build_entry(paper, at, prefix, feed.base_url))
    return DECLARATION + serialise(root) + "\n"


def _build_entry(paper: Paper, at: datetime, prefix: str, base_url: str) -> Element:
    entry = Element("entry")
    add_element(entry, "id", f"{prefix}paper/{quote(paper.id, safe=':/')}")
    add_element(entry, "title", paper.title)
    add_element(entry, "updated", _format_time(at))
    add_published(entry, paper.shown.date)
    names = tuple(author.name for author in paper.authors)
    more = ("and others",) if len(names) > NAMES else ()
    add_authors(entry, (names[:NAMES] or ("unknown",)) + more)
    SubElement(entry, "link", {"rel": "alternate", "href": base_url + paper_path(paper.id)})
    place = " ".join(filter(None, (paper.shown.venue or paper.shown.venue_name, paper.shown.when)))
    text = "\n\n".join(filter(None, (place, shorten_text(paper.abstract, LONGEST_SUMMARY))))
    add_element(entry, "summary", text)
    return entry


def _format_time(at: datetime) -> str:
    return f"{at:%Y-%m-%dT%H:%M:%SZ}"
