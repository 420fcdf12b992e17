"""Test which sites may read answers with a script."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from web.access.settings import AccessSettings
from web.app import create_app

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

ALLOWED = "Access-Control-Allow-Origin"
SITE = "https://reader.example"


@pytest.mark.parametrize(
    ("origins", "address", "expected"),
    [
        ((), "/search.json?q=adam", None),
        ((SITE,), "/search.json?q=adam", SITE),
        (("https://other.example",), "/search.json?q=adam", None),
        (("*",), "/search.json?q=adam", "*"),
        (("*",), "/paper/nope.json", "*"),
        (("*",), "/search?q=adam", None),
    ],
)
def test_only_named_sites_read_documents(
    sample_index: Path, origins: tuple[str, ...], address: str, expected: str | None
) -> None:
    """A document says who may read it; a page never does."""
    client = create_app(sample_index, access=AccessSettings(origins=origins)).test_client()
    response = client.get(address, headers={"Origin": SITE})
    assert response.headers.get(ALLOWED) == expected
    assert "Access-Control-Allow-Credentials" not in response.headers


def test_caches_keep_sites_apart(sample_index: Path) -> None:
    """An answer that depends on the site says so, also where it refuses one."""
    client = create_app(sample_index, access=AccessSettings(origins=(SITE,))).test_client()
    for origin in (SITE, "https://other.example"):
        response = client.get("/index.json", headers={"Origin": origin})
        assert "Origin" in response.headers["Vary"]


def test_writing_is_not_allowed(client: FlaskClient) -> None:
    """The answer to a refused method allows nothing."""
    assert ALLOWED not in client.post("/search.json", headers={"Origin": SITE}).headers


@pytest.mark.parametrize("address", ["/search.json?q=adam", "/paper/nope.json", "/search.atom"])
def test_a_browser_may_ask_first(sample_index: Path, address: str) -> None:
    """A script may send what it has with its request: the question before it is answered."""
    client = create_app(sample_index, access=AccessSettings(origins=(SITE,))).test_client()
    asked = {"Access-Control-Request-Method": "GET"}
    answer = client.options(address, headers={"Origin": SITE, **asked})
    assert answer.headers[ALLOWED] == SITE
    assert "GET" in answer.headers["Access-Control-Allow-Methods"]
    assert "If-None-Match" in answer.headers["Access-Control-Allow-Headers"]
    assert "Origin" in answer.headers["Vary"]
    other = client.options(address, headers={"Origin": "https://other.example", **asked})
    assert ALLOWED not in other.headers


def test_an_unchanged_document_may_be_read(sample_index: Path) -> None:
    """The answer that a document is unchanged says who may read it, as the document does."""
    client = create_app(sample_index, access=AccessSettings(origins=(SITE,))).test_client()
    etag = client.get("/index.json", headers={"Origin": SITE}).headers["ETag"]
    answer = client.get("/index.json", headers={"Origin": SITE, "If-None-Match": etag})
    assert answer.status_code == 304
    assert answer.headers[ALLOWED] == SITE
