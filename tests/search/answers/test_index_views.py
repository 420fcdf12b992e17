"""Test that a search shows either works or their records, on every engine.

An index of works and records must answer like an index of only the works, and, if records are
selected, like an index of only the records.
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
    """Build the indexes with each engine."""
    return indexes_of(request.param, tmp_path_factory.mktemp("works"))


@pytest.fixture(scope="module")
def both(indexes: Indexes) -> Searcher:
    """Return the index of works and records."""
    return indexes.both


def find_all(searcher: Searcher, request: SearchRequest) -> dict[str, Paper]:
    """Return all hits of a search by id."""
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
    assert find_all(indexes.both, asked) == find_all(indexes.expected(view), plain)
    assert (got.total, got.facets) == (expected.total, expected.facets)
    assert (got.concealed, got.relaxed) == (expected.concealed, expected.relaxed)
    assert got.suggestion == expected.suggestion


@pytest.mark.parametrize("view", View)
@pytest.mark.parametrize("sort", ["newest", "cited", "title", "author"])
def test_sorts_and_pages_leave_the_others_out(indexes: Indexes, sort: str, view: View) -> None:
    """Every page of every sort is that of an index without the other documents."""
    pages = [SearchRequest(sort=sort, page=n, per_page=9, hidden=True) for n in range(1, 8)]
    got = [indexes.both.search(replace(page, view=view)).hits for page in pages]
    expected = [indexes.expected(view).search(page).hits for page in pages]
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
def test_completions_come_from_works(indexes: Indexes, text: str) -> None:
    """Names, venues, topics, values and titles are completed with the counts of works."""
    assert indexes.both.suggest(text) == indexes.works.suggest(text)
    assert text == "type:" or indexes.works.suggest(text)


def test_an_id_names_one_paper(both: Searcher) -> None:
    """The id of any record of a work reads the work, or the record if records are selected."""
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


def test_engines_read_works_by_id(both: Searcher) -> None:
    """Without a view, an engine reads the work under an id and never one of its records."""
    view, records = both.engine, both.select_engine(View.RECORDS)
    assert isinstance(view, FilteredEngine)
    engine: Engine = view._engine  # noqa: SLF001 - the engine behind the view
    work = msgspec.msgpack.encode(both.read_paper(STORY))
    assert engine.read_paper(STORY) == view.read_paper(STORY) == work
    assert engine.read_paper(EARLY) is None
    assert engine.read_paper("alone") == view.read_paper("alone") == records.read_paper("alone")
    assert engine.count_matches(Anything()) > view.count_matches(Anything())


def test_without_merged_works_the_engine_is_the_view(indexes: Indexes) -> None:
    """If no work has several records, both views are the engine itself."""
    engine = indexes.works.engine
    assert not isinstance(engine, FilteredEngine)
    assert open_views(engine) == {View.WORKS: engine, View.RECORDS: engine}
    assert indexes.works.select_engine(View.RECORDS) is engine


@pytest.mark.parametrize(
    "text", [STORY, EARLY, "1901.00001", "arxiv:1901.00001", "id:Story-Early", "id:story-third",
             "https://arxiv.org/abs/1901.00001", "Voices in the Harbour"],
)  # fmt: skip
def test_every_identifier_names_the_work(both: Searcher, text: str) -> None:
    """Any identifier of any record names the work."""
    assert find_paper(both, text) == both.read_paper(STORY)
    if text not in (STORY, EARLY):  # without "id:" these are words
        assert [*find_all(both, SearchRequest(text))][:1] == [STORY]


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


def test_rejected_records_are_hidden(both: Searcher) -> None:
    """A rejected record is hidden among records and does not hide its work."""
    shown = both.search(SearchRequest("voices", view=View.RECORDS))
    assert THIRD not in {hit.paper.id for hit in shown.hits}
    assert shown.concealed == 1
    assert both.search(SearchRequest("voices")).concealed == 0


def test_related_papers_are_works(both: Searcher) -> None:
    """Related papers are works; a work is not related to itself or to its records."""
    for paper in (both.read_paper(STORY), both.read_paper(EARLY, View.RECORDS)):
        hits = [hit.paper for hit in find_related(both, paper).hits]
        assert "alone" in {hit.id for hit in hits}
        assert STORY not in {hit.id for hit in hits}
        assert all(both.read_paper(hit.id) == hit for hit in hits)


def test_why_not_judges_what_is_searched(both: Searcher) -> None:
    """The paper judged is the work, or the record if records are searched."""
    assert explain_absence(both, SearchRequest("lighthouses"), STORY).found
    judged = explain_absence(both, SearchRequest("lighthouses records:yes"), STORY)
    assert not judged.found
    assert [part.met for part in (judged.clause.parts or (judged.clause,))] == [False]
    records = SearchRequest("lighthouses", view=View.RECORDS)
    assert explain_absence(both, records, EARLY).found


@pytest.mark.parametrize("view", View)
def test_explanations_use_the_same_view(both: Searcher, view: View) -> None:
    """The weights add up to the score although a record has the same id as its work."""
    hits = both.explain(SearchRequest("voices harbour", view=view)).hits
    sums = [sum(one.weight for one in hit.reasons or ()) for hit in hits]
    assert sums
    assert sums == pytest.approx([hit.score for hit in hits], rel=1e-3)


def test_merging_is_offered_if_no_record_matches(both: Searcher) -> None:
    """If no record meets all clauses but a work does, searching works is offered."""
    asked = SearchRequest("+title:harbour +abstract:lighthouses records:yes")
    results = both.search(asked)
    assert not results.total
    offered = {one.label: one for one in broaden(both, results)}
    assert offered["merge duplicates"].total == 1
    kept = offered["without +title:harbour"]
    assert both.search(kept.request).view is View.RECORDS
    assert [*find_all(both, kept.request)] == [EARLY]


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
