"""Test how papers that a search hides are counted."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from search.answers import facet_counter
from search.answers.searcher import Searcher
from search.engines.engine import MOST_VALUES, Engine, FacetCounts
from search.planning.plan import Node
from search.request.facets import Selection
from search.request.search_request import SearchRequest


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
