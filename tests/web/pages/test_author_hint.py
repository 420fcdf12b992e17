"""Check for which searches the page of results names the page of an author."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from search.request.facets import Selection
from search.request.search_request import SearchRequest
from web.pages.author_hint import find_author

if TYPE_CHECKING:
    from flask.testing import FlaskClient

    from search.answers.searcher import Searcher


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("yoshua bengio", "Yoshua Bengio"), ("Bengio, Yoshua", "Yoshua Bengio"),
        (' author:"Yoshua Bengio" ', "Yoshua Bengio"), ("", ""), ("bengio", ""),
        ("yoshua bengio attention", ""), ("attention is all you need", ""),
        ('"yoshua bengio"', ""), ("title:yoshua bengio", ""), ("yoshua nobody", ""),
        ("yoshua " * 50, ""), ('author:"x" yoshua bengio', ""),
    ],
)  # fmt: skip
def test_only_names_lead_to_authors(sample_searcher: Searcher, query: str, name: str) -> None:
    """A query is a name if it is nothing else and some paper names such an author."""
    assert find_author(sample_searcher.engine, SearchRequest(query=query)) == name


def test_a_filter_by_one_author_leads_to_the_page(sample_searcher: Searcher) -> None:
    """A filter by two authors does not, nor does a later page of results."""
    engine = sample_searcher.engine
    for values, name in ((("yoshua bengio",), "Yoshua Bengio"), (("a b", "yoshua bengio"), "")):
        asked = SearchRequest(selections={"author": Selection(values)})
        assert find_author(engine, asked) == name
    assert find_author(engine, SearchRequest(query="yoshua bengio", page=2)) == ""


def test_the_page_of_results_links_the_author(client: FlaskClient) -> None:
    """The link leads to the page of the name."""
    page = client.get("/search?q=yoshua+bengio").text
    assert '<a href="/authors/Yoshua%20Bengio">Yoshua Bengio</a>' in page
    assert "Author page" not in client.get("/search?q=attention").text
