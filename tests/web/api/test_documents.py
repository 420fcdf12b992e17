"""Answers: is the JSON of pages and commands one shape, as documented, for every paper?"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest
from web.api.addresses import paper_path
from web.app import create_app

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result
    from flask.testing import FlaskClient

    from tests.support.page import Element

    Read = Callable[[str], list[Element]]

RESULTS = set(
    "query interpreted total took_ms page per_page sort raw hits facets hidden suggestion warnings"
    " relaxed generation".split()
)
PAPER = set(
    "id title authors venue venue_kind year type abstract url doi ids urls citations topics status"
    " language appearances records originals origins".split()
)
HIT = PAPER | {"rank", "score", "highlights"}
AUTHOR = {"name", "key", "ids"}
APPEARANCE = {"venue", "venue_name", "venue_kind", "year", "type", "source"}
SOURCE = {"dump", "file", "record", "offset", "date", "licence"}
FACET_VALUE = {"value", "count", "selected", "excluded"}
MANIFEST = {"generation", "created", "papers", "records", "engine", "dumps"}
DUMP = {"name", "size", "sha256", "date", "licence", "records"}


def _check_paper(document: dict[str, Any], keys: set[str]) -> None:
    assert set(document) == keys
    for author in document["authors"]:
        assert set(author) - {"affiliations"} == AUTHOR
    for show in document["appearances"]:
        assert set(show) == APPEARANCE
        assert set(show["source"]) == SOURCE


@pytest.mark.parametrize(
    "search",
    [
        "",
        "q=attention",
        "q=zzzqqq",
        "q=(+nosuch:x&venue=ICML&year=2010..2020",
        "q=wang&sort=oldest",
    ],
)
def test_results_have_the_documented_keys(client: FlaskClient, search: str) -> None:
    """A page of results has exactly the documented keys at every level."""
    document: Any = client.get(f"/search.json?{search}").json
    assert set(document) == RESULTS
    for hit in document["hits"]:
        _check_paper(hit, HIT)
        assert set(hit["highlights"]) == {"title", "abstract"}
    assert list(document["facets"]) == ["venue", "year", "type", "status", "source"]
    for values in document["facets"].values():
        assert all(set(value) == FACET_VALUE for value in values)
    assert all(set(warning) == {"message", "at"} for warning in document["warnings"])
    assert document["relaxed"] is None or set(document["relaxed"]) == {"strict", "message"}


def test_values_have_their_types(client: FlaskClient) -> None:
    """Numbers are numbers, unknown values null, and a warning says where."""
    document: Any = client.get(
        "/search.json?q=nosuch:learning&per_page=3&page=2&venue=NeurIPS"
    ).json
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


def test_facets_on_request(client: FlaskClient) -> None:
    """The facets named are those counted, each once."""
    document: Any = client.get("/search.json?facets=author,venue,author").json
    assert list(document["facets"]) == ["author", "venue"]


@pytest.mark.parametrize(
    "search",
    ["q=learning", "q=learning&venue=-NeurIPS&sort=title&page=3", "q=retracted&hidden=show"],
)
def test_twins_show_the_same_hits(client: FlaskClient, read: Read, search: str) -> None:
    """A page and its twin, which the page names, have the same hits in the same order."""
    elements = read(client.get(f"/search?{search}").text)
    links = [e.get("href") for e in elements if e.tag == "a" and e.inside[-1].tag == "h2"]
    twin = next(e.get("href") for e in elements if e.get("type") == "application/json")
    document: Any = client.get(twin).json
    assert links == [hit["url"] for hit in document["hits"]]
    assert document == {**_asked(client, search), "took_ms": document["took_ms"]}


def _asked(client: FlaskClient, search: str) -> dict[str, Any]:
    document: dict[str, Any] = client.get(f"/search.json?{search}").json or {}
    return document


def test_command_prints_the_twin(client: FlaskClient, papers: Callable[..., Result]) -> None:
    """The command line prints what the page's twin gives."""
    printed = json.loads(papers("search", "--json", "--venue", "ICLR", "attention").stdout)
    twin = _asked(client, "q=attention&venue=ICLR")
    assert printed | {"took_ms": 0} == twin | {"took_ms": 0}
    shown = json.loads(papers("show", "--json", "kingma-2015-adam").stdout)
    assert shown == client.get("/paper/kingma-2015-adam.json").json


def test_paper_has_the_documented_keys(client: FlaskClient) -> None:
    """A paper has exactly the documented keys, the first appearance's among them."""
    document: Any = client.get("/paper/vaswani-2017-attention.json").json
    _check_paper(document, PAPER)
    assert (document["venue"], document["year"]) == ("NeurIPS", 2017)
    assert [show["venue"] for show in document["appearances"]] == ["NeurIPS", "arXiv"]
    assert document["authors"][6] == {"name": "Łukasz Kaiser", "key": "lukasz kaiser", "ids": {}}


def test_index_has_the_documented_keys(client: FlaskClient) -> None:
    """The start page's twin says what the index holds, without any path."""
    document: Any = client.get("/index.json").json
    assert set(document) == MANIFEST
    assert [set(dump) for dump in document["dumps"]] == [DUMP]
    assert document["papers"] == 417
    assert document["dumps"][0]["name"] == "papers.jsonl"


@pytest.mark.parametrize(
    ("address", "status", "kind"),
    [
        ("/search.json?sort=best", 400, "ParameterInvalid"),
        ("/search.json?q=" + "x" * 3000, 400, "QueryTooCostly"),
        ("/search.json?q=adam&page=900", 404, "PageInvalid"),
        ("/paper/nope.json", 404, "PaperMissing"),
        ("/paper.json", 404, "PaperMissing"),
        ("/nowhere.json", 404, "PapersearchError"),
    ],
)
def test_errors_have_one_shape(client: FlaskClient, address: str, status: int, kind: str) -> None:
    """A failure is JSON with status, kind and one sentence, under the status it names."""
    response = client.get(address)
    document: Any = response.json
    assert response.status_code == status
    assert set(document) == {"error"}
    assert set(document["error"]) == {"status", "kind", "message"}
    assert document["error"]["status"] == status
    assert document["error"]["kind"] == kind
    assert re.fullmatch(r".+[.]", document["error"]["message"])


def test_highlights_are_escaped(index_of: Callable[..., Path]) -> None:
    """Highlights hold <mark> and no other tag, whatever the paper's texts hold."""
    index = index_of({"id": "x", "title": "Bold <x>words</x> & more", "abstract": "a <words> b"})
    document: Any = create_app(index).test_client().get("/search.json?q=words").json
    assert document["hits"][0]["highlights"] == {
        "title": "Bold &lt;x&gt;<mark>words</mark>&lt;/x&gt; &amp; more",
        "abstract": "a &lt;<mark>words</mark>&gt; b",
    }
    assert document["hits"][0]["title"] == "Bold <x>words</x> & more"


def test_printed_hits_can_be_indexed_again(
    sample_searcher: Searcher, papers: Callable[..., Result], index_of: Callable[..., Path]
) -> None:
    """What `papers search --json` prints makes the same papers when it is built into an index."""
    printed = json.loads(papers("search", "--json", "--limit", "100", "--hidden").stdout)
    again = Searcher(index_of(*printed["hits"]))
    assert again.manifest.papers == 100
    for hit in sample_searcher.search(SearchRequest(per_page=100, hidden=True)).hits:
        assert again.paper(hit.paper.id) == hit.paper


ODD_IDS = [
    "a/b/c", "a//b", "/lead", "trail/", ".", "..", "../x", "a/../b", "x.json", "a.json/b", "é/ü",
    "名前", "100%", "%2F", "a%20b", 'quo"te', "o'clock", "what?", "a#b", "a b", "a+b", "a&b=c",
    "a;b", "<b>", "a\\b", "https://x.org/a?b=c#d", "10.1/(SICI)1<1::AID>3.0.CO;2-Z", "~t", "[x]",
    "paper", "search", "index.json", "x", "-x", "ſ", "🙂",
]  # fmt: skip


@pytest.fixture(scope="module")
def odd(index_of: Callable[..., Path]) -> FlaskClient:
    """Give a browser over papers whose ids are odd."""
    index = index_of(*({"id": one, "title": f"Odd {n}"} for n, one in enumerate(ODD_IDS)))
    return create_app(index).test_client()


@pytest.mark.parametrize("paper_id", ODD_IDS)
def test_odd_ids_have_pages(odd: FlaskClient, read: Read, paper_id: str) -> None:
    """Every id has a page and a twin of its own, at addresses no browser would rewrite."""
    address = paper_path(paper_id)
    segments = urlsplit(address).path.split("/")
    assert not {".", "..", ""} & set(segments[1:-1]), address
    assert re.fullmatch(r"[!-~]+", address)
    elements = read(odd.get(address).text)
    assert f"Odd {ODD_IDS.index(paper_id)}" in {e.text for e in elements if e.tag == "h1"}
    twin = next(e.get("href") for e in elements if e.get("type") == "application/json")
    document: Any = odd.get(twin).json
    assert document["id"] == paper_id
    assert document["url"] == address


def test_links_of_hits_lead_to_their_papers(odd: FlaskClient, read: Read) -> None:
    """The links of a page of results lead to the papers they name, whatever their ids."""
    elements = read(odd.get("/search?per_page=100").text)
    links = [e for e in elements if e.tag == "a" and e.inside[-1].tag == "h2"]
    assert len(links) == len(ODD_IDS)
    for link in links:
        assert f"<h1>{link.text}</h1>" in odd.get(link.get("href")).text
