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
from search.answers.broaden import reliefs
from search.answers.index_views import View, record_ids, seeing, views
from search.answers.paper_lookup import named_paper
from search.answers.related import similar
from search.answers.searcher import Searcher
from search.answers.why_not import why_not
from search.language.parser import parse
from search.planning.plan import Anything, Exact, Plan, Term, Without
from search.planning.translate import Translator
from search.request.facets import FACETS, Selection
from search.request.search_request import SearchRequest
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


@pytest.mark.parametrize("raw", [False, True])
@pytest.mark.parametrize("request_", REQUESTS, ids=lambda request: request.query)
def test_the_others_are_not_there(indexes: Indexes, request_: SearchRequest, *, raw: bool) -> None:
    """Hits, totals, facets, what is hidden, widened and offered: as if they were not kept."""
    asked = replace(request_, raw=raw, facets=tuple(FACETS))
    got = indexes.both.search(asked)
    expected = indexes.expected(raw=raw).search(replace(asked, raw=False))
    assert found(indexes.both, asked) == found(indexes.expected(raw=raw), replace(asked, raw=False))
    assert (got.total, got.facets) == (expected.total, expected.facets)
    assert (got.concealed, got.relaxed) == (expected.concealed, expected.relaxed)
    assert got.suggestion == expected.suggestion


@pytest.mark.parametrize("sort", ["newest", "cited", "title", "author"])
def test_sorts_and_pages_leave_the_others_out(indexes: Indexes, sort: str) -> None:
    """Every page of every sort is that of an index without the others."""
    for raw in (False, True):
        for page in range(1, 8):
            asked = SearchRequest("", sort=sort, page=page, per_page=9, hidden=True)
            got = indexes.both.search(replace(asked, raw=raw)).hits
            expected = indexes.expected(raw=raw).search(asked).hits
            assert [hit.paper for hit in got] == [hit.paper for hit in expected]


TOKENS = [name for name, kind in FIELDS.items() if kind not in {Kind.INTEGER, Kind.ORDER}]


@pytest.mark.parametrize("field", TOKENS)
def test_completions_count_what_is_found(indexes: Indexes, field: str) -> None:
    """Tokens that begin so, and how many papers have them: as if the others were not kept."""
    if field == "dup":
        return  # it is what tells them apart
    for raw in (False, True):
        got, expected = indexes.both.seen(raw=raw), indexes.expected(raw=raw).engine
        for beginning in ("a", "de", "work", "2", "C", "j", "story", "1", "v"):
            for limit in (1, 3, 1000):
                for within in (None, Term("text", "deep")):
                    completed = got.complete(field, beginning, limit, within)
                    assert completed == expected.complete(field, beginning, limit, within)
            for token, count in expected.complete(field, beginning, 30):
                assert got.count_documents(field, token) == count
                assert got.count_matches(Exact(field, token)) == count


@pytest.mark.parametrize(
    "text", ["re", "ada re", "author:li", "voi", "voices in", "deep", "ic", "topic:de", "type:"]
)
def test_what_is_typed_is_completed_from_works(indexes: Indexes, text: str) -> None:
    """Names, venues, topics, values and titles are offered with the counts of works."""
    assert indexes.both.suggest(text) == indexes.works.suggest(text)
    assert text == "type:" or indexes.works.suggest(text)


def test_an_id_is_of_one_paper(both: Searcher) -> None:
    """An id means the work, one that a work has not taken means the work too, or the record."""
    work = both.paper(STORY)
    assert work.abstract == "Lighthouses were measured."
    assert record_ids(work) == (STORY, EARLY, THIRD)
    assert both.paper(EARLY) == both.paper(THIRD) == work
    record = both.paper(STORY, raw=True)
    assert (record.abstract, record.id) == ("", STORY)
    assert both.paper(EARLY, raw=True).title == "Voices near the Harbor"
    assert [paper.id for paper in both.records(work)] == [STORY, EARLY, THIRD]
    assert both.records(work)[0] == record
    assert both.paper("alone") == both.paper("alone", raw=True)
    assert both.records(both.paper("alone")) == ()
    for missing in ("story-early", "stor", "1901.00001", "", "lost"):  # the case of ids counts
        for raw in (False, True):
            with pytest.raises(PaperMissing):
                both.paper(missing, raw=raw)


def test_engines_give_the_work_of_an_id(both: Searcher) -> None:
    """What an engine keeps under an id, without a view, is never one of a work's records."""
    view = both.engine
    assert isinstance(view, View)
    engine: Engine = view._engine  # noqa: SLF001 - what the views are of
    work = msgspec.msgpack.encode(both.paper(STORY))
    assert engine.read_paper(STORY) == view.read_paper(STORY) == work
    assert engine.read_paper(EARLY) is None
    assert (
        engine.read_paper("alone")
        == view.read_paper("alone")
        == both.seen(raw=True).read_paper("alone")
    )
    assert engine.count_matches(Anything()) > view.count_matches(Anything())


def test_without_works_nothing_is_left_out(indexes: Indexes) -> None:
    """Where no work has several records, the engine is asked as it is."""
    engine = indexes.works.engine
    assert not isinstance(engine, View)
    assert views(engine) == (engine, engine)
    assert indexes.works.seen(raw=True) is engine


@pytest.mark.parametrize(
    "text", [STORY, EARLY, "1901.00001", "arxiv:1901.00001", "id:Story-Early", "id:story-third",
             "https://arxiv.org/abs/1901.00001", "Voices in the Harbour"],
)  # fmt: skip
def test_a_name_means_the_work(both: Searcher, text: str) -> None:
    """Whatever identifier of whichever record is given, it is the work that is meant."""
    assert named_paper(both, text) == both.paper(STORY)
    if text not in (STORY, EARLY):  # without "id:" these are words
        assert [*found(both, SearchRequest(text))][:1] == [STORY]


@pytest.mark.parametrize(
    ("query", "raw"),
    [("harbour dup:no", True), ("dup:no AND harbour", True), ("harbour dup:yes", False),
     ("(harbour dup:no)", True), ("dup:no dup:yes harbour", False)],
)  # fmt: skip
@pytest.mark.parametrize("switch", [False, True])
def test_what_is_typed_counts_first(both: Searcher, query: str, *, raw: bool, switch: bool) -> None:
    """``dup:`` in a query says whether records are searched, whatever the address says."""
    results = both.search(SearchRequest(query, raw=switch, hidden=True))
    assert results.raw == raw
    assert {hit.paper.id for hit in results.hits} == ({STORY, THIRD} if raw else {STORY})
    assert results.interpreted == ("harbour dup:no" if raw else "harbour")
    again = both.search(SearchRequest(results.interpreted, hidden=True))
    assert [hit.paper for hit in again.hits] == [hit.paper for hit in results.hits]


@pytest.mark.parametrize(
    ("query", "shown"),
    [("harbour", "harbour"), ("a AND dup:no", "a AND dup:yes"), ("dup:no b", "dup:yes b"),
     ("dup:yes dup:no", "dup:yes dup:yes"), ("x" * 1_994 + "dup:no", "x" * 1_994 + "dup:no")],
)  # fmt: skip
def test_one_sees_the_others(query: str, shown: str) -> None:
    """The same search over works, or over records, is a request away, whatever was typed."""
    works = seeing(SearchRequest(query, raw=True, page=3, hidden=True), raw=False)
    assert (works.query, works.raw, works.page, works.hidden) == (shown, False, 1, True)
    assert seeing(works, raw=True).query == shown.replace("dup:yes", "dup:no")
    assert parse(works.query).raw is not True


def test_withdrawn_records_are_hidden_as_ever(both: Searcher) -> None:
    """A record that was turned down is hidden for its status, also where records are shown."""
    shown = both.search(SearchRequest("voices", raw=True))
    assert THIRD not in {hit.paper.id for hit in shown.hits}
    assert shown.concealed == 1
    assert both.search(SearchRequest("voices")).concealed == 0


def test_related_papers_are_works(both: Searcher) -> None:
    """Papers about the same are works, and a record's own work is not related to it."""
    for paper in (both.paper(STORY), both.paper(EARLY, raw=True)):
        hits = [hit.paper for hit in similar(both, paper).hits]
        assert "alone" in {hit.id for hit in hits}
        assert STORY not in {hit.id for hit in hits}
        assert all(both.paper(hit.id) == hit for hit in hits)


def test_a_record_is_judged_where_records_are_asked(both: Searcher) -> None:
    """Why a search misses a paper is said of the work, or of the record if records are searched."""
    work = both.paper(STORY)
    assert why_not(both, SearchRequest("lighthouses"), work).found
    judged = why_not(both, SearchRequest("lighthouses dup:no"), both.paper(STORY, raw=True))
    assert not judged.found
    assert [part.met for part in (judged.clause.parts or (judged.clause,))] == [False]
    assert why_not(both, SearchRequest("lighthouses", raw=True), both.paper(EARLY, raw=True)).found


def test_explanations_are_of_what_is_shown(both: Searcher) -> None:
    """The weights sum up to the score, though a work's record has the same id."""
    for raw in (False, True):
        for hit in both.explained(SearchRequest("voices harbour", raw=raw)).hits:
            assert hit.reasons
            assert sum(one.weight for one in hit.reasons) == pytest.approx(hit.score, rel=1e-3)


def test_works_help_where_records_do_not(both: Searcher) -> None:
    """Where no record has all that was asked for, the works that have it are offered."""
    asked = SearchRequest("+title:harbour +abstract:lighthouses dup:no")
    assert not both.search(asked).total
    offered = {relief.label: relief for relief in reliefs(both, asked)}
    assert offered["works instead of their records"].total == 1
    kept = offered["without +title:harbour"]
    assert both.search(kept.request).raw
    assert [*found(both, kept.request)] == [EARLY]


def test_what_is_left_out_scores_nothing(both: Searcher) -> None:
    """Leaving the others out changes no score: all papers score 1, and so do those that lack."""
    for match in (Anything(), Without(Term("text", "deep"))):
        for raw in (False, True):
            hits = both.seen(raw=raw).find(Plan(match), None, 0, 200).hits
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
    works, records = searcher.seen(raw=False), searcher.seen(raw=True)
    assert searcher.search(SearchRequest("tide")).total == works.count_matches(Anything()) == 700
    for field, token in (("text", "tide"), ("author_key", "ada reed")):
        assert (works.count_documents(field, token), records.count_documents(field, token)) == (
            700,
            1000,
        )
        assert works.complete(field, token[:3], 5) == [(token, 700)]
    assert [one.count for one in searcher.suggest("ada re") if one.kind == "author"] == [700]
