"""Check that no page repeats a control character of a request or of a paper."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from http import HTTPStatus
from typing import TYPE_CHECKING
from urllib.parse import quote

import pytest
from markupsafe import Markup

from web.app import create_app
from web.unprintable import finalize, replace_unprintable

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from flask.testing import FlaskClient

CODES = (
    *range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F),
    *range(0x2066, 0x206A), 0xFFFE, 0xFFFF,
)  # fmt: skip
FORBIDDEN = re.compile(f"[{re.escape(''.join(map(chr, CODES)))}\ud800-\udfff]")
ALL = "x".join(map(chr, CODES))
LONE = "%ED%A0%80"
"""Half of a surrogate pair, as an address may contain it."""

PARAMETERS = (
    "q", "venue", "author", "type", "topic", "institution", "status", "source", "language", "year",
    "year_from", "year_to", "sort", "page", "per_page", "facets", "expand", "prior", "meaning",
    "hidden", "records", "raw", "id", "unknown",
)  # fmt: skip


def check_page(text: str) -> None:
    """Check that a page has no such character, neither as itself nor as a reference."""
    assert not FORBIDDEN.search(text)
    parser = _Texts()
    parser.feed(text)
    assert not FORBIDDEN.search("".join(parser.found))


class _Texts(HTMLParser):
    """Collects texts and attributes, with their references resolved."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        self.found.append(data)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the attributes of a tag."""
        self.found += [tag, *(value or "" for _, value in attrs)]


ADDRESSES = ["/?q={}", "/paper?id={}", "/paper/{}", "/{}", "/search?{}=1", "/search?q=%22{}",
             *(f"/search?{name}={{}}" for name in PARAMETERS)]  # fmt: skip


@pytest.mark.parametrize("address", ADDRESSES)
def test_no_page_repeats_a_control_character(client: FlaskClient, address: str) -> None:
    """Each parameter and path may hold every such character, alone and beside words."""
    for text in (quote(ALL), f"adam%00method{LONE}"):
        response = client.get(address.format(text))
        assert response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
        check_page(response.text)
        assert not FORBIDDEN.search("".join(f"{a}{b}" for a, b in response.headers))


def test_no_page_repeats_a_control_character_of_a_paper(
    index_of: Callable[..., Path],
) -> None:
    """The texts of a dump lose theirs before they are shown, in hits, facets and paper pages."""
    record = {
        "id": f"a{ALL}",
        "title": f"Planted {ALL}",
        "abstract": f"Planted {ALL}",
        "authors": [{"name": f"Kay {ALL}", "affiliations": [ALL], "ids": {"x": ALL}}],
        "venue": f"V{ALL}",
        "type": f"t{ALL}",
        "status": ALL,
        "topics": [ALL],
        "urls": {ALL: f"https://example.org/{ALL}"},
        "ids": {"x": ALL, ALL: ALL},
    }
    client = create_app(index_of(record)).test_client()
    facets = "facets=author,topic,language,type,venue,institution,status"
    check_page(client.get(f"/search?q=planted&{facets}").text)
    found = client.get("/search.json?q=planted").get_json()["data"]
    assert found["total"] == 1
    check_page(client.get(found["hits"][0]["url"]).text)


def test_markup_stays_markup() -> None:
    """A value keeps its kind: markup is not escaped again, and other objects pass."""
    assert finalize(Markup("<b>\x00</b>")) == Markup("<b>\ufffd</b>")
    assert isinstance(finalize(Markup("<b>\x00</b>")), Markup)
    assert finalize("a\u202eb") == "a\ufffdb"
    assert finalize(12) == 12
    assert replace_unprintable("a\tb\nc é \U0001f600") == "a\tb\nc é \U0001f600"
    assert replace_unprintable("\ud800") == "\ufffd"
