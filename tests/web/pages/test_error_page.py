"""Test what pages of failures keep, and where they lead."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.budget.errors import BudgetSpent
from search.request.parameters import parse_parameters, write_parameters
from web.pages.error_page import keep_search, list_ways_out

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from tests.support.page import Element

    Read = Callable[[str], list[Element]]


def _list_buttons(elements: list[Element]) -> list[Element]:
    return [e for e in elements if e.tag == "a" and "button" in e.get("class").split()]


@pytest.mark.parametrize(
    ("address", "heading", "way"),
    [
        ("/search?q=zzzqqq&page=2", "No such page: 2. There is only page 1.",
         ("Go to the first page", "/search?q=zzzqqq")),
        ("/search?q=adam&page=0", "No such page: 0. ", ("Go to the first page", "/search?q=adam")),
        ("/search?q=adam&sort=best&venue=ICLR", "Unknown sort 'best'. ",
         ("Search without that parameter", "/search?q=adam&venue=ICLR")),
        ("/paper/no%3Cb%3Epe", "No paper has the id 'no<b>pe'. Search for its title instead.",
         ("Search for no<b>pe", "/search?q=no%3Cb%3Epe")),
        ("/authors/Yoshua%20Bengio?page=9&sort=cited", "No such page: 9. There is only page 1.",
         ("Go to the first page", "/authors/Yoshua%20Bengio?sort=cited")),
        ("/authors?letter=B&page=0", "No such page: 0. ",
         ("Go to the first page", "/authors?letter=B")),
        ("/authors/Yoshua%20Bengio?sort=best&hidden=show", "Invalid sort 'best'. ",
         ("Leave out that parameter", "/authors/Yoshua%20Bengio?hidden=show")),
        ("/graph?author=Yoshua+Bengio&open=x&open=topic%3Aa", "Invalid open 'x'. ",
         ("Leave out that parameter", "/graph?author=Yoshua+Bengio&open=topic%3Aa")),
        ("/venues?page=99&find=e", "No such page: 99. ",
         ("Go to the first page", "/venues?find=e")),
        ("/venue/Nowhere", "No paper has the venue 'Nowhere'.", ("All venues", "/venues")),
        ("/nowhere", "There is no such page.", ("Home page", "/")),
    ],
)  # fmt: skip
def test_failures_lead_on(
    client: FlaskClient, read: Read, address: str, heading: str, way: tuple[str, str]
) -> None:
    """The heading is the sentence, and the first link is what a reader may want instead."""
    elements = read(client.get(address).text)
    (title,) = (e.text for e in elements if e.tag == "h1")
    assert title.startswith(heading)
    first = _list_buttons(elements)[0]
    assert (first.text, first.get("href")) == way


def test_a_page_beyond_the_last(client: FlaskClient, read: Read) -> None:
    """A page beyond the last one links to the last one."""
    first = _list_buttons(read(client.get("/search?q=learning&page=500").text))[0]
    assert first.text.startswith("Go to the last page, ")
    last = int(first.text.rpartition(" ")[2])
    assert first.get("href") == f"/search?q=learning&page={last}"
    assert client.get(first.get("href")).status_code == 200
    assert client.get(f"/search?q=learning&page={last + 1}").status_code == 404


def test_the_box_keeps_the_search(client: FlaskClient, read: Read) -> None:
    """The form of a failure sends the query and every filter that was valid."""
    address = "/search?q=adam&venue=ICLR&venue=-ICML&year=2012..2016&hidden=show&sort=best&page=3"
    elements = read(client.get(address).text)
    sent = [
        (e.get("name"), e.get("value"))
        for e in elements
        if e.tag == "input" and any(o.get("class") == "box" for o in e.inside)
    ]
    valid = [pair for pair in parse_qsl(urlsplit(address).query) if pair[0] not in {"sort", "page"}]
    assert parse_parameters(sent) == parse_parameters(valid)


@pytest.mark.parametrize("address", ["/venue?name={}", "/topic.json?name={}", "/paper?id={}"])
def test_a_long_name_is_not_offered(client: FlaskClient, address: str) -> None:
    """A name that no search can have, since it is too long, is only said to be missing."""
    answer = client.get(address.format("x" * 30_000))
    assert answer.status_code == 404
    assert "Search for x" not in answer.text


@given(st.lists(st.tuples(st.sampled_from(("q", "year", "venue", "sort", "page")), st.text())))
def test_any_parameters_are_kept_or_dropped(parameters: list[tuple[str, str]]) -> None:
    """Whatever was asked for, what is kept is a valid search of the first page."""
    kept = keep_search(parameters)
    assert kept.page == 1
    assert parse_parameters(write_parameters(kept)) == kept


@pytest.mark.parametrize(
    ("path", "address"),
    [
        ("/search?q=a&q=b", "/search?q=a&q=b"),
        ("/search?q=%22%zz&%26", "/search?q=%22%zz&%26"),
        ("/%2F/example.org/?q=a", "/example.org/?q=a"),
        ("/%5Cexample.org/%3Fq", "/%5Cexample.org/%3Fq"),
    ],
)
def test_trying_again_stays_here(client: FlaskClient, path: str, address: str) -> None:
    """After an overload a link repeats the request, never on another host."""
    with client.application.test_request_context(path):
        (way,) = list_ways_out(BudgetSpent(1.0), keep_search([]))
    assert (way.label, way.address) == ("Try again", address)
