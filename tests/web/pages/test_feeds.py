"""Check the Atom feeds of searches, and the addresses by which one watches them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, fromstring

import pytest

import index.build.operations
from index.build.operations import add
from index.settings import BuildSettings
from search.request.search_request import SearchRequest
from tests.support.two_generations import KEPT, TURN, WALK, write_dump
from web.app import create_app
from web.feeds.atom import ATOM
from web.pages.watching import feed_path, list_watch_links

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask.testing import FlaskClient


EARLIER = datetime(2026, 1, 1, tzinfo=UTC)


def read_entries(client: FlaskClient, address: str) -> list[Element]:
    """Return the entries of a feed."""
    response = client.get(address, headers={"Host": "papers.example"})
    assert (response.status_code, response.mimetype) == (200, "application/atom+xml")
    return fromstring(response.data).findall(f"{{{ATOM}}}entry")  # noqa: S314 - our own text


def read_text(entry: Element, tag: str) -> str:
    """Return the text of an element of an entry."""
    return entry.findtext(f"{{{ATOM}}}{tag}") or ""


def test_a_feed_lists_what_the_index_had_last(
    index_of: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an update the new paper comes first, and is all that is new since the generation."""
    with monkeypatch.context() as earlier:
        earlier.setattr(index.build.operations, "utc_now", lambda: EARLIER)
        directory = index_of(KEPT, WALK)
    client = create_app(directory).test_client()
    before = client.get("/healthz").get_json()["generation"]
    old = [read_text(entry, "id") for entry in read_entries(client, "/search.atom")]
    watch = list_watch_links(SearchRequest(), before)
    assert (
        client.get(watch.since.replace("/search", "/search.json")).get_json()["data"]["total"] == 0
    )
    add(directory, (write_dump(tmp_path / "dumps", [TURN]),), BuildSettings(processes=0))
    found = read_entries(client, "/search.atom")
    assert [read_text(entry, "id") for entry in found][1:] == old
    assert read_text(found[0], "title") == TURN["title"]
    for query in (f"since={before}", urlsplit(watch.since).query):
        page = client.get(f"/search.json?{query}").get_json()["data"]
        assert [hit["id"] for hit in page["hits"]] == ["turn"]
        assert len(read_entries(client, f"/search.atom?{query}")) == 1


def test_an_entry_has_what_readers_need(client: FlaskClient) -> None:
    """Id, title, date, authors, summary and an absolute link to a page that exists."""
    entry = read_entries(client, "/search.atom?q=attention+is+all+you+need")[0]
    link = entry.find(f"{{{ATOM}}}link")
    assert link is not None
    assert link.get("href", "").startswith("http://papers.example/paper/")
    assert client.get(urlsplit(link.get("href", "")).path).status_code == 200
    assert read_text(entry, "id").startswith("tag:papers.example,2026:paper/")
    assert read_text(entry, "updated").endswith("Z")
    assert read_text(entry, "summary")
    assert entry.findall(f"{{{ATOM}}}author")


def test_close_matches_are_not_watched(client: FlaskClient) -> None:
    """A feed lists papers with all words, where the page adds close matches."""
    query = "q=attention+zebrafish+learning"
    assert client.get(f"/search.json?{query}").get_json()["data"]["relaxed"]
    assert read_entries(client, f"/search.atom?{query}") == []


@pytest.mark.parametrize("query", ["since=soon", "since=2026-02-30", "year=x", "sort=best"])
def test_invalid_parameters_are_refused(client: FlaskClient, query: str) -> None:
    """A feed refuses what a page of results refuses."""
    assert client.get(f"/search.atom?{query}").status_code == 400


def test_addresses_of_feeds_have_no_page(client: FlaskClient) -> None:
    """The feed of a search is that of its words and filters; it has at most 50 entries."""
    request = SearchRequest("deep", page=3, sort="title", per_page=20)
    assert feed_path(request) == "/search.atom?q=deep"
    assert list_watch_links(request, "made").feed == "/search.atom?q=deep"
    assert len(read_entries(client, "/search.atom?hidden=show")) == 50
    assert feed_path(SearchRequest("x" * 5_000)) == ""


def test_hostile_text_keeps_the_feed_well_formed(client: FlaskClient) -> None:
    """Control characters and markup in a query cannot break the document."""
    assert read_entries(client, "/search.atom?q=%00%1b%3Cb%3E%26%22") is not None
