"""Test that a search shows either works or their records, on every engine.

An index of works and records must answer like an index of only the works, and, if records are
selected, like an index of only the records.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
import pytest

from index.fields import FIELDS, Kind
from search.answers.former_names import PresentNames
from search.answers.index_views import (
    FilteredEngine,
    open_views,
)
from search.answers.searcher import Searcher
from search.engines.checked_engine import CheckedEngine
from search.language.parser import parse
from search.planning.plan import Anything, Exact, Plan, Term, Without
from search.planning.translate import Translator
from search.request.facets import FACETS, Selection
from search.request.search_request import SearchRequest, View
from tests.support.engine_queries import FILTERED, QUERIES
from tests.support.made_works import (
    EARLY,
    STORY,
    Indexes,
    Record,
    find_all,
    make_documents,
    write_index,
)

if TYPE_CHECKING:
    from pathlib import Path

    from search.engines.engine import Engine


REQUESTS = [
    *(SearchRequest(query, hidden=at % 2 == 0) for at, query in enumerate(QUERIES[::2])),
    *(SearchRequest(query, selections) for query, selections in FILTERED),
    SearchRequest("voices haven"),
    SearchRequest("author:reed"),
    SearchRequest("lighthouse", {"year": Selection(("2019",))}),
]


def unwrap(engine: Engine) -> Engine:
    """Return the view behind what replaces former names."""
    assert isinstance(engine, PresentNames)
    return engine._engine  # noqa: SLF001 - the view behind it


@pytest.mark.parametrize("view", View)
@pytest.mark.parametrize("request_", REQUESTS, ids=lambda request: request.query)
def test_a_view_answers_like_an_index_of_its_own(
    indexes: Indexes, request_: SearchRequest, view: View
) -> None:
    """Hits, totals, facets, hidden papers, widening and spelling ignore the other documents."""
    asked = replace(request_, view=view, facets=tuple(FACETS))
    plain = replace(asked, view=View.WORKS)
    got = indexes.both.search(asked)
    expected = indexes.index_of_view(view).search(plain)
    assert find_all(indexes.both, asked) == find_all(indexes.index_of_view(view), plain)
    assert (got.total, got.facets) == (expected.total, expected.facets)
    assert (got.concealed, got.relaxed) == (expected.concealed, expected.relaxed)
    assert got.suggestion == expected.suggestion


@pytest.mark.parametrize("view", View)
@pytest.mark.parametrize("sort", ["newest", "cited", "title", "author"])
def test_sorts_and_pages_leave_the_others_out(indexes: Indexes, sort: str, view: View) -> None:
    """Every page of every sort is that of an index without the other documents."""
    pages = [SearchRequest(sort=sort, page=n, per_page=9, hidden=True) for n in range(1, 8)]
    got = [indexes.both.search(replace(page, view=view)).hits for page in pages]
    expected = [indexes.index_of_view(view).search(page).hits for page in pages]
    assert all(expected)
    assert [[hit.paper for hit in hits] for hits in got] == [
        [hit.paper for hit in hits] for hits in expected
    ]


TOKENS = [
    name
    for name, kind in FIELDS.items()
    if kind not in {Kind.INTEGER, Kind.ORDER} and name != "dup"  # which tells the views apart
]


@pytest.mark.parametrize("view", View)
@pytest.mark.parametrize("field", TOKENS)
def test_completions_are_counted_within_a_view(indexes: Indexes, field: str, view: View) -> None:
    """Completions and their counts are those of an index without the other documents."""
    got, expected = indexes.both.select_engine(view), indexes.index_of_view(view).engine
    counted: dict[str, int] = {}
    for beginning in ("a", "de", "work", "2", "C", "j", "story", "1", "v", "o", "O", "en"):
        for limit in (1, 3, 1000):
            for within in (None, Term("text", "deep")):
                completed = got.complete(field, beginning, limit, within)
                assert completed == expected.complete(field, beginning, limit, within)
        counted |= dict(expected.complete(field, beginning, 30))
    assert counted
    assert {token: got.count_documents(field, token) for token in counted} == counted
    assert {token: got.count_matches(Exact(field, token)) for token in counted} == counted


def test_engines_read_works_by_id(both: Searcher) -> None:
    """Without a view, an engine reads the work under an id and never one of its records."""
    view, records = both.engine, both.select_engine(View.RECORDS)
    filtered = unwrap(view)
    assert isinstance(filtered, FilteredEngine)
    engine: Engine = filtered._engine  # noqa: SLF001 - the engine behind the view
    work = msgspec.msgpack.encode(both.read_paper(STORY))
    assert engine.read_paper(STORY) == view.read_paper(STORY) == work
    assert engine.read_paper(EARLY) is None
    assert engine.read_paper("alone") == view.read_paper("alone") == records.read_paper("alone")
    assert engine.count_matches(Anything()) > view.count_matches(Anything())


def test_all_papers_of_a_view_are_counted_once(
    both: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A search that asks how many papers there are does not pass over all of them each time."""
    for view in View:
        engine = unwrap(both.select_engine(view))
        found = engine.count_matches(Anything())
        assert found == engine.find(Plan(Anything(), scored=False), None, 0, 1).total
        with monkeypatch.context() as patched:
            patched.delattr(CheckedEngine, "count_matches")
            assert engine.count_matches(Anything()) == found


def test_without_merged_works_the_engine_is_the_view(indexes: Indexes) -> None:
    """If no work has several records, both views are the engine itself."""
    engine = unwrap(indexes.works.engine)
    assert not isinstance(engine, FilteredEngine)
    assert open_views(engine) == {View.WORKS: engine, View.RECORDS: engine}
    assert unwrap(indexes.works.select_engine(View.RECORDS)) is engine


def test_views_do_not_change_scores(both: Searcher) -> None:
    """The exclusion of other documents adds nothing to a score."""
    for match in (Anything(), Without(Term("text", "deep"))):
        for view in View:
            hits = both.select_engine(view).find(Plan(match), None, 0, 200).hits
            assert {score for score, _ in hits} == {1.0}
    node = Translator(both.engine).translate(parse("graph").query)
    scores = {score for score, _ in both.engine.find(Plan(node), None, 0, 200).hits}
    assert len(scores) > 1


def test_counts_of_frequent_words_are_estimates(tmp_path: Path) -> None:
    """The works with a very frequent word are estimated, those with a value counted."""
    alone: list[list[Record]] = [
        [{"id": f"a{n}", "title": "tide", "authors": ["Ada Reed"]}] for n in range(400)
    ]
    several: list[list[Record]] = [
        [{"id": f"{n}{at}", "title": "tide", "authors": ["Ada Reed"]} for at in "bc"]
        for n in range(300)
    ]
    searcher = Searcher(write_index(tmp_path, make_documents(*alone, *several)))
    works, records = map(searcher.select_engine, View)
    assert searcher.search(SearchRequest("tide")).total == works.count_matches(Anything()) == 700
    for field, token in (("text", "tide"), ("author_key", "ada reed")):
        assert (works.count_documents(field, token), records.count_documents(field, token)) == (
            700,
            1000,
        )
        assert works.complete(field, token[:3], 5) == [(token, 700)]
    assert [one.count for one in searcher.suggest("ada re") if one.kind == "author"] == [700]
