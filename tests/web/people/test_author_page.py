"""Check the page of a name, and the addresses that lead to it."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from index.people.curation import CURATION
from tests.support.page import Element
from web.app import create_app
from web.people.routes import MODULES

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

Read = Callable[[str], list[Element]]

GOOGLE = {"authors": [f"Author Number{n}" for n in range(20)] + ["Ada Reed", "Last Author"]}
REEDS: list[dict[str, object]] = [
    {"id": "a", "title": "Tides", "year": 2019, "venue": "ICLR", "citations": 3, **GOOGLE},
    {"id": "b", "title": "Bees", "year": 2021, "venue": "ICML", "authors": ["Ada B. Reed"]},
    {"id": "c", "title": "Ants", "year": 2021, "venue": "ICLR", "authors": ["Reed, Ada"]},
    {"id": "d", "title": "Gone", "year": 2020, "status": "withdrawn", "authors": ["Ada Reed"]},
    {"id": "f", "title": "Moons", "year": 2020, "authors": ["Ida Reed"]},
    {"id": "e", "title": "Other", "year": 2020, "authors": ["Xuan Odd//Name"]},
]


@pytest.fixture(scope="module")
def reeds(index_of: Callable[..., Path]) -> FlaskClient:
    """Return a client over papers of one name."""
    return create_app(index_of(*REEDS)).test_client()


def list_titles(elements: list[Element]) -> list[str]:
    """Return the titles of the papers that a page lists."""
    return [
        element.text
        for element in elements
        if element.tag == "a"
        and element.get("href").startswith("/paper/")
        and any(outer.get("class") == "papers" for outer in element.inside)
    ]


def test_the_modules_serve_addresses(reeds: FlaskClient) -> None:
    """Each module of the room adds its addresses to the application."""
    rules = {rule.rule for rule in reeds.application.url_map.iter_rules()}
    assert {"/authors", "/authors/<path:name>"} <= rules
    assert len(MODULES) == len(set(MODULES)) > 1


def test_the_newest_papers_come_first(reeds: FlaskClient, read: Read) -> None:
    """Papers of one year are sorted by title; withdrawn ones are counted and can be shown."""
    elements = read(reeds.get("/authors/Ada%20Reed").text)
    assert list_titles(elements) == ["Ants", "Bees", "Tides"]
    assert [e.text for e in elements if e.tag == "h3" and e.text.isdecimal()] == ["2021", "2019"]
    shown = next(e.get("href") for e in elements if e.text == "Show it")
    assert list_titles(read(reeds.get(shown).text)) == ["Ants", "Bees", "Gone", "Tides"]


def test_every_paper_names_the_author(reeds: FlaskClient, read: Read) -> None:
    """The author is named in a list of 22 authors, and is no link to the same page."""
    elements = read(reeds.get("/authors/Ada%20Reed").text)
    named = [e.text for e in elements if e.tag == "strong" and "Reed" in e.text]
    assert named == ["Ada Reed", "Ada B. Reed", "Ada Reed"]


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("/authors/ada%20reed", "/authors/Ada%20Reed"),
        ("/authors/Ada%20B.%20Reed", "/authors/Ada%20Reed"),
        ("/authors?name=Reed,%20Ada", "/authors/Ada%20Reed"),
        ("/authors/ada%20reed%200003?sort=cited", "/authors/Ada%20Reed?sort=cited"),
        ("/authors/xuan%20odd%2F%2Fname", "/authors?name=Xuan+Odd%2F%2FName"),
    ],
)
def test_other_spellings_lead_to_the_usual_one(
    reeds: FlaskClient, typed: str, canonical: str
) -> None:
    """Every spelling is redirected to one page, and what else was asked for is kept."""
    response = reeds.get(typed)
    assert (response.status_code, response.headers["Location"]) == (302, canonical)
    assert reeds.get(canonical).status_code == 200


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/authors/Nobody%20Here", 404), ("/authors?name=", 404), ("/authors/%00", 404),
        ("/authors/" + "long%20" * 500, 404), ("/authors/Ada%20Reed?page=2", 404),
        ("/authors/Ada%20Reed?page=0", 400), ("/authors/Ada%20Reed?page=%EF%BC%92", 400),
        ("/authors/Ada%20Reed?per_page=0", 400), ("/authors/Ada%20Reed?per_page=101", 400),
        ("/authors/Ada%20Reed?sort=best", 400), ("/authors/Ada%20Reed?year=x", 400),
        ("/authors/Ada%20Reed?identity=dblp:nobody", 404),
        ("/authors/Ada%20Reed?identity=possible&venue=" + "x" * 301, 400),
    ],
)  # fmt: skip
def test_what_is_not_there_is_told(
    reeds: FlaskClient, read: Read, address: str, status: int
) -> None:
    """A name, an identity or a page that is missing is 404, and a bad parameter 400."""
    response = reeds.get(address)
    assert response.status_code == status
    read(response.text)


@pytest.mark.parametrize(
    ("asked", "titles"),
    [
        ("sort=cited", ["Tides", "Ants", "Bees"]),
        ("venue=ICLR", ["Ants", "Tides"]),
        ("year=2021&venue=ICLR", ["Ants"]),
        ("venue=Nowhere", []),
    ],
)
def test_lists_are_sorted_and_filtered(
    reeds: FlaskClient, read: Read, asked: str, titles: list[str]
) -> None:
    """The address says which papers are listed, and in which order."""
    assert list_titles(read(reeds.get(f"/authors/Ada%20Reed?{asked}").text)) == titles


def test_the_twin_has_the_papers_of_the_page(reeds: FlaskClient) -> None:
    """Its pages lead to one another, and papers have only the keys that are asked for."""
    answer: Any = reeds.get("/authors/Ada%20Reed.json?per_page=2&fields=id,named").get_json()
    data, links = answer["data"], answer["links"]
    assert data["kind"] == "name cluster, not an identity"
    assert data["hits"] == [{"id": "c", "named": "Ada Reed"}, {"id": "b", "named": "Ada B. Reed"}]
    assert (data["total"], data["hidden"], data["per_page"]) == (3, 1, 2)
    assert [one["name"] for one in data["similar"]] == ["Ida Reed"]
    assert reeds.get(links["graph"]).get_json()["data"]["nodes"]
    assert reeds.get(links["feed"]).status_code == 200
    following: Any = reeds.get(links["next"]).get_json()
    assert [hit["id"] for hit in following["data"]["hits"]] == ["a"]
    assert following["links"]["prev"].startswith("/authors/Ada%20Reed.json?")
    assert reeds.get("/authors/Ada%20Reed.json?fields=nosuch").status_code == 400
    moved = reeds.get("/authors/ada%20reed.json")
    assert (moved.status_code, moved.headers["Location"]) == (302, "/authors/Ada%20Reed.json")


@pytest.mark.parametrize(
    ("path", "indexed"),
    [("/authors/Ada%20Reed", True), ("/authors/Ada%20Reed?sort=cited", False),
     ("/authors?name=Xuan+Odd%2F%2FName", False)],
)  # fmt: skip
def test_programs_read_whose_page_it_is(
    reeds: FlaskClient, read: Read, path: str, *, indexed: bool
) -> None:
    """The page has one address, and one with filters or few papers is not to be indexed."""
    elements = read(reeds.get(path).text)
    tags = {
        e.get("property") or e.get("name"): e.get("content") for e in elements if e.tag == "meta"
    }
    (address,) = (e.get("href") for e in elements if e.get("rel") == "canonical")
    assert address == "http://localhost" + path.partition("?sort")[0]
    assert (tags.get("robots") != "noindex") is indexed
    assert (tags["og:type"], tags["og:url"]) == ("profile", address)
    assert tags["description"] == tags["og:description"]
    (data,) = (e.text for e in elements if e.get("type") == "application/ld+json")
    assert json.loads(data)["@type"] in {"ProfilePage", "CollectionPage"}


def test_several_people_have_no_common_h_index(index_of: Callable[..., Path], read: Read) -> None:
    """The page of the name has only their citations, that of a person both."""
    ids = ("0000-0002-1825-0097", "0000-0001-5109-3700")
    papers = [
        {"id": f"t{at}", "title": f"Tide {at}", "year": 2020 + at, "citations": 4,
         "authors": [{"name": "Ada Reed", "ids": {"orcid": one}}]}
        for at, one in enumerate(ids)
    ]  # fmt: skip
    client = create_app(index_of(*papers)).test_client()
    terms = {
        path: {element.text for element in read(client.get(path).text) if element.tag == "dt"}
        for path in ("/authors/Ada%20Reed", f"/authors/Ada%20Reed?identity=orcid:{ids[0]}")
    }
    assert ["h-index here" in found for found in terms.values()] == [False, True]
    assert all("citations" in found for found in terms.values())


@pytest.mark.parametrize("twin", ["", ".json"])
def test_a_former_name_leads_to_the_present_one(index_of: Callable[..., Path], twin: str) -> None:
    """Nothing on the page has the former name; a change of the file is another page at once."""
    directory = index_of({"id": "p1", "title": "Tides", "authors": ["Bo Byron", "Ann Lee"]})
    text = '[[person]]\nname = "Bea Byron"\nalias = ["Bea King"]\nhidden = ["Bo Byron"]\n'
    (directory / CURATION).write_text(text, "utf-8")
    client = create_app(directory).test_client()
    for typed in ("Bo Byron", "Bea King"):
        response = client.get(f"/authors/{typed}{twin}")
        assert (response.status_code, response.headers["Location"]) == (
            302,
            f"/authors/Bea%20Byron{twin}",
        )
    page = client.get(f"/authors/Bea Byron{twin}")
    assert page.status_code == 200
    assert "Tides" in page.text
    assert "Bo Byron" not in page.text
    paper = client.get("/paper/p1").headers["ETag"]
    (directory / CURATION).unlink()
    again = create_app(directory).test_client()
    assert again.get(f"/authors/Bo Byron{twin}").status_code == 200
    assert again.get("/paper/p1").headers["ETag"] != paper


def test_only_people_of_listed_papers_have_cards(index_of: Callable[..., Path]) -> None:
    """Whom only hidden papers name has no card unless these are shown, here and in the twin."""
    ids = ("0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-1694-233X")
    statuses = ("", "", "withdrawn")
    client = create_app(
        index_of(
            *(
                {"id": f"p{at}", "title": f"Tide {at}", "status": status,
                 "authors": [{"name": "Ann Lee", "ids": {"orcid": one}}]}
                for at, (one, status) in enumerate(zip(ids, statuses, strict=True))
            ),
            {"id": "alone", "title": "Alone", "status": "rejected", "authors": ["Ann Lee"]},
        )
    ).test_client()  # fmt: skip
    page, shown = (client.get(f"/authors/Ann%20Lee{more}").text for more in ("", "?hidden=show"))
    assert "2 groups of papers" in page
    assert ids[2] not in page
    assert "identity=possible" not in page
    assert "3 groups of papers" in shown
    assert "1 paper</a> fits no group" in shown
    twin = client.get("/authors/Ann%20Lee.json").get_json()["data"]
    assert (twin["identities_total"], twin["possible"]) == (2, 0)
    assert client.get(f"/authors/Ann%20Lee?identity=orcid:{ids[2]}").status_code == 200
