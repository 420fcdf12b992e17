"""Test that answers that are kept equal those that are computed, and end with their generation."""

import gc
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from pathlib import Path
from weakref import ref

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.people.curation import CURATION
from index.store.generations import switch_current
from search.answers import page_answer
from search.answers.answer import Answer
from search.answers.results import Results
from search.answers.searcher import Searcher
from search.budget.errors import BudgetSpent
from search.errors import BibliographyRefused
from search.planning.paper_sets import open_bibliographies
from search.request.facets import FACETS, Selection
from search.request.search_request import SORTS, SearchRequest, View
from tests.support.clock import Clock

IndexOf = Callable[..., Path]

QUERIES = ("", "*", "attention", "netwroks", "networks zyzzyva learning", "author:bengio", "2017")
UNLIKE = {"took_ms", "highlighter"}

REQUESTS = st.builds(
    SearchRequest,
    query=st.sampled_from(QUERIES),
    selections=st.sampled_from([{}, {"venue": Selection(("ICML",))}]),
    sort=st.sampled_from([*SORTS]),
    page=st.integers(1, 3),
    per_page=st.sampled_from([1, 5]),
    hidden=st.booleans(),
    facets=st.lists(st.sampled_from([*FACETS]), unique=True, max_size=3).map(tuple),
    expand=st.booleans(),
    view=st.sampled_from(View),
)


def describe(searcher: Searcher, request: SearchRequest) -> dict[str, object]:
    """Return everything that results say, or what is wrong with the request."""
    try:
        results = searcher.search(request)
    except Exception as error:  # noqa: BLE001 - whatever it is, it has to be the same
        return {"error": repr(error)}
    found = {one.name: getattr(results, one.name) for one in fields(Results)}
    found["marks"] = [results.highlighter.mark_html(hit.paper.title) for hit in results.hits]
    return {name: value for name, value in found.items() if name not in UNLIKE}


@pytest.fixture(scope="module")
def keeping(sample_index: Path) -> Searcher:
    """Open the sample for searching; answers are kept."""
    return Searcher(sample_index)


@given(requests=st.lists(REQUESTS, min_size=1, max_size=4))
def test_answers_are_those_without_a_cache(
    sample_searcher: Searcher, keeping: Searcher, requests: list[SearchRequest]
) -> None:
    """Whatever was asked before, and in whatever order, an answer is the same."""
    for request in (*requests, *requests):
        assert describe(keeping, request) == describe(sample_searcher, request)


def make_papers(count: int, title: str = "Deep Paper") -> list[dict[str, object]]:
    """Return papers that share their words."""
    return [{"id": f"p{n}", "title": f"{title} {n}", "venue": "ICML"} for n in range(count)]


def test_a_request_that_comes_again_is_not_computed(
    index_of: IndexOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same request finds and counts nothing; its time is its own."""
    searcher = Searcher(index_of(*make_papers(3)))
    first = searcher.search(SearchRequest("deep"))
    monkeypatch.delattr(Answer, "find_page")
    again = searcher.search(SearchRequest("deep"))
    assert again.hits == first.hits
    assert 0 < again.took_ms != first.took_ms


def test_other_pages_and_sorts_are_only_found(
    index_of: IndexOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The facets of a search are counted once, and its query is planned once."""
    searcher = Searcher(index_of(*make_papers(30)))
    first = searcher.search(SearchRequest("deep"))
    monkeypatch.delattr(Answer, "count_facets")
    monkeypatch.delattr(page_answer, "plan_request")
    second = searcher.search(SearchRequest("deep", page=2))
    by_title = searcher.search(SearchRequest("deep", sort="title"))
    assert second.facets == by_title.facets == first.facets
    assert len({hit.paper.id for hit in (*first.hits, *second.hits)}) == 20
    with pytest.raises(NameError):
        searcher.search(SearchRequest("deep", facets=("author",)))


def test_answers_end_with_their_generation(index_of: IndexOf) -> None:
    """A switch is seen by the next request, and nothing holds the generation before it."""
    directory = index_of(*make_papers(3))
    searcher = Searcher(directory)
    results, engine = searcher.search(SearchRequest("deep")), ref(searcher.engine)
    before = results.generation
    index_of(*make_papers(5), directory=directory)
    assert searcher.search(SearchRequest("deep")).total == 5
    gc.collect()
    assert engine() is None  # though its results are still held
    switch_current(directory, before)
    assert searcher.search(SearchRequest("deep")).total == results.total == 3


def test_a_change_of_names_is_seen(index_of: IndexOf, monkeypatch: pytest.MonkeyPatch) -> None:
    """Once the maintainer's file about people changes, answers are computed anew."""
    papers = [paper | {"authors": ["Anna Former"]} for paper in make_papers(3)]
    directory = index_of(*papers)
    searcher = Searcher(directory)
    clock = Clock()
    monkeypatch.setattr(searcher.people, "_clock", clock)
    assert searcher.search(SearchRequest("deep")).hits[0].paper.authors[0].name == "Anna Former"
    (directory / CURATION).write_text(
        '[[person]]\nname = "Anna Present"\nhidden = ["Anna Former"]\n', encoding="utf-8"
    )
    clock.now = time.monotonic() + 10
    assert searcher.search(SearchRequest("deep")).hits[0].paper.authors[0].name == "Anna Present"


def test_an_answer_with_something_left_out_is_not_kept(
    index_of: IndexOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What a busy moment left out is there the next time."""
    searcher = Searcher(index_of(*make_papers(3)))

    def refuse(*_: object) -> None:
        raise BudgetSpent(1.0)

    with monkeypatch.context() as patch:
        patch.setattr("search.answers.facet_counter.FacetCounter._count", refuse)
        assert not searcher.search(SearchRequest("deep")).facets["venue"]
    assert searcher.search(SearchRequest("deep")).facets["venue"]


def test_threads_get_the_same_answers(index_of: IndexOf) -> None:
    """Requests of several threads, new and repeated, get what one thread gets."""
    searcher = Searcher(index_of(*make_papers(30)))
    requests = [SearchRequest("deep", page=page, per_page=5) for page in range(1, 7)]
    expected = [searcher.search(request).hits for request in requests]
    other = Searcher(index_of(*make_papers(30)))
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda n: other.search(requests[n % 6]).hits, range(120)))
    assert found == [expected[n % 6] for n in range(120)]


def test_a_huge_answer_is_not_kept(index_of: IndexOf) -> None:
    """A page of texts that take too large a part of the memory is computed each time."""
    papers = [paper | {"abstract": "deep " * 20_000} for paper in make_papers(5)]
    searcher = Searcher(index_of(*papers))
    first = searcher.search(SearchRequest("deep"))
    assert searcher.search(SearchRequest("deep")).hits[0].paper is not first.hits[0].paper
    small = SearchRequest("deep", per_page=1)
    assert searcher.search(small).hits[0].paper is searcher.search(small).hits[0].paper


def test_a_bibliography_is_read_each_time(index_of: IndexOf) -> None:
    """A file may change, and a caller who may not read it gets no answer that another one got."""
    searcher, request = Searcher(index_of(*make_papers(3))), SearchRequest("deep in:a.bib")
    with open_bibliographies(lambda _: ("p0",)):
        assert searcher.search(request).total == 1
    with open_bibliographies(lambda _: ("p1", "p2")):
        assert searcher.search(request).total == 2
        assert searcher.search(replace(request, per_page=1)).total == 2
    with pytest.raises(BibliographyRefused):
        searcher.search(request)
