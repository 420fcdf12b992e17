"""Check the page of what somebody follows, its twins, and the feeds of authors."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import urlencode
from xml.etree.ElementTree import fromstring

import pytest

import index.build.operations
from index.build.operations import add
from index.settings import BuildSettings
from tests.support.two_generations import write_dump
from web.app import create_app
from web.feeds.atom import ATOM
from web.people.following_list import MOST_ENTRIES

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask import Flask
    from flask.testing import FlaskClient

    from tests.support.page import Element

EARLIER = datetime(2026, 1, 1, tzinfo=UTC)
SINCE = "since=2026-01-02"


def _make_paper(key: str, *authors: object, **more: object) -> dict[str, object]:
    return {"id": key, "title": f"A paper called {key}", "authors": [*authors], **more}


def _make_person(number: int) -> dict[str, object]:
    return {"name": "Wei Wang", "ids": {"openreview": f"~Wei_Wang{number}"}}


@pytest.fixture(scope="module")
def app(index_of: Callable[..., Path], tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """Return the application over an index that had three papers at first, and one since."""
    with pytest.MonkeyPatch.context() as earlier:
        earlier.setattr(index.build.operations, "utc_now", lambda: EARLIER)
        directory = index_of(
            _make_paper("one", _make_person(1), "Ann Lee", venue="ICML"),
            _make_paper("two", _make_person(2), "Bo <b>"),
            _make_paper("bad", _make_person(2), venue="ICML", status="withdrawn"),
        )
    dump = write_dump(
        tmp_path_factory.mktemp("dumps"),
        [_make_paper("new", _make_person(1), venue="ICML", topics=["bees"])],
    )
    add(directory, (dump,), BuildSettings(processes=0))
    return create_app(directory)


@pytest.fixture
def reader(app: Flask) -> FlaskClient:
    """Return a client."""
    return app.test_client()


def _read_ids(reader: FlaskClient, address: str) -> list[str]:
    response = reader.get(address)
    assert (response.status_code, response.mimetype) == (200, "application/atom+xml")
    entries = fromstring(response.data).findall(f"{{{ATOM}}}entry")  # noqa: S314 - our own text
    return [str(entry.findtext(f"{{{ATOM}}}id")).rpartition("/")[2] for entry in entries]


@pytest.mark.parametrize(
    ("address", "ids"),
    [
        ("/authors/Wei%20Wang.atom", ["new", "one", "two"]),
        ("/authors/wei%20wang%200003.atom?" + SINCE, ["new"]),
        ("/authors/Wei%20Wang.atom?identity=openreview:~Wei_Wang2", ["two"]),
        ("/authors.atom?name=Wei+Wang&identity=openreview:~Wei_Wang1", ["new", "one"]),
        (f"/authors.atom?name=Wei+Wang&identity=openreview:~Wei_Wang2&{SINCE}", []),
        ("/following.atom", []),
        ("/following.atom?author=Ann+Lee&topic=bees", ["new", "one"]),
        ("/following.atom?identity=openreview:~Wei_Wang2%7CWei+Wang&topic=bees", ["new", "two"]),
    ],
)
def test_feeds(reader: FlaskClient, address: str, ids: list[str]) -> None:
    """A feed has the papers that the index had last first, without withdrawn ones."""
    assert _read_ids(reader, address) == ids


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/authors.atom", 404),
        ("/authors/No%20Body.atom", 404),
        ("/authors/Wei%20Wang.atom?identity=openreview:~Wei_Wang9", 404),
        ("/authors/Wei%20Wang.atom?since=soon", 400),
        ("/authors/Wei%20Wang.atom?identity=" + "x" * 301, 400),
        ("/authors.atom?name=" + "x" * 301, 400),
        ("/following?since=soon", 400),
        ("/following.json?identity=x", 400),
        ("/following.json?limit=51", 400),
        ("/following.json?limit=-1", 400),
        ("/following?kind=person&add=x", 400),
        ("/following?remove=identity%3Dx", 400),
        ("/following?" + "&".join(f"author=A+B{n}" for n in range(MOST_ENTRIES + 1)), 400),
        ("/following?token=x", 400),
    ],
)
def test_invalid_requests_are_refused(reader: FlaskClient, address: str, status: int) -> None:
    """With one sentence, for hostile values too."""
    response = reader.get(address)
    assert response.status_code == status
    assert len(response.text) < 20_000


def test_what_is_new_is_counted(reader: FlaskClient, read: Callable[[str], list[Element]]) -> None:
    """The page, its twin and the link that moves the last visit to now agree."""
    query = f"author=Wei+Wang&venue=icml&author=No+Body&{SINCE}"
    page = reader.get(f"/following?{query}")
    assert read(page.text)
    assert "1 new paper" in page.text
    assert "not in this index" in page.text
    answer = reader.get(f"/following.json?{query}").get_json()
    data = answer["data"]
    assert (data["new"], data["complete"], data["since"]) == (1, True, "2026-01-02")
    assert [(one["name"], one["state"], one["papers"]) for one in data["entries"]] == [
        ("Wei Wang", "found", 1), ("No Body", "missing", 0), ("icml", "found", 1),
    ]  # fmt: skip
    assert [(one["paper"]["id"], one["entries"]) for one in data["papers"]] == [("new", [0, 2])]
    assert reader.get(answer["links"]["page"]).status_code == 200
    later = reader.get("/following.json", query_string={"author": "Wei Wang", "since": data["now"]})
    assert later.get_json()["data"]["new"] == 0
    few = reader.get(f"/following.json?{query}&limit=0").get_json()["data"]
    assert (few["papers"], few["new"]) == ([], 1)


def test_a_list_without_a_visit(reader: FlaskClient) -> None:
    """It shows the latest papers, and none of them counts as new."""
    data = reader.get("/following.json?venue=ICML").get_json()["data"]
    assert (data["new"], [one["paper"]["id"] for one in data["papers"]]) == (0, ["new", "one"])
    assert (
        "The latest papers by and about what you follow" in reader.get("/following?venue=ICML").text
    )


@pytest.mark.parametrize(
    ("query", "changed"),
    [
        ("kind=author&add=Ann+Lee", "?author=Ann+Lee"),
        ("venue=ICML&kind=topic&add=+bees+", "?venue=ICML&topic=bees"),
        ("author=Ann+Lee&kind=author&add=Ann+Lee", "?author=Ann+Lee"),
        ("kind=author&add=", ""),
        (f"author=Ann+Lee&venue=ICML&{SINCE}&remove=author%3DAnn%2BLee", f"?venue=ICML&{SINCE}"),
        ("author=Ann+Lee&remove=venue%3DICML", "?author=Ann+Lee"),
        ("author=A&remove=author%3DA&list=https%3A%2F%2Fevil.example%2F%3Fvenue%3DB", "?venue=B"),
        ("list=%2F%2Fevil.example", ""),
        ("list=%2Ffollowing%3Fvenue%3DB%26since%3D2026-01-02", f"?venue=B&{SINCE}"),
    ],
)
def test_the_forms_lead_to_the_new_list(reader: FlaskClient, query: str, changed: str) -> None:
    """They add, remove and join without a script, and lead to no other site."""
    response = reader.get(f"/following?{query}")
    assert (response.status_code, response.location) == (303, f"/following{changed}")


def test_nothing_is_kept_and_nobody_is_led_here(reader: FlaskClient) -> None:
    """No cookie is set; search engines are kept away."""
    for twin in ("", ".json", ".atom"):
        response = reader.get(f"/following{twin}?author=Ann+Lee")
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert "Set-Cookie" not in response.headers
    assert "Disallow: /following" in reader.get("/robots.txt").text
    assert "You" not in reader.get("/following").text.partition("<main")[0]


def test_hostile_names_are_escaped(
    reader: FlaskClient, read: Callable[[str], list[Element]]
) -> None:
    """Names are texts wherever the page repeats them."""
    query = urlencode({"author": 'Bo <b> "x" \x00', "venue": "</a><script>", "topic": "'|%"})
    page = reader.get(f"/following?{query}")
    assert read(page.text)
    assert "<script>" not in page.text.partition("<main")[2]


def test_a_full_list_is_a_small_page(reader: FlaskClient) -> None:
    """A list of as many long names as it may have stays far below the size of a page."""
    names = [("author", f"{n} " + "x" * 145) for n in range(MOST_ENTRIES)]
    page = reader.get(f"/following?{urlencode(names)}")
    assert page.status_code == 200
    assert len(page.data) < 500_000


def test_pages_offer_to_follow(reader: FlaskClient) -> None:
    """The pages of a venue and of a topic lead to a list with one entry, visited now."""
    for address, entry in (("/venue/ICML", "venue=ICML"), ("/topic/bees", "topic=bees")):
        page = reader.get(address).text
        assert f'href="/following?{entry}&amp;since=' in page
