"""Check that all engines return the same papers, totals, facets, orders and highlights.

Every engine indexes the same papers, including works of several records, and gets the same
queries. Scores agree too, except in their last digits and for phrases with slop (see the README of
`search.engines`).
"""

import threading
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from index.build.operations import build
from index.engines.engine import ENGINES
from index.settings import BuildSettings
from search.answers.results import Results
from search.answers.searcher import Searcher
from search.engines.tantivy_queries import MANY
from search.planning.plan import (
    Anything,
    Exact,
    Node,
    Numbers,
    Plan,
    Without,
    all_of,
    any_of,
)
from search.request.facets import FACETS, find_index_field
from search.request.search_request import SORTS, SWITCHES, SearchRequest, View
from tests.support.cluster import list_engines, scores_exactly
from tests.support.engine_queries import FILTERED, QUERIES, make_records
from tests.support.hit_lists import list_ids, read_pages
from tests.support.made_works import Record, make_documents, make_works, write_index
from tests.support.paths import SAMPLE

REQUESTS = [
    *(SearchRequest(query, facets=tuple(FACETS), per_page=100) for query in QUERIES),
    *(SearchRequest(query, s, facets=tuple(FACETS), per_page=100) for query, s in FILTERED),
    *(
        SearchRequest(query, selections, facets=tuple(FACETS), per_page=100, hidden=True)
        for query, selections in [("deep", {}), ("learning -graph", {}), *FILTERED[:9]]
    ),
    *(
        SearchRequest(query, selections, facets=tuple(FACETS), per_page=100, view=View.RECORDS)
        for query, selections in [*((query, {}) for query in QUERIES[::9]), *FILTERED[::4]]
    ),
]


@pytest.fixture(scope="module")
def searchers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Searcher]:
    """Return a searcher over the same papers for every engine."""
    folder = tmp_path_factory.mktemp("engines")
    sample = map(msgspec.json.decode, SAMPLE.read_bytes().splitlines())
    singles: dict[object, Record] = {record["id"]: record for record in (*sample, *make_records())}
    kept = make_documents(*([record] for record in singles.values()), *make_works())
    return {name: Searcher(write_index(folder / name, kept, name)) for name in list_engines()}


def list_names(searchers: dict[str, Searcher]) -> list[str]:
    """Return the engines, first the one that the others are compared with."""
    return ["whoosh", *(name for name in searchers if name != "whoosh")]


def list_scores(found: list[Results]) -> dict[str, float]:
    """Return the score of every hit."""
    return {hit.paper.id: hit.score for page in found for hit in page.hits}


def name_request(request: SearchRequest) -> str:
    """Name a request in the list of tests."""
    switches = [name for name in SWITCHES if getattr(request, name)]
    return repr((request.query, *request.selections, *switches))


def test_there_are_enough_queries() -> None:
    """There are at least 150 queries, without repetition."""
    assert len(set(QUERIES)) == len(QUERIES) >= 150


@pytest.mark.parametrize("request_", REQUESTS, ids=name_request)
def test_engines_return_the_same_results(
    searchers: dict[str, Searcher], request_: SearchRequest
) -> None:
    """Hits, total, facets, hidden papers, widening and suggestion are the same on every engine."""
    found = {name: read_pages(searcher, request_) for name, searcher in searchers.items()}
    expected = found.pop("whoosh")
    first = expected[0]
    assert len(list_ids(expected)) == len(set(list_ids(expected))) == first.total
    for name, answer in found.items():
        assert answer[0].total == first.total
        assert sorted(list_ids(answer)) == sorted(list_ids(expected))
        assert answer[0].facets == first.facets
        assert answer[0].concealed == first.concealed
        assert answer[0].relaxed == first.relaxed
        assert answer[0].suggestion == first.suggestion
        if "~" not in request_.query and scores_exactly(name):
            assert list_scores(answer) == pytest.approx(list_scores(expected), rel=1e-4)


@pytest.mark.parametrize("request_", REQUESTS, ids=name_request)
def test_highlights_are_the_same(searchers: dict[str, Searcher], request_: SearchRequest) -> None:
    """Titles and abstracts of the first hits are highlighted alike on every engine."""
    marked = []
    for searcher in searchers.values():
        found = searcher.search(replace(request_, facets=(), sort="title"))
        html = found.highlighter.mark_html
        marked.append([(html(hit.paper.title), html(hit.paper.abstract)) for hit in found.hits])
    assert all(one == marked[0] for one in marked)


@pytest.mark.parametrize("sort", [sort for sort in SORTS if sort != "relevance"])
@pytest.mark.parametrize(("per_page", "requests"), [(7, REQUESTS[::36]), (100, REQUESTS[::12])])
def test_sorts_are_the_same(
    searchers: dict[str, Searcher], sort: str, per_page: int, requests: list[SearchRequest]
) -> None:
    """Every sort returns the same papers in the same order on every page, missing values too."""
    for request in (*requests, REQUESTS[0]):
        asked = replace(request, sort=sort, per_page=per_page, facets=())
        orders = [list_ids(read_pages(searcher, asked)) for searcher in searchers.values()]
        assert all(order == orders[0] for order in orders), request


@pytest.mark.parametrize("query", [query for query in QUERIES if query.count("~")])
@pytest.mark.parametrize("name", ENGINES)
def test_a_sort_does_not_change_the_total(
    searchers: dict[str, Searcher], name: str, query: str
) -> None:
    """The same number of papers match when they are scored, sorted or counted by a facet."""
    request = SearchRequest(query, facets=(), hidden=True)
    scored = searchers[name].search(request)
    ordered = searchers[name].search(replace(request, sort="oldest"))
    counted = searchers[name].engine.count_facets(scored.plan.match, {"id": None})["id"].counts
    assert {count for _, count in counted} <= {1}
    assert scored.total == ordered.total == len(counted)


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 1_000])
def test_the_most_frequent_values_are_the_same(searchers: dict[str, Searcher], limit: int) -> None:
    """The same values are listed if some are left out, and every engine says so."""
    fields = {find_index_field(name): None for name in FACETS}
    for query in ("*", "deep", "learning -graph"):
        match = searchers["whoosh"].search(SearchRequest(query)).plan.match
        one, *others = (searchers[name].engine for name in list_names(searchers))
        expected = one.count_facets(match, fields, limit)
        assert [other.count_facets(match, fields, limit) for other in others] == [expected] * len(
            others
        )
        every = one.count_facets(match, fields, 100_000)
        for field, found in expected.items():
            assert found.counts == every[field].counts[:limit]
            assert found.complete == (len(every[field].counts) <= limit)


FIELDS = ["text", "title_exact", "author", "author_key", "venue", "id", "topic", "title_key"]


@pytest.mark.parametrize("beginning", ["a", "de", "m", "made", "C", "机", "zz", "^", "arx"])
@pytest.mark.parametrize("field", FIELDS)
def test_completions_are_the_same(
    searchers: dict[str, Searcher], field: str, beginning: str
) -> None:
    """The same tokens have a prefix, as often, in all papers and in those that match."""
    one, *others = (searchers[name].engine for name in list_names(searchers))
    within = searchers["whoosh"].search(SearchRequest("deep")).plan.match
    for limit in (3, 1000):
        for only in (None, within):
            expected = one.complete(field, beginning, limit, only)
            found = [other.complete(field, beginning, limit, only) for other in others]
            assert found == [expected] * len(others)
            for token, count in expected[: 20 if only is None else 0]:
                counts = [engine.count_documents(field, token) for engine in (one, *others)]
                assert counts == [count] * len(counts)


def test_papers_are_the_same(searchers: dict[str, Searcher]) -> None:
    """An id finds the same bytes, of a work or of a record; an unknown id finds nothing."""
    for view in View:
        one, *others = (searchers[name].select_engine(view) for name in list_names(searchers))
        asked = SearchRequest(per_page=100, hidden=True, view=view)
        papers = list_ids(read_pages(searchers["whoosh"], asked))
        assert papers
        for paper in papers:
            expected = one.read_paper(paper)
            assert expected is not None
            assert all(other.read_paper(paper) == expected for other in others)
        assert all(each.read_paper("nothing") is None for each in (one, *others))
    assert searchers["whoosh"].read_paper("made-07").title == "deep graph again"


@pytest.mark.parametrize("count", [MANY - 1, MANY, 2 * MANY])
def test_many_ids_are_the_same(searchers: dict[str, Searcher], count: int) -> None:
    """Few or many ids find their papers, alone and beside others that must or must not match."""
    lines = SAMPLE.read_bytes().splitlines()[:count]
    ids = [msgspec.json.decode(line)["id"] for line in lines]
    every = any_of([Exact("id", one) for one in (*ids, "none")])
    recent = Numbers("year", 2015, None)
    nodes: list[Node] = [every, all_of([every, recent]), all_of([recent, Without(every)])]
    for node in nodes:
        plan = Plan(all_of([node, Anything()]))
        found = [one.find_hits(plan, 1_000) for one in searchers.values()]
        listed = [sorted((hit.paper.id, round(hit.score, 3)) for hit in hits) for hits in found]
        assert all(hits == listed[0] for hits in listed)
    assert len(searchers["tantivy"].find_hits(Plan(every), 1_000)) == len(ids)


def test_threads_get_the_same_results(tmp_path: Path) -> None:
    """Results that several threads get at once are those that one thread gets."""
    build(tmp_path, (str(SAMPLE),), BuildSettings(engine="whoosh"))
    shared = Searcher(tmp_path)
    asked = [replace(request, per_page=10) for request in REQUESTS[1:120:3]]
    expected = [Searcher(tmp_path).search(request) for request in asked]
    wrong: list[str] = []

    def search(start: int) -> None:
        for place in range(len(asked)):
            at = (place + start) % len(asked)
            found = shared.search(asked[at])
            if (list_ids([found]), found.facets) != (list_ids([expected[at]]), expected[at].facets):
                wrong.append(name_request(asked[at]))

    threads = [threading.Thread(target=search, args=(7 * number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
