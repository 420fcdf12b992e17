"""Test related papers: pages, JSON and `papers similar` show the same ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import msgspec
import pytest

from search.answers.related import MAX_RELATED, find_related
from web.api.addresses import paper_path
from web.api.papers import describe_paper
from web.app import create_app
from web.pages.paper_page import RELATED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result
    from flask.testing import FlaskClient

    from search.answers.searcher import Searcher
    from tests.support.page import Element

    Papers = Callable[..., Result]
    Read = Callable[[str], list[Element]]

ATTENTION = "vaswani-2017-attention"


def list_related_ids(searcher: Searcher, paper: str, limit: int = 10) -> list[str]:
    """Return the ids of the papers that are most related to a paper."""
    return [
        hit.paper.id for hit in find_related(searcher, searcher.read_paper(paper), limit=limit).hits
    ]


def test_a_papers_page_lists_related_papers(
    client: FlaskClient, sample_searcher: Searcher, read: Read
) -> None:
    """A paper's page links to the five most related papers by their titles."""
    elements = read(client.get(f"/paper/{ATTENTION}").text)
    lists = [e for e in elements if e.tag == "ul" and e.get("class") == "papers"]
    assert len(lists) == 1
    links = [e for e in elements if e.tag == "a" and lists[0] in e.inside]
    expected = list_related_ids(sample_searcher, ATTENTION, RELATED)
    assert [link.get("href") for link in links] == [paper_path(one) for one in expected]
    assert [link.text for link in links] == [
        sample_searcher.read_paper(one).title for one in expected
    ]
    assert next(e.text for e in elements if e.tag == "h2") == "Similar papers"


def test_no_heading_without_related_papers(index_of: Callable[..., Path], read: Read) -> None:
    """The page of a paper without related papers omits their heading."""
    directory = index_of({"id": "p", "title": "Alone"}, {"id": "q", "title": "Other"})
    elements = read(create_app(directory).test_client().get("/paper/p").text)
    assert "Similar papers" not in {e.text for e in elements}


def test_related_papers_as_json(
    client: FlaskClient, papers: Papers, sample_searcher: Searcher
) -> None:
    """Command and address return one document: the paper, the words chosen, the ranked hits."""
    answer = json.loads(papers("similar", "--json", "--limit", "4", ATTENTION).stdout)
    page = client.get(f"/similar.json?id={ATTENTION}&per_page=4").get_json()["data"]
    assert answer.pop("took_ms") > 0
    assert page.pop("took_ms") > 0
    assert page == answer
    found = find_related(sample_searcher, sample_searcher.read_paper(ATTENTION), limit=4)
    assert answer == {
        "id": ATTENTION,
        "title": "Attention Is All You Need",
        "words": {word: round(weight, 4) for word, weight in found.words.items()},
        "hits": [
            json.loads(msgspec.json.encode(describe_paper(hit.paper)))
            | {"rank": hit.rank, "score": round(hit.score, 4), "authors_left_out": 0}
            for hit in found.hits
        ],
    }


@pytest.mark.parametrize("name", ["1706.03762", "Attention is all you need"])
def test_other_names_of_a_paper(papers: Papers, client: FlaskClient, name: str) -> None:
    """Another identifier or the whole title can replace the id."""
    assert json.loads(papers("similar", "--json", name).stdout)["id"] == ATTENTION
    assert (
        client.get("/similar.json", query_string={"id": name}).get_json()["data"]["id"] == ATTENTION
    )


def test_similar_prints_hits(papers: Papers, sample_searcher: Searcher) -> None:
    """In the terminal related papers are printed like the hits of a search."""
    result = papers("similar", "--limit", "3", ATTENTION)
    first = sample_searcher.read_paper(list_related_ids(sample_searcher, ATTENTION)[0])
    assert result.exit_code == 0
    assert result.stdout.startswith("Related to Attention Is All You Need\n\n  1. ")
    assert f"  1. {first.title}\n     {first.authors[0].name}, " in result.stdout
    assert result.stdout.count("\n\n") == 3


def test_similar_ranks_a_whole_collection(papers: Papers, sample_searcher: Searcher) -> None:
    """The largest limit lists every paper with a word of the query, as text and as JSON."""
    result = papers("similar", "--limit", str(MAX_RELATED), "--json", ATTENTION)
    listed = [hit["id"] for hit in json.loads(result.stdout)["hits"]]
    assert listed == list_related_ids(sample_searcher, ATTENTION, MAX_RELATED)
    assert len(listed) > sample_searcher.manifest.papers / 2
    shown = papers("similar", "--limit", str(MAX_RELATED), ATTENTION).stdout
    assert shown.count("\n\n") == len(listed)
    beyond = papers("similar", "--limit", str(MAX_RELATED + 1), ATTENTION)
    assert beyond.exit_code == 2
    assert f"1<=x<={MAX_RELATED}" in beyond.stderr


def test_similar_without_results(papers: Papers, index_of: Callable[..., Path]) -> None:
    """Without related papers, or of an unknown paper, the command exits with 1."""
    alone = index_of({"id": "p", "title": "Alone"}, {"id": "q", "title": "Other"})
    result = papers("similar", "p", index=alone)
    assert (result.exit_code, result.stdout) == (
        1,
        "Related to Alone\n\nNo related papers found.\n",
    )
    unknown = papers("similar", "nothing")
    assert (unknown.exit_code, unknown.stdout) == (1, "")
    assert unknown.stderr.startswith("papers: No paper has the id 'nothing'")


def test_similar_reads_ids(papers: Papers, sample_searcher: Searcher) -> None:
    """With `-` each line is an id and gets one line of JSON, in order, even if it is unknown."""
    given = f"{ATTENTION}\nnothing\nkingma-2015-adam\n"
    result = papers("similar", "--json", "--limit", "2", "-", stdin=given)
    one, bad, two = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["id"], two["id"]] == [ATTENTION, "kingma-2015-adam"]
    assert [hit["id"] for hit in two["hits"]] == list_related_ids(
        sample_searcher, "kingma-2015-adam", 2
    )
    assert bad["error"]["kind"] == "PaperMissing"
    assert result.exit_code == 1
    assert papers("similar", "--json", "-", stdin=ATTENTION).exit_code == 0


@pytest.mark.parametrize(
    ("parameters", "status"),
    [
        ("", 404),
        ("id=nothing", 404),
        (f"id={ATTENTION}&per_page=0", 400),
        (f"id={ATTENTION}&per_page=x", 400),
        (f"id={ATTENTION}&per_page=100", 200),
    ],
)
def test_address_refuses_invalid_parameters(
    client: FlaskClient, parameters: str, status: int
) -> None:
    """An unknown paper has the status 404, a number out of bounds 400."""
    assert client.get(f"/similar.json?{parameters}").status_code == status


def test_hidden_papers_are_opt_in(papers: Papers, client: FlaskClient) -> None:
    """Withdrawn papers are listed only with --hidden or hidden=show."""
    options = ["--json", "--limit", "100", "takahashi-2006-pluripotent"]
    plain = json.loads(papers("similar", *options).stdout)
    shown = json.loads(papers("similar", "--hidden", *options).stdout)
    address = f"/similar.json?id={options[-1]}&per_page=100&hidden=show"
    page = client.get(address).get_json()["data"]
    assert {hit["status"] for hit in plain["hits"]} == {""}
    assert "obokata-2014-pluripotency" in {hit["id"] for hit in shown["hits"]}
    assert [hit["id"] for hit in page["hits"]] == [hit["id"] for hit in shown["hits"]]
