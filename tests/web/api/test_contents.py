"""Test the JSON of what an index holds."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flask.testing import FlaskClient


def test_contents_describe_the_index(client: FlaskClient) -> None:
    """The home page's JSON twin describes the index without naming any path."""
    document: Any = client.get("/index.json").get_json()["data"]
    assert document["papers"] == document["records"] == 417
    assert document["engine"].startswith("tantivy")
    (dump,) = document["dumps"]
    assert (dump["name"], dump["records"]) == ("papers.jsonl", 417)
    assert len(dump["sha256"]) == 64
