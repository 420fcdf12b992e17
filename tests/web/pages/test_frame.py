"""Test what the frame of every page and the parts that pages share say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from flask import get_template_attribute

from index.records import SUBMISSION, Appearance, Author, Paper
from web.pages.frame import classify_status, is_submission

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from tests.support.page import Element

ICLR = Appearance(venue="ICLR", year=2017, type="conference paper")
TRIED = Appearance(venue="ICLR", year=2017, type=SUBMISSION)


def _print_part(client: FlaskClient, name: str, paper: Paper) -> str:
    with client.application.test_request_context():
        return str(get_template_attribute("parts.html", name)(paper))


def _read_text(markup: str) -> str:
    """Return the text of markup without its tags."""
    parts = (part.rpartition(">")[2] for part in markup.split("<"))
    return " ".join("".join(parts).split())


@pytest.mark.parametrize(
    ("paper", "line"),
    [
        (Paper("a", "A", appearances=(ICLR,)), "ICLR 2017"),
        (Paper("a", "A", appearances=(ICLR,), status="oral", citations=1),
         "ICLR 2017 oral 1 citation"),
        (Paper("a", "A", appearances=(ICLR,), status="rejected"),
         "submitted to ICLR 2017 rejected"),
        (Paper("a", "A", appearances=(ICLR,), status="retracted"), "ICLR 2017 retracted"),
        (Paper("a", "A", appearances=(TRIED,)), "submitted to ICLR 2017"),
        (Paper("a", "A", appearances=(Appearance(type="thesis"),), citations=1200),
         "thesis 1,200 citations"),
        (Paper("a", "A", status="withdrawn"), "withdrawn"),
        (Paper("a", "A"), ""),
    ],
)  # fmt: skip
def test_line_of_a_paper(client: FlaskClient, paper: Paper, line: str) -> None:
    """A paper's line has its venue and year, a telling type, its status and its citations."""
    assert _read_text(_print_part(client, "paper_line", paper)) == line


@pytest.mark.parametrize(
    ("status", "standing"),
    [("oral", "good"), ("best paper award", "good"), ("poster", ""), ("", ""), ("rejected", "bad")],
)
def test_standing_of_a_status(status: str, standing: str) -> None:
    """Few statuses have a colour: those that hide a paper, and those that few papers have."""
    assert classify_status(status) == standing


def test_a_submission_needs_a_venue() -> None:
    """A withdrawn preprint was not submitted anywhere."""
    assert is_submission(Paper("a", "A", appearances=(ICLR,), status="withdrawn"))
    assert not is_submission(Paper("a", "A", status="withdrawn"))


@pytest.mark.parametrize(("count", "more"), [(12, ""), (13, "+1 more"), (250, "+238 more")])
def test_links_of_authors(client: FlaskClient, count: int, more: str) -> None:
    """Twelve authors are shown, the others open with a click, and none is without a link."""
    authors = tuple(Author(f"Ada Reed{n}", f"ada reed{n}") for n in range(count))
    markup = _print_part(client, "author_links", Paper("a", "A", authors=authors))
    assert markup.count('href="/authors/Ada%20Reed') == min(count, 200)
    closed = markup.partition('<span class="closed">')[2].partition("</span>")[0]
    assert closed == more


def test_a_paper_in_a_list(client: FlaskClient) -> None:
    """A paper in a list has its title as link, its first authors, and its language."""
    authors = tuple(Author(f"Ada Reed{n}") for n in range(5))
    paper = Paper("a", "Les <marées>", authors=authors, appearances=(ICLR,), language="fr")
    markup = _print_part(client, "paper_item", paper)
    assert '<a href="/paper/a" lang="fr">Les &lt;marées&gt;</a>' in markup
    assert _read_text(markup).endswith("Ada Reed0, Ada Reed1, Ada Reed2 +2 ICLR 2017")


@pytest.mark.parametrize("address", ["/", "/search?q=adam", "/paper/nope", "/nowhere"])
def test_frame(client: FlaskClient, read: Callable[[str], list[Element]], address: str) -> None:
    """Every page links to the other kinds of pages and says what the index was built from."""
    elements = read(client.get(address).text)
    links = {element.get("href") for element in elements if element.tag == "a"}
    assert {"/", "/venues", "/topics", "/help", "/about", "/api", "#main"} <= links
    foot = next(element for element in elements if element.tag == "footer")
    assert "from papers.jsonl" in foot.text
