"""Test that answers are compressed as the client accepts it, and read back."""

import gzip
from pathlib import Path

import brotli
import pytest
import zstandard
from flask.testing import FlaskClient

from web.app import create_app


@pytest.fixture
def client(sample_index: Path) -> FlaskClient:
    """Return a client of the sample."""
    return create_app(sample_index).test_client()


def _decompress(body: bytes, method: str) -> bytes:
    if method == "gzip":
        return gzip.decompress(body)
    if method == "br":
        return bytes(brotli.decompress(body))
    return zstandard.ZstdDecompressor().decompressobj().decompress(body)


@pytest.mark.parametrize(
    ("accepted", "method"),
    [
        ("gzip, deflate, br, zstd", "zstd"),
        ("gzip", "gzip"),
        ("gzip;q=1, zstd;q=0.5", "gzip"),
        ("br, gzip", "br"),
    ],
)
@pytest.mark.parametrize("address", ["/", "/static/style.css", "/api/openapi.json"])
def test_answers_are_compressed(
    client: FlaskClient, address: str, accepted: str, method: str
) -> None:
    """The first of our methods that the client accepts is used, and the body reads back."""
    plain = client.get(address)
    packed = client.get(address, headers={"Accept-Encoding": accepted})
    assert packed.headers["Content-Encoding"] == method
    assert "Accept-Encoding" in packed.headers["Vary"]
    assert len(_decompress(packed.data, method)) == len(plain.data) > len(packed.data)


@pytest.mark.parametrize(
    "accepted", ["", "identity", "compress", "gzip;q=0", "zstd, br;q=0", "x" * 300]
)
def test_others_get_it_plain(client: FlaskClient, accepted: str) -> None:
    """A client that accepts neither gets the page as it is."""
    answer = client.get("/", headers={"Accept-Encoding": accepted})
    assert "Content-Encoding" not in answer.headers
    assert answer.text.startswith("<!doctype html>")
