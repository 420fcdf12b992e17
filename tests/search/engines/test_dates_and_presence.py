"""Check on every engine what date: and has: find, and the order of the sorts by date."""

import pytest

from index.engines.engine import ENGINES
from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest
from tests.support.hit_lists import list_matches
from tests.support.made_works import Record, make_documents, write_index

SINGLES: list[Record] = [
    {"id": "a-year", "title": "Tide gauges", "year": 2019},
    {"id": "b-month", "title": "Tide tables", "date": "2019-05", "venue": "J. Tides"},
    {"id": "c-day", "title": "Tide mills", "date": "2019-05-31", "abstract": "On mills."},
    {"id": "d-august", "title": "Tide pools", "date": "2019-08-01", "doi": "10.1000/tide.4"},
    {"id": "e-next", "title": "Tide locks", "date": "2020-01-02", "urls": {"pdf": "https://a.b/c"}},
    {"id": "f-none", "title": "Tide bells", "authors": [
        {"name": "Ada Reed", "ids": {"orcid": "0000-0001-5000-0007"}}]},
]  # fmt: skip
WORK: list[Record] = [
    {"id": "g-work", "title": "Tide clocks", "date": "2018-02-03", "type": "journal article"},
    {"id": "g-preprint", "title": "Tide clocks", "date": "2017-11-05", "type": "preprint",
     "abstract": "On clocks."},
]  # fmt: skip

FOUND = [
    ("date:2019", "a-year b-month c-day d-august"),
    ("date:2019..2020", "a-year b-month c-day d-august e-next"),
    ("date:2019-05", "b-month c-day"),
    ("date:2019-05-31", "c-day"),
    ("date:2019-05-30..2019-06-02", "c-day"),
    ("date:2019-05..2019-08", "b-month c-day d-august"),
    ("date:2019-08-01..", "d-august e-next"),
    ("date:<2019-08", "b-month c-day g-work"),
    ("date:<=2018", "g-work"),
    ("date:2017-11-05", "g-work"),
    ("date:2018..2019-05", "b-month c-day g-work"),
    ("date:2019-06-31", ""),
    ("tide -date:2019..2020", "f-none g-work"),
    ("has:date", "b-month c-day d-august e-next g-work"),
    ("-has:date", "a-year f-none"),
    ("-has:year", "f-none"),
    ("has:abstract", "c-day g-work"),
    ("abstract:*", "c-day g-work"),
    ("-venue:*", "a-year c-day d-august e-next f-none g-work"),
    ("has:doi OR has:pdf", "d-august e-next"),
    ("has:orcid", "f-none"),
    ("-has:orcid has:author", ""),
    ("tide year:*", "a-year b-month c-day d-august e-next g-work"),
    ("has:title -has:id", ""),
    ("records:yes has:abstract", "c-day g-preprint"),
]


@pytest.fixture(scope="module", params=ENGINES)
def searcher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Searcher:
    """Return a searcher over the papers above, on each engine."""
    folder = tmp_path_factory.mktemp(f"dates-{request.param}")
    kept = make_documents(*([record] for record in SINGLES), WORK)
    return Searcher(write_index(folder, kept, request.param))


@pytest.mark.parametrize(("query", "expected"), FOUND)
def test_found(searcher: Searcher, query: str, expected: str) -> None:
    """A date must lie in the range for certain; a field is present if it has a value."""
    assert sorted(list_matches(searcher, query)) == expected.split()


def test_sorts(searcher: Searcher) -> None:
    """The day decides where it is known; a year alone is its beginning; no year comes last."""
    orders = {
        sort: [hit.paper.id for hit in searcher.search(SearchRequest("tide", sort=sort)).hits]
        for sort in ("newest", "oldest")
    }
    oldest = "g-work a-year b-month c-day d-august e-next".split()
    assert orders == {"newest": [*oldest[::-1], "f-none"], "oldest": [*oldest, "f-none"]}
