"""Answers: of a work that several records speak of, is only the work seen, or only the records?

An index of works and their records must answer as one that has nothing but the works, and, where
records are asked for, as one that has nothing but the records. On every engine.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import msgspec
import pytest

from index.engines.engine import ENGINES
from index.errors import PaperMissing
from index.fields import FIELDS, Kind
from search.answers.broaden import broaden
from search.answers.index_views import (
    FilteredEngine,
    list_merged_ids,
    open_views,
    switch_view,
)
from search.answers.paper_lookup import find_paper
from search.answers.related import find_related
from search.answers.searcher import Searcher
from search.answers.why_not import explain_absence
from search.language.parser import parse
from search.planning.plan import Anything, Exact, Plan, Term, Without
from search.planning.translate import Translator
from search.request.facets import FACETS, Selection
from search.request.search_request import SearchRequest, View
from tests.support.engine_queries import FILTERED, QUERIES
from tests.support.made_works import (
    EARLY,
    STORY,
    THIRD,
    Indexes,
    Record,
    documents,
    indexes_of,
    write_index,
)

if TYPE_CHECKING:
    from pathlib import Path

    from index.records import Paper
    from search.engines.engine import Engine


@pytest.fixture(scope="module", params=ENGINES)
def indexes(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Indexes:
    """Give the indexes, made with one engine."""
    return indexes_of(request.param, tmp_path_factory.mktemp("works"))


@pytest.fixture(scope="module")
def both(indexes: Indexes) -> Searcher:
    """Give the index that has everything."""
    return indexes.both


def found(searcher: Searcher, request: SearchRequest) -> dict[str, Paper]:
    """Give all hits by their ids."""
    hits: dict[str, Paper] = {}
    for page in range(1, 100):
        results = searcher.search(replace(request, page=page, per_page=100, facets=()))
        assert not hits.keys() & {hit.paper.id for hit in results.hits}
        hits |= {hit.paper.id: hit.paper for hit in results.hits}
        if len(hits) == results.total:
            return hits
    raise AssertionError


REQUESTS = [
    *(SearchRequest(query, hidden=at % 2 == 0) for at, query in enumerate(QUERIES[::2])),
    *(SearchRequest(query, selections) for query, selections in FILTERED),
    SearchRequest("voices harbor"),
    SearchRequest("author:reed"),
    SearchRequest("lighthouse", {"year": Selection(("2019",))}),
]


@pytest.mark.parametrize("view", View)
@pytest.mark.parametrize("request_", REQUESTS, ids=lambda request: request.query)
def test_a_view_answers_like_an_index_of_its_own(
    indexes: Indexes, request_: SearchRequest, view: View
) -> None:
    """Hits, totals, facets, hidden papers, widening and spelling ignore the other documents."""
    asked = replace(request_, view=view, facets=tuple(FACETS))
    plain = replace(asked, view=View.WORKS)
    got = indexes.both.search(asked)
    expected = indexes.expected(view).search(plain)
    assert found(indexes.both, asked) == found(indexes.expected(view), plain)
    assert (got.total, got.facets) == (expected.total, expected.facets)
    assert (got.concealed, got.relaxed) == (expected.concealed, expected.relaxed)
    assert got.suggestion == expected.suggestion


@pytest.mark.parametrize("sort", ["newest", "cited", "title", "author"])
def test_sorts_and_pages_leave_the_others_out(indexes: Indexes, sort: str) -> None:
    """Every page of every sort is that of an index without the other documents."""
    for view in View:
        for page in range(1, 8):
            asked = SearchRequest("", sort=sort, page=page, per_page=9, hidden=True)
            got = indexes.both.search(replace(asked, view=view)).hits
            expected = indexes.expected(view).search(asked).hits
            assert expected
            assert [hit.paper for hit in got] == [hit.paper for hit in expected]


TOKENS = [
    name
    for name, kind in FIELDS.items()
    if kind not in {Kind.INTEGER, Kind.ORDER} and name != "dup"  # which tells the views apart
]


@pytest.mark.parametrize("view", View)
@pytest.mark.parametrize("field", TOKENS)
def test_completions_are_counted_within_a_view(indexes: Indexes, field: str, view: View) -> None:
    """Completions and their counts are those of an index without the other documents."""
    got, expected = indexes.both.select_engine(view), indexes.expected(view).engine
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


@pytest.mark.parametrize(
    "text", ["re", "ada re", "author:li", "voi", "voices in", "deep", "ic", "topic:de", "type:"]
)
def test_what_is_typed_is_completed_from_works(indexes: Indexes, text: str) -> None:
    """Names, venues, topics, values and titles are offered with the counts of works."""
    assert indexes.both.suggest(text) == indexes.works.suggest(text)
    assert text == "type:" or indexes.works.suggest(text)


def test_an_id_is_of_one_paper(both: Searcher) -> None:
    """An id means the work, one that a work has not taken means the work too, or the record."""
    work = both.read_paper(STORY)
    assert work.abstract == "Lighthouses were measured."
    assert list_merged_ids(work) == (STORY, EARLY, THIRD)
    assert both.read_paper(EARLY) == both.read_paper(THIRD) == work
    record = both.read_paper(STORY, View.RECORDS)
    assert (record.abstract, record.id) == ("", STORY)
    assert both.read_paper(EARLY, View.RECORDS).title == "Voices near the Harbor"
    assert [paper.id for paper in both.read_records(work)] == [STORY, EARLY, THIRD]
    assert both.read_records(work)[0] == record
    assert both.read_paper("alone") == both.read_paper("alone", View.RECORDS)
    assert both.read_records(both.read_paper("alone")) == ()
    for missing in ("story-early", "stor", "1901.00001", "", "lost"):  # the case of ids counts
        for view in View:
            with pytest.raises(PaperMissing):
                both.read_paper(missing, view)


def test_engines_give_the_work_of_an_id(both: Searcher) -> None:
    """What an engine keeps under an id, without a view, is never one of a work's records."""
    view, records = both.engine, both.select_engine(View.RECORDS)
    assert isinstance(view, FilteredEngine)
    engine: Engine = view._engine  # noqa: SLF001 - what the views are of
    work = msgspec.msgpack.encode(both.read_paper(STORY))
    assert engine.read_paper(STORY) == view.read_paper(STORY) == work
    assert engine.read_paper(EARLY) is None
    assert engine.read_paper("alone") == view.read_paper("alone") == records.read_paper("alone")
    assert engine.count_matches(Anything()) > view.count_matches(Anything())


def test_without_works_nothing_is_left_out(indexes: Indexes) -> None:
    """Where no work has several records, the engine is asked as it is."""
    engine = indexes.works.engine
    assert not isinstance(engine, FilteredEngine)
    assert open_views(engine) == {View.WORKS: engine, View.RECORDS: engine}
    assert indexes.works.select_engine(View.RECORDS) is engine


@pytest.mark.parametrize(
    "text", [STORY, EARLY, "1901.00001", "arxiv:1901.00001", "id:Story-Early", "id:story-third",
             "https://arxiv.org/abs/1901.00001", "Voices in the Harbour"],
)  # fmt: skip
def test_a_name_means_the_work(both: Searcher, text: str) -> None:
    """Whatever identifier of whichever record is given, it is the work that is meant."""
    assert find_paper(both, text) == both.read_paper(STORY)
    if text not in (STORY, EARLY):  # without "id:" these are words
        assert [*found(both, SearchRequest(text))][:1] == [STORY]


@pytest.mark.parametrize(
    ("query", "view"),
    [("harbour records:yes", View.RECORDS), ("records:yes AND harbour", View.RECORDS),
     ("harbour records:no", View.WORKS), ("(harbour records:yes)", View.RECORDS),
     ("harbour dup:no", View.RECORDS), ("harbour dup:yes", View.WORKS),
     ("records:yes records:no harbour", View.WORKS)],
)  # fmt: skip
@pytest.mark.parametrize("parameter", View)
def test_the_switch_in_a_query_overrides_the_parameter(
    both: Searcher, query: str, view: View, parameter: View
) -> None:
    """``records:`` in a query selects the view, whatever the parameter says."""
    results = both.search(SearchRequest(query, view=parameter, hidden=True))
    assert results.view is view
    records = view is View.RECORDS
    assert {hit.paper.id for hit in results.hits} == ({STORY, THIRD} if records else {STORY})
    assert results.interpreted == ("harbour records:yes" if records else "harbour")
    again = both.search(SearchRequest(results.interpreted, hidden=True))
    assert [hit.paper for hit in again.hits] == [hit.paper for hit in results.hits]


@pytest.mark.parametrize(
    ("query", "shown"),
    [("harbour", "harbour"), ("a AND records:yes", "a AND records:no"),
     ("records:yes b", "records:no b"), ("dup:no b", "records:no b"),
     ("records:no records:yes", "records:no records:no"),
     ("dup:no " + "x" * 1_993, "dup:no " + "x" * 1_993)],
)  # fmt: skip
def test_switching_the_view_replaces_the_switches(query: str, shown: str) -> None:
    """A request switches between works and records whatever its query says, unless too long."""
    request = SearchRequest(query, view=View.RECORDS, page=3, hidden=True)
    works = switch_view(request, parse(query), View.WORKS)
    assert works == SearchRequest(shown, view=View.WORKS, hidden=True)
    back = switch_view(works, parse(works.query), View.RECORDS)
    assert back.query == shown.replace("records:no", "records:yes")


def test_withdrawn_records_are_hidden_as_ever(both: Searcher) -> None:
    """A record that was turned down is hidden for its status, also where records are shown."""
    shown = both.search(SearchRequest("voices", view=View.RECORDS))
    assert THIRD not in {hit.paper.id for hit in shown.hits}
    assert shown.concealed == 1
    assert both.search(SearchRequest("voices")).concealed == 0


def test_related_papers_are_works(both: Searcher) -> None:
    """Papers about the same are works, and a record's own work is not related to it."""
    for paper in (both.read_paper(STORY), both.read_paper(EARLY, View.RECORDS)):
        hits = [hit.paper for hit in find_related(both, paper).hits]
        assert "alone" in {hit.id for hit in hits}
        assert STORY not in {hit.id for hit in hits}
        assert all(both.read_paper(hit.id) == hit for hit in hits)


def test_a_record_is_judged_where_records_are_asked(both: Searcher) -> None:
    """Why a search misses a paper is said of the work, or of the record if records are searched."""
    assert explain_absence(both, SearchRequest("lighthouses"), STORY).found
    judged = explain_absence(both, SearchRequest("lighthouses records:yes"), STORY)
    assert not judged.found
    assert [part.met for part in (judged.clause.parts or (judged.clause,))] == [False]
    records = SearchRequest("lighthouses", view=View.RECORDS)
    assert explain_absence(both, records, EARLY).found


def test_explanations_are_of_what_is_shown(both: Searcher) -> None:
    """The weights sum up to the score, though a work's record has the same id."""
    for view in View:
        hits = both.explain(SearchRequest("voices harbour", view=view)).hits
        sums = [sum(one.weight for one in hit.reasons or ()) for hit in hits]
        assert sums
        assert sums == pytest.approx([hit.score for hit in hits], rel=1e-3)


def test_works_help_where_records_do_not(both: Searcher) -> None:
    """Where no record has all that was asked for, the works that have it are offered."""
    asked = SearchRequest("+title:harbour +abstract:lighthouses records:yes")
    results = both.search(asked)
    assert not results.total
    offered = {one.label: one for one in broaden(both, results)}
    assert offered["merge duplicates"].total == 1
    kept = offered["without +title:harbour"]
    assert both.search(kept.request).view is View.RECORDS
    assert [*found(both, kept.request)] == [EARLY]


def test_what_is_left_out_scores_nothing(both: Searcher) -> None:
    """Leaving the others out changes no score: all papers score 1, and so do those that lack."""
    for match in (Anything(), Without(Term("text", "deep"))):
        for view in View:
            hits = both.select_engine(view).find(Plan(match), None, 0, 200).hits
            assert {score for score, _ in hits} == {1.0}
    node = Translator(both.engine).translate(parse("graph").query)
    scores = {score for score, _ in both.engine.find(Plan(node), None, 0, 200).hits}
    assert len(scores) > 1


def test_frequent_words_are_estimated_and_values_counted(tmp_path: Path) -> None:
    """A word in very many documents is weighed as if works had it as often; a value is counted."""
    alone: list[list[Record]] = [
        [{"id": f"a{n}", "title": "tide", "authors": ["Ada Reed"]}] for n in range(400)
    ]
    several: list[list[Record]] = [
        [{"id": f"{n}{at}", "title": "tide", "authors": ["Ada Reed"]} for at in "bc"]
        for n in range(300)
    ]
    searcher = Searcher(write_index(tmp_path, documents(*alone, *several)))
    works, records = map(searcher.select_engine, View)
    assert searcher.search(SearchRequest("tide")).total == works.count_matches(Anything()) == 700
    for field, token in (("text", "tide"), ("author_key", "ada reed")):
        assert (works.count_documents(field, token), records.count_documents(field, token)) == (
            700,
            1000,
        )
        assert works.complete(field, token[:3], 5) == [(token, 700)]
    assert [one.count for one in searcher.suggest("ada re") if one.kind == "author"] == [700]
