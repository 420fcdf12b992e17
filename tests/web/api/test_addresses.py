"""Test that every paper has a page and a JSON twin at an address of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from web.api.addresses import paper_path
from web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask.testing import FlaskClient

    from tests.support.page import Element

    Read = Callable[[str], list[Element]]

ODD_IDS = [
    "a/b/c", "a//b", "/lead", "trail/", ".", "..", "../x", "a/../b", "x.json", "a.json/b", "é/ü",
    "名前", "100%", "%2F", "a%20b", 'quo"te', "o'clock", "what?", "a#b", "a b", "a+b", "a&b=c",
    "a;b", "<b>", "a\\b", "https://x.org/a?b=c#d", "10.1/(SICI)1<1::AID>3.0.CO;2-Z", "~t", "[x]",
    "paper", "search", "index.json", "x", "-x", "ſ", "🙂",
]  # fmt: skip


@pytest.fixture(scope="module")
def odd(index_of: Callable[..., Path]) -> FlaskClient:
    """Return a client over papers whose ids are hard to put into an address."""
    index = index_of(*({"id": one, "title": f"Odd {n}"} for n, one in enumerate(ODD_IDS)))
    return create_app(index).test_client()


@pytest.mark.parametrize("paper_id", ODD_IDS)
def test_odd_ids_have_pages(odd: FlaskClient, read: Read, paper_id: str) -> None:
    """Every id has a page and a JSON twin, at addresses that no browser rewrites."""
    address = paper_path(paper_id)
    segments = urlsplit(address).path.split("/")
    assert not {".", "..", ""} & set(segments[1:-1]), address
    assert re.fullmatch(r"[!-~]+", address)
    elements = read(odd.get(address).text)
    assert f"Odd {ODD_IDS.index(paper_id)}" in {e.text for e in elements if e.tag == "h1"}
    twin = next(e.get("href") for e in elements if e.get("type") == "application/json")
    document: Any = odd.get(twin).get_json()["data"]
    assert document["id"] == paper_id
    assert document["url"] == address


def test_links_of_hits_lead_to_their_papers(odd: FlaskClient, read: Read) -> None:
    """The links on a page of results lead to the papers they name, whatever their ids."""
    elements = read(odd.get("/search?per_page=100").text)
    links = [e for e in elements if e.tag == "a" and e.inside[-1].tag == "h2"]
    assert len(links) == len(ODD_IDS)
    for link in links:
        assert f"<h1>{link.text}</h1>" in odd.get(link.get("href")).text
