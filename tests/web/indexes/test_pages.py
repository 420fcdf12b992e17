"""Test a server with several indexes: each below its name, and all together."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from index.errors import IndexMissing
from tests.support.page import read_page
from web.access.settings import AccessSettings
from web.headers import SECURITY_HEADERS
from web.indexes import sites
from web.indexes.application import create_indexes_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask.testing import FlaskClient

SHARED = {"title": "Tides of both worlds", "year": 2020, "authors": ["Ada Bell"]}


@pytest.fixture(scope="module")
def directories(index_of: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Any:  # noqa: ANN401 - folders by name
    """Return two indexes, and the folder of one that is not there."""
    sea = index_of(
        SHARED | {"id": "both"}, {"id": "t", "title": "Tides & winds", "abstract": "About tides."}
    )
    sky = index_of(SHARED | {"id": "other/id"}, {"id": "m", "title": "Moons and tides"})
    return {"sea": sea, "sky": sky, "gone": tmp_path_factory.mktemp("gone") / "index"}


@pytest.fixture(scope="module")
def several(directories: dict[str, Path]) -> FlaskClient:
    """Return a client of a server with these indexes."""
    return create_indexes_app(directories).test_client()


@pytest.fixture(scope="module")
def behind_proxy(directories: dict[str, Path]) -> FlaskClient:
    """Return a client of the same server, which believes one proxy."""
    return create_indexes_app(directories, access=AccessSettings(proxies=1)).test_client()


def _read(client: FlaskClient, address: str) -> Any:  # noqa: ANN401 - JSON
    return client.get(address).get_json()


def test_the_list_of_indexes(several: FlaskClient) -> None:
    """The start page and its twin name every index, and say which is left out."""
    page = several.get("/")
    assert page.status_code == 200
    assert SECURITY_HEADERS.items() <= dict(page.headers).items()
    read_page(page.text)
    assert "4 papers in 2 of 3 indexes" in page.text
    listed = _read(several, "/indexes.json")["data"]["indexes"]
    assert [(one["name"], one["url"], one["status"], one["papers"]) for one in listed] == [
        ("sea", "/sea/", "ok", 2),
        ("sky", "/sky/", "ok", 2),
        ("gone", "/gone/", "failing", 0),
    ]
    assert "cannot be used at the moment" in listed[2]["message"]


def test_a_search_over_all(several: FlaskClient) -> None:
    """A paper of both comes once, first, with the address of each; matches are marked."""
    data = _read(several, "/search.json?q=tides")["data"]
    places = [[(place["index"], place["url"]) for place in hit["places"]] for hit in data["hits"]]
    assert sorted(places[0]) == [("sea", "/sea/paper/both"), ("sky", "/sky/paper/other/id")]
    assert len(places) == data["merged"] == 3
    assert {one["name"]: one["papers"] for one in data["indexes"]} == {"sea": 2, "sky": 2}
    assert [one["name"] for one in data["left_out"]] == ["gone"]
    page = several.get("/search?q=tides").text
    read_page(page)
    assert "<mark>Tides</mark> &amp; winds" in page
    assert "The index &#39;gone&#39; cannot be used at the moment" in page
    for place in places:
        for _, address in place:
            assert f'href="{address}"' in page
            assert several.get(address).status_code == 200


def test_indexes_can_be_selected(several: FlaskClient) -> None:
    """The facet narrows the search, and its links widen it again."""
    page = several.get("/search?q=tides&index=sky").text
    assert 'href="/search?q=tides"' in page
    assert 'href="/search?q=tides&amp;index=sky&amp;index=sea"' in page
    assert 'href="/sky/search?q=tides"' in page
    data = _read(several, "/search.json?q=tides&index=sky")["data"]
    assert [one["name"] for one in data["indexes"]] == ["sky"]


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/search?q=tides&index=nowhere", 400),
        ("/search.json?page=x", 400),
        ("/search?page=2", 404),
        ("/search?q=" + "a" * 20_001, 400),
        ("/nowhere", 404),
        ("/nowhere/", 404),
        ("/gone/", 503),
        ("/gone/search.json?q=a", 503),
        ("/search?q=tides&index=gone", 503),
        ("/search.json?q=tides&index=gone&page=2", 503),
        ("/seaside/", 404),
        ("/sea/nowhere", 404),
        ("/sea/paper/none", 404),
    ],
)
def test_refusals(several: FlaskClient, address: str, status: int, directories: Any) -> None:  # noqa: ANN401 - folders by name
    """Whatever is wrong is a sentence with its status, and names no folder."""
    answer = several.get(address)
    assert answer.status_code == status
    assert ("Retry-After" in answer.headers) == (status == 503)
    assert str(directories["gone"]) not in answer.text
    assert SECURITY_HEADERS.items() <= dict(answer.headers).items()


@pytest.mark.parametrize("prefix", ["", "/library"])
@pytest.mark.parametrize("page", ["", "/", "/search?q=tides", "/paper/both", "/help", "/venues"])
def test_every_link_stays_in_its_index(behind_proxy: FlaskClient, prefix: str, page: str) -> None:
    """Every address of a page begins with the index, below the path of a proxy too."""
    answer = behind_proxy.get(
        f"/sea{page}", headers={"X-Forwarded-Prefix": prefix} if prefix else {}
    )
    links = re.findall(r'\s(?:href|action|src)="(/[^"]*)"', answer.text)
    assert len(links) > 10
    assert [link for link in links if not link.startswith(f"{prefix}/sea/")] == []
    assert f'href="http://localhost{prefix}/">Indexes' in answer.text


def test_links_of_all_indexes_have_the_prefix(behind_proxy: FlaskClient) -> None:
    """Below the path of a proxy, so do the links of the pages about all."""
    client, headers = behind_proxy, {"X-Forwarded-Prefix": "/library"}
    for page in ("/", "/search?q=tides"):
        links = re.findall(
            r'\s(?:href|action|src)="(/[^"]*)"', client.get(page, headers=headers).text
        )
        assert [link for link in links if not link.startswith("/library/")] == []
    hit = client.get("/search.json?q=tides", headers=headers).get_json()["data"]["hits"][0]
    assert hit["places"][0]["url"].startswith("/library/s")


def test_health(several: FlaskClient) -> None:
    """An index that is left out degrades the server, which answers all the same."""
    answer = several.get("/healthz")
    document: Any = answer.get_json()
    assert (answer.status_code, document["status"]) == (200, "degraded")
    assert {name: one["status"] for name, one in document["indexes"].items()} == {
        "sea": "ok", "sky": "ok", "gone": "failing",
    }  # fmt: skip


def test_what_crawlers_read(several: FlaskClient) -> None:
    """The rules hold below each name, and every map of the list exists."""
    rules = several.get("/robots.txt").text
    assert {"Disallow: /search", "Disallow: /sea/search", "Disallow: /sky/export"} <= set(
        rules.splitlines()
    )
    assert "Sitemap: http://localhost/sitemap.xml" in rules
    root = ET.fromstring(several.get("/sitemap.xml").text)  # noqa: S314 - our own
    maps = [one.text or "" for one in root.iter() if one.tag.endswith("loc")]
    assert len(maps) == 4
    assert {several.get(one.removeprefix("http://localhost")).status_code for one in maps} == {200}


def test_browsers_tell_the_indexes_apart(several: FlaskClient) -> None:
    """A browser keeps one search of each name, so each index has its own."""
    for name in ("sea", "sky"):
        root = ET.fromstring(several.get(f"/{name}/opensearch.xml").text)  # noqa: S314 - our own
        texts = {one.tag.rpartition("}")[2]: one.text for one in root}
        assert (texts["ShortName"], texts["Description"]) == (name, f"Search 2 papers of {name}")
        page = several.get(f"/{name}/").text
        assert f'title="Papersearch: {name}"' in page


def test_the_openapi_document(several: FlaskClient) -> None:
    """It describes the addresses of all indexes; each example answers; an index has its own."""
    document = _read(several, "/api/openapi.json")
    assert sorted(document["paths"]) == ["/indexes.json", "/search.json"]
    assert several.get("/search.json?q=attention&per_page=3").status_code == 200
    own = _read(several, "/sea/api/openapi.json")
    assert own["servers"] == [{"url": "/sea"}]


def test_an_index_that_is_built_later_is_served(
    index_of: Callable[..., Path],
    directories: dict[str, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing has to be restarted, and its generations change by themselves."""
    monkeypatch.setattr(sites, "RETRY_SECONDS", 0)
    late = tmp_path / "late"
    client = create_indexes_app({"sea": directories["sea"], "late": late}).test_client()
    assert client.get("/late/").status_code == 503
    index_of({"id": "l", "title": "Late tides"}, directory=late)
    assert client.get("/late/paper/l").status_code == 200
    index_of({"id": "l", "title": "Later tides"}, {"id": "k", "title": "Other"}, directory=late)
    listed = _read(client, "/indexes.json")["data"]["indexes"]
    assert [one["papers"] for one in listed] == [2, 2]


def test_without_any_index_nothing_is_served(tmp_path: Path) -> None:
    """The failure is that of the first index, which names its folder to the operator."""
    with pytest.raises(IndexMissing):
        create_indexes_app({"a": tmp_path / "a", "b": tmp_path / "b"})
