"""Test the page of all values of a facet: search, order, pages, choosing and excluding."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, urlencode

import pytest

from search.request.parameters import parse_parameters
from web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask.testing import FlaskClient

    from tests.support.page import Element

    Read = Callable[[str], list[Element]]


@pytest.fixture(scope="module")
def many(index_of: Callable[..., Path]) -> FlaskClient:
    """Return a client over papers with 250 topics, of which one has a quote and a bracket."""
    records = (
        {"id": f"p{n}", "title": "Tide", "topics": [f"Topic {n:03d}", "océan <deep> & 'wide'"]}
        for n in range(249)
    )
    return create_app(index_of(*records)).test_client()


def _list_values(elements: list[Element]) -> list[str]:
    boxes = [e for e in elements if e.get("type") == "checkbox" and e.get("form") == "search"]
    return [e.get("value") for e in boxes]


def _read_data(client: FlaskClient, address: str) -> dict[str, Any]:
    data: dict[str, Any] = client.get(address).get_json()["data"]
    return data


def test_all_values_are_paged(many: FlaskClient, read: Read) -> None:
    """Following "Next" lists every value once, the most frequent first."""
    address, found = "/facet/topic?q=tide", list[str]()
    while address:
        elements = read(many.get(address).text)
        found += _list_values(elements)
        links = [e for e in elements if e.tag == "a" and e.get("rel") == "next"]
        address = links[0].get("href") if links else ""
    assert found[:2] == ["océan <deep> & 'wide'", "topic 000"]
    assert len(found) == len(set(found)) == 250


def test_values_are_found(many: FlaskClient, read: Read) -> None:
    """Values that contain every word are listed; case and accents are ignored."""
    every = ["océan <deep> & 'wide'", *(f"topic {n:03d}" for n in range(249))]
    for text, find in (("TOPIC 12", "12"), ("ocean deep", "océan"), ("nothing", "nothing")):
        page = read(many.get("/facet/topic", query_string={"q": "tide", "find": text}).text)
        assert sorted(_list_values(page)) == [value for value in every if find in value]


def test_values_from_a_to_z(client: FlaskClient) -> None:
    """The order is by count, or by name without regard to case."""
    for order, key in (("count", "count"), ("name", "value")):
        values = _read_data(client, f"/facet/venue.json?order={order}")["values"]
        listed = [value[key] for value in values]
        ordered = sorted(listed, reverse=True) if key == "count" else sorted(listed, key=str.lower)
        assert listed == ordered
        assert len(listed) > 20


@pytest.mark.parametrize("name", ["venue", "author", "topic", "status", "year"])
@pytest.mark.parametrize("search", ["", "q=learning&venue=NeurIPS&venue=-ICML", "q=zzzqqq"])
def test_counts_are_exact(client: FlaskClient, name: str, search: str) -> None:
    """Each value has as many papers as the search that chooses it alone finds."""
    page = _read_data(client, f"/facet/{name}.json?{search}")
    assert page["complete"]
    others = [pair for pair in parse_qsl(search) if pair[0] != name]
    for value in page["values"][:3]:
        chosen = urlencode([*others, (name, value["value"])])
        assert _read_data(client, f"/search.json?{chosen}")["total"] == value["count"]


def test_a_value_is_chosen_without_script(client: FlaskClient, read: Read) -> None:
    """The form keeps the search and the values of other pages, and sends what is ticked."""
    address = "/facet/venue?q=learning&venue=ICLR&venue=-ICML&type=-preprint&find=neur"
    elements = read(client.get(address).text)
    form = [
        (e.get("name"), e.get("value"))
        for e in elements
        if e.tag == "input"
        and (e.get("form") == "search" or any(o.get("id") == "search" for o in e.inside))
        and (e.get("type") != "checkbox" or "checked" in e.attributes)
    ]
    sent = parse_parameters(form)
    assert sent == parse_parameters(parse_qsl(address.partition("?")[2].replace("&find=neur", "")))
    buttons = {e.get("value") for e in elements if e.tag == "button" and e.get("name") == "venue"}
    assert buttons == {"-NeurIPS", "-Neural Computation"}
    total = _read_data(client, "/search.json?q=learning&venue=-NeurIPS")["total"]
    assert 0 < total < _read_data(client, "/search.json?q=learning")["total"]


def test_marks_of_selected_values(client: FlaskClient) -> None:
    """A selected and an excluded value are marked as on the page of results."""
    values = _read_data(client, "/facet/venue.json?venue=nips&venue=-ICML")["values"]
    marks = {value["value"]: (value["selected"], value["excluded"]) for value in values}
    assert marks["NeurIPS"] == (True, False)
    assert marks["ICML"] == (False, True)
    assert sum(map(any, marks.values())) == 2


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/facet/nothing", 400),
        ("/facet/__class__?q=a", 400),
        ("/facet/venue?order=evil", 400),
        ("/facet/venue?find=" + "x" * 300, 400),
        ("/facet/venue?page=99", 404),
        ("/facet/venue?page=0", 404),
        ("/facet/venue?find=%00%ff%3Cscript%3E", 200),
        ("/facet/venue?q=" + "(" * 1000, 200),
        ("/facet/venue?venue=%3Cb%3E&venue=-%22", 200),
        ("/facet/year?year=2014..&year=-2016", 200),
        ("/facet/source", 200),
    ],
)
def test_hostile_addresses(client: FlaskClient, read: Read, address: str, status: int) -> None:
    """Invalid parameters are refused with a page, the others are answered and escaped."""
    response = client.get(address)
    assert response.status_code == status
    read(response.text)
    twin = client.get(address.replace("?", ".json?", 1) if "?" in address else f"{address}.json")
    assert twin.status_code == status


def test_a_long_search_has_no_links(client: FlaskClient, read: Read) -> None:
    """A search that is too long is not repeated in links; its form still sends it."""
    page = read(client.get("/facet/venue", query_string={"q": "learning OR " + "x" * 5_000}).text)
    assert not [e for e in page if e.tag == "a" and "/facet/" in e.get("href")]
