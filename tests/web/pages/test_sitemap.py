"""Test what crawlers are told: rules, maps of all papers, and nothing endless."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.robotparser import RobotFileParser
from xml.etree import ElementTree as ET

import pytest

from web.app import create_app
from web.pages import sitemap

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask.testing import FlaskClient

SITE = "http://localhost"


def _list_places(text: str) -> list[str]:
    names = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9"}
    return [str(one.text) for one in ET.fromstring(text).iterfind(".//map:loc", names)]  # noqa: S314 - our own


def test_maps_list_every_paper_once(
    client: FlaskClient, sample_index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All maps together list each paper of the index, whatever the size of a map."""
    monkeypatch.setattr(sitemap, "PER_MAP", 7)
    maps = _list_places(client.get("/sitemap.xml").text)
    assert maps[0] == f"{SITE}/sitemap-0.xml"
    listed = [place for one in maps[1:] for place in _list_places(client.get(one).text)]
    answer: Any = client.get("/search.json?per_page=100&hidden=show").get_json()["data"]
    assert answer["total"] == len(listed) == len(set(listed)) > 2 * sitemap.PER_MAP
    assert {SITE + hit["url"] for hit in answer["hits"]} <= set(listed)
    assert create_app(sample_index).config["INDEX"] == sample_index


def test_merged_works_are_listed_by_their_own_id(index_of: Callable[..., Path]) -> None:
    """A work of several records has one address; hostile ids are escaped."""
    paper = {"title": "On Tides and Ebbs of the Sea", "authors": ["Ada Reed"], "year": 2020}
    index = index_of(
        paper | {"id": "arxiv:1", "ids": {"doi": "10.1/x"}},
        paper | {"id": "b:1", "ids": {"doi": "10.1/x"}},
        {"id": "c&<d>'", "title": "Other words"},
    )
    client = create_app(index).test_client()
    listed = _list_places(client.get("/sitemap-1.xml").text)
    assert len(listed) == 2
    for place in listed:
        assert client.get(place).status_code == 200


@pytest.mark.parametrize("number", ["2", "99999999999999999999", "-1", "x"])
def test_there_are_no_other_maps(client: FlaskClient, number: str) -> None:
    """A map beyond the last is missing."""
    assert client.get(f"/sitemap-{number}.xml").status_code == 404


@pytest.mark.parametrize(
    ("path", "allowed"),
    [("/", True), ("/paper/a", True), ("/venue/ICML", True), ("/search?q=a", False),
     ("/authors/Ann%20Lee", True), ("/graph?author=Ann+Lee", False), ("/account", False),
     ("/search", False), ("/facet/author?q=a", False), ("/why-not?q=a", False)],
)  # fmt: skip
def test_crawlers_stay_out_of_searches(client: FlaskClient, path: str, *, allowed: bool) -> None:
    """Papers may be crawled, combinations of filters may not; the rules name the map."""
    rules = RobotFileParser()
    rules.parse(client.get("/robots.txt").text.splitlines())
    assert rules.can_fetch("somebot", SITE + path) is allowed
    assert rules.site_maps() == [f"{SITE}/sitemap.xml"]
