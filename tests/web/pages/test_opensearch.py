"""Check what browsers need to search from their address bar."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from xml.etree.ElementTree import fromstring

import pytest

from web.pages.opensearch import NAMESPACE

if TYPE_CHECKING:
    from flask.testing import FlaskClient


def test_every_template_answers(client: FlaskClient) -> None:
    """Each address of the description answers with the type that it announces."""
    response = client.get("/opensearch.xml", headers={"Host": "papers.example"})
    assert response.mimetype == "application/opensearchdescription+xml"
    root = fromstring(response.data)  # noqa: S314 - our own text
    urls = root.findall(f"{{{NAMESPACE}}}Url")
    assert len(urls) == 4
    for url in urls:
        address = urlsplit(url.get("template", "").replace("{searchTerms}", "attention"))
        assert (address.scheme, address.netloc) == ("http", "papers.example")
        answer = client.get(f"{address.path}?{address.query}")
        assert (answer.status_code, answer.mimetype) == (200, url.get("type"))
    image = root.findtext(f"{{{NAMESPACE}}}Image") or ""
    assert client.get(urlsplit(image).path).status_code == 200


def test_pages_link_the_description(client: FlaskClient) -> None:
    """A browser finds the description on every page."""
    for page in ("/", "/search?q=deep", "/nowhere"):
        assert 'href="/opensearch.xml"' in client.get(page).text


@pytest.mark.parametrize("text", ["atten", "", '"<b>', "\x00", "x" * 3_000])
def test_suggestions_have_the_format_of_browsers(client: FlaskClient, text: str) -> None:
    """The answer is the text as typed and a list of whole queries."""
    typed, found = client.get("/opensearch.json", query_string={"q": text}).get_json()
    assert typed == text
    assert all(isinstance(one, str) for one in found)
    assert bool(found) == (text == "atten")
