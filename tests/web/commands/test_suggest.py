"""Test completions and better spellings on pages, in JSON and on the command line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

import pytest

from search.request.search_request import SearchRequest
from search.suggest.completions import MAX_LIMIT
from web.app import HEADERS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from click.testing import Result
    from flask.testing import FlaskClient

    from search.answers.searcher import Searcher
    from tests.support.page import Element

TYPO = "atention translation"


def test_json_shape(client: FlaskClient) -> None:
    """Completions come as typed objects, each with the page that it leads to."""
    document = client.get("/suggest.json?q=vasw").get_json()
    assert list(document) == ["query", "completions"]
    assert document["query"] == "vasw"
    assert document["completions"][0] == {
        "kind": "author",
        "text": "Ashish Vaswani",
        "query": 'author:"Ashish Vaswani"',
        "count": document["completions"][0]["count"],
        "url": "/search?q=author%3A%22Ashish+Vaswani%22",
    }


@pytest.mark.parametrize("typed", ["attention is", "vasw", "neur", "ye", "type:con"])
def test_every_completion_leads_to_a_page(client: FlaskClient, typed: str) -> None:
    """The address of a completion answers, a title's with its paper."""
    completions = client.get("/suggest.json", query_string={"q": typed}).get_json()["completions"]
    assert completions
    for one in completions:
        assert client.get(one["url"]).status_code == 200
        assert one["url"].startswith("/paper/" if one["kind"] == "title" else "/search?")


@pytest.mark.parametrize("limit", ["1", "3", str(MAX_LIMIT)])
def test_limit(client: FlaskClient, limit: str) -> None:
    """There are at most as many completions as were asked for."""
    found = client.get(f"/suggest.json?q=le&limit={limit}").get_json()["completions"]
    assert 1 <= len(found) <= int(limit)


@pytest.mark.parametrize("limit", ["0", "-1", "x", "51", "", "1" * 5000, "０", "000000010"])
def test_a_wrong_limit_is_told(client: FlaskClient, limit: str) -> None:
    """A limit that is no number within its bounds is answered by 400 and one sentence."""
    answer = client.get("/suggest.json", query_string={"q": "le", "limit": limit})
    assert answer.status_code == 400
    assert answer.get_json()["error"]["kind"] == "ParameterInvalid"


@pytest.mark.parametrize("typed", ["", '"', "(((", "<script>", "x" * 10_000, "\x00", "author:"])
def test_nothing_typed_fails(client: FlaskClient, typed: str) -> None:
    """Whatever is typed is answered, under the headers of every page."""
    answer = client.get("/suggest.json", query_string={"q": typed})
    assert answer.status_code == 200
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    assert answer.mimetype == "application/json"


def test_command_prints_what_the_page_says(
    papers: Callable[..., Result], client: FlaskClient
) -> None:
    """`papers suggest --json` prints the document of the address."""
    printed = json.loads(papers("suggest", "--json", "--limit", "3", "attention", "is").stdout)
    assert printed == client.get("/suggest.json?q=attention+is&limit=3").get_json()


def test_command_prints_lines(papers: Callable[..., Result]) -> None:
    """Without --json each completion is a line: kind, count, text."""
    result = papers("suggest", "ye")
    assert result.stdout.splitlines()[0].split() == ["field", "year:"]
    assert result.exit_code == 0


def test_command_finds_nothing(papers: Callable[..., Result]) -> None:
    """Where nothing can be completed nothing is printed, and the exit code is 1."""
    result = papers("suggest", "zzzzzz")
    assert (result.stdout, result.exit_code) == ("", 1)


def test_command_reads_lines(papers: Callable[..., Result]) -> None:
    """With - every line is a text of its own, answered in order."""
    result = papers(
        "suggest", "--json", "--limit", "1", "-", stdin=b"vasw\nzzzz\nattention is \n\xff"
    )
    documents = [json.loads(line) for line in result.stdout.splitlines()]
    assert [one["query"] for one in documents] == ["vasw", "zzzz", "attention is ", "\ufffd"]
    assert [len(one["completions"]) for one in documents] == [1, 0, 1, 0]
    assert result.exit_code == 0


@pytest.mark.parametrize("arguments", [(), ("--limit", "0", "x"), ("--limit", "51", "x")])
def test_command_is_told_wrong(papers: Callable[..., Result], arguments: tuple[str, ...]) -> None:
    """A missing text or a limit out of bounds is a usage error."""
    assert papers("suggest", *arguments).exit_code == 2


def test_page_offers_a_better_spelling(
    client: FlaskClient, read: Callable[[str], list[Element]], sample_searcher: Searcher
) -> None:
    """The page asks 'Did you mean' with a link that keeps filters and sort, and the number."""
    address = f"/search?q={TYPO}&type=conference+paper&sort=newest&page=1"
    elements = read(client.get(address).text)
    note = next(one for one in elements if one.tag == "p" and "Did you mean" in one.text)
    link = next(one for one in elements if one.tag == "a" and note in one.inside)
    assert link.text == "attention translation"
    assert link.get("rel") == "nofollow"
    asked = parse_qs(urlsplit(link.get("href")).query)
    assert asked == {"q": [link.text], "type": ["conference paper"], "sort": ["newest"]}
    found = client.get(link.get("href").replace("/search", "/search.json")).get_json()
    assert f"? {found['total']} paper" in note.text
    assert "Did you mean" not in client.get("/search?q=attention").text
    assert sample_searcher.search(SearchRequest(TYPO)).suggestion is not None


def test_page_escapes_what_it_offers(client: FlaskClient) -> None:
    """What was typed around a misspelt word is escaped in the offer."""
    text = client.get("/search", query_string={"q": "atention -<b>x</b>"}).text
    assert "Did you mean" in text
    assert "<b>" not in text


def test_json_and_terminal_offer_it_too(papers: Callable[..., Result], client: FlaskClient) -> None:
    """The same offer stands in the JSON and in the terminal; null where there is none."""
    offer = client.get(f"/search.json?q={TYPO}").get_json()["suggestion"]
    assert offer == {"query": "attention translation", "total": offer["total"]}
    assert json.loads(papers("search", "--json", TYPO).stdout)["suggestion"] == offer
    printed = papers("search", TYPO).stdout
    assert f"Did you mean: attention translation  ({offer['total']} paper" in printed
    assert client.get("/search.json?q=attention").get_json()["suggestion"] is None
    assert "Did you mean" not in papers("search", "attention").stdout


def test_index_without_papers_of_a_kind(
    index_of: Callable[..., Path], papers: Callable[..., Result]
) -> None:
    """An index without authors, venues and topics completes its titles."""
    index = index_of({"id": "a", "title": "Lonely title"})
    result = papers("suggest", "--json", "lon", index=index)
    assert [one["kind"] for one in json.loads(result.stdout)["completions"]] == ["title"]
    assert papers("suggest", "venue:", index=index).exit_code == 1
