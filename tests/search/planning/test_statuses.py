"""Test that a filter accepts both the label of a status and the dump's own word."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from search.answers.searcher import Searcher
from search.planning.statuses import find_status
from search.request.facets import Selection
from search.request.search_request import SearchRequest
from tests.support.counts import Counts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STATUSES = {"a": "Long", "b": "technical paper", "c": "main", "d": "Poster", "e": "reject", "f": ""}


@pytest.fixture(scope="module")
def searcher(index_of: Callable[..., Path]) -> Searcher:
    """Return a searcher over one paper of each status."""
    records = ({"id": name, "title": f"Tide {name}", "status": STATUSES[name]} for name in STATUSES)
    return Searcher(index_of(*records))


@pytest.mark.parametrize(
    ("status", "found"),
    [
        ("main", "abc"),
        ("Long", "abc"),
        ("technical paper", "abc"),
        ("poster", "d"),
        ("Reject", "e"),
        ("oral", ""),
        ("nothing of the kind", ""),
    ],
)
def test_words_and_labels_find_the_same(searcher: Searcher, status: str, found: str) -> None:
    """A facet and a clause find the papers of a label by it and by the words merged into it."""
    filtered = searcher.search(SearchRequest(selections={"status": Selection((status,))}))
    assert {hit.paper.id for hit in filtered.hits} == set(found)
    asked = searcher.search(SearchRequest(f'status:"{status}"'))
    assert {hit.paper.id for hit in asked.hits} == set(found)


def test_the_facet_counts_labels_and_the_paper_keeps_its_word(searcher: Searcher) -> None:
    """The facet has few values; a paper shows the word of its dump."""
    results = searcher.search(SearchRequest(hidden=True))
    counted = {value.value: value.count for value in results.facets["status"]}
    assert counted == {"main": 3, "poster": 1, "rejected": 1}
    assert searcher.read_paper("b").status == "technical paper"


def test_an_index_without_labels() -> None:
    """In an index that has a dump's own words, a word means itself."""
    counts = Counts({"status": {"long": 9}})
    assert find_status("Long", counts) == "long"
    assert find_status("short", counts) == "short"
