"""Test how papers that a search hides are counted."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.answers import facet_counter
from search.answers.restrictions import MOST_PARTS, restrict_to_few
from search.answers.results import Hit
from search.answers.searcher import Searcher
from search.engines.engine import MOST_VALUES, Engine, FacetCounts
from search.planning.plan import AnyOf, Exact, Node, Plan, Term, all_of, any_of
from search.request.facets import Selection
from search.request.search_request import SearchRequest
from tests.support.random_plans import PLAN_LEAVES, nest_plans


@pytest.mark.parametrize("chosen", [("venue", "ICML"), ("status", "oral"), ("topic", "stars")])
def test_hidden_papers_do_not_decide_whether_a_query_is_widened(
    index_of: Callable[..., Path], chosen: tuple[str, str]
) -> None:
    """A query that shows too few papers is widened, and so it is with a value selected."""
    place = {"venue": "ICML", "topics": ["stars"]}
    papers = [{"id": f"p{n}", "title": f"Red blue green {n}", "status": "oral"} for n in range(9)]
    papers += [{"id": f"q{n}", "title": "Red blue green", "status": "rejected"} for n in range(9)]
    papers += [{"id": f"r{n}", "title": f"Red blue {n}", "status": "oral"} for n in range(2)]
    searcher = Searcher(index_of(*(paper | place for paper in papers)))
    request = SearchRequest("red blue green", facets=("venue", "status", "topic"))
    name, value = chosen
    plain = searcher.search(request)
    counts = {one.value: one.count for one in plain.facets[name]}
    narrowed = searcher.search(replace(request, selections={name: Selection((value,))}))
    assert plain.relaxed is not None
    assert narrowed.relaxed == plain.relaxed
    assert narrowed.total == counts[value] == 11


@pytest.mark.parametrize(
    ("query", "few", "passes"),
    [
        ("shown", 10, 1),  # none of the matches is hidden
        ("shown", 0, 2),
        ("paper", 10, 2),
        ("paper", 0, 2),
        ("paper status:withdrawn", 10, 1),  # nothing is hidden from it
    ],
)
def test_hidden_papers_are_counted_with_the_facets(
    index_of: Callable[..., Path],
    monkeypatch: pytest.MonkeyPatch,
    query: str,
    few: int,
    passes: int,
) -> None:
    """Facets and hidden papers of a few matches take one pass, and a second if any are hidden."""
    papers = [{"id": f"p{n}", "title": "Shown paper", "status": "oral"} for n in range(3)]
    papers.append({"id": "gone", "title": "Gone paper", "status": "withdrawn"})
    searcher = Searcher(index_of(*papers), cached_bytes=0)
    request = SearchRequest(query, facets=("venue", "status"))
    expected = searcher.search(request)
    engine, made = type(searcher.engine), list[Node]()
    count_facets = engine.count_facets

    def note_pass(
        self: Engine, match: Node, facets: Mapping[str, Node | None], limit: int = MOST_VALUES
    ) -> FacetCounts:
        made.append(match)
        return count_facets(self, match, facets, limit)

    monkeypatch.setattr(facet_counter, "_FEW", few)
    monkeypatch.setattr(engine, "count_facets", note_pass)
    results = searcher.search(request)
    assert (results.facets, results.concealed) == (expected.facets, expected.concealed)
    assert len(made) == passes


@given(match=st.recursive(PLAN_LEAVES, nest_plans, max_leaves=8))
def test_few_papers_are_the_same_in_each_part_of_a_query(
    sample_searcher: Searcher, match: Node
) -> None:
    """Whatever an OR is made of, its papers among the few are those of its parts among the few."""
    few = any_of([Exact("venue", "ICML"), Exact("venue", "ICLR")])
    expected = {hit.paper.id for hit in find_all(sample_searcher, match)}
    expected &= {hit.paper.id for hit in find_all(sample_searcher, few)}
    found = find_all(sample_searcher, restrict_to_few(match, few))
    assert {hit.paper.id for hit in found} == expected


def find_all(searcher: Searcher, match: Node) -> tuple[Hit, ...]:
    """Find all papers that match."""
    return searcher.find_hits(Plan(match, scored=False), searcher.manifest.documents)


def test_a_long_or_is_restricted_as_a_whole() -> None:
    """Thousands of ids are one set, to which each of the few papers is compared."""
    few = Exact("status", "withdrawn")
    ids = AnyOf(tuple(Exact("id", str(number)) for number in range(MOST_PARTS + 1)))
    assert restrict_to_few(ids, few) == all_of([few, ids])
    words = AnyOf((Term("text", "a"), Term("text", "b")))
    assert restrict_to_few(words, few) == AnyOf(tuple(all_of([few, w]) for w in words.children))


@pytest.mark.parametrize("others", [1, 100])
def test_many_hidden_papers_are_counted_like_few(
    index_of: Callable[..., Path], others: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However large the part of the papers that is hidden, their number is exact."""
    papers = [{"id": f"g{n}", "title": "Red blue", "status": "withdrawn"} for n in range(3)]
    papers += [{"id": f"p{n}", "title": f"Red blue {n}"} for n in range(others)]
    searcher = Searcher(index_of(*papers), cached_bytes=0)
    monkeypatch.setattr(facet_counter, "_FEW", 0)
    assert searcher.search(SearchRequest("red OR blue", facets=("venue",))).concealed == 3
