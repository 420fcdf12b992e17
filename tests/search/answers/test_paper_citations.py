"""Check the lists of papers that a paper cites and that cite it."""

from pathlib import Path

import pytest

from index.build.operations import build
from search.answers.paper_citations import MOST_SHOWN, CitationLists, list_citations
from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest
from tests.support.citing_papers import SETTINGS, make_line, write_dump

MANY = [f"n{number}" for number in range(MOST_SHOWN + 2)]
LINES = (
    make_line("a", [*MANY, "elsewhere"], ids={"doi": "10.1000/a"}),
    make_line('q"', ["a"]),
    *(make_line(name, ["a"]) for name in MANY),
)


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Open an index in which a paper cites many that cite it."""
    directory = tmp_path_factory.mktemp("lists")
    build(directory, [write_dump(directory / "dump.jsonl", LINES)], SETTINGS)
    return Searcher(directory)


def test_the_first_papers_and_all_of_them(searcher: Searcher) -> None:
    """The first papers are listed, and the searches find as many as are counted."""
    found = list_citations(searcher, searcher.read_paper("a"))
    assert len(found.references) == len(found.cited_by) == MOST_SHOWN
    counts = found.counts
    assert (counts.references_here, counts.references_total) == (len(MANY), len(MANY) + 1)
    assert counts.cited_by_total == len(MANY) + 1
    assert searcher.search(SearchRequest(found.find_references)).total == counts.references_here
    assert searcher.search(SearchRequest(found.find_cited_by)).total == counts.cited_by_total


def test_an_id_that_cannot_be_quoted_has_no_search(searcher: Searcher) -> None:
    """Its lists are shown all the same."""
    found = list_citations(searcher, searcher.read_paper('q"'))
    assert [paper.id for paper in found.references] == ["a"]
    assert found.find_references == found.find_cited_by == ""


def test_nothing_is_known_without_references(tmp_path: Path) -> None:
    """Then nothing is listed."""
    build(tmp_path, [write_dump(tmp_path / "dump.jsonl", [make_line("a")])], SETTINGS)
    searcher = Searcher(tmp_path)
    assert list_citations(searcher, searcher.read_paper("a")).counts == CitationLists().counts
