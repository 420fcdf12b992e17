"""Test what the home page shows, and that its links find what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

import pytest

from web.app import create_app
from web.pages.home_contents import HomeContents

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask.testing import FlaskClient

    from tests.support.page import Element

    Read = Callable[[str], list[Element]]


def _list_links(elements: list[Element], inside: str) -> dict[str, str]:
    """Return the addresses of the links inside an element with a class, by their texts."""
    return {
        element.text: element.get("href")
        for element in elements
        if element.tag == "a" and inside in {outer.get("class") for outer in element.inside}
    }


def _count_hits(client: FlaskClient, address: str) -> int:
    parts = urlsplit(address)
    document: Any = client.get(f"{parts.path}.json?{parts.query}").json
    total: int = document.get("data", document)["total"]
    return total


def test_heading(client: FlaskClient, read: Read) -> None:
    """The heading counts the papers and names the first and the last year."""
    (heading,) = (e.text for e in read(client.get("/").text) if e.tag == "h1")
    assert heading == "417 papers, 1936 to 2024"


@pytest.mark.parametrize(("place", "facet"), [("venues", "venue"), ("by-year", "year")])
def test_counts(client: FlaskClient, read: Read, place: str, facet: str) -> None:
    """Every venue and every year has a page and as many papers as the home page says."""
    elements = read(client.get("/").text)
    items = [e for e in elements if e.tag == "li" and place in {o.get("class") for o in e.inside}]
    assert len(items) > 8
    links = _list_links(elements, place)
    for item in items:
        name, _, count = item.text.rpartition(" ")
        assert client.get(links[name]).status_code == 200
        assert _count_hits(client, f"/search?{urlencode({facet: name})}") == int(count)


def test_bars_and_list_of_years_lead_to_the_same(client: FlaskClient, read: Read) -> None:
    """Each bar has a line in the list, which is reached by one Tab stop."""
    elements = read(client.get("/").text)
    bars = [e for e in elements if e.tag == "a" and e.get("tabindex") == "-1"]
    assert [bar.get("href") for bar in bars] == list(_list_links(elements, "by-year").values())


def test_examples_find_papers(client: FlaskClient, read: Read) -> None:
    """Every example query finds at least one paper."""
    examples = _list_links(read(client.get("/").text), "try")
    examples.pop("All search operators")
    assert len(examples) == 4
    for address in examples.values():
        assert _count_hits(client, address) > 0


def test_hidden_papers_are_counted_once(client: FlaskClient, read: Read) -> None:
    """The page says how many papers searches hide, and links to a search with them."""
    elements = read(client.get("/").text)
    (note,) = (e.text for e in elements if e.get("class") == "hint")
    hidden = 417 - _count_hits(client, "/search")
    assert note.startswith(f"{hidden} withdrawn or rejected papers hidden from searches.")


def test_lists_of_papers(index_of: Callable[..., Path], read: Read) -> None:
    """The most cited papers come by citations, and each paper of a list is linked."""
    records = (
        {"id": f"p{n}", "title": f"Mill {n}", "citations": n, "year": 2000 + n} for n in range(9)
    )
    client = create_app(index_of(*records)).test_client()
    elements = read(client.get("/").text)
    for heading, found in (("Most cited", 5), ("Newest", 5)):
        listed = [e for e in elements if any(o.get("aria-label") == heading for o in e.inside)]
        addresses = [e.get("href") for e in listed if e.tag == "a"]
        assert addresses == [f"/paper/p{n}" for n in range(8, 8 - found, -1)]
        assert client.get(addresses[0]).status_code == 200
    counts = [e.text for e in elements if e.tag == "span" and e.text.endswith(" citations")]
    assert counts[:5] == [f"{n} citations" for n in range(8, 3, -1)]


def test_an_index_with_little(index_of: Callable[..., Path], read: Read) -> None:
    """Where no year, venue or citation is known, the page has no empty sections."""
    client = create_app(index_of({"id": "a", "title": "Mills"})).test_client()
    elements = read(client.get("/").text)
    assert [e.text for e in elements if e.tag == "h1"] == ["1 paper"]
    assert [e.text for e in elements if e.tag == "h2"] == ["Keyboard shortcuts"]


def test_contents_are_gathered_once(index_of: Callable[..., Path]) -> None:
    """The contents are kept until another generation is in use."""
    app = create_app(index_of({"id": "a", "title": "Mills", "year": 2019}))
    client = app.test_client()
    client.get("/")
    generation = app.extensions["searcher"].manifest.name
    kept = app.extensions["home"].get(generation, "", HomeContents)
    assert [paper.id for paper in kept.newest] == ["a"]
    client.get("/")
    assert app.extensions["home"].get(generation, "", HomeContents) is kept
