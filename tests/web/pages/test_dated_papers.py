"""Test where pages and JSON show a date finer than a year, and volume and pages."""

from collections.abc import Callable
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.support.page import Element
from web.app import create_app

DATED: dict[str, object] = {
    "id": "dated",
    "title": "Tide tables",
    "venue": "arXiv",
    "year": 2019,
    "date": "2019-05-03",
}


@pytest.fixture(scope="module")
def dated(index_of: Callable[..., Path]) -> FlaskClient:
    """Return a client over one dated paper and one that is known to the year."""
    return create_app(
        index_of(DATED, {"id": "plain", "title": "Mills", "year": 2019})
    ).test_client()


def test_pages(dated: FlaskClient, read: Callable[[str], list[Element]]) -> None:
    """The venue has the year, its tooltip the date, like the version and the meta tag."""
    for address in ("/search?q=tide", "/paper/dated"):
        elements = read(dated.get(address).text)
        titled = [e for e in elements if e.tag == "b" and "title" in e.attributes]
        assert {element.get("title") for element in titled} == {"2019-05-03"}
    page = dated.get("/paper/dated").text
    assert '<meta name="citation_publication_date" content="2019/05/03">' in page
    assert "<span>2019-05-03</span>" in page
    plain = dated.get("/paper/plain").text
    assert '<meta name="citation_publication_date" content="2019">' in plain
    assert ' title="2019' not in plain


def test_json(dated: FlaskClient) -> None:
    """The date stands beside the year, of the paper and of each appearance."""
    (hit,) = dated.get("/search.json?q=date:2019-05").get_json()["data"]["hits"]
    assert (hit["year"], hit["date"], hit["appearances"][0]["date"]) == (2019, *["2019-05-03"] * 2)
    plain = dated.get("/paper/plain.json").get_json()["data"]
    assert (plain["year"], plain["date"]) == (2019, "")


def test_a_page_says_where_in_its_venue_a_paper_is(
    index_of: Callable[..., Path], read: Callable[[str], list[Element]]
) -> None:
    """Volume, issue, pages and publisher are one line of the page, and tags for programs."""
    show = {"venue_name": "Quay Letters", "volume": "3", "issue": "2", "pages": "7-19"}
    index = index_of({"id": "q", "title": "Quays", "appearances": [show]})
    elements = read(create_app(index).test_client().get("/paper/q").text)
    assert "Quay Letters 3(2), 7\N{EN DASH}19" in [e.text for e in elements if e.tag == "p"]
    metas = {e.get("name"): e.get("content") for e in elements if e.tag == "meta"}
    keys = ("volume", "issue", "firstpage", "lastpage")
    assert [metas[f"citation_{key}"] for key in keys] == ["3", "2", "7", "19"]
