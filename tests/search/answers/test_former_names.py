"""Check that former names are never shown, and papers under them are still found."""

import os
from pathlib import Path

import pytest

from index.people.curation import CURATION
from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest
from tests.support.author_index import open_authors

PAPERS: list[dict[str, object]] = [
    {"authors": [{"name": "Bo Byron", "ids": {"openreview": "~Bo_Byron1", "s2": "7"}}, "Ann Lee"]},
    {"authors": ["Bea Byron"]},
    {"authors": ["Bo Byron"]},
    {"authors": ["Bea B. King"]},
    {"authors": [{"name": "Bo Byron", "ids": {"s2": "9"}}]},
]
HIDDEN = """
[[person]]
name = "Bea Byron"
id = "orcid:0000-0002-1825-0097"
alias = ["Bea B. King"]
hidden = ["Byron, Bo"]
not-papers = ["p2"]
different = ["s2:9"]
"""


@pytest.fixture
def searcher(tmp_path: Path) -> Searcher:
    """Open an index whose maintainer says that one name is not shown any more."""
    open_authors(tmp_path, PAPERS)
    (tmp_path / "index" / CURATION).write_text(HIDDEN, "utf-8")
    return Searcher(tmp_path / "index")


def find_authors(searcher: Searcher, query: str) -> dict[str, list[str]]:
    """Return the names of the authors of the papers that a query finds, by id."""
    found = searcher.search(SearchRequest(query))
    return {hit.paper.id: [author.name for author in hit.paper.authors] for hit in found.hits}


def test_present_names_are_shown(searcher: Searcher) -> None:
    """A namesake keeps the name; identifiers that spell the former one are left out."""
    assert find_authors(searcher, "") == {
        "p0": ["Bea Byron", "Ann Lee"],
        "p1": ["Bea Byron"],
        "p2": ["Bo Byron"],
        "p3": ["Bea B. King"],
        "p4": ["Bo Byron"],
    }
    author = searcher.read_paper("p0").authors[0]
    assert author.key == "bea byron"
    assert author.ids == {"s2": "7", "orcid": "0000-0002-1825-0097"}


def test_papers_are_found_under_all_names(searcher: Searcher) -> None:
    """A present name finds those under other names; only names to be shown are mentioned."""
    assert {"p0", "p1", "p3"} < find_authors(searcher, 'author:"Bea Byron"').keys()
    results = searcher.search(SearchRequest('author:"Bea Byron"'))
    notices = [one.message for one in results.parsed.notices]
    assert notices == ["Also searched for other names of Bea Byron: Bea B. King"]
    assert {"p0", "p1", "p3"} < find_authors(searcher, 'author:"Bea B. King"').keys()


def test_a_former_name_does_not_lead_to_the_others(searcher: Searcher) -> None:
    """It finds the papers that print it, as in their files, and says nothing about other names."""
    results = searcher.search(SearchRequest('author:"Bo Byron"'))
    assert {hit.paper.id for hit in results.hits} == {"p0", "p2", "p4"}
    assert results.parsed.notices == ()


def test_former_names_are_not_listed(tmp_path: Path, searcher: Searcher) -> None:
    """They are no values of the facet, and complete nothing unless a namesake has them."""
    counted = searcher.search(SearchRequest(facets=("author",))).facets["author"]
    assert [one.value for one in counted] == ["ann lee", "bea b king", "bea byron"]
    assert searcher.engine.complete("author_key", "bo", 5) == []
    assert [one.text for one in searcher.suggest('author:"bo by')] == ["Bo Byron"]
    only = HIDDEN.replace("not-papers", "papers").replace("s2:9", "s2:8")
    (tmp_path / "index" / CURATION).write_text(only, "utf-8")
    assert Searcher(tmp_path / "index").suggest('author:"bo by') == ()


def test_changes_take_effect_without_a_build(tmp_path: Path, searcher: Searcher) -> None:
    """Without the file the index is as it was built."""
    os.unlink(tmp_path / "index" / CURATION)  # noqa: PTH108
    again = Searcher(tmp_path / "index")
    assert find_authors(again, "")["p0"] == ["Bo Byron", "Ann Lee"]
    assert find_authors(searcher, "")["p0"] == ["Bea Byron", "Ann Lee"]
