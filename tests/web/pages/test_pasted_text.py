"""Test the page that answers a pasted text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result
    from flask.testing import FlaskClient


def test_the_links_of_a_pasted_page_are_short(client: FlaskClient) -> None:
    """The box keeps a pasted text whole, and the links repeat only the words searched for."""
    text = " ".join(f"attention word{n}" for n in range(1_000))
    html = client.get("/search", query_string={"q": text}).text
    assert f'value="{text}"' in html
    assert html.count("word999") <= 4


def test_many_searched_words_are_folded(client: FlaskClient) -> None:
    """A short interpreted query stands below the count, a long one in a box of two lines."""
    short = client.get("/search", query_string={"q": "attention[ti]"}).text
    assert '<p class="read">Searched for <code>title:attention</code></p>' in short
    long = client.get("/search", query_string={"q": "attention! " + "transformers! " * 30}).text
    assert '<p class="read">' not in long
    assert '<details class="read cut"><summary>Searched for <code>attention' in long


def test_titles_and_headings_are_short(client: FlaskClient) -> None:
    """Only the box holds a pasted text whole; the title, the heading and the lines are cut."""
    text = " ".join(f"attention word{n}" for n in range(500))
    html = client.get("/search", query_string={"q": text}).text
    title, heading = (
        re.findall(pattern, html)[0] for pattern in (r"<title>(.*?) - ", r"<h1.*?>(.*?)</h1>")
    )
    assert title == " ".join(f"attention word{n}" for n in range(5)) + "…"
    assert "word" not in heading


def test_a_long_text_without_hits_is_named_shortly(papers: Callable[..., Result]) -> None:
    """The terminal and the page name what was not found in a line or two."""
    text = " AND ".join(f"zq{n}zq" for n in range(150))
    printed = papers("search", text).output
    assert "Nothing found for zq0zq AND" in printed
    assert len(printed) < 700
