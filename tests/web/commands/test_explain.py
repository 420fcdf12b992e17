"""Test explanations: why a hit is found (`--explain`) and why a paper is not (`why-not`)."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from search.request.search_request import MAX_QUERY, SearchRequest

if TYPE_CHECKING:
    from collections.abc import Callable

    from click.testing import Result
    from flask.testing import FlaskClient

    from search.answers.searcher import Searcher

    Papers = Callable[..., Result]

ATTENTION = "vaswani-2017-attention"
HIDDEN = "blum-2017-solution"
QUERY = "attention is all you need vaswani"


def read_json(result: Result) -> Any:  # noqa: ANN401 - any JSON
    """Parse the JSON that a command printed."""
    return json.loads(result.stdout)


def test_search_explains_in_json(papers: Papers, sample_searcher: Searcher) -> None:
    """With --explain each hit's JSON lists the words, field, kind and weight of each reason."""
    answer = read_json(papers("search", "--explain", "--json", QUERY))
    expected = sample_searcher.explain(SearchRequest(QUERY)).hits
    assert [hit["explanation"] for hit in answer["hits"]] == [
        [
            {"words": r.words, "field": r.field, "kind": r.kind, "weight": round(r.weight, 4)}
            for r in hit.reasons or ()
        ]
        for hit in expected
    ]
    first = answer["hits"][0]
    assert sum(r["weight"] for r in first["explanation"]) == pytest.approx(first["score"], abs=0.01)
    plain = read_json(papers("search", "--json", QUERY))["hits"]
    assert [hit["id"] for hit in plain] == [hit["id"] for hit in answer["hits"]]
    assert all("explanation" not in hit for hit in plain)


def test_address_explains_in_json(client: FlaskClient, papers: Papers) -> None:
    """explain=1 in the address adds the same explanations; any other value adds none."""
    address = f"/search.json?q={QUERY}"
    answer = client.get(f"{address}&explain=1").get_json()["data"]
    printed = read_json(papers("search", "--explain", "--json", QUERY))
    assert [hit["explanation"] for hit in answer["hits"]] == [
        hit["explanation"] for hit in printed["hits"]
    ]
    for more in ("", "&explain=0", "&explain="):
        assert "explanation" not in client.get(address + more).get_json()["data"]["hits"][0]


def test_search_prints_an_aligned_block(papers: Papers) -> None:
    """In the terminal the reasons are aligned columns below the score, which is their sum."""
    lines = papers("search", "--explain", "--limit", "1", QUERY).stdout.splitlines()
    start = next(n for n, line in enumerate(lines) if re.fullmatch(r" +score \d+\.\d\d", line))
    rows = lines[start + 1 :]
    assert len(rows) > 5
    weights = [float(row.split()[0]) for row in rows]
    assert weights == sorted(weights, reverse=True)
    assert sum(weights) == pytest.approx(float(lines[start].split()[1]), abs=0.01 * len(rows))
    columns = [re.fullmatch(r" +\d+\.\d\d  (.+\S)  +(\w+)  +(\S.*)", row) for row in rows]
    assert len({(found.start(2), found.start(3)) for found in columns if found}) == 1
    assert {"name", "word"} <= {found[3] for found in columns if found}
    assert not any("matched" in line for line in lines)


def test_block_under_another_sort(papers: Papers) -> None:
    """Hits sorted by a field show no score, and the block says the reasons are of relevance."""
    text = papers("search", "--explain", "--sort", "newest", "attention").stdout
    assert "not ordered by score; by relevance it would be 1" in text
    assert not re.search(r"score \d", text)


def test_queries_from_standard_input(papers: Papers) -> None:
    """--explain applies to each query that is read from standard input."""
    out = papers("search", "--explain", "--json", "--limit", "1", "-", stdin="attention\nturing\n")
    lines = [json.loads(line) for line in out.stdout.splitlines()]
    assert [bool(line["hits"][0]["explanation"]) for line in lines] == [True, True]


WIDENED = "attention recurrence transformer zebras"
WHY_NOT = [
    (["attention", ATTENTION], 0, ["found, number", "yes  attention"]),
    (["title:zebra attention", ATTENTION], 1, ["not found", "no   title:zebra\n", "yes  att"]),
    (["+atention", ATTENTION], 1, ['no   +atention  (the paper has "attention")']),
    (["of title:need", "Attention is all you need"], 0, ["-    of  (optional)"]),
    (["need (zebra OR lion)", ATTENTION], 1, ["no   zebra OR lion\n       no   zebra\n"]),
    (["attention -recurrence", "1706.03762"], 1, ["no   NOT recurrence  (found in: abst"]),
    (["title:recurrence", ATTENTION], 1, ["no   title:recurrence  (found in: abstract)"]),
    (["attention year:2019", ATTENTION], 1, ["no   year:2019  (the paper has 2017)"]),
    (['"all zebras"', ATTENTION], 1, ['no   "all zebras"  (no "zebras")']),
    (["need", ATTENTION, "--venue", "ICML"], 1, ["no   venue ICML  (the paper: NeurIPS, arXiv)"]),
    (["need", ATTENTION, "--year", "2017"], 0, ["Filters\n  yes  year 2017  (the paper: 2017)"]),
    (["problem", HIDDEN], 1, ["The paper is withdrawn. A search with --hidden includes it."]),
    (["problem", HIDDEN, "--hidden"], 0, ["found, number"]),
    (
        [WIDENED, ATTENTION],
        0,
        ["No paper contains every word", "the paper is among them", "no   zebras"],
    ),
    ([WIDENED, "turing-1936-computable"], 1, ["Without filters, the paper is not among them."]),
    (["learning neural networks", ATTENTION], 1, ["The paper would not be found either if most"]),
    (["", ATTENTION], 0, ["found, number"]),
]


@pytest.mark.parametrize(("arguments", "code", "expected"), WHY_NOT)
def test_why_not(papers: Papers, arguments: list[str], code: int, expected: list[str]) -> None:
    """The command names what keeps a paper out; the exit code is 0 if the search finds it."""
    result = papers("why-not", *arguments)
    assert result.exit_code == code, result.output
    assert [line for line in expected if line not in result.stdout] == []


def test_why_not_of_an_unknown_paper(papers: Papers) -> None:
    """An unknown paper is an error of one line, with exit code 1."""
    result = papers("why-not", "attention", "no such paper")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr.splitlines() == [
        "papers: No paper has the id 'no such paper'. Search for its title instead."
    ]


def test_why_not_needs_a_query_and_a_paper(papers: Papers) -> None:
    """A missing id is a usage error."""
    assert papers("why-not", "attention").exit_code == 2


def test_why_not_as_json(papers: Papers, client: FlaskClient) -> None:
    """Command and address return one document: verdict, filters, and the query as a tree."""
    query = "atention (need OR zebra) -recurrence"
    options = ["--venue", "ICML", "--json"]
    answer = read_json(papers("why-not", query, ATTENTION, *options))
    address = f"/why-not.json?q={query}&id=1706.03762&venue=ICML"
    assert client.get(address).get_json()["data"] == answer
    clause = answer.pop("clause")
    assert answer == {
        "query": query,
        "interpreted": "atention (need OR zebra) (NOT recurrence)",
        "id": ATTENTION,
        "title": "Attention Is All You Need",
        "found": False,
        "rank": None,
        "total": 0,
        "relaxed": None,
        "widened": False,
        "hidden": "",
        "left_out": [],
        "filters": [
            {"name": "venue", "asked": ["ICML"], "has": ["NeurIPS", "arXiv"], "met": False}
        ],
    }
    word, either, without = clause["parts"]
    assert (clause["met"], clause["joint"], clause["needed"]) == (False, "and", True)
    assert word["miss"] == {"missing": ["atention"], "near": ["attention"], "where": [], "has": []}
    assert (either["joint"], [part["met"] for part in either["parts"]]) == ("or", [True, False])
    assert (without["joint"], without["met"], without["parts"][0]["met"]) == ("not", False, True)
    assert without["miss"]["where"] == ["abstract"]


@pytest.mark.parametrize(
    ("address", "status", "kind"),
    [
        ("/why-not.json?q=attention", 404, "PaperMissing"),
        ("/why-not.json?q=attention&id=nothing", 404, "PaperMissing"),
        (f"/why-not.json?q=attention&id={ATTENTION}&year=x", 400, "ParameterInvalid"),
        (f"/why-not.json?q={'x' * (MAX_QUERY + 1)}&id={ATTENTION}", 400, "QueryTooCostly"),
    ],
)
def test_why_not_refuses_invalid_requests(
    client: FlaskClient, address: str, status: int, kind: str
) -> None:
    """An invalid request gets the same status and error kind as on any other page."""
    answer = client.get(address)
    assert (answer.status_code, answer.get_json()["error"]["kind"]) == (status, kind)
