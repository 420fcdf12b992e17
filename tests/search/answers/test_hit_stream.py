"""Test that all hits of a search are read in the order of its pages, from one generation."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from search.answers.hit_stream import FIRST
from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from search.answers.hit_stream import HitStream


def _read_ids(found: HitStream) -> list[str]:
    ids: list[str] = []
    while batch := found.read_batch():
        ids += [paper.id for paper in batch]
    return ids


@pytest.mark.parametrize(
    "request_",
    [
        SearchRequest(hidden=True),
        SearchRequest("learning"),
        SearchRequest("the network", expand=True, hidden=True),
        SearchRequest(sort="title", hidden=True),
        SearchRequest("zzzzqqqq"),
    ],
    ids=str,
)
def test_hits_are_those_of_all_pages(sample_searcher: Searcher, request_: SearchRequest) -> None:
    """However many there are, none is missing, repeated or out of order."""
    found = sample_searcher.stream_hits(request_)
    paged: list[str] = []
    for page in range(1, -(-found.total // FIRST) + 1):
        results = sample_searcher.search(replace(request_, page=page, per_page=FIRST))
        paged += [hit.paper.id for hit in results.hits]
    ids = _read_ids(found)
    assert ids == paged
    assert len(set(ids)) == found.total
    assert found.read_batch() == []


def test_a_page_of_the_request_does_not_count(sample_searcher: Searcher) -> None:
    """The stream begins with the first hit."""
    request = SearchRequest("learning", page=3, per_page=10)
    first = sample_searcher.search(replace(request, page=1)).hits[0].paper.id
    assert _read_ids(sample_searcher.stream_hits(request))[0] == first


def test_a_stream_stays_on_its_generation(index_of: Callable[..., Path]) -> None:
    """Another generation that is put in use meanwhile changes nothing for it."""
    records = [{"id": f"x:{number}", "title": f"Paper {number}"} for number in range(FIRST + 5)]
    directory = index_of(*records)
    searcher = Searcher(directory)
    found = searcher.stream_hits(SearchRequest())
    first = found.read_batch()
    index_of({"id": "y:1", "title": "Another"}, directory=directory)
    assert searcher.search(SearchRequest()).total == 1
    assert len(first) + len(found.read_batch()) == len(records)
    assert found.generation != searcher.manifest.name
