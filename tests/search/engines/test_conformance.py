"""Answers: do all engines give the same papers, totals, facets, orders and marks?

The same papers, works of several records among them, are kept by every engine and asked the same.
The scores agree too, but for their last digits and but for phrases that may move (see the README
of search).
"""

import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from index.build.operations import build
from index.engines.engine import ENGINES
from index.settings import BuildSettings
from search.answers.results import Results
from search.answers.searcher import Searcher
from search.request.facets import FACETS
from search.request.search_request import SORTS, SWITCHES, SearchRequest, View
from tests.support.engine_queries import FILTERED, QUERIES, made_up
from tests.support.made_works import Record, documents, made_up_works, write_index
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
    """Give a searcher over the same papers for every engine."""
    folder = tmp_path_factory.mktemp("engines")
    sample = map(msgspec.json.decode, SAMPLE.read_bytes().splitlines())
    singles: dict[object, Record] = {record["id"]: record for record in (*sample, *made_up())}
    kept = documents(*([record] for record in singles.values()), *made_up_works())
    return {name: Searcher(write_index(folder / name, kept, name)) for name in ENGINES}


def pages(searcher: Searcher, request: SearchRequest) -> list[Results]:
    """Give all pages of an answer."""
    first = searcher.search(request)
    request = replace(request, facets=())
    later = range(2, first.pages + 1)
    return [first, *(searcher.search(replace(request, page=number)) for number in later)]


def ids(found: Sequence[Results]) -> list[str]:
    """Give the ids of all hits, in order."""
    return [hit.paper.id for page in found for hit in page.hits]


def scores(found: Sequence[Results]) -> dict[str, float]:
    """Give the score of every hit."""
    return {hit.paper.id: hit.score for page in found for hit in page.hits}


def named(request: SearchRequest) -> str:
    """Name a request in a list of tests."""
    switches = [name for name in SWITCHES if getattr(request, name)]
    return repr((request.query, *request.selections, *switches))


def test_there_are_enough_queries() -> None:
    """The table is as long as it says, and no query stands in it twice."""
    assert len(set(QUERIES)) == len(QUERIES) >= 150


@pytest.mark.parametrize("request_", REQUESTS, ids=named)
def test_engines_answer_alike(searchers: dict[str, Searcher], request_: SearchRequest) -> None:
    """Hits, total, facets, what is hidden, widened or suggested: the same from every engine."""
    found = {name: pages(searcher, request_) for name, searcher in searchers.items()}
    expected = found.pop("whoosh")
    first = expected[0]
    assert len(ids(expected)) == len(set(ids(expected))) == first.total
    for answer in found.values():
        assert answer[0].total == first.total
        assert sorted(ids(answer)) == sorted(ids(expected))
        assert answer[0].facets == first.facets
        assert answer[0].concealed == first.concealed
        assert answer[0].relaxed == first.relaxed
        assert answer[0].suggestion == first.suggestion
        if "~" not in request_.query:
            assert scores(answer) == pytest.approx(scores(expected), rel=1e-4)


@pytest.mark.parametrize("request_", REQUESTS, ids=named)
def test_engines_mark_alike(searchers: dict[str, Searcher], request_: SearchRequest) -> None:
    """Titles and abstracts of the first hits are marked alike, whoever found them."""
    marked = []
    for searcher in searchers.values():
        found = searcher.search(replace(request_, facets=(), sort="title"))
        html = found.highlighter.mark_html
        marked.append([(html(hit.paper.title), html(hit.paper.abstract)) for hit in found.hits])
    assert all(one == marked[0] for one in marked)


@pytest.mark.parametrize("sort", [sort for sort in SORTS if sort != "relevance"])
@pytest.mark.parametrize("per_page", [7, 100])
def test_engines_sort_alike(searchers: dict[str, Searcher], sort: str, per_page: int) -> None:
    """Every sort gives the same papers in the same order, page by page, values or not."""
    for request in (*REQUESTS[::12], REQUESTS[0]):
        asked = replace(request, sort=sort, per_page=per_page, facets=())
        orders = [ids(pages(searcher, asked)) for searcher in searchers.values()]
        assert all(order == orders[0] for order in orders), request


@pytest.mark.parametrize("query", [query for query in QUERIES if query.count("~")])
@pytest.mark.parametrize("name", ENGINES)
def test_a_sort_changes_no_total(searchers: dict[str, Searcher], name: str, query: str) -> None:
    """As many papers match when they are scored, sorted and counted by a facet."""
    request = SearchRequest(query, facets=(), hidden=True)
    scored = searchers[name].search(request)
    ordered = searchers[name].search(replace(request, sort="oldest"))
    counted = searchers[name].engine.count_facets(scored.plan.match, {"id": None})["id"]
    assert {count for _, count in counted} <= {1}
    assert scored.total == ordered.total == len(counted)


FIELDS = ["text", "title_exact", "author", "author_key", "venue", "id", "topic", "title_key"]


@pytest.mark.parametrize("beginning", ["a", "de", "m", "made", "C", "机", "zz", "^", "arx"])
@pytest.mark.parametrize("field", FIELDS)
def test_engines_complete_alike(searchers: dict[str, Searcher], field: str, beginning: str) -> None:
    """The same tokens begin so, as often, in all papers and in those that match."""
    one, other = (searchers[name].engine for name in ("whoosh", "tantivy"))
    within = searchers["whoosh"].search(SearchRequest("deep")).plan.match
    for limit in (3, 1000):
        for only in (None, within):
            expected = one.complete(field, beginning, limit, only)
            assert other.complete(field, beginning, limit, only) == expected
            if only is None:
                for token, count in expected[:20]:
                    assert one.count_documents(field, token) == count
                    assert other.count_documents(field, token) == count


def test_engines_keep_the_same_papers(searchers: dict[str, Searcher]) -> None:
    """An id finds the same bytes, of a work or of a record; an id of none finds nothing."""
    for view in View:
        one, other = (searchers[name].select_engine(view) for name in ("whoosh", "tantivy"))
        asked = SearchRequest(per_page=100, hidden=True, view=view)
        papers = ids(pages(searchers["whoosh"], asked))
        assert papers
        for paper in papers:
            assert one.read_paper(paper) == other.read_paper(paper) is not None
        assert one.read_paper("nothing") is other.read_paper("nothing") is None
    assert searchers["whoosh"].read_paper("made-07").title == "deep graph again"


def test_many_threads_may_ask(tmp_path: Path) -> None:
    """Answers that several threads get at once are those that one gets."""
    build(tmp_path, (str(SAMPLE),), BuildSettings(engine="whoosh"))
    shared = Searcher(tmp_path)
    asked = [replace(request, per_page=10) for request in REQUESTS[1:120:3]]
    expected = [Searcher(tmp_path).search(request) for request in asked]
    wrong: list[str] = []

    def ask(start: int) -> None:
        for place in range(len(asked)):
            at = (place + start) % len(asked)
            found = shared.search(asked[at])
            if (ids([found]), found.facets) != (ids([expected[at]]), expected[at].facets):
                wrong.append(named(asked[at]))

    threads = [threading.Thread(target=ask, args=(7 * number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong
