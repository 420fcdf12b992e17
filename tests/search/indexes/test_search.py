"""Test a search over several indexes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import index.store.file_watch
from index.errors import GenerationCorrupt
from index.store.generations import find_current_folder
from index.store.ledger import LEDGER
from search.answers.searcher import Searcher
from search.errors import ChoiceUnknown, PageInvalid, QueryTooCostly
from search.indexes.search import DEPTH, MergedRequest, parse_merged_request, search_indexes
from search.request.search_request import MAX_QUERY

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def searchers(index_of: Callable[..., Path]) -> dict[str, Searcher]:
    """Return two indexes: 120 papers on tides and one on moons; and one paper of both."""
    shared = {"id": "both", "title": "Tides of both worlds", "year": 2020, "authors": ["A. Bell"]}
    tides = ({"id": f"t{n}", "title": f"Tides number {n}", "year": 2021} for n in range(120))
    moons = index_of(
        {"id": "m", "title": "Moons and tides", "year": 2019}, shared | {"id": "other"}
    )
    return {"sea": Searcher(index_of(*tides, shared)), "sky": Searcher(moons)}


def test_a_search_over_all(searchers: dict[str, Searcher]) -> None:
    """A shared paper comes once; counts are exact in each index; the depth is bounded."""
    found = search_indexes(MergedRequest("tides"), searchers, {})
    assert {name: answer.total for name, answer in found.answers.items()} == {"sea": 121, "sky": 2}
    assert found.is_cut
    names = [[place.index for place in hit.places] for hit in found.hits]
    assert (len(names), found.pages) == (10, -(-found.merged // 10))
    assert DEPTH <= found.merged <= DEPTH + 2
    both = search_indexes(MergedRequest("both worlds"), searchers, {})
    assert [[place.index for place in hit.places] for hit in both.hits] == [["sea", "sky"]]


def test_pages_partition_the_hits(searchers: dict[str, Searcher]) -> None:
    """Every page has other hits, and a page beyond the last is refused."""
    first = search_indexes(MergedRequest("tides", per_page=50), searchers, {})
    pages = [
        search_indexes(MergedRequest("tides", page=page, per_page=50), searchers, {})
        for page in range(1, first.pages + 1)
    ]
    met = [
        (place.index, place.hit.paper.id)
        for page in pages
        for hit in page.hits
        for place in hit.places
    ]
    assert len(met) == len(set(met)) >= first.merged
    assert sum(len(page.hits) for page in pages) == first.merged
    with pytest.raises(PageInvalid):
        search_indexes(MergedRequest("tides", page=first.pages + 1, per_page=50), searchers, {})


def test_selected_indexes(searchers: dict[str, Searcher]) -> None:
    """Only selected indexes are searched, and only those are said to be left out."""
    found = search_indexes(MergedRequest("tides", ("sky",)), searchers, {"far": "It is away."})
    assert list(found.answers) == ["sky"]
    assert found.left_out == {}
    every = search_indexes(MergedRequest("tides"), searchers, {"far": "It is away."})
    assert every.left_out == {"far": "It is away."}


def test_one_failing_index_is_left_out(
    index_of: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A damaged index is left out with the reason; if none can answer, the search fails."""
    monkeypatch.setattr(index.store.file_watch, "INTERVAL_SECONDS", 0)
    one, other = index_of({"id": "x", "title": "Tides"}), index_of({"id": "y", "title": "Tides"})
    searchers = {"one": Searcher(one), "other": Searcher(other)}
    ledger = find_current_folder(one) / LEDGER
    ledger.write_bytes(bytes(ledger.stat().st_size))
    found = search_indexes(MergedRequest("tides"), searchers, {})
    assert [hit.best.index for hit in found.hits] == ["other"]
    assert LEDGER in found.left_out["one"]
    assert "'one' is left out" in found.left_out["one"]
    with pytest.raises(GenerationCorrupt):
        search_indexes(MergedRequest("tides", ("one",)), searchers, {})


def test_parameters_are_parsed_strictly() -> None:
    """Unknown names of indexes and bad numbers are refused; other parameters are ignored."""
    pairs = [("q", "tides"), ("index", "sky"), ("index", "sky"), ("index", ""), ("sort", "x")]
    assert parse_merged_request(pairs, ["sea", "sky"]) == MergedRequest("tides", ("sky",))
    with pytest.raises(ChoiceUnknown, match=r"Unknown index 'x'\. Choose one of sea, sky\."):
        parse_merged_request([("index", "x")], ["sea", "sky"])
    with pytest.raises(PageInvalid):
        parse_merged_request([("page", "0")], ["sea"])
    with pytest.raises(QueryTooCostly):
        parse_merged_request([("q", "a" * (MAX_QUERY + 1))], ["sea"])
