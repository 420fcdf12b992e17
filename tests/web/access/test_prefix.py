"""Test that every link works where a proxy publishes the server below a path."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.access.prefix import add_prefix
from web.access.settings import AccessSettings
from web.api.operations import OPERATIONS
from web.app import create_app

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

    from web.api.operations import Operation

ROOT = "/library/papers"
PROXY = {
    "X-Forwarded-For": "198.51.100.9",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "papers.example",
    "X-Forwarded-Prefix": ROOT,
}
PAGES = [
    "/",
    "/search?q=attention",
    "/search?q=zzzqqq",
    "/paper/kingma-2015-adam",
    "/nowhere",
    "/api",
]


@pytest.fixture(scope="module")
def behind(sample_index: Path) -> FlaskClient:
    """Return a client of a server that believes one proxy."""
    return create_app(sample_index, access=AccessSettings(proxies=1)).test_client()


@pytest.mark.parametrize("address", PAGES)
def test_links_of_pages(behind: FlaskClient, address: str) -> None:
    """Every address on this server begins with the path, once."""
    page = behind.get(address, headers=PROXY).text
    own = set(re.findall(r'\s(?:href|src|action)="(/[^"]*)"', page))
    assert len(own) > 5
    assert {link for link in own if not link.startswith((f"{ROOT}/", f"{ROOT}?"))} - {ROOT} == set()
    assert [link for link in own if link.count(ROOT) > 1] == []


def test_links_of_documents(behind: FlaskClient) -> None:
    """The addresses in a JSON answer begin with the path, and the texts stay as they are."""
    answer: Any = behind.get("/search.json?q=attention&per_page=3", headers=PROXY).get_json()
    plain: Any = behind.get("/search.json?q=attention&per_page=3").get_json()
    assert {link.startswith(f"{ROOT}/search") for link in answer["links"].values()} == {True}
    for hit, other in zip(answer["data"]["hits"], plain["data"]["hits"], strict=True):
        assert hit["url"] == ROOT + other["url"]
        assert hit["abstract"] == other["abstract"]


@pytest.mark.parametrize("one", [one for one in OPERATIONS if one.example])
def test_links_of_every_answer(behind: FlaskClient, one: Operation) -> None:
    """All addresses that stand around the data of an answer begin with the path, once."""
    answer: Any = behind.get(one.example, headers=PROXY).get_json()
    links = list(answer.get("links", {}).values())
    assert {link.count(f"{ROOT}/") for link in links} <= {1}
    assert [link for link in links if not link.startswith(f"{ROOT}/")] == []
    assert links or one.path == "/healthz"


def test_files_of_the_style_sheet(behind: FlaskClient) -> None:
    """The files that the style sheet names are below the path."""
    with behind.get("/static/style.css", headers=PROXY) as response:
        names = re.findall(r'url\("([^"]+)"\)', response.get_data(as_text=True))
    assert [name for name in names if name.startswith("/") and not name.startswith(ROOT)] == []
    assert names


def test_nobody_else_is_believed(client: FlaskClient) -> None:
    """Without a proxy, the headers change nothing."""
    with client.get("/search?q=attention", headers=PROXY) as response:
        page = response.get_data(as_text=True)
        assert ROOT not in page
        assert "papers.example" not in page


@given(st.text(alphabet='ab/"<> =hrefsc', max_size=60))
def test_a_prefix_is_added_once(text: str) -> None:
    """Adding a path twice is adding it once, whatever the page holds."""
    once = add_prefix(text, ROOT)
    assert add_prefix(once, ROOT) == once
