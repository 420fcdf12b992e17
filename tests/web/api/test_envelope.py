"""Test the envelope of the server's JSON answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from flask.testing import FlaskClient

ATTENTION = "vaswani-2017-attention"


@pytest.mark.parametrize(
    "address",
    ["/search.json?q=attention", f"/paper/{ATTENTION}.json", "/index.json", "/suggest.json?q=at",
     f"/similar.json?id={ATTENTION}", f"/why-not.json?id={ATTENTION}&q=adam"],
)  # fmt: skip
def test_every_answer_has_one_envelope(client: FlaskClient, address: str) -> None:
    """Data, meta and links are the only keys, and the answer names its own address."""
    answer: Any = client.get(address).get_json()
    assert set(answer) == {"data", "meta", "links"}
    contents: Any = client.get("/index.json").get_json()
    assert answer["meta"]["generation"] == contents["data"]["generation"]
    assert answer["meta"]["took_ms"] > 0
    assert answer["meta"]["next"] is None
    assert answer["links"]["self"] == address


def test_links_lead_through_the_pages(client: FlaskClient) -> None:
    """`next` and `prev` lead to the pages around one, and `page` to the same page for people."""
    links: Any = client.get("/search.json?q=attention&per_page=2&page=2").get_json()["links"]
    assert client.get(links["next"]).get_json()["data"]["page"] == 3
    assert client.get(links["prev"]).get_json()["data"]["page"] == 1
    assert client.get(links["page"]).mimetype == "text/html"
    last: Any = client.get("/search.json?q=zzzqqq").get_json()["links"]
    assert set(last) == {"self", "page"}


def test_links_stay_below_the_path_of_the_server(client: FlaskClient) -> None:
    """Where the server answers below a path, so do its links."""
    address = "/search.json?q=attention&per_page=2"
    links: Any = client.get(address, base_url="http://a.org/papers").get_json()["links"]
    assert {link.split("?")[0] for link in links.values()} == {
        "/papers/search.json",
        "/papers/search",
    }
