"""Test what the page of results offers beside the hits: exports, the menu, the box for a paper."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from web.app import create_app
from web.exports.formats import FORMATS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask.testing import FlaskClient

    from tests.support.page import Element

    Read = Callable[[str], list[Element]]


def _is_inside(element: Element, name: str) -> bool:
    return any(outer.get("class") == name or outer.get("id") == name for outer in element.inside)


def _count(client: FlaskClient, address: str) -> int:
    parts = urlsplit(address)
    document: dict[str, Any] = client.get(f"/search.json?{parts.query}").get_json()["data"]
    total: int = document["total"]
    return total


def test_hits_come_before_filters(client: FlaskClient, read: Read) -> None:
    """In the page, only its head stands before the first hit, and no filter or link of the site."""
    elements = read(client.get("/search?q=learning&venue=NeurIPS").text)
    first = next(place for place, e in enumerate(elements) if e.get("class") == "hit")
    stops = [
        e
        for e in elements[:first]
        if (e.tag == "a" and "href" in e.attributes)
        or e.tag in {"button", "select", "summary"}
        or (e.tag == "input" and e.get("type") != "hidden")
    ]
    assert [e.get("class") or e.tag for e in stops] == ["skip", "name", "input", "button"]
    assert any(e.get("id") == "filters" for e in elements[first:])


def test_the_histogram_is_one_tab_stop(client: FlaskClient, read: Read) -> None:
    """Of the bars, one is a Tab stop."""
    elements = read(client.get("/search?q=learning").text)
    bars = [e for e in elements if e.tag == "a" and _is_inside(e, "years")]
    assert len(bars) > 10
    assert [e.get("tabindex") for e in bars].count("") == 1


def test_a_value_is_excluded_by_its_button(client: FlaskClient, read: Read) -> None:
    """The form and the button of a value, ticked or not, find the papers without this value."""
    for search in ("q=learning", "q=learning&venue=NeurIPS"):
        elements = read(client.get(f"/search?{search}").text)
        button = next(e for e in elements if e.get("value") == "-NeurIPS" and e.tag == "button")
        assert button.get("aria-label") == "Exclude NeurIPS"
        assert button.get("form") == "search"
        sent = urlencode([*parse_qsl(search), (button.get("name"), button.get("value"))])
        without = read(client.get(f"/search?{sent}").text)
        assert _count(client, f"?{sent}") == _count(client, "?q=learning&venue=-NeurIPS") > 0
        box = next(
            e for e in without if (e.get("value"), e.get("type")) == ("-NeurIPS", "checkbox")
        )
        assert "checked" in box.attributes
        assert "not NeurIPS" in box.inside[-1].text
        assert "not" in box.inside[-1].get("class").split()


def test_closed_facets_are_opened_in_place(client: FlaskClient, read: Read) -> None:
    """The link of a facet that was not counted shows it among the filters of the same search."""
    elements = read(client.get("/search?q=learning&venue=NeurIPS").text)
    closed = [e for e in elements if e.tag == "a" and _is_inside(e, "closed-facets")]
    assert [e.text.split()[0] for e in closed] == ["Author", "Topic", "Institution"]
    opened = read(client.get(closed[0].get("href")).text)
    legends = [e.text for e in opened if e.tag == "legend"]
    assert {"Venue", "Year", "Author"} <= set(legends)
    every = next(e for e in opened if e.tag == "a" and "/facet/author" in e.get("href"))
    assert client.get(every.get("href")).status_code == 200


def test_all_values_of_a_facet_are_linked(client: FlaskClient, read: Read) -> None:
    """The link below a facet opens its own page for the same search."""
    elements = read(client.get("/search?q=learning&type=preprint&page=2").text)
    link = next(e for e in elements if e.get("class") == "all")
    assert sorted(parse_qsl(urlsplit(link.get("href")).query)) == [
        ("q", "learning"),
        ("type", "preprint"),
    ]


def test_exports_of_all_hits_and_of_ticked_ones(client: FlaskClient, read: Read) -> None:
    """Every format is offered for all hits of the search, and for those that are ticked."""
    elements = read(client.get("/search?q=attention&venue=NeurIPS&page=1").text)
    links = {e.text: e.get("href") for e in elements if e.tag == "a" and _is_inside(e, "export")}
    assert list(links) == [*(one.label for one in FORMATS.values()), "File for papers replay"]
    for address in links.values():
        response = client.get(address)
        assert response.status_code == 200
        assert "attachment" in response.headers["Content-Disposition"]
        response.close()
    ticks = [e for e in elements if e.get("form") == "export" and e.tag == "input"]
    buttons = [e.get("value") for e in elements if e.tag == "button" and _is_inside(e, "export")]
    assert buttons == list(FORMATS)
    sent = urlencode([("id", e.get("value")) for e in ticks[:2]] + [("format", "jsonl")])
    assert len(client.get(f"/export?{sent}").text.splitlines()) == 2


@pytest.mark.parametrize("search", ["q=attention", "q=attention&records=1"])
def test_actions_of_a_hit(client: FlaskClient, read: Read, search: str) -> None:
    """A hit leads to its text, its citation, its similar papers and why it has its place."""
    elements = read(client.get(f"/search?{search}").text)
    first = next(e for e in elements if e.get("class") == "hit")
    inside = [e for e in elements if first in e.inside and e.tag == "a"]
    links = {e.text: e.get("href") for e in inside}
    assert {"Cite", "Similar", "Why this order?"} <= set(links)
    for label in ("Cite", "Similar", "Why this order?"):
        assert client.get(links[label].partition("#")[0]).status_code == 200
    assert any(e.tag == "summary" and e.text == "Abstract" for e in elements if first in e.inside)


def test_links_to_the_text_and_the_code(index_of: Callable[..., Path], read: Read) -> None:
    """A hit links its PDF and its code, if it has them."""
    urls = {"pdf": "https://example.org/a.pdf", "code": "https://example.org/code"}
    index = index_of({"id": "a", "title": "Tide a", "urls": urls}, {"id": "b", "title": "Tide b"})
    elements = read(create_app(index).test_client().get("/search?q=tide").text)
    found = [(e.text, e.get("href")) for e in elements if e.get("href").startswith("https")]
    assert found == [("PDF", urls["pdf"]), ("Code", urls["code"])]


def test_a_missing_paper_is_asked_for(client: FlaskClient, read: Read) -> None:
    """The box for an expected paper keeps the whole search."""
    elements = read(client.get("/search?q=adam&venue=ICLR&hidden=show&page=1").text)
    sent = [
        (e.get("name"), e.get("value"))
        for e in elements
        if e.tag == "input" and _is_inside(e, "why-not") and e.get("type") == "hidden"
    ]
    assert sent == [("q", "adam"), ("venue", "ICLR"), ("hidden", "show")]
    asked = urlencode([*sent, ("id", "Attention is all you need")])
    assert "Why this paper is missing" in client.get(f"/why-not?{asked}").text


def test_the_menu_has_the_switches(client: FlaskClient, read: Read) -> None:
    """Duplicates, related terms, hidden papers and citations are chosen in the menu."""
    elements = read(client.get("/search?q=learning&expand=feedback").text)
    menu = next(e for e in elements if e.get("id") == "options")
    for words in (
        "Show duplicates separately", "Include related terms", "Favour cited papers",
        "Include withdrawn and rejected papers",
    ):  # fmt: skip
        assert words in menu.text
    ticked = [e.get("name") for e in elements if menu in e.inside and "checked" in e.attributes]
    assert ticked == ["expand"]


def test_filters_are_named_after_a_new_query(client: FlaskClient, read: Read) -> None:
    """Filters that stay for another query are shown, with what the search finds without them."""
    elements = read(client.get("/search?q=attention&venue=NeurIPS").text)
    hints = [e.text for e in elements if e.get("class") == "hint" and _is_inside(e, "narrowed")]
    assert hints == [f"{_count(client, '?q=attention')} papers without filters"]
