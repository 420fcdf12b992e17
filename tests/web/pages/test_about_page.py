"""Check the page about the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from index import __version__

if TYPE_CHECKING:
    from collections.abc import Callable

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
