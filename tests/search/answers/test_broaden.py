"""Answers: where nothing is found, does what is offered really find what it says?"""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from search.answers.broaden import MOST_TRIED, Broader, broaden
from search.answers.searcher import Searcher
from search.request.facets import Selection
from search.request.search_request import SearchRequest

PAPERS: list[dict[str, object]] = [
    *({"id": f"a{n}", "title": "Deep Graphs", "venue": "ICML", "year": 2000 + n} for n in range(9)),
    *({"id": f"b{n}", "title": "Deep Trees", "venue": "ICLR", "year": 2010 + n} for n in range(4)),
    {"id": "c", "title": "Deep Regret", "venue": "ICML", "year": 2000, "status": "withdrawn"},
]


@pytest.fixture(scope="module")
def searcher(index_of: Callable[..., Path]) -> Searcher:
    """Give an index of the papers above."""
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
]  # fmt: skip


@pytest.mark.parametrize("request_", REQUESTS, ids=range(len(REQUESTS)))
def test_every_offer_finds_what_it_says(searcher: Searcher, request_: SearchRequest) -> None:
    """An offered search finds just as many papers as told, and more than none."""
    offered = find_broader(searcher, request_)
    assert len(offered) <= MOST_TRIED
    for relief in offered:
        results = searcher.search(relief.request)
        assert results.total == relief.total > 0
        assert len(results.hits) == min(10, relief.total)
    assert [one.total for one in offered] == sorted(one.total for one in offered)


def find_broader(searcher: Searcher, request: SearchRequest) -> tuple[Broader, ...]:
    """Return the broader searches offered for a search without hits, whatever its page."""
    results = searcher.search(replace(request, page=1))
    return broaden(searcher, replace(results, request=request))


def labels(found: tuple[Broader, ...]) -> list[tuple[str, int]]:
    """Give what is offered, with its total."""
    return [(relief.label, relief.total) for relief in found]


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
    ],
)  # fmt: skip
def test_what_helps_is_offered_narrowest_first(
    searcher: Searcher, asked: SearchRequest, expected: list[tuple[str, int]]
) -> None:
    """Dropping one filter, all filters, one word, or the hiding: each is offered if it helps."""
    assert searcher.search(SearchRequest(asked.query, asked.selections)).total == 0
    assert labels(find_broader(searcher, asked)) == expected


def test_an_offer_changes_nothing_else(searcher: Searcher) -> None:
    """Sort, size and the rest of the search stay; the page is the first."""
    asked = SearchRequest('"trees"', {"venue": Selection(("ICML",))}, "newest", 3, 7)
    (relief,) = find_broader(searcher, asked)
    assert relief.request == SearchRequest('"trees"', {}, "newest", 1, 7)
