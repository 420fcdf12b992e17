"""Test that no request parses its query twice, whatever it needs the tree for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

import search.language.parser
from search.answers.broaden import broaden
from search.answers.searcher import Searcher
from search.answers.why_not import explain_absence
from search.language.lexer import lex
from search.request.facets import Selection
from search.request.search_request import Prior, SearchRequest, View
from web.terminal.results import format_results

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from flask.testing import FlaskClient

    from search.language.tokens import Report, Token

QUERY = "attention transformer"
ATTENTION = "vaswani-2017-attention"


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """Count how often each text is parsed."""
    counts: Counter[str] = Counter()

    def count_and_lex(text: str, report: Report) -> Iterator[Token]:
        counts[text] += 1
        return lex(text, report)

    monkeypatch.setattr(search.language.parser, "lex", count_and_lex)
    return counts


def test_a_search_parses_once(sample_searcher: Searcher, parsed: Counter[str]) -> None:
    """A search with all options parses its query once."""
    request = SearchRequest(
        QUERY, expand=True, prior=Prior.CITATIONS, hidden=True, view=View.RECORDS
    )
    assert sample_searcher.search(request).hits
    assert parsed == {QUERY: 1}


def test_a_spelling_suggestion_parses_each_text_once(
    index_of: Callable[..., Path], parsed: Counter[str]
) -> None:
    """A search that suggests a spelling parses the typed query once and the suggestion once."""
    searcher = Searcher(index_of(*({"id": f"p{n}", "title": "Attention"} for n in range(30))))
    suggestion = searcher.search(SearchRequest("atention")).suggestion
    assert suggestion is not None
    assert parsed == {"atention": 1, suggestion.query: 1}


def test_an_explained_search_parses_once(sample_searcher: Searcher, parsed: Counter[str]) -> None:
    """A search that explains the scores of its hits parses its query once."""
    assert sample_searcher.explain(SearchRequest(QUERY)).hits
    assert parsed == {QUERY: 1}


def test_printing_results_parses_nothing(sample_searcher: Searcher, parsed: Counter[str]) -> None:
    """The terminal shows the matched words of each hit without parsing the query again."""
    results = sample_searcher.search(SearchRequest(QUERY))
    assert len(results.hits) > 1
    assert "matched" in format_results(results, show_facets=True)
    assert parsed == {QUERY: 1}


@pytest.mark.parametrize("query", [QUERY, "learning"])
def test_why_not_parses_once(sample_searcher: Searcher, parsed: Counter[str], query: str) -> None:
    """Judging a paper parses the query once, however many pages its rank needs."""
    assert explain_absence(sample_searcher, SearchRequest(query), ATTENTION).results.hits
    assert parsed == {query: 1}


def test_broadening_parses_only_other_queries(
    sample_searcher: Searcher, parsed: Counter[str]
) -> None:
    """Searches that drop a filter reuse the parsed query."""
    query = 'title:attention title:"zebra"'
    results = sample_searcher.search(SearchRequest(query, {"venue": Selection(("ICML",))}))
    assert not results.total
    broaden(sample_searcher, results)
    assert parsed == {query: 1, "title:attention": 1, 'title:"zebra"': 1}


ADDRESSES = [
    "/search?q={}",
    "/search?q={}&hidden=show&records=1&venue=NeurIPS&sort=newest",
    "/search.json?q={}",
    "/search.json?q={}&explain=1",
    "/why-not.json?q={}&id=" + ATTENTION,
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_page_parses_once(client: FlaskClient, parsed: Counter[str], address: str) -> None:
    """Every page about a query, with its highlights, parses the query once."""
    assert client.get(address.format(QUERY)).status_code == 200
    assert parsed == {QUERY: 1}
