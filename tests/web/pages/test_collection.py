"""Check the pages of venues, of their years, and of topics, and their twins."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from tests.support.page import Element
from web.app import create_app

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

Read = Callable[[str], list[Element]]

SLASHED = "/venue/IEEE/ACM%20Transactions%20on%20Networking"

ODD: list[dict[str, object]] = [
    {"id": "a", "title": "One", "venue": "Odd//Name", "year": 2020, "topics": ["c/2020"]},
    {"id": "b", "title": "Two", "venue": "Plain", "year": 2021, "status": "withdrawn"},
    {"id": "c", "title": "Three", "venue": "plain Meeting", "year": 2021, "topics": ["x.atom"]},
    {"id": "d", "title": "Four", "venue": "Plain", "year": 2022, "citations": 3},
]


@pytest.fixture(scope="module")
def odd(index_of: Callable[..., Path]) -> FlaskClient:
    """Return a client over papers whose venues and topics have odd names."""
    return create_app(index_of(*ODD)).test_client()


def find_links(elements: list[Element]) -> list[str]:
    """Return the addresses of all links of a page."""
    return [element.get("href") for element in elements if element.tag == "a"]


@pytest.mark.parametrize(
    "address",
    ["/venue/NeurIPS", "/venue/NeurIPS/2017", SLASHED, f"{SLASHED}/1993", "/topic/q-learning"],
)  # fmt: skip
def test_a_collection_has_a_page_and_its_twins(
    client: FlaskClient, read: Read, address: str
) -> None:
    """The page is well formed and says how many papers there are, as its twins do."""
    page = client.get(address)
    assert page.status_code == 200
    elements = read(page.text)
    document: Any = client.get(f"{address}.json").get_json()
    total = document["data"]["papers"]
    assert total > 0
    search = next(link for link in find_links(elements) if link.startswith("/search?"))
    parts = urlsplit(search)
    assert client.get(f"{parts.path}.json?{parts.query}").get_json()["data"]["total"] == total
    feed = client.get(f"{address}.atom")
    assert feed.mimetype == "application/atom+xml"
    assert feed.text.count("<entry>") == min(total, 50)
    assert client.get(document["links"]["page"]).status_code == 200


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("/venue/nips", "/venue/NeurIPS"),
        ("/venue/neurips/2017", "/venue/NeurIPS/2017"),
        ("/venue/nips.json", "/venue/NeurIPS.json"),
        ("/venue?name=nips&year=2017", "/venue/NeurIPS/2017"),
        ("/venue/ieee/acm%20transactions%20on%20networking", SLASHED),
        ("/topic/Q-Learning", "/topic/q-learning"),
    ],
)
def test_other_spellings_lead_to_the_canonical_name(
    client: FlaskClient, typed: str, canonical: str
) -> None:
    """A known name in any case is redirected to the name that the index has."""
    response = client.get(typed)
    assert (response.status_code, response.headers["Location"]) == (301, canonical)
    assert client.get(canonical).status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/venue/Nowhere", 404), ("/venue/NeurIPS/1066", 404), ("/venue", 404), ("/topic/%00", 404),
        ("/topic/" + "long%20" * 500, 404), ("/venue?name=NeurIPS&year=x", 400),
        ("/venue?name=NeurIPS&year=%EF%BC%92020", 400), ("/topic/nothing.json", 404),
    ],
)  # fmt: skip
def test_unknown_names_are_told(client: FlaskClient, address: str, status: int) -> None:
    """A venue, a year or a topic without papers is 404; a year that is none is 400."""
    assert client.get(address).status_code == status


def test_odd_names_have_addresses(odd: FlaskClient, read: Read) -> None:
    """Names that would be read as another path come as a parameter, and are escaped."""
    for kind, name in (("venue", "Odd//Name"), ("topic", "c/2020"), ("topic", "x.atom")):
        for twin in ("", ".json", ".atom"):
            response = odd.get(f"/{kind}{twin}", query_string={"name": name})
            assert response.status_code == 200, (name, twin)
        read(odd.get(f"/{kind}", query_string={"name": name}).text)


def test_hidden_papers_are_told(odd: FlaskClient) -> None:
    """A withdrawn paper is not listed, and the page says so; names are found in any case."""
    page = odd.get("/venue/Plain").text
    assert "1 withdrawn or rejected paper hidden" in page
    assert "Two" not in page
    assert odd.get("/venue/Plain.json").get_json()["data"]["hidden"] == 1
    assert odd.get("/venue/PLAIN%20MEETING").headers["Location"] == "/venue/plain%20Meeting"


def test_authors_are_named_as_papers_write_them(client: FlaskClient, read: Read) -> None:
    """A name leads to the page of the author, the count to the papers, which it selects by key."""
    elements = read(client.get("/venue/NeurIPS").text)
    links = {e.text: e.get("href") for e in elements}
    assert links["Ilya Sutskever"] == "/authors/Ilya%20Sutskever"
    papers = {e.get("aria-label"): e.get("href") for e in elements if "&author=" in e.get("href")}
    found = [papers[label] for label in papers if label.endswith(" of Ilya Sutskever here")]
    assert found == ["/search?venue=NeurIPS&author=ilya+sutskever"]


def test_values_of_one_paper_are_left_out(odd: FlaskClient, read: Read) -> None:
    """A topic that one paper has tells nothing about a venue, so it is not listed."""
    links = find_links(read(odd.get("/venue", query_string={"name": "Odd//Name"}).text))
    assert [link for link in links if "topic=" in link] == []


def test_bars_of_a_venue_lead_to_its_years(client: FlaskClient, read: Read) -> None:
    """Each bar is a link to a page that exists."""
    links = [link for link in find_links(read(client.get("/venue/NeurIPS").text)) if link]
    years = [link for link in links if link.startswith("/venue/NeurIPS/")]
    assert years
    for link in years:
        assert client.get(link).status_code == 200
