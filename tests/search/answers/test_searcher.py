"""Test that a searcher keeps answering while its index is rebuilt, damaged and replaced."""

import gc
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event
from weakref import ref

import pytest

from index.errors import GenerationCorrupt, IndexMissing
from index.store.generations import CURRENT, GENERATIONS, find_current_folder, switch_current
from index.store.history import list_generations
from search.answers.related import find_related
from search.answers.searcher import Searcher
from search.answers.why_not import explain_absence
from search.errors import PageInvalid, PaperMissing
from search.request.facets import Selection
from search.request.search_request import SearchRequest, View

IndexOf = Callable[..., Path]


def make_records(count: int) -> list[dict[str, object]]:
    """Return papers that share one word."""
    return [{"id": f"p{number}", "title": f"Deep Paper {number}"} for number in range(count)]


def count_deep(searcher: Searcher) -> int:
    """Count the papers with that word."""
    return searcher.search(SearchRequest("deep")).total


def test_results_describe_the_search(sample_searcher: Searcher) -> None:
    """Results have the request, the time, the generation, the parsed query and its notices."""
    request = SearchRequest('ti:attention AND "all you" athor:x', facets=("venue",))
    results = sample_searcher.search(request)
    assert results.request == request
    assert results.took_ms > 0
    assert results.generation == sample_searcher.manifest.name
    assert results.interpreted == 'title:attention AND "all you" AND athor AND x'
    assert [notice.at for notice in results.parsed.notices] == [(27, 33)]
    assert "Did you mean author?" in results.parsed.notices[0].message
    assert set(results.facets) == {"venue"}


def test_results_bring_a_highlighter(sample_searcher: Searcher) -> None:
    """The highlighter of the results marks their hits."""
    results = sample_searcher.search(SearchRequest("title:attention"))
    assert results.hits
    assert all("<mark>" in results.highlighter.mark_html(hit.paper.title) for hit in results.hits)


def test_ranks_continue_over_pages(sample_searcher: Searcher) -> None:
    """With seven hits per page, the third page begins with rank 15."""
    results = sample_searcher.search(SearchRequest(page=3, per_page=7))
    assert [hit.rank for hit in results.hits] == list(range(15, 22))
    assert results.pages == -(-results.total // 7)
    with pytest.raises(PageInvalid, match=f"from 1 to {results.pages}"):
        sample_searcher.search(SearchRequest(page=results.pages + 1, per_page=7))
    with pytest.raises(PageInvalid, match="There is only page 1"):
        sample_searcher.search(SearchRequest("adam", page=2, per_page=100))


def test_a_paper_is_read_by_id(sample_searcher: Searcher) -> None:
    """An id reads the whole paper; an unknown id raises an error that names it."""
    assert sample_searcher.read_paper("kingma-2015-adam").title.startswith("Adam")
    with pytest.raises(PaperMissing, match="'nothing'"):
        sample_searcher.read_paper("nothing")


def test_strict_hits_of_a_widened_search_come_first(index_of: IndexOf) -> None:
    """The message says how many papers contain every word, and these come first."""
    most = ({"id": f"m{number}", "title": "Deep Paper of Four"} for number in range(12))
    common = ({"id": f"c{number}", "title": "Words"} for number in range(60))
    # Its words are far apart in a long text, and the word that only it has is common. By score
    # alone it would come after three rare words in a short title.
    text = "deep filler four filler paper filler words " + "filler " * 200
    one = {"id": "all", "title": "Notes", "abstract": text}
    searcher = Searcher(index_of(*most, *common, one))
    results = searcher.search(SearchRequest("deep paper four words"))
    assert results.relaxed is not None
    assert results.relaxed.strict == 1
    assert results.relaxed.message == "1 paper contains every word, followed by close matches."
    assert results.hits[0].paper.id == "all"
    assert results.total == 13


def test_papers_with_any_word_follow_where_none_has_most(index_of: IndexOf) -> None:
    """A query of which no paper has most words finds papers with one; AND still asks for all."""
    papers = {"reeds": "Reeds of the delta", "birds": "Birds at sea", "stones": "Stones"}
    searcher = Searcher(index_of(*({"id": one, "title": text} for one, text in papers.items())))
    results = searcher.search(SearchRequest("reeds cathedral violin"))
    assert [hit.paper.id for hit in results.hits] == ["reeds"]
    assert results.relaxed is not None
    expected = "No paper contains every word. Showing papers with any of them."
    assert results.relaxed.message == expected
    assert searcher.search(SearchRequest("reeds AND cathedral AND violin")).total == 0
    assert searcher.search(SearchRequest("opera cathedral violin")).total == 0


def test_filters_apply_to_a_widened_search(sample_searcher: Searcher) -> None:
    """Selections narrow the widened search like the strict one."""
    chosen = {"venue": Selection(("ICML",))}
    request = SearchRequest("networks zyzzyva learning", chosen, facets=("venue",), per_page=100)
    results = sample_searcher.search(request)
    assert results.relaxed is not None
    assert results.hits
    assert all("ICML" in {s.venue for s in hit.paper.appearances} for hit in results.hits)


def test_a_new_generation_is_noticed(index_of: IndexOf) -> None:
    """A search after a build uses the new generation."""
    directory = index_of(*make_records(3))
    searcher = Searcher(directory)
    before = searcher.manifest.name
    assert count_deep(searcher) == 3
    index_of(*make_records(5), directory=directory)
    assert count_deep(searcher) == 5
    assert searcher.manifest.name != before
    switch_current(directory, before)
    assert (count_deep(searcher), searcher.manifest.name) == (3, before)


@pytest.mark.parametrize("damage", ["manifest gone", "engine gone", "file cut", "name wrong"])
def test_a_damaged_new_generation_is_not_served(index_of: IndexOf, damage: str) -> None:
    """The old generation keeps serving until an intact one follows."""
    directory = index_of(*make_records(3))
    searcher = Searcher(directory)
    old = searcher.manifest.name
    new = directory / GENERATIONS / "99991231T000000000000Z-bad"
    shutil.copytree(find_current_folder(directory), new)
    if damage == "manifest gone":
        (new / "manifest.json").unlink()
    elif damage == "engine gone":
        shutil.rmtree(new / "engine")
    elif damage == "file cut":
        largest = max((new / "engine").iterdir(), key=lambda path: path.stat().st_size)
        largest.write_bytes(largest.read_bytes()[:-10])
    switch_current(directory, "no-such-generation" if damage == "name wrong" else new.name)
    assert (count_deep(searcher), searcher.manifest.name) == (3, old)
    with pytest.raises((GenerationCorrupt, IndexMissing)):
        Searcher(directory)
    switch_current(directory, old)
    index_of(*make_records(4), directory=directory)
    assert count_deep(searcher) == 4


def test_a_deleted_index_keeps_serving(index_of: IndexOf) -> None:
    """The open generation keeps serving after its files are deleted."""
    directory = index_of(*make_records(3))
    searcher = Searcher(directory)
    (directory / CURRENT).unlink()
    assert count_deep(searcher) == 3
    shutil.rmtree(directory)
    assert count_deep(searcher) == 3
    assert searcher.read_paper("p1").title == "Deep Paper 1"


def test_a_missing_index_is_an_error(tmp_path: Path) -> None:
    """Opening a folder without an index raises an error that names the command to build one."""
    with pytest.raises(IndexMissing, match="papers build"):
        Searcher(tmp_path)


def test_many_threads_search_while_the_index_is_rebuilt(index_of: IndexOf) -> None:
    """Every answer comes from one complete generation, and no search fails."""
    directory = index_of(*make_records(1))
    searcher = Searcher(directory)
    sizes = {searcher.manifest.name: 1}
    done = Event()

    def search() -> set[tuple[str, int, int]]:
        seen = set()
        while not done.is_set():
            results = searcher.search(SearchRequest("title:deep", per_page=100, facets=("source",)))
            counted = results.facets["source"][0].count
            assert len(results.hits) == results.total == counted
            seen.add((results.generation, results.total, counted))
        return seen

    with ThreadPoolExecutor(4) as pool:
        running = [pool.submit(search) for _ in range(4)]
        try:
            for count in range(2, 7):
                index_of(*make_records(count), directory=directory)
                sizes[searcher.manifest.name] = count
        finally:
            done.set()
        seen = set().union(*(future.result() for future in running))
    assert len(list_generations(directory)) == 2
    assert {(name, found) for name, found, _ in seen} <= set(sizes.items())
    assert len(seen) > 1


def test_filters_do_not_widen_a_query(sample_searcher: Searcher) -> None:
    """A query that matches a paper is not widened because a filter excludes that paper."""
    found = sample_searcher.search(SearchRequest("networks zebra"))
    assert found.total
    assert found.relaxed is None
    filtered = SearchRequest("networks zebra", {"venue": Selection(("ICML",))})
    assert sample_searcher.search(filtered).total == 0


def test_a_replaced_generation_is_freed_at_once(index_of: IndexOf) -> None:
    """No cycle keeps the files of a generation open after a search, a completion or a lookup."""
    twins = [{"id": f"t{n}", "title": "Deep Twin", "doi": "10.5555/twin"} for n in range(2)]
    directory = index_of(*make_records(3), *twins)
    searcher = Searcher(directory)
    gc.collect()
    gc.disable()
    try:
        replaced = [ref(searcher.select_engine(view)) for view in View]
        request = SearchRequest("deep papre -x", facets=("venue", "author"))
        assert searcher.search(request).total == 4
        searcher.explain(request)
        searcher.search(SearchRequest("deep", expand=True))
        find_related(searcher, searcher.read_paper("t0"), limit=2)
        explain_absence(searcher, request, "t0")
        searcher.suggest("dee")
        index_of(*make_records(2), directory=directory)
        assert count_deep(searcher) == 2
        assert [reference() for reference in replaced] == [None] * len(View)
    finally:
        gc.enable()
