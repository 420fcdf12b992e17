"""Check the lists of venues and topics."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from tests.support.page import Element


@pytest.mark.parametrize("kind", ["venue", "topic"])
@pytest.mark.parametrize("query", ["", "?letter=N", "?letter=0-9", "?find=learning", "?find=zzz"])
def test_lists_link_to_pages(
    client: FlaskClient, read: Callable[[str], list[Element]], kind: str, query: str
) -> None:
    """A list is well formed, and the first of its links leads to a page."""
    elements = read(client.get(f"/{kind}s{query}").text)
    links = [e.get("href") for e in elements if e.get("href").startswith(f"/{kind}/")]
    values = client.get(f"/{kind}s.json{query}").get_json()["data"]["values"]
    assert len(links) == len(values)
    for link in links[:3]:
        assert client.get(link).status_code == 200


def test_values_are_found_by_letter_and_words(client: FlaskClient) -> None:
    """A letter lists what begins with it in either case; words may be unfinished."""
    networking = "IEEE/ACM Transactions on Networking"
    for query, expected in (("letter=n", "NeurIPS"), ("find=transactions+netw", networking)):
        found = client.get(f"/venues.json?{query}").get_json()["data"]["values"]
        assert expected in [one["value"] for one in found]
    found = client.get("/topics.json?find=reinforcement+learn").get_json()["data"]["values"]
    assert [one["value"] for one in found if one["value"] == "reinforcement learning"]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("letter=AB", 400), ("letter=%C3%9F", 400), ("page=0", 404), ("page=x", 400),
        ("page=999", 404), ("find=" + "a" * 201, 400), ("page=%EF%BC%91", 400),
    ],
)  # fmt: skip
def test_invalid_parameters_are_refused(client: FlaskClient, query: str, status: int) -> None:
    """A letter, a page or words beyond their limits are answered by one sentence."""
    assert client.get(f"/topics?{query}").status_code == status


def test_hostile_words_are_escaped(client: FlaskClient) -> None:
    """What is typed is shown as text."""
    page = client.get("/venues", query_string={"find": '"><script>x'}).text
    assert "<script>x" not in page
