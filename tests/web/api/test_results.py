"""Test the JSON of a page of results, served and printed."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import msgspec
import pytest

from search.answers.results import Hit
from search.request.search_request import SearchRequest
from web.api.envelope import Answer
from web.api.results import MOST_AUTHORS, ResultsDocument, describe_ranked, describe_results
from web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result
    from flask.testing import FlaskClient

    from search.answers.searcher import Searcher
    from tests.support.page import Element

    Read = Callable[[str], list[Element]]


def test_values_have_their_types(client: FlaskClient) -> None:
    """Numbers are numbers, unknown values are null, and a warning has a position."""
    document: Any = client.get(
        "/search.json?q=nosuch:learning&per_page=3&page=2&venue=NeurIPS"
    ).get_json()["data"]
    assert (document["page"], document["per_page"]) == (2, 3)
    assert [hit["rank"] for hit in document["hits"]] == [4, 5, 6]
    assert all(isinstance(hit["score"], float) for hit in document["hits"])
    assert document["warnings"][0]["at"] == [0, 7]
    hit = document["hits"][0]
    assert hit["doi"] is None
    assert hit["citations"] is None
    assert isinstance(hit["year"], int)
    chosen = [v["value"] for v in document["facets"]["venue"] if v["selected"]]
    assert chosen == ["NeurIPS"]


def test_the_order_is_told(client: FlaskClient, sample_searcher: Searcher) -> None:
    """The document names the sort in use, the choices, and whether meanings were compared."""
    document = _get_json(client, "venue=NeurIPS&prior=citations&meaning=none")
    keys = ("sort", "prior", "meaning", "ranked_by_meaning")
    assert [document[key] for key in keys] == ["newest", "citations", "none", False]
    results = replace(sample_searcher.search(SearchRequest("adam")), meaning={})
    told = describe_results(results)
    assert [getattr(told, key) for key in keys] == ["relevance", "auto", "auto", True]


def test_facets_on_request(client: FlaskClient) -> None:
    """The facets that `facets` names are counted, each once."""
    document: Any = client.get("/search.json?facets=author,venue,author").get_json()["data"]
    assert list(document["facets"]) == ["author", "venue"]


@pytest.mark.parametrize(
    "search",
    ["q=learning", "q=learning&venue=-NeurIPS&sort=title&page=3", "q=retracted&hidden=show"],
)
def test_twins_show_the_same_hits(client: FlaskClient, read: Read, search: str) -> None:
    """A page and the JSON twin it links to have the same hits in the same order."""
    elements = read(client.get(f"/search?{search}").text)
    links = [e.get("href") for e in elements if e.tag == "a" and e.inside[-1].tag == "h2"]
    twin = next(e.get("href") for e in elements if e.get("type") == "application/json")
    document: Any = client.get(twin).get_json()["data"]
    assert links == [hit["url"] for hit in document["hits"]]
    assert document == {**_get_json(client, search), "took_ms": document["took_ms"]}


def _get_json(client: FlaskClient, search: str) -> dict[str, Any]:
    document: dict[str, Any] = client.get(f"/search.json?{search}").get_json()["data"]
    return document


def test_command_prints_the_twin(client: FlaskClient, papers: Callable[..., Result]) -> None:
    """The command line prints the same document as the page's JSON twin."""
    printed = json.loads(papers("search", "--json", "--venue", "ICLR", "attention").stdout)
    twin = _get_json(client, "q=attention&venue=ICLR")
    assert printed | {"took_ms": 0} == twin | {"took_ms": 0}
    shown = json.loads(papers("show", "--json", "kingma-2015-adam").stdout)
    assert shown == client.get("/paper/kingma-2015-adam.json").get_json()["data"]


def test_highlights_are_escaped(index_of: Callable[..., Path]) -> None:
    """Highlights contain <mark> and no other tag, whatever the paper's texts contain."""
    index = index_of({"id": "x", "title": "Bold <q7>words</q7> & more", "abstract": "a <words> b"})
    document: Any = create_app(index).test_client().get("/search.json?q=words").get_json()["data"]
    assert document["hits"][0]["highlights"] == {
        "title": "Bold &lt;q7&gt;<mark>words</mark>&lt;/q7&gt; &amp; more",
        "abstract": "a &lt;<mark>words</mark>&gt; b",
        "passage": "a &lt;<mark>words</mark>&gt; b",
    }
    assert document["hits"][0]["title"] == "Bold <q7>words</q7> & more"


@pytest.mark.parametrize(
    "search",
    ["", "q=attention", "q=zzzqqq", "q=(+nosuch:x&venue=ICML&year=2010..2020", "q=wang&explain=1"],
)
def test_results_fit_their_struct(client: FlaskClient, search: str) -> None:
    """A page of results has exactly the documented keys at every level, whatever is asked."""
    printed = client.get(f"/search.json?{search}").data
    document = msgspec.json.decode(printed, type=Answer[ResultsDocument])
    assert json.loads(msgspec.json.encode(document)) == json.loads(printed)
    assert list(document.data.facets) == ["venue", "year", "type", "status", "source"]


@pytest.mark.parametrize("explain", ["", "&explain=1"])
def test_explanations_on_request(client: FlaskClient, explain: str) -> None:
    """Hits have an explanation only if the request asks for one; its weights add up."""
    document: Any = client.get(f"/search.json?q=attention{explain}").get_json()["data"]
    assert document["hits"]
    for hit in document["hits"]:
        assert ("explanation" in hit) == bool(explain)
        weights = [reason["weight"] for reason in hit.get("explanation", ())]
        assert not explain or sum(weights) == pytest.approx(hit["score"], abs=0.001)


def test_hits_list_the_first_authors(index_of: Callable[..., Path]) -> None:
    """A hit and a related paper list the first authors and count the others."""
    authors = [f"Ann Gauge{n}" for n in range(MOST_AUTHORS + 7)]
    client = create_app(index_of({"id": "x", "title": "Tides", "authors": authors})).test_client()
    document: Any = client.get("/search.json?q=tides").get_json()["data"]
    (hit,) = document["hits"]
    assert (len(hit["authors"]), hit["authors_left_out"]) == (MOST_AUTHORS, 7)
    paper = client.application.extensions["searcher"].read_paper("x")
    related = describe_ranked(Hit(paper, 1.0, 1))
    assert (len(related.authors), related.authors_left_out) == (MOST_AUTHORS, 7)
    assert len(paper.authors) == MOST_AUTHORS + 7
