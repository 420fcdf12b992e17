"""Check the citations on the page of a paper and in its JSON twin."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from index.build.operations import add, build
from search.answers.paper_citations import MOST_SHOWN
from tests.support.citing_papers import SETTINGS, make_line, write_dump
from web.app import create_app

CITING = [f"n{number}" for number in range(MOST_SHOWN + 1)]
LINES = (
    make_line("a/1", ["b", "elsewhere"], title="The <i>Cited</i> Work"),
    make_line("b", title="Waves & Tides"),
    *(make_line(name, ["a/1"]) for name in CITING),
)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """Return a client of an index whose papers cite each other."""
    directory = tmp_path_factory.mktemp("pages")
    build(directory, [write_dump(directory / "dump.jsonl", LINES)], SETTINGS)
    return create_app(directory).test_client()


def test_the_page_lists_the_first_papers(client: FlaskClient) -> None:
    """It says how many references are in the index, and leads to all papers that cite it."""
    page = client.get("/paper/a/1").get_data(as_text=True)
    assert 'id="references">References <span class="count">1 of 2 in this index</span>' in page
    assert "Waves &amp; Tides" in page
    assert 'href="#cited-by">Cited by 11</a>' in page
    assert page.count("Title of n") >= MOST_SHOWN
    assert "All 11 papers that cite it" in page
    assert "All 1 " not in page


def test_the_link_finds_all_of_them(client: FlaskClient) -> None:
    """The search finds as many as the page counts."""
    found = client.get("/search.json", query_string={"q": 'cites:"a/1"'}).get_json()["data"]
    assert found["total"] == len(CITING)


def test_nothing_is_shown_where_nothing_is_known(client: FlaskClient) -> None:
    """A paper without references that nobody cites has neither section."""
    page = client.get("/paper/n0").get_data(as_text=True)
    assert 'id="references"' in page
    assert 'id="cited-by"' not in page
    assert 'id="references"' not in client.get("/paper/b").get_data(as_text=True)
    assert 'id="references"' not in client.get("/paper/n0?records=1").get_data(as_text=True)


def test_the_json_twin_has_ids_and_counts(client: FlaskClient) -> None:
    """The lists are bounded, the counts are not."""
    data = client.get("/paper/a/1.json").get_json()["data"]
    assert (data["references"], data["references_found"], data["references_total"]) == (["b"], 1, 2)
    assert (sorted(data["cited_by"]), data["cited_by_total"]) == (sorted(CITING), len(CITING))
    some = client.get("/paper/b.json?fields=id,cited_by").get_json()["data"]
    assert some == {"id": "b", "cited_by": ["a/1"]}


def test_an_index_without_references_is_as_ever(tmp_path: Path) -> None:
    """An index whose dumps name no references shows its papers as ever."""
    build(tmp_path, [write_dump(tmp_path / "dump.jsonl", [make_line("a")])], SETTINGS)
    client = create_app(tmp_path).test_client()
    assert 'class="count"' not in client.get("/paper/a").get_data(as_text=True)
    assert client.get("/paper/a.json").get_json()["data"]["references"] == []


def test_the_drawing_follows_the_index(tmp_path: Path) -> None:
    """A page that is asked for again has the same drawing until the index changes."""
    lines = [make_line("a", ["b"]), make_line("b")]
    build(tmp_path, [write_dump(tmp_path / "dump.jsonl", lines)], SETTINGS)
    client = create_app(tmp_path).test_client()
    first, again = (client.get("/paper/b").get_data(as_text=True) for _ in range(2))
    drawing = first.partition('<svg class="graph"')[2]
    assert "Title of a" in drawing
    assert again.partition('<svg class="graph"')[2] == drawing
    add(tmp_path, [write_dump(tmp_path / "new.jsonl", [make_line("c", ["b"])])], SETTINGS)
    later = client.get("/paper/b").get_data(as_text=True)
    assert "Title of c" in later.partition('<svg class="graph"')[2].partition("</svg>")[0]
