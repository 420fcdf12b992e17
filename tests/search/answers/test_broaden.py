"""Test that broader searches find what they promise."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from search.answers.broaden import MOST_TRIED, Broader, BroaderSearches, broaden
from search.answers.searcher import Searcher
from search.budget.budget import Budget, open_budget
from search.request.facets import Selection
from search.request.search_request import SearchRequest

PAPERS: list[dict[str, object]] = [
    *({"id": f"a{n}", "title": "Deep Graphs", "venue": "ICML", "year": 2000 + n} for n in range(9)),
    *({"id": f"b{n}", "title": "Deep Trees", "venue": "ICLR", "year": 2010 + n} for n in range(4)),
    {"id": "c", "title": "Deep Regret", "venue": "ICML", "year": 2000, "status": "withdrawn"},
]


@pytest.fixture(scope="module")
def searcher(index_of: Callable[..., Path]) -> Searcher:
    """Return a searcher over the papers above."""
    return Searcher(index_of(*PAPERS))


REQUESTS = [
    SearchRequest('"deep" "regret"'),
    SearchRequest('title:deep title:"zebra"'),
    SearchRequest('title:trees title:"graphs" year:1990'),
    SearchRequest('"trees"', {"venue": Selection(("ICML",))}, page=3),
    SearchRequest("*", {"venue": Selection(("ICLR",)), "year": Selection(low=2001, high=2005)}),
    SearchRequest("title:trees", {"venue": Selection(("ICML",)), "year": Selection(("2000",))}),
    SearchRequest("year:1800", {"venue": Selection(("ICML",))}, hidden=True),
    SearchRequest('"zebra"', {"venue": Selection(("Nowhere",))}),
    SearchRequest(" ".join(f'"zebra{n}"' for n in range(30))),
    SearchRequest("title:trees date:2011-03"),
    SearchRequest("date:2001-05..2002-08-03"),
]  # fmt: skip


@pytest.mark.parametrize("request_", REQUESTS, ids=range(len(REQUESTS)))
def test_broader_searches_find_what_they_promise(
    searcher: Searcher, request_: SearchRequest
) -> None:
    """A broader search finds exactly as many papers as its total says, and at least one."""
    offered = find_broader(searcher, request_)
    assert len(offered) <= MOST_TRIED
    totals = [one.total for one in offered]
    assert totals == sorted(totals)
    assert 0 not in totals
    results = [searcher.search(one.request) for one in offered]
    assert [one.total for one in results] == totals
    assert [len(one.hits) for one in results] == [min(10, total) for total in totals]


def find_broader(searcher: Searcher, request: SearchRequest) -> tuple[Broader, ...]:
    """Return the broader searches offered for a search without hits, whatever its page."""
    results = searcher.search(replace(request, page=1))
    broader = broaden(searcher, replace(results, request=request))
    assert broader.complete
    return broader.found


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (REQUESTS[0], [("include withdrawn, rejected and retracted papers", 1),
                       ('without "regret"', 13)]),
        (REQUESTS[1], [('without title:"zebra"', 13)]),
        (REQUESTS[2], []),
        (REQUESTS[3], [("any venue", 4)]),
        (REQUESTS[4], [("any year", 4), ("any venue", 5), ("no filters", 13)]),
        (REQUESTS[6], []),
        (REQUESTS[7], []),
        (REQUESTS[9], [("year:2011 instead of date:2011-03", 1), ("without date:2011-03", 4)]),
        (REQUESTS[10], [("year:2001..2002 instead of date:2001-05..2002-08-03", 2)]),
    ],
)  # fmt: skip
def test_broader_searches_by_total(
    searcher: Searcher, asked: SearchRequest, expected: list[tuple[str, int]]
) -> None:
    """A filter, all filters, a clause or the hidden status is dropped if that finds something."""
    assert searcher.search(SearchRequest(asked.query, asked.selections)).total == 0
    offered = [(one.label, one.total) for one in find_broader(searcher, asked)]
    assert offered == expected


def test_a_broader_search_changes_nothing_else(searcher: Searcher) -> None:
    """The sort, the page size and the rest are kept; the page is the first."""
    asked = SearchRequest('"trees"', {"venue": Selection(("ICML",))}, "newest", 3, 7)
    (broader,) = find_broader(searcher, asked)
    assert broader.request == SearchRequest('"trees"', {}, "newest", 1, 7)


def test_broader_searches_stop_when_the_budget_does(searcher: Searcher) -> None:
    """Those that were counted in time are offered, and it is told that others were not tried."""
    asked = SearchRequest(
        "*", {"venue": Selection(("ICLR",)), "year": Selection(low=2001, high=2005)}
    )
    results, now = searcher.search(asked), 0.0
    budget = Budget(10, lambda: now)
    counted = find_broader(searcher, asked)
    with open_budget(budget):
        assert broaden(searcher, results) == BroaderSearches(counted, complete=True)
        now = budget.seconds + 1
        assert broaden(searcher, results) == BroaderSearches((), complete=False)


@pytest.mark.parametrize("request_", REQUESTS, ids=range(len(REQUESTS)))
def test_hits_are_counted_as_a_search_finds_them(
    searcher: Searcher, request_: SearchRequest
) -> None:
    """The count is the total of the search, widened or not."""
    first = replace(request_, page=1)
    assert searcher.count_hits(first) == searcher.search(first).total
