"""Test what a search shows of works and of their records, in every kind of answer."""

import pytest

from search.answers.broaden import broaden
from search.answers.index_views import (
    list_merged_ids,
    switch_view,
)
from search.answers.paper_lookup import find_paper
from search.answers.related import find_related
from search.answers.searcher import Searcher
from search.answers.why_not import explain_absence
from search.errors import PaperMissing
from search.language.parser import parse
from search.request.search_request import MAX_QUERY, SearchRequest, View
from tests.support.made_works import (
    EARLY,
    STORY,
    THIRD,
    Indexes,
    find_all,
)


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
    assert both.read_paper(EARLY, View.RECORDS).title == "Voices near the Haven"
    assert [paper.id for paper in both.read_records(work, 100)] == [STORY, EARLY, THIRD]
    assert both.read_records(work, 100)[0] == record
    assert both.read_paper("alone") == both.read_paper("alone", View.RECORDS)
    assert both.read_records(both.read_paper("alone"), 100) == ()
    for missing in ("story-early", "stor", "1901.00001", "", "lost"):  # the case of ids counts
        for view in View:
            with pytest.raises(PaperMissing):
                both.read_paper(missing, view)


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
     ("dup:no " + "x" * (MAX_QUERY - 7), "dup:no " + "x" * (MAX_QUERY - 7))],
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
    offered = {one.label: one for one in broaden(both, results).found}
    assert offered["merge duplicates"].total == 1
    kept = offered["without +title:harbour"]
    assert both.search(kept.request).view is View.RECORDS
    assert [*find_all(both, kept.request)] == [EARLY]
