"""Write the elements of Atom feeds (RFC 4287) and the tag URIs (RFC 4151) that are their ids."""

from urllib.parse import quote, urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from web.unprintable import replace_unprintable

ATOM = "http://www.w3.org/2005/Atom"

AUTHORITY = "papersearch"
"""The authority of the tag URIs of a feed without a base URL."""

SINCE = "2026"
"""The year of the tag URIs. It is part of every id, so it must not change."""

DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
"""The first line of a feed."""


def make_id_prefix(base_url: str) -> str:
    """Return the start of every id, which differs for each place where a feed is served."""
    address = urlsplit(base_url)
    authority = (address.hostname or AUTHORITY).replace(":", "-").strip("-")  # IPv6
    path = address.path.strip("/")
    return quote(f"tag:{authority},{SINCE}:{path}{'/' if path else ''}", safe=":/,%")


def add_element(parent: Element, tag: str, text: str) -> Element:
    """Add an element with a text, in which what XML cannot hold is replaced."""
    element = SubElement(parent, tag)
    element.text = replace_unprintable(text)
    return element


def add_published(entry: Element, date: str) -> None:
    """Add the day on which a paper was published; RFC 4287 has no dates without a day."""
    if len(date) == len("2019-05-03"):
        add_element(entry, "published", f"{date}T00:00:00Z")


def add_authors(parent: Element, names: tuple[str, ...]) -> None:
    """Add the names of authors."""
    for name in names:
        add_element(SubElement(parent, "author"), "name", name)


def serialise(element: Element) -> str:
    """Return an element as text."""
    return tostring(element, encoding="unicode")
