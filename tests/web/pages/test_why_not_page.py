"""Test the page of why a paper is missing from a search, or why it is where it is."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlsplit

import pytest

from web.pages.why_not_page import LONGEST_NAME

if TYPE_CHECKING:
    from collections.abc import Callable

    from flask.testing import FlaskClient

    from tests.support.page import Element

    Read = Callable[[str], list[Element]]

ADAM = "kingma-2015-adam"


def _read_text(client: FlaskClient, read: Read, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(e.text for e in read(response.text) if e.tag == "main")


@pytest.mark.parametrize(
    ("address", "sentences"),
    [
        (
            f"/why-not?q=adam&id={ADAM}",
            [
                "Why this paper is number 1",
                "has the word",
                "title, abstract and topics",
                "yes adam",
            ],
        ),
        (
            f"/why-not?q=optimizatoin+-adam&id={ADAM}",
            ["Why this paper is missing", "optimisation instead", "found in: title"],
        ),
        (
            f"/why-not?q=adam&venue=ICML&year=2000..2001&id={ADAM}",
            ["Filters", "no Venue: ICML", "ICLR", "no Year: 2000..2001", "yes adam"],
        ),
        (
            "/why-not?q=pluripotency&id=obokata-2014-pluripotency",
            ["The paper is retracted, and such papers are hidden."],
        ),
        (f"/why-not?id={ADAM}&sort=newest", ["Why this paper is number"]),
        ("/why-not?q=learning&id=Attention+is+all+you+need", ["Attention Is All You Need"]),
    ],
)
def test_the_page_says_why(
    client: FlaskClient, read: Read, address: str, sentences: list[str]
) -> None:
    """The page names what the paper has and lacks, clause by clause and filter by filter."""
    text = _read_text(client, read, address)
    for sentence in sentences:
        assert sentence in text


def test_each_hit_leads_to_its_reasons(client: FlaskClient, read: Read) -> None:
    """The link of a hit opens the page of its rank, and the points add up to its score."""
    page = read(client.get("/search?q=deep+learning&page=2").text)
    links = [e.get("href") for e in page if e.text == "Why this order?"]
    assert len(links) == 10
    text = _read_text(client, read, links[1])
    assert text.startswith("Why this paper is number 12")
    points = client.get(links[1]).text
    cells = [e.text for e in read(points) if e.tag == "td" and e.get("class") == "number"]
    assert sum(map(float, cells[::2])) == pytest.approx(
        float(text.partition("its score of ")[2].partition(";")[0]), abs=0.05
    )
    assert 98 <= sum(int(cell.removesuffix(" %")) for cell in cells[1::2]) <= 102


def test_the_form_keeps_the_search(client: FlaskClient, read: Read) -> None:
    """A reader can ask for another paper, and go back to the results."""
    elements = read(client.get(f"/why-not?q=adam&venue=ICLR&page=3&id={ADAM}").text)
    hidden = [(e.get("name"), e.get("value")) for e in elements if e.get("type") == "hidden"]
    assert hidden == [("q", "adam"), ("venue", "ICLR")]
    back = next(e.get("href") for e in elements if e.tag == "a" and e.text.startswith("Back"))
    assert parse_qsl(urlsplit(back).query) == hidden


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/why-not", 404),
        ("/why-not?q=adam&id=nosuch", 404),
        ("/why-not?q=adam&id=%3Cscript%3E", 404),
        ("/why-not?q=adam&id=" + "x" * (LONGEST_NAME + 500), 404),
        (f"/why-not?q=%3Cscript%3Ealert(1)%3C/script%3E&id={ADAM}", 200),
        (f"/why-not?q=adam&sort=evil&id={ADAM}", 400),
        (f"/why-not?q={'(' * 500}a&id={ADAM}", 200),
    ],
)
def test_hostile_addresses(client: FlaskClient, read: Read, address: str, status: int) -> None:
    """Whatever is asked, the page is well formed and escaped."""
    response = client.get(address)
    assert response.status_code == status
    read(response.text)
