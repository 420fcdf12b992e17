"""Test the Atom feed of what differs between two generations."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace

from index.changes.generations import Difference
from index.changes.papers import Change
from index.store.manifest import Manifest
from web.feeds.atom import ATOM
from web.feeds.changes import write_feed

CREATED = "2026-01-02T03:04:05Z"
GENERATION = Manifest("20260102T-1", CREATED, 1, 1, 1, "", "e", "e 1", (), (), "0")
CHANGED = Difference(
    "changed", "a b/c", "On \x00 <Tides>", ("Ada Reed",), "ICML", 2020,
    (Change("title", "", "On Tides"), Change("status", "oral", "")),
)  # fmt: skip
GONE = Difference("gone", "x", "Gone", (), "", None)
ENTRY = f"{{{ATOM}}}entry"


def parse_feed(differences: list[Difference], base_url: str = "") -> ET.Element:
    """Write a feed and parse it."""
    text = "".join(write_feed(GENERATION, differences, base_url))
    return ET.fromstring(text)  # noqa: S314 - our own text


def find_text(parent: ET.Element, name: str) -> str | None:
    """Return the text of the first child with a name."""
    return parent.findtext(f"{{{ATOM}}}{name}")


def test_an_empty_feed_is_valid() -> None:
    """Without differences the feed has its id, title, date and author, and no entry."""
    feed = parse_feed([])
    assert find_text(feed, "id") == "tag:papersearch,2026:changes"
    assert find_text(feed, "updated") == CREATED
    assert find_text(feed, "title")
    assert feed.find(f"{{{ATOM}}}author") is not None
    assert feed.findall(ENTRY) == []


def test_an_entry_describes_a_paper() -> None:
    """An entry has the kind, the title and each change; invalid characters are replaced."""
    (entry,) = parse_feed([CHANGED]).findall(ENTRY)
    assert find_text(entry, "title") == "Changed: On \ufffd <Tides>"
    assert find_text(entry, "updated") == CREATED
    assert find_text(entry, "content") == (
        "a b/c\nAda Reed\nICML 2020\ntitle: (none) -> On Tides\nstatus: oral -> (none)"
    )
    assert entry.findall(f"{{{ATOM}}}link") == []


@pytest.mark.parametrize(
    ("base_url", "prefix"),
    [
        ("", "tag:papersearch,2026:"),
        ("https://x.org", "tag:x.org,2026:"),
        ("https://x.org:8000/a", "tag:x.org,2026:a/"),
        ("http://[::1]/", "tag:1,2026:"),
    ],
)
def test_ids_name_the_host(base_url: str, prefix: str) -> None:
    """An id consists of the host, the generation, the kind and the paper."""
    (entry,) = parse_feed([CHANGED], base_url).findall(ENTRY)
    assert find_text(entry, "id") == f"{prefix}20260102T-1/changed/a%20b%2Fc"


@pytest.mark.parametrize(
    ("date", "published", "place"),
    [
        ("2020-07-13", "2020-07-13T00:00:00Z", "ICML 2020-07-13"),
        ("2020-07", None, "ICML 2020-07"),
        ("", None, "ICML 2020"),
    ],
)
def test_an_entry_has_the_day_of_publication(date: str, published: str | None, place: str) -> None:
    """An Atom date has a day, so a month is named in the text only."""
    (entry,) = parse_feed([replace(CHANGED, date=date)]).findall(ENTRY)
    assert find_text(entry, "published") == published
    assert place in (find_text(entry, "content") or "").splitlines()


def test_papers_that_exist_are_linked() -> None:
    """With a base URL an entry links to its paper, unless the paper is gone."""
    entries = parse_feed([CHANGED, GONE], "https://x.org").findall(ENTRY)
    links = [[link.get("href") for link in entry.findall(f"{{{ATOM}}}link")] for entry in entries]
    assert links == [["https://x.org/paper/a%20b/c"], []]


def test_one_entry_is_in_memory_at_a_time() -> None:
    """Each piece after the head holds one entry."""
    pieces = list(write_feed(GENERATION, [CHANGED, GONE]))
    assert [piece.count("<entry>") for piece in pieces] == [0, 0, 1, 1, 0]
