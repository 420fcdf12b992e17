"""Check how the engine of clusters reads deep pages, and how seldom it asks the cluster."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.build.operations import build
from index.engines.cluster_folder import read_location
from index.engines.errors import ClusterFailed, ClusterUnready, ClusterUnusable
from index.engines.opensearch_client import Cluster, Json, connect
from index.engines.token_counts import TokenCounts
from index.settings import BuildSettings
from index.store.generations import ENGINE, find_current_folder
from search.answers.searcher import Searcher
from search.engines.engine import Order
from search.engines.opensearch import OpenSearchEngine, choose_factor
from search.engines.opensearch_pages import DeepPages
from search.planning.plan import Anything, Exact, Plan, Term, Without, all_of
from search.request.facets import FACETS
from search.request.search_request import SearchRequest
from tests.support.cluster import OPENSEARCH, ranks_hits, use_cluster
from tests.support.paths import SAMPLE

WINDOW = 50


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the sample on three shards; the test server only pretends to have several."""
    use_cluster()
    directory = tmp_path_factory.mktemp("cluster")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAPERS_OPENSEARCH_SHARDS", "3")
        build(directory, (str(SAMPLE),), BuildSettings(engine=OPENSEARCH))
    return directory


@pytest.fixture
def engine(index: Path) -> OpenSearchEngine:
    """Open the sample with an engine that turns the first 50 hits only by their number."""
    folder = find_current_folder(index) / ENGINE
    location = read_location(folder)
    assert location.shards == 3
    opened = OpenSearchEngine(connect(), location, TokenCounts(folder))
    opened.pages = DeepPages(connect(), location.index, WINDOW)
    return opened


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Note the paths of the requests that are sent."""
    sent: list[str] = []
    request = Cluster.request

    def note(cluster: Cluster, method: str, path: str, *args: object, **options: object) -> object:
        sent.append(path)
        return request(cluster, method, path, *args, **options)  # type: ignore[arg-type]  # passed on

    monkeypatch.setattr(Cluster, "request", note)
    yield sent
    assert all(path.startswith("/") for path in sent)


@pytest.mark.parametrize("order", [Order("id"), Order("title_order"), Order("citations", True)])
def test_deep_pages_follow_each_other(engine: OpenSearchEngine, order: Order) -> None:
    """Pages beyond the window continue where the others end, read in any order."""
    every = Plan(Anything())
    whole = [
        hit for start in range(0, 500, 40) for hit in engine.find(every, order, start, 40).hits
    ]
    total = engine.count_matches(Anything())
    assert len(whole) == len({record for _, record in whole}) == total
    for start in (WINDOW - 1, 333, WINDOW + 1, 2 * WINDOW, 60):
        assert engine.find(every, order, start, 7).hits == whole[start : start + 7]
    assert engine.find(every, order, 10, 2 * WINDOW).hits == whole[10 : 10 + 2 * WINDOW]
    beyond = engine.find(every, order, total + 5, 10)
    assert (beyond.total, beyond.hits) == (total, [])


@pytest.mark.parametrize("failure", [ClusterFailed, ClusterUnready])
def test_a_lost_point_in_time_is_opened_again(
    engine: OpenSearchEngine, failure: type[ClusterUnusable], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A node that leaves takes its part of a point in time with it; the page is read in another."""
    every, order = Plan(Anything()), Order("id")
    page = engine.find(every, order, 2 * WINDOW, 7).hits
    search, failures = Cluster.search, [failure("u", "the node left")]

    def fail_once(cluster: Cluster, index: str, body: Json, params: Json) -> Json:
        if not index and failures:
            raise failures.pop()
        return search(cluster, index, body, params)

    monkeypatch.setattr(Cluster, "search", fail_once)
    assert engine.find(every, order, 2 * WINDOW, 7).hits == page
    assert not failures


@pytest.mark.skipif(not ranks_hits(OPENSEARCH), reason="the test server leaves hits out")
def test_deep_pages_of_scores_follow_each_other(engine: OpenSearchEngine) -> None:
    """So do pages of ranked hits, of which many have the same score."""
    plan = Plan(Anything(), (Term("text", "learn"),))
    whole = engine.find(plan, None, 0, 1_000).hits
    pages = [hit for start in range(0, 500, 40) for hit in engine.find(plan, None, start, 40).hits]
    assert pages == whole


def test_an_export_reads_each_hit_once(engine: OpenSearchEngine, asked: list[str]) -> None:
    """A batch beyond the window takes two requests, wherever it begins: its total, and its hits."""
    every, order = Plan(Anything(), scored=False), Order("title_order")
    engine.find(every, order, WINDOW, 20)
    del asked[:]
    engine.find(every, order, WINDOW + 20, 20)
    assert len(asked) == 2


@pytest.mark.parametrize("query", ["deep learning", "attention is all you need", "author:hinton"])
def test_a_page_of_results_takes_few_requests(index: Path, asked: list[str], query: str) -> None:
    """Hits and facets are one request each; the words of a query are counted without any."""
    searcher = Searcher(index)
    del asked[:]
    found = searcher.search(SearchRequest(query, facets=tuple(FACETS)))
    assert found.total
    assert len(asked) <= 2


def test_counts_of_words_take_no_request(engine: OpenSearchEngine, asked: list[str]) -> None:
    """Words are counted and completed from the file, also in one view of the index."""
    works = [Without(Exact("dup", "row")), Without(Exact("dup", "part"))]
    known = engine.count_documents("text", "learn")
    assert known
    assert engine.count_matches(all_of([Exact("text", "learn"), *works])) == known
    often = engine.count_documents("title_exact", "learning")
    assert engine.complete("title_exact", "learn", 1) == [("learning", often)]
    assert engine.complete("title_exact", "learn", 1, all_of([Anything(), *works]))
    assert not asked
    assert engine.count_documents("id", "vaswani-2017-attention") == 1
    assert engine.count_documents("id", "vaswani-2017-attention") == len(asked) == 1


def test_scores_depend_on_the_version() -> None:
    """OpenSearch 3 leaves a factor out of BM25 that its older versions and Elasticsearch keep."""
    assert choose_factor("opensearch 3.1.0") == choose_factor("opensearch 4.0.0") == 2.2
    assert choose_factor("opensearch 2.19.1") == choose_factor("elasticsearch 8.15.0") == 1.0
