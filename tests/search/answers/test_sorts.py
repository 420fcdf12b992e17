"""Test that every sort lists each paper once, in the order that its rule predicts."""

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.engines.engine import ENGINES
from index.normalise.dates import encode_date
from index.records import Paper
from index.text.analyser import tokenise
from search.answers.searcher import Searcher
from search.errors import PageInvalid
from search.request.facets import Selection
from search.request.search_request import SORTS, SearchRequest
from tests.support.made_works import find_added, make_separate_documents, write_index

TITLES = ["Deep", "Deep Learning", "Deep Learning Theory", "deep", "A Graph", "Zebra Graphs", "Été"]
AUTHORS = ["Ming Li", "Ming Xu Li", "Wei Li", "Ada Lovelace", "Plato", "Łukasz Zet", "Élie Abel"]
COUNT = 230

Key = Callable[[Paper], Any]


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Return an index of papers that share titles, years and authors, or lack them."""
    choice = random.Random(7)
    numbers = list(range(COUNT))
    choice.shuffle(numbers)
    records = (_record(number, choice) for number in numbers)
    return Searcher(write_index(tmp_path_factory.mktemp("sorts"), make_separate_documents(records)))


def _record(number: int, choice: random.Random) -> dict[str, object]:
    record: dict[str, object] = {"id": f"p{number}", "title": choice.choice(TITLES)}
    record["authors"] = choice.sample(AUTHORS, choice.randint(0, 2))
    record["year"] = choice.choice([None, 1999, 2019, 2020, 2021])
    record["citations"] = choice.choice([None, 0, 0, 7, 2_000_000])
    if record["year"] and choice.random() < 0.5:
        record["date"] = f"{record['year']}-{choice.choice(['03', '03-01', '03-09', '11-30'])}"
    if choice.random() < 0.2:
        record["appearances"] = [{"venue": "ICML", "year": 2000}, {"venue": "arXiv", "year": 2022}]
    return record


def write_family_first(paper: Paper) -> list[str]:
    """Return the tokens of the first author's name, the family name first."""
    *given, family = tokenise(paper.authors[0].name)
    return [family, *given]


def encode_when(paper: Paper) -> int:
    """Return the date as a number; a paper known to the year is at the beginning of its year."""
    return encode_date(paper.shown.when or "0")


KEYS: dict[str, Key] = {
    "newest": lambda paper: (paper.shown.year is None, -encode_when(paper)),
    "oldest": lambda paper: (paper.shown.year is None, encode_when(paper)),
    "cited": lambda paper: (paper.citations is None, -(paper.citations or 0)),
    "added": lambda paper: (-find_added(paper.id), -encode_when(paper)),
    "title": lambda paper: tokenise(paper.title),
    "author": lambda paper: (not paper.authors, write_family_first(paper) if paper.authors else []),
}


def read_pages(searcher: Searcher, query: str, sort: str, per_page: int) -> list[Paper]:
    """Return all hits, read page by page."""
    request = SearchRequest(query, sort=sort, per_page=per_page, facets=())
    first = searcher.search(request)
    found = list(first.hits)
    for page in range(2, first.pages + 1):
        request = SearchRequest(query, sort=sort, per_page=per_page, page=page, facets=())
        found += searcher.search(request).hits
    assert [hit.rank for hit in found] == list(range(1, first.total + 1))
    return [hit.paper for hit in found]


def test_every_sort_is_tested() -> None:
    """The table of rules has every sort."""
    assert set(SORTS) == {*KEYS, "relevance"}


@pytest.mark.parametrize("sort", KEYS)
@pytest.mark.parametrize("per_page", [1, 7, 10, 100])
@pytest.mark.parametrize("query", ["*", "title:deep", "year:..2020", "zebra OR été"])
def test_a_sort_follows_its_rule(searcher: Searcher, query: str, per_page: int, sort: str) -> None:
    """All pages together are in the order of the rule, ties by id, missing values last."""
    found = read_pages(searcher, query, sort, per_page)
    assert found
    assert found == sorted(found, key=lambda paper: (KEYS[sort](paper), paper.id))
    if query == "*":
        assert len(found) == COUNT


@pytest.mark.parametrize("sort", ["newest", "oldest", "cited", "author"])
def test_missing_values_come_last(searcher: Searcher, sort: str) -> None:
    """Papers without a year, citations or authors come last in either direction."""
    missing = [KEYS[sort](paper)[0] for paper in read_pages(searcher, "*", sort, 100)]
    assert any(missing)
    assert missing == sorted(missing)


@pytest.mark.parametrize("per_page", [1, 3, 10, 23, 100])
@pytest.mark.parametrize("query", ["*", "deep", "graph", "year:2020", "zebra OR été OR li", "ming"])
def test_relevance_lists_each_paper_once(searcher: Searcher, query: str, per_page: int) -> None:
    """All pages together list each paper once, however many share a score."""
    found = [paper.id for paper in read_pages(searcher, query, "relevance", per_page)]
    assert found
    assert sorted(found) == sorted(
        {paper.id for paper in read_pages(searcher, query, "title", 100)}
    )


@pytest.mark.parametrize("query", ["deep", "graph", "ming OR plato", 'author:"ming li"'])
def test_equal_scores_are_ordered_by_id(searcher: Searcher, query: str) -> None:
    """Papers with the same score are ordered by id, also across pages."""
    request = SearchRequest(query, per_page=10, facets=())
    pages = searcher.search(request).pages
    found = [
        hit
        for page in range(1, pages + 1)
        for hit in searcher.search(SearchRequest(query, per_page=10, page=page, facets=())).hits
    ]
    assert found
    assert found == sorted(found, key=lambda hit: (-hit.score, hit.paper.id))


@pytest.mark.parametrize("sort", SORTS)
def test_a_full_last_page_is_the_last(index_of: Callable[..., Path], sort: str) -> None:
    """Twenty papers are two pages of ten without a third."""
    papers = ({"id": f"{n}", "title": "Same", "year": 2000 + n % 3} for n in range(20))
    few = Searcher(index_of(*papers))
    results = few.search(SearchRequest("same", sort=sort))
    assert (results.total, results.pages) == (20, 2)
    assert len(few.search(SearchRequest("same", sort=sort, page=2)).hits) == 10
    with pytest.raises(PageInvalid, match="a page from 1 to 2"):
        few.search(SearchRequest("same", sort=sort, page=3))


BROWSING = ["", "*", "year:2020", "has:author", "-zebra", "venue:arXiv", "author:li", "dee*"]


@pytest.mark.parametrize("query", BROWSING)
@pytest.mark.parametrize("per_page", [7, 100])
def test_browsing_opens_with_the_most_cited(searcher: Searcher, query: str, per_page: int) -> None:
    """A query that ranks no paper lists the most cited first, on all pages, and says so."""
    assert searcher.search(SearchRequest(query)).sort == "cited"
    found = read_pages(searcher, query, "relevance", per_page)
    assert found
    assert found == sorted(found, key=lambda paper: (KEYS["cited"](paper), paper.id))


@pytest.mark.parametrize("engine", ENGINES)
def test_browsing_without_citations_opens_with_the_newest(tmp_path: Path, engine: str) -> None:
    """If no hit has a citation, though other papers may, the newest come first."""
    counts = [None, 0, None, 9]
    records = (
        {"id": f"p{n}", "title": "Deep", "year": 2000 + n, "citations": cited}
        for n, cited in enumerate(counts)
    )
    made = Searcher(write_index(tmp_path, make_separate_documents(records), engine))
    cases = {"": "cited", "year:2001..": "cited", "year:..2002": "newest", "year:2002": "newest"}
    found = {query: made.search(SearchRequest(query)) for query in cases}
    assert {query: results.sort for query, results in found.items()} == cases
    assert [hit.paper.id for hit in found[""].hits] == ["p3", "p1", "p0", "p2"]
    assert [hit.paper.id for hit in found["year:..2002"].hits] == ["p2", "p1", "p0"]
    narrowed = SearchRequest(selections={"year": Selection(high=2002)})
    assert made.search(narrowed).sort == "newest"


@pytest.mark.parametrize("sort", SORTS)
def test_a_sort_of_the_request_decides(searcher: Searcher, sort: str) -> None:
    """A sort that is asked for orders the hits; only relevance needs something to rank by."""
    for query in ("deep", 'author:"ming li"', "year:2020"):
        results = searcher.search(SearchRequest(query, sort=sort))
        ranked = query != "year:2020" or sort != "relevance"
        assert (results.request.sort, results.sort) == (sort, sort if ranked else "cited")


def test_no_hits_are_one_empty_page(searcher: Searcher) -> None:
    """A search that finds nothing has one page without hits."""
    results = searcher.search(SearchRequest('"not in here"'))
    assert (results.total, results.hits, results.pages) == (0, (), 1)
    with pytest.raises(PageInvalid, match="There is only page 1"):
        searcher.search(SearchRequest('"not in here"', page=2))
