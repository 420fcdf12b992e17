"""Test what a search answers if its budget does not allow all of it."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from search.answers.searcher import Searcher
from search.budget.budget import Budget, open_budget
from search.budget.errors import SearchTooLong
from search.budget.metered_engine import MeteredEngine
from search.engines.engine import MOST_VALUES, Engine, FacetCounts, HitPage, Order
from search.planning.plan import Node, Plan
from search.request.search_request import SearchRequest

PAPERS: list[dict[str, object]] = [
    *({"id": f"a{n}", "title": "Deep Graphs of Trees", "year": 2000 + n} for n in range(3)),
    *({"id": f"b{n}", "title": "Deep Graphs", "abstract": "kelp", "year": 1990} for n in range(30)),
    {"id": "c", "title": "Deep Regret", "status": "withdrawn"},
]

DEFAULT = SearchRequest("deep graphs trees")
"""A search that is widened, as three papers have all its words."""


class CountingClock:
    """A clock that counts the calls of engines, so that a budget allows a number of them."""

    def __init__(self) -> None:
        self.calls = 0

    def read(self) -> float:
        """Return the number of calls so far."""
        return float(self.calls)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> CountingClock:
    """Return a clock that each costly call of an engine advances."""
    made = CountingClock()
    find, count = MeteredEngine.find, MeteredEngine.count_facets

    def find_counted(
        self: Engine, plan: Plan, order: Order | None, offset: int, limit: int
    ) -> HitPage:
        found = find(self, plan, order, offset, limit)  # type: ignore[arg-type]
        made.calls += 1
        return found

    def count_counted(
        self: Engine, match: Node, facets: Mapping[str, Node | None], limit: int = MOST_VALUES
    ) -> FacetCounts:
        found = count(self, match, facets, limit)  # type: ignore[arg-type]
        made.calls += 1
        return found

    monkeypatch.setattr(MeteredEngine, "find", find_counted)
    monkeypatch.setattr(MeteredEngine, "count_facets", count_counted)
    return made


@pytest.fixture(scope="module")
def searcher(index_of: Callable[..., Path]) -> Searcher:
    """Return a searcher over the papers above."""
    return Searcher(index_of(*PAPERS), cached_bytes=0)


def allow(clock: CountingClock, calls: int) -> Budget:
    """Return a budget that allows a number of costly calls."""
    clock.calls = 0
    budget = Budget(10, clock.read)
    clock.calls = int(budget.seconds) + 1 - calls
    return budget


def test_a_search_that_cannot_find_its_hits_is_refused(
    searcher: Searcher, clock: CountingClock
) -> None:
    """Nothing is answered if not even the first search is allowed."""
    with open_budget(allow(clock, 0)), pytest.raises(SearchTooLong, match="command line"):
        searcher.search(DEFAULT)


def test_what_is_too_costly_is_left_out_and_named(searcher: Searcher, clock: CountingClock) -> None:
    """With each further call, an answer is more complete; what is missing is named."""
    whole = searcher.search(DEFAULT)
    assert whole.relaxed
    assert whole.parsed.notices == ()
    with open_budget(allow(clock, 1)):
        first = searcher.search(DEFAULT)
    assert (first.total, first.relaxed, first.facets["venue"]) == (3, None, ())
    messages = [notice.message for notice in first.parsed.notices]
    assert messages == [
        "Close matches were not searched: this search takes too long",
        "The values of filters were not counted: this search takes too long",
    ]
    with open_budget(allow(clock, 2)):
        second = searcher.search(DEFAULT)
    assert (second.total, second.relaxed) == (whole.total, whole.relaxed)
    assert len(second.parsed.notices) == 1
    with open_budget(allow(clock, 9)):
        last = searcher.search(DEFAULT)
    assert (last.total, last.facets, last.parsed) == (whole.total, whole.facets, whole.parsed)


def test_scores_that_are_not_explained_are_named(searcher: Searcher, clock: CountingClock) -> None:
    """Hits are shown without reasons if finding these takes too long."""
    request = SearchRequest("deep", facets=())
    clock.calls = 0
    searcher.explain(request)
    needed = clock.calls
    assert needed > 3
    with open_budget(allow(clock, needed - 1)):
        found = searcher.explain(request)
    assert found.hits
    assert all(hit.reasons is None for hit in found.hits)
    assert [n.message for n in found.parsed.notices] == [
        "The scores of the hits were not explained: this search takes too long"
    ]


def test_feedback_is_left_out(searcher: Searcher, clock: CountingClock) -> None:
    """The hits of the query alone are shown if its first results cannot add words."""
    request = SearchRequest("graphs kelp", expand=True, facets=())
    plain = searcher.search(SearchRequest("graphs kelp", facets=()))
    with open_budget(allow(clock, 1)):
        found = searcher.search(request)
    assert [hit.paper.id for hit in found.hits] == [hit.paper.id for hit in plain.hits]
    assert "The words of the first results were not added" in found.parsed.notices[0].message
