"""Check the page that explains how to search."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from search.authors.evidence import EvidenceLevel
from search.language.fields import FIELDS
from search.language.specification import CONSTRUCTS
from web.pages.help_page import render_code

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from tests.support.page import Element


def test_every_construct_and_field_is_explained(
    client: FlaskClient, read: Callable[[str], list[Element]]
) -> None:
    """Every example of the specification is a link to its search, and every field is named."""
    elements = read(client.get("/help").text)
    links = {e.text: e.get("href") for e in elements if e.get("href").startswith("/search")}
    codes = [e.text for e in elements if e.tag == "code"]
    for example in (example for row in CONSTRUCTS for example in row.examples):
        assert client.get(links[" ".join(example.split())]).status_code == 200
    assert {f"{field.name}:" for field in FIELDS} <= set(codes)


def test_every_level_of_evidence_is_explained(client: FlaskClient) -> None:
    """The help has the table of levels, and accounts only where there are some."""
    page = client.get("/help").text
    assert all(str(escape(one.meaning)) in page for one in EvidenceLevel)
    assert "/sign-in" not in page


def test_code_is_marked_and_escaped() -> None:
    """What is between backticks becomes code; everything is escaped."""
    assert render_code("a `<b>` & c") == Markup("a <code>&lt;b&gt;</code> &amp; c")
