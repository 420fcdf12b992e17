"""Test completions and better spellings: JSON, command and page show the same ones."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from search.request.search_request import SearchRequest
from search.suggest.completions import MAX_LIMIT
from web.headers import SECURITY_HEADERS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result
    from flask.testing import FlaskClient

    from search.answers.searcher import Searcher
    from tests.support.page import Element

TYPO = "atention translation"


def test_json_shape(client: FlaskClient) -> None:
    """Each completion is an object with kind, text, query, count and the address it leads to."""
    document = client.get("/suggest.json?q=vasw").get_json()["data"]
    assert list(document) == ["query", "completions"]
    assert document["query"] == "vasw"
    completion = document["completions"][0]
    assert completion.pop("count") > 0
    assert completion == {
        "kind": "author",
        "text": "Ashish Vaswani",
        "query": 'author:"Ashish Vaswani"',
        "url": "/authors/Ashish%20Vaswani",
    }


@pytest.mark.parametrize("typed", ["attention is", "vasw", "neur", "ye", "type:con"])
def test_every_completion_leads_to_a_page(client: FlaskClient, typed: str) -> None:
    """Each completion leads to a page: titles to papers, names to authors, others to searches."""
    completions = client.get("/suggest.json", query_string={"q": typed}).get_json()["data"][
        "completions"
    ]
    assert completions
    starts = {"title": "/paper/", "author": "/authors/"}
    for one in completions:
        assert client.get(one["url"]).status_code == 200
        assert one["url"].startswith(starts.get(one["kind"], "/search?"))


@pytest.mark.parametrize("limit", ["1", "3", str(MAX_LIMIT)])
def test_limit(client: FlaskClient, limit: str) -> None:
    """At most `limit` completions are returned."""
    found = client.get(f"/suggest.json?q=le&limit={limit}").get_json()["data"]["completions"]
    assert 1 <= len(found) <= int(limit)


@pytest.mark.parametrize("limit", ["0", "-1", "x", "51", "", "1" * 5000, "０", "000000010"])
def test_invalid_limit(client: FlaskClient, limit: str) -> None:
    """A limit that is not a number, or out of bounds, has the status 400."""
    answer = client.get("/suggest.json", query_string={"q": "le", "limit": limit})
    assert answer.status_code == 400
    assert answer.get_json()["error"]["kind"] == "ParameterInvalid"


@pytest.mark.parametrize("typed", ["", '"', "(((", "<script>", "x" * 10_000, "\x00", "author:"])
def test_any_text_is_answered(client: FlaskClient, typed: str) -> None:
    """Any text is answered with JSON, under the headers of every page."""
    answer = client.get("/suggest.json", query_string={"q": typed})
    assert answer.status_code == 200
    assert {name: answer.headers[name] for name in SECURITY_HEADERS} == SECURITY_HEADERS
    assert answer.mimetype == "application/json"


def test_command_prints_the_same_json(papers: Callable[..., Result], client: FlaskClient) -> None:
    """`papers suggest --json` prints the document that the address returns."""
    printed = json.loads(papers("suggest", "--json", "--limit", "3", "attention", "is").stdout)
    assert printed == client.get("/suggest.json?q=attention+is&limit=3").get_json()["data"]


def test_command_prints_lines(papers: Callable[..., Result]) -> None:
    """Without --json each completion is one line of columns that starts with its kind."""
    result = papers("suggest", "ye")
    assert result.stdout.splitlines()[0].split() == ["field", "year:"]
    assert result.exit_code == 0


def test_command_finds_nothing(papers: Callable[..., Result]) -> None:
    """Without completions nothing is printed, and the exit code is 1."""
    result = papers("suggest", "zzzzzz")
    assert (result.stdout, result.exit_code) == ("", 1)


def test_command_reads_lines(papers: Callable[..., Result]) -> None:
    """With `-` each line is a text of its own, answered in order."""
    result = papers(
        "suggest", "--json", "--limit", "1", "-", stdin=b"vasw\nzzzz\nattention is \n\xff"
    )
    documents = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["query"] for one in documents] == ["vasw", "zzzz", "attention is ", "\ufffd"]
    assert [len(one["completions"]) for one in documents] == [1, 0, 1, 0]
    assert result.exit_code == 0


@pytest.mark.parametrize("arguments", [(), ("--limit", "0", "x"), ("--limit", "51", "x")])
def test_command_usage_errors(papers: Callable[..., Result], arguments: tuple[str, ...]) -> None:
    """A missing text or a limit out of bounds is a usage error."""
    assert papers("suggest", *arguments).exit_code == 2


def test_page_offers_a_better_spelling(
    client: FlaskClient, read: Callable[[str], list[Element]], sample_searcher: Searcher
) -> None:
    """The page links a better spelling with its number of hits; the link keeps filter and sort."""
    address = f"/search?q={TYPO}&type=conference+paper&sort=newest&page=1"
    elements = read(client.get(address).text)
    note = next(one for one in elements if one.tag == "p" and "Did you mean" in one.text)
    link = next(one for one in elements if one.tag == "a" and note in one.inside)
    assert link.text == "attention translation"
    assert link.get("rel") == "nofollow"
    parameters = parse_qs(urlsplit(link.get("href")).query)
    assert parameters == {"q": [link.text], "type": ["conference paper"], "sort": ["newest"]}
    found = client.get(link.get("href").replace("/search", "/search.json")).get_json()["data"]
    assert f"? {found['total']} paper" in note.text
    assert "Did you mean" not in client.get("/search?q=attention").text
    assert sample_searcher.search(SearchRequest(TYPO)).suggestion is not None


def test_page_escapes_the_suggestion(client: FlaskClient) -> None:
    """Text around a misspelt word is escaped in the suggestion."""
    text = client.get("/search", query_string={"q": "atention -<i>x</i>"}).text
    assert "Did you mean" in text
    assert "<i>" not in text


def test_suggestion_in_json_and_terminal(
    papers: Callable[..., Result], client: FlaskClient
) -> None:
    """JSON and terminal show the page's suggestion; without one it is null and not printed."""
    suggestion = client.get(f"/search.json?q={TYPO}").get_json()["data"]["suggestion"]
    found = client.get("/search.json?q=attention+translation").get_json()["data"]
    assert suggestion == {"query": "attention translation", "total": found["total"]}
    assert json.loads(papers("search", "--json", TYPO).stdout)["suggestion"] == suggestion
    printed = papers("search", TYPO).stdout
    assert f"Did you mean: attention translation  ({suggestion['total']} paper" in printed
    assert client.get("/search.json?q=attention").get_json()["data"]["suggestion"] is None
    assert "Did you mean" not in papers("search", "attention").stdout


def test_index_without_papers_of_a_kind(
    index_of: Callable[..., Path], papers: Callable[..., Result]
) -> None:
    """An index without authors, venues and topics still completes its titles."""
    index = index_of({"id": "a", "title": "Lonely title"})
    result = papers("suggest", "--json", "lon", index=index)
    assert [one["kind"] for one in json.loads(result.stdout)["completions"]] == ["title"]
    assert papers("suggest", "venue:", index=index).exit_code == 1
