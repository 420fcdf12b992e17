"""Check which papers ``cites:`` and ``citedby:`` find, alone and together with other parts."""

from pathlib import Path

import pytest

from index.build.operations import build
from search.answers.searcher import Searcher
from search.errors import QueryTooCostly
from search.planning import citation_sets
from search.request.search_request import SearchRequest, View
from tests.support.citing_papers import SETTINGS, make_line, write_dump

LINES = (
    make_line("a", ["b", "10.1000/C", "elsewhere"], year=2020),
    make_line("b", ["c-1"], year=2019, ids={"arxiv": "2006.04779"}),
    make_line("c-1", year=2018, ids={"doi": "10.1000/c"}, title="One Work of Two Records"),
    make_line("c-2", ["d"], year=2017, ids={"doi": "10.1000/c"}, title="One Work of Two Records"),
    make_line("d", ["a"], year=2021, venue="Tides"),
    make_line("e", year=2022, venue="Tides"),
)
FOUND = [
    ("cites:b", "a"),
    ("cites:c-1", "ab"),
    ("cites:10.1000/c", "ab"),
    ("cites:https://doi.org/10.1000/C", "ab"),
    ('cites:"10.1000/c"', "ab"),
    ('cites:"doi:10.1000/c"', "ab"),
    ("CITES:c-2", "ab"),
    ("refersto:c-1", "ab"),
    ("cites:arxiv:2006.04779v3", "a"),
    ("citedby:a", "bc"),
    ("cited_by:b", "c"),
    ("citedby:c-1", "d"),
    ("citedby:b title:record", "c"),
    ("citedby:e", ""),
    ("cites:a OR citedby:a", "bcd"),
    ("cites:c-1 -citedby:a", "a"),
    ("-cites:c-1", "cde"),
    ("cites:c-1 year:2020", "a"),
    ("cites:(b a)", ""),
    ("cites:(b OR a)", "ad"),
    ("cites:a venue:Tides", "d"),
    ("+cites:a^2", "d"),
    ("cites:elsewhere", ""),
    ("cites:2401.99999 title", ""),
]


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Open an index of works that cite each other."""
    directory = tmp_path_factory.mktemp("citing")
    build(directory, [write_dump(directory / "dump.jsonl", LINES)], SETTINGS)
    return Searcher(directory)


def find(searcher: Searcher, query: str, view: View = View.WORKS) -> str:
    """Return the first letters of the ids of the papers that a query finds, sorted."""
    hits = searcher.search(SearchRequest(query, view=view)).hits
    return "".join(sorted(hit.paper.id[0] for hit in hits))


@pytest.mark.parametrize(("query", "ids"), FOUND)
def test_papers_are_found(searcher: Searcher, query: str, ids: str) -> None:
    """A paper is named by any identifier; the fields join with every other part of a query."""
    assert find(searcher, query) == ids


def test_records_of_works_are_found(searcher: Searcher) -> None:
    """Among records, all records of the works are found."""
    assert find(searcher, "citedby:a", View.RECORDS) == "bcc"


def test_facets_and_sorts_follow(searcher: Searcher) -> None:
    """Papers are counted and sorted like those of any search."""
    found = searcher.search(SearchRequest("cites:c-1", sort="oldest", facets=("year",)))
    assert [hit.paper.id for hit in found.hits] == ["b", "a"]
    assert {one.value for one in found.facets["year"]} == {"2019", "2020"}


@pytest.mark.parametrize(
    ("query", "notices"),
    [
        ("cites:a", []),
        ("citedby:e", []),
        ("cites:nothing", ['No paper has the identifier nothing: "cites:" finds nothing']),
    ],
)
def test_unknown_papers_are_reported(searcher: Searcher, query: str, notices: list[str]) -> None:
    """A notice says that a paper is unknown; one without citations needs none."""
    parsed = searcher.search(SearchRequest(query)).parsed
    assert [notice.message for notice in parsed.notices] == notices


def test_an_index_without_references_says_so(tmp_path: Path) -> None:
    """Where no dump names references, the notice tells that and not the paper."""
    build(tmp_path, [write_dump(tmp_path / "dump.jsonl", [make_line("a")])], SETTINGS)
    found = Searcher(tmp_path).search(SearchRequest("cites:a"))
    expected = 'The dumps of this index name no references: "cites:" finds nothing'
    assert [notice.message for notice in found.parsed.notices] == [expected]
    assert found.total == 0


def test_more_papers_than_the_limit_are_told(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A query that leads to too many papers, in one part or several, is refused."""
    monkeypatch.setattr(citation_sets, "MAX_PAPERS", 2)
    assert find(searcher, "cites:c-1") == "ab"
    with pytest.raises(QueryTooCostly, match="3 papers that are cited by 'b'; the limit is 2"):
        searcher.search(SearchRequest("cites:c-1 OR citedby:b"))
