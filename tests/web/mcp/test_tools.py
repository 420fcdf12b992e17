"""Test `papers mcp` with the client of the official SDK, over the pipes of the real process."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING, Any

import anyio
import pytest
from mcp import Client, StdioServerParameters
from mcp.server.mcpserver.exceptions import ToolError

from index.build.operations import build
from search.answers.searcher import Searcher
from tests.support.author_index import open_authors
from tests.support.citing_papers import SETTINGS, make_line, write_dump
from tests.support.paths import ROOT
from web.mcp.tools import PaperTools

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

ATTENTION = "vaswani-2017-attention"
RETRACTED = "obokata-2014-pluripotency"

CALLS: dict[str, tuple[str, dict[str, Any]]] = {
    "search": ("search", {"query": "attention", "limit": 3}),
    "filtered": ("search", {"query": "", "venue": "NeurIPS", "year": "2017..2018", "limit": 2}),
    "page 2": ("search", {"query": "attention", "limit": 3, "page": 2}),
    "get": ("get", {"paper": "1706.03762"}),
    "fields": ("get", {"paper": ATTENTION, "fields": ["id", "topics"]}),
    "retracted": ("get", {"paper": RETRACTED}),
    "similar": ("similar", {"paper": ATTENTION, "limit": 4}),
    "why_not": ("why_not", {"query": "adam", "paper": ATTENTION, "venue": "ICML"}),
    "export": ("export", {"papers": [ATTENTION, "kingma-2015-adam"]}),
    "author": ("author", {"name": "Noam Shazeer"}),
    "others": ("author", {"name": "Noam Shazeer", "limit": 1, "page": 2}),
    "citations": ("citations", {"paper": ATTENTION}),
    "graph": ("graph", {"author": "Noam Shazeer"}),
    "graph of a paper": ("graph", {"paper": ATTENTION}),
    "graph of a topic": ("graph", {"topic": "attention"}),
    "missing": ("get", {"paper": "nope"}),
    "bad limit": ("search", {"query": "a", "limit": 26}),
    "bad sort": ("search", {"query": "a", "sort": "best"}),
    "bad field": ("get", {"paper": ATTENTION, "fields": ["password"]}),
    "bad form": ("export", {"papers": [ATTENTION], "form": "docx"}),
    "too many": ("export", {"papers": [ATTENTION] * 51}),
    "bad type": ("search", {"query": 7}),
    "no name": ("author", {"name": ' " '}),
    "no identity": ("author", {"name": "Noam Shazeer", "identity": "orcid:nobody"}),
    "page 0": ("author", {"name": "Noam Shazeer", "page": 0}),
    "no centre": ("graph", {}),
    "two centres": ("graph", {"author": "Noam Shazeer", "paper": ATTENTION}),
    "no person": ("graph", {"author": "Noam Shazeer", "identity": "orcid:nobody"}),
    "no institution": ("graph", {"institution": "Nowhere"}),
    "no paper": ("get", {}),
    "unknown argument": ("get", {"id": ATTENTION}),
}
FAILURES = {
    "missing": "No paper has the id 'nope'.",
    "bad limit": "Invalid limit '26'. Use 1 to 25.",
    "bad sort": "Unknown sort 'best'.",
    "bad field": "Unknown field 'password'.",
    "bad form": "Unknown format 'docx'.",
    "too many": "Invalid number of papers '51'.",
    "bad type": "Invalid query: input should be a valid string.",
    "no name": "No paper names the author",
    "no identity": "No papers of Noam Shazeer belong to 'orcid:nobody'.",
    "page 0": "Invalid page '0'. Use 1 to",
    "no centre": "Invalid centre 'nothing'. Use one of author, paper, topic and institution.",
    "two centres": "Invalid centre '2 of them'.",
    "no person": "No papers of Noam Shazeer belong to 'orcid:nobody'.",
    "no institution": "No paper has the institution 'Nowhere'",
    "no paper": "The argument 'paper' is missing.",
    "unknown argument": "Unknown argument 'id'. Use paper, fields.",
}


async def _call_all(index: Path) -> dict[str, Any]:
    command = StdioServerParameters(
        command=sys.executable,
        args=["-m", "web.cli", "mcp", "--index", str(index)],
        cwd=str(ROOT),
    )
    answers: dict[str, Any] = {}
    async with Client(command) as client:
        answers["tools"] = (await client.list_tools()).tools
        for key, (name, arguments) in CALLS.items():
            answers[key] = await client.call_tool(name, arguments)
    return answers


@pytest.fixture(scope="module")
def answers(sample_index: Path) -> dict[str, Any]:
    """Call every tool of one process."""

    async def call() -> dict[str, Any]:
        return await _call_all(sample_index)

    return anyio.run(call)


def _read(answer: Any) -> Any:  # noqa: ANN401 - any document
    assert not answer.is_error, answer.content
    return json.loads(answer.content[0].text)


def test_tools_describe_themselves(answers: dict[str, Any]) -> None:
    """The server offers eight tools, each with a sentence and a description of each argument."""
    tools = {tool.name: tool for tool in answers["tools"]}
    assert set(tools) == {
        "search", "get", "similar", "citations", "why_not", "export", "author", "graph",
    }  # fmt: skip
    for tool in tools.values():
        assert tool.description
        assert all("description" in part for part in tool.input_schema["properties"].values())


def test_search(answers: dict[str, Any]) -> None:
    """Hits have ids and passages, pages follow one another, and filters apply."""
    first, second = _read(answers["search"]), _read(answers["page 2"])
    ids = [hit["id"] for hit in (*first["hits"], *second["hits"])]
    assert len(set(ids)) == 6 <= first["total"]
    assert all(hit["title"] and hit["authors"] for hit in first["hits"])
    assert any("attention" in hit.get("passage", "").lower() for hit in first["hits"])
    found = _read(answers["filtered"])
    assert {hit["venue"] for hit in found["hits"]} == {"NeurIPS"}


def test_get(answers: dict[str, Any]) -> None:
    """A paper is found by any identifier, with its provenance and only the keys asked for."""
    paper = _read(answers["get"])
    assert (paper["id"], paper["year"]) == (ATTENTION, 2017)
    assert paper["source"]["dump"] == "papers.jsonl"
    assert set(_read(answers["fields"])) == {"id", "topics", "source"}


def test_a_retracted_paper_has_a_warning(answers: dict[str, Any]) -> None:
    """The status is a sentence that an assistant can repeat."""
    assert "retracted: do not cite it" in _read(answers["retracted"])["warning"]


def test_related_and_people(answers: dict[str, Any]) -> None:
    """Related papers and those of a person are lists of hits."""
    assert len(_read(answers["similar"])["hits"]) == 4
    named = [hit["authors"] for hit in _read(answers["author"])["hits"]]
    assert named
    assert all("Noam Shazeer" in names for names in named if len(names) <= 5)


def test_people_of_a_name(answers: dict[str, Any]) -> None:
    """A name comes with what its papers say, and its papers have pages."""
    found, others = _read(answers["author"]), _read(answers["others"])
    assert found["name"] == "Noam Shazeer"
    assert found["total"] == len(found["hits"]) > 1
    assert found["hits"][1] == others["hits"][0]
    assert any(one.startswith("Ashish Vaswani (") for one in found["coauthors"])
    assert found["years"].count("-") == 1


def test_people_of_a_name_are_told_apart(tmp_path: Path) -> None:
    """Each has a key, which leads to their papers, and says by what evidence."""
    ids = ("0000-0002-1825-0097", "0000-0001-5109-3700")
    searcher = open_authors(
        tmp_path,
        [
            {"year": 2000 + at, "citations": at,
             "authors": [{"name": "Wei Wang", "ids": {"orcid": one}, "affiliations": ["MIT"]}]}
            for at, one in enumerate((*ids, ids[0]))
        ],
    )  # fmt: skip
    tools = PaperTools(searcher)
    people = tools.author("wei wang")["identities"]
    assert [(one["key"], one["papers"]) for one in people] == [
        (f"orcid:{ids[0]}", 2), (f"orcid:{ids[1]}", 1),
    ]  # fmt: skip
    assert (people[0]["years"], people[0]["institutions"]) == ("2000-2002", ["MIT"])
    assert all(one["how_sure"] and one["evidence"] for one in people)
    own = tools.author("wei wang", identity=people[0]["key"])
    assert [hit["id"] for hit in own["hits"]] == ["p2", "p0"]
    assert all(0 <= hit["confidence"] <= 1 for hit in own["hits"])


def test_graph(answers: dict[str, Any]) -> None:
    """What surrounds a person, a paper or a topic is a list of each kind."""
    found = _read(answers["graph"])
    assert found["centre"]["name"] == "Noam Shazeer"
    assert "Ashish Vaswani" in {one["name"] for one in found["people"]}
    assert ATTENTION in {one["id"] for one in found["papers"]}
    assert f"Ashish Vaswani - {ATTENTION}: wrote" in found["links"]
    assert _read(answers["graph of a paper"])["centre"]["id"] == ATTENTION
    assert _read(answers["graph of a topic"])["centre"]["kind"] == "topic"


def test_citations(answers: dict[str, Any], tmp_path: Path) -> None:
    """Papers of both directions come with their numbers, and the queries for all of them."""
    assert _read(answers["citations"])["cited_by_in_this_index"] == 0
    lines = [make_line("a", ["b", "doi:10.1/elsewhere"]), make_line("b"), make_line("c", ["b"])]
    build(tmp_path / "index", [write_dump(tmp_path / "papers.jsonl", lines)], SETTINGS)
    tools = PaperTools(Searcher(tmp_path / "index"))
    citing, cited = tools.citations("a"), tools.citations("b")
    assert [hit["id"] for hit in citing["references"]] == ["b"]
    assert (citing["references_named"], citing["references_in_this_index"]) == (2, 1)
    assert {hit["id"] for hit in cited["cited_by"]} == {"a", "c"}
    found = tools.search(cited["search_all_cited_by"])
    assert found["total"] == cited["cited_by_in_this_index"] == 2


def test_why_not(answers: dict[str, Any]) -> None:
    """The verdict names the filter and the word that keep a paper out."""
    verdict = _read(answers["why_not"])
    assert not verdict["found"]
    assert verdict["failed_filters"][0]["filter"] == "venue"
    assert verdict["failed_clauses"][0]["missing"] == ["adam"]


def test_export(answers: dict[str, Any]) -> None:
    """Papers come as entries of a bibliography."""
    assert answers["export"].content[0].text.count("\n}") == 2


@pytest.mark.parametrize("key", FAILURES)
def test_failures_are_sentences(answers: dict[str, Any], key: str) -> None:
    """What cannot be answered is an error of the tool, in one sentence with a way out."""
    assert answers[key].is_error
    (text,) = (part.text for part in answers[key].content)
    assert f": {FAILURES[key]}" in text
    assert "\n" not in text


@pytest.mark.parametrize("key", ["search", "similar", "author", "get", "graph", "citations"])
def test_answers_are_small(answers: dict[str, Any], key: str) -> None:
    """An answer fits the context of an assistant: about four characters make a token."""
    assert len(answers[key].content[0].text) < 4 * 4_000


def test_nothing_but_messages_is_printed(sample_index: Path) -> None:
    """Standard output holds only messages of the protocol, whatever comes in."""
    command = [sys.executable, "-m", "web.cli", "mcp", "--index", str(sample_index)]
    done = subprocess.run(
        command, cwd=ROOT, input=b'nonsense\n{"jsonrpc": "2.0"}\n', capture_output=True, check=False
    )
    assert [line for line in done.stdout.splitlines() if not json.loads(line)["jsonrpc"]] == []


def test_without_the_package(sample_index: Path) -> None:
    """Without the extra, the command says what to install."""
    hide = "import sys; sys.modules['mcp'] = None; from web.cli import main; main()"
    command = [sys.executable, "-c", hide, "mcp", "--index", str(sample_index)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert "pip install 'papersearch[mcp]'" in " ".join(done.stderr.split())


def test_exports_are_bounded(index_of: Callable[..., Path]) -> None:
    """An export that would fill the context is refused; one that does not is given."""
    crowd = [f"Ann{'x' * 40} Lee{n}" for n in range(3_000)]
    directory = index_of(
        {"id": "crowd", "title": "Bosons", "authors": crowd}, {"id": "two", "title": "Tides"}
    )
    tools = PaperTools(Searcher(directory))
    assert "Tides" in tools.export(["two"])
    with pytest.raises(ToolError, match="Name fewer papers"):
        tools.export(["crowd"])
