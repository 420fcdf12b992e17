"""Test that a program gets the keys that it names, and no others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from web.api.results import HitDocument
from web.api.selection import SELECTED

if TYPE_CHECKING:
    from flask.testing import FlaskClient

ADDRESSES = {
    "/search.json?q=adam": "hits",
    "/similar.json?id=kingma-2015-adam": "hits",
    "/paper/kingma-2015-adam.json?": "",
}


@pytest.mark.parametrize("address", ADDRESSES)
def test_named_keys_are_returned(client: FlaskClient, address: str) -> None:
    """Each paper has exactly the keys that were named, with the values that it has otherwise."""
    whole: Any = client.get(address).get_json()["data"]
    cut: Any = client.get(f"{address}&fields=title,%20id,,title").get_json()["data"]
    key = ADDRESSES[address]
    pairs = list(zip(whole[key], cut[key], strict=True)) if key else [(whole, cut)]
    assert pairs
    for paper, selected in pairs:
        assert selected == {"title": paper["title"], "id": paper["id"]}


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("name", ["nosuch", "__class__", "id;title"])
def test_unknown_keys_are_refused(client: FlaskClient, address: str, name: str) -> None:
    """A key that papers do not have is answered with 400 and the names of those they have."""
    refused = client.get(f"{address}&fields=id,{name}")
    assert refused.status_code == 400
    assert f"Unknown field '{name}'. Choose one of id," in refused.get_json()["error"]["message"]


def test_an_absent_key_stays_absent(client: FlaskClient) -> None:
    """A key that is only there on request does not appear because it was named."""
    plain: Any = client.get("/search.json?q=adam&fields=id,explanation").get_json()["data"]
    assert set(plain["hits"][0]) == {"id"}
    assert "explanation" in HitDocument.__struct_fields__
    assert HitDocument in SELECTED.values()
