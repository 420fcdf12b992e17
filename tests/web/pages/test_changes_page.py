"""Check the page of what changed and its twins."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING
from xml.etree.ElementTree import fromstring

from tests.support.page import Element
from tests.support.two_generations import KEPT, TURN, WALK
from web.app import create_app
from web.feeds.atom import ATOM
from web.feeds.latest_changes import ChangesKeeper

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

Read = Callable[[str], list[Element]]


def test_without_an_older_generation_nothing_fails(
    index_of: Callable[..., Path], read: Read
) -> None:
    """Page, JSON and feed say that there is nothing to compare with."""
    client = create_app(index_of(KEPT)).test_client()
    page = client.get("/changes")
    assert (page.status_code, "nothing to compare" in page.text) == (200, True)
    read(page.text)
    assert "papers status" not in page.text  # where the index lies is the operator's
    assert client.get("/changes.json").get_json()["data"]["old"] is None
    assert fromstring(client.get("/changes.atom").data).findall(f"{{{ATOM}}}entry") == []  # noqa: S314 - our own text


def test_the_last_two_generations_are_compared(index_of: Callable[..., Path], read: Read) -> None:
    """Page, JSON and feed list each paper that is new, gone or changed."""
    directory = index_of(KEPT, WALK)
    client = create_app(directory).test_client()
    assert client.get("/changes.json").get_json()["data"]["counts"] == {}
    index_of(KEPT | {"title": "Changed & new"}, TURN, directory=directory)
    page = client.get("/changes")
    elements = read(page.text)
    assert [e.get("id") for e in elements if e.tag == "h2" and e.get("id") != "keys-title"] == [
        "new", "changed", "gone",
    ]  # fmt: skip
    assert "Changed &amp; new" in page.text
    document = client.get("/changes.json").get_json()["data"]
    assert document["counts"] == {"new": 1, "changed": 1, "withdrawn": 0, "gone": 1, "published": 0}
    assert [one["id"] for one in document["differences"]] == ["turn", "kept", "walk"]
    assert len(fromstring(client.get("/changes.atom").data).findall(f"{{{ATOM}}}entry")) == 3  # noqa: S314 - our own text


def test_a_long_comparison_is_waited_for(
    index_of: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """While generations are compared, the answer is 503 with when to ask again."""
    client = create_app(index_of(KEPT)).test_client()
    monkeypatch.setattr(ChangesKeeper, "read", lambda _: None)
    response = client.get("/changes.json")
    assert (response.status_code, "Retry-After" in response.headers) == (503, True)
    assert "still being counted" in response.get_json()["error"]["message"]
