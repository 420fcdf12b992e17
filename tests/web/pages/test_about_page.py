"""Check the page about the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index import __version__
from tests.support.accounts import Site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask.testing import FlaskClient

    from tests.support.page import Element


def test_the_index_is_described(client: FlaskClient, read: Callable[[str], list[Element]]) -> None:
    """Dumps, sources, hidden papers, the generation and the version are named."""
    page = client.get("/about")
    read(page.text)
    contents = client.get("/index.json").get_json()["data"]
    for expected in (contents["generation"], contents["dumps"][0]["name"], __version__, "jsonl"):
        assert expected in page.text
    shown, every = (
        client.get(f"/search.json{query}").get_json()["data"]["total"]
        for query in ("", "?hidden=show")
    )
    hidden = every - shown
    assert f"{hidden} papers withdrawn, rejected or retracted are hidden" in page.text


def test_what_is_kept_about_people_is_said(
    client: FlaskClient, sample_index: Path, tmp_path: Path
) -> None:
    """Where there are accounts, the page says what these keep, and that there are cookies."""
    without, within = client.get("/about").text, Site(sample_index, tmp_path).visit()
    assert "This site sets no cookies, has no accounts" in without
    assert "Their account" not in without
    assert "What is kept about people" in without
    assert "Their account" in within.get("/about").text
    assert "counted as followers" in within.get("/about").text
    assert "sets cookies only for signing in" in within.get("/about").text
    assert "claim them" in within.get("/help").text
