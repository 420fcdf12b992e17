"""Test that no page is of absurd size, whatever is requested and whatever papers hold."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from search.budget import budget
from web.app import create_app
from web.pages.page_size import (
    LONGEST_ECHO,
    LONGEST_LABEL,
    LONGEST_TEXT,
    MOST_AUTHORS,
    cut_list,
    cut_paragraphs,
    shorten_echo,
    shorten_label,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from click.testing import Result
    from flask.testing import FlaskClient

LARGEST = 500_000
"""Bytes of a page, as the README of the room says."""

AUTHORS = 2_500
RECORDS = 130
MARK = "e\u0301"


def make_records() -> list[dict[str, object]]:
    """Return papers with more and longer values than any real paper has."""
    people = [
        {"name": f"Ann{n} Gauge-{n}", "affiliations": ["Harbour & Sea"]} for n in range(AUTHORS)
    ]
    long = {
        "abstract": "<tide> & 'level' " * 5_800,
        "topics": [f"{n} {'topic & ' * 100}" for n in range(300)],
        "authors": people, "venue": "Journal of " + "'Sea' & " * 110, "year": 2001,
        "ids": {f"scheme{n}": "<" * 900 for n in range(200)},
        "urls": {f"site {n}": f"https://a.example/{'x' * 900}{n}" for n in range(60)},
    }  # fmt: skip
    same = [
        {"id": f"same{n}", "title": "Merged tide tables", "doi": "10.1234/same", "year": 2003,
         "venue": f"Venue {n} {'of & ' * 150}", "authors": ["Ann Merged"]}
        for n in range(RECORDS)
    ]  # fmt: skip
    large = [
        {"id": f"large{n}", "title": f"Tide {n} {'<level> & ' * 450}"} | long for n in range(12)
    ]
    return [*large, *same]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """Return a client of an index of papers with long values, of which no page takes too long."""
    from click.testing import CliRunner

    from web.cli import main

    folder: Path = tmp_path_factory.mktemp("hostile")
    dump = folder / "papers.jsonl"
    dump.write_text("".join(json.dumps(record) + "\n" for record in make_records()))
    built = CliRunner().invoke(
        main, ["build", "--quiet", "--index", str(folder / "index"), "--processes", "0", str(dump)]
    )
    assert built.exit_code == 0, built.output
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(budget, "FIXED_SECONDS", 60.0)  # a slow machine must show the page
        yield create_app(folder / "index").test_client()


SELECTED = [("topic", f"-{n}" + "'" * 190) for n in range(90)]
FACETS = ("facets", "venue,year,author,topic,institution,type,status,source,language")
REQUESTS: dict[str, list[tuple[str, str]]] = {
    "everything": [("per_page", "100"), FACETS],
    "words everywhere": [("q", "tide level OR sea*"), ("per_page", "100"), FACETS],
    "long query": [("q", "tide " + "gauge " * 3_000)],
    "long query with filters": [("q", "tide " + "'" * 18_000), *SELECTED],
    "combining marks": [("q", "tide " + MARK * 9_500), *SELECTED],
    "large letters": [("q", "\U0001f30a" * 19_000), *SELECTED],
    "quotes": [("q", '"' * 19_999)],
    "brackets": [("q", "(" * 19_999)],
    "excluded values": [("venue", f"-{n}{'&' * 150}") for n in range(100)],
    "one long value": [("topic", "&" * 19_000)],
    "too many characters": [("topic", f"{n}" + "x" * 1_000) for n in range(100)],
    "many fields": [("q", " ".join(f"venue:'{n}'" for n in range(1_500)))],
    "unknown sort": [("sort", "<" * 60_000)],
    "records": [("q", "merged"), ("records", "1"), ("per_page", "100"), FACETS],
    "later page": [("q", "tide" + "\u0301" * 9_000), ("page", "2"), ("per_page", "3")],
}


@pytest.mark.parametrize("name", REQUESTS)
def test_no_search_makes_a_large_page(hostile: FlaskClient, name: str) -> None:
    """A page of results or of a failure is bounded."""
    answer = hostile.get("/search", query_string=REQUESTS[name])
    assert answer.status_code in {200, 400, 503}
    assert len(answer.data) < LARGEST


@pytest.mark.parametrize("name", REQUESTS)
@pytest.mark.parametrize("path", ["/facet/topic", "/why-not"])
def test_no_search_makes_other_pages_large(hostile: FlaskClient, path: str, name: str) -> None:
    """The pages of a facet's values and of why a paper is missing are bounded too."""
    answer = hostile.get(path, query_string=[*REQUESTS[name], ("id", "large1"), ("find", "a" * 99)])
    assert answer.status_code in {200, 400, 404, 503}
    assert len(answer.data) < LARGEST


@pytest.mark.parametrize("paper", ["large1", "large1?records=1", "same0", "same7?records=1"])
def test_no_paper_makes_a_large_page(hostile: FlaskClient, paper: str) -> None:
    """The page of a paper is bounded, whatever it holds."""
    answer = hostile.get(f"/paper/{paper}")
    assert answer.status_code == 200
    assert len(answer.data) < LARGEST


VENUE, TOPIC = "Journal of " + "'Sea' & " * 110, f"7 {'topic & ' * 100}"


@pytest.mark.parametrize(
    ("path", "name"),
    [("/venue", VENUE), ("/topic", TOPIC), ("/venue.json", VENUE), ("/topic.atom", TOPIC)],
)
def test_no_name_makes_a_collection_large(hostile: FlaskClient, path: str, name: str) -> None:
    """The page of a venue or a topic with a long name, and its twins, are bounded."""
    answer = hostile.get(path, query_string={"name": name.strip()})
    assert answer.status_code == 200
    assert len(answer.data) < LARGEST or path.endswith(".json")  # a twin has whole papers


@pytest.mark.parametrize("path", ["/venues", "/topics", "/venues?find=of", "/topics?letter=0-9"])
def test_lists_link_no_absurd_names(hostile: FlaskClient, path: str) -> None:
    """A list shows a long name without a link, so even 200 names make no large page."""
    page = hostile.get(path).text
    assert "…" in page
    assert len(page) < LARGEST / 3


@pytest.mark.parametrize(
    "path",
    ["/", f"/paper/{'<' * 20_000}", f"/{'&' * 20_000}", "/paper/large1/cite", "/about", "/changes",
     "/api", "/help", "/search.atom", f"/venue?name={'&' * 20_000}"],
)  # fmt: skip
def test_other_pages_are_small(hostile: FlaskClient, path: str) -> None:
    """The home page, feeds, pages about the site and pages of failures are bounded."""
    assert 0 < len(hostile.get(path).data) < LARGEST


NAME = "author=Ann7+Gauge-7"


@pytest.mark.parametrize(
    "path",
    ["/authors", "/authors/Ann%20Gauge-7", "/authors/Ann%20Gauge-7.atom", f"/following?{NAME}",
     f"/graph?{NAME}", "/graph?paper=large1", "/graph.graphml?paper=large1",
     "/graph?institution=Harbour+%26+Sea"],
)  # fmt: skip
def test_pages_of_people_are_small(hostile: FlaskClient, path: str) -> None:
    """The page of a name, what somebody follows and the graph are bounded, whatever papers hold."""
    answer = hostile.get(path)
    assert answer.status_code == 200
    assert len(answer.data) < LARGEST


def test_a_page_says_what_it_leaves_out(hostile: FlaskClient) -> None:
    """The first authors are listed, the others are counted, and the twin has all."""
    page, twin = (
        hostile.get("/paper/large1").text,
        hostile.get("/paper/large1.json").get_json()["data"],
    )
    assert page.count('name="citation_author"') == MOST_AUTHORS
    assert '<a class="more" href="/paper/large1.json">and 2,300 more</a>' in page
    assert twin is not None
    assert len(twin["authors"]) == AUTHORS


def test_a_page_lists_the_first_records(hostile: FlaskClient) -> None:
    """Of a work of many records the first are listed and the others are counted."""
    page = hostile.get("/paper/same0").text
    assert f"Merged from {RECORDS} records" in page
    assert ">and 30 more</a></li>" in page
    assert "also recorded as" not in page


def test_a_long_search_has_buttons_for_pages(hostile: FlaskClient) -> None:
    """A search that is too long for links has buttons, which send the form that it came from."""
    asked = {"q": "tide" + "\u0301" * 3_000, "per_page": "5"}
    page = hostile.get("/search", query_string=asked)
    assert 'form="search" class="quiet" name="page" value="2">2</button>' in page.text
    assert 'name="per_page" value="5"' in page.text


def test_labels_and_texts_are_cut() -> None:
    """What is of usual length is left alone, and the rest ends with an ellipsis."""
    assert shorten_label("Some  Name") == "Some  Name"
    assert len(shorten_label("x" * 900)) == LONGEST_LABEL + 1
    assert len(shorten_echo("x" * 9_000)) == LONGEST_ECHO + 1
    assert cut_paragraphs("a\n\nb") == ["a", "b"]
    assert sum(map(len, cut_paragraphs("a\n\n" * 50_000))) < LONGEST_TEXT
    assert cut_paragraphs("x" * 99_999)[-1].endswith("x…")


def test_lists_are_cut() -> None:
    """A list keeps its first items, and counts the others."""
    assert cut_list("abc", 5).shown == ("a", "b", "c")
    assert (cut_list(iter("abc"), 2).shown, cut_list(iter("abc"), 2).more) == (("a", "b"), 1)


def test_a_terminal_lists_the_first_records(papers: Callable[..., Result], tmp_path: Path) -> None:
    """The terminal counts the records and sources that it does not list."""
    dump = tmp_path / "many.jsonl"
    dump.write_text("".join(json.dumps(record) + "\n" for record in make_records()[12:]))
    assert papers("build", "--index", str(tmp_path / "ix"), str(dump)).exit_code == 0
    shown = papers("show", "--index", str(tmp_path / "ix"), "same0").output
    assert f"Merged from {RECORDS} records" in shown
    assert "  and 30 more (papers show --json ID)" in shown
