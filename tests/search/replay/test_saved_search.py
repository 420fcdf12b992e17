"""Check what is saved of a search, and how strictly it is read."""

import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.answers.searcher import Searcher
from search.errors import QueryError, SavedSearchUnusable
from search.replay.saved_search import (
    LARGEST,
    SavedSearch,
    digest_ids,
    read_saved_search,
    save_search,
)
from search.request.facets import Selection
from search.request.parameters import parse_parameters
from search.request.search_request import SearchRequest

NOW = "2026-11-29T08:00:00Z"
REQUEST = SearchRequest(
    "deep learning", selections={"year": Selection(low=2014), "type": Selection(excluded=("book",))}
)


def encode(saved: SavedSearch, **changed: object) -> bytes:
    """Encode a saved search with some keys changed."""
    return json.dumps(msgspec.to_builtins(saved) | changed).encode()


def test_a_saved_search_has_everything(sample_searcher: Searcher) -> None:
    """Parameters, index and hits are those of the search, and survive being written."""
    saved = save_search(sample_searcher, REQUEST, NOW)
    results = sample_searcher.search(REQUEST)
    assert (saved.total, saved.interpreted) == (results.total, results.interpreted)
    assert len(saved.hits) == saved.total > 10
    assert saved.ids_sha256 == digest_ids(hit.id for hit in saved.hits)
    assert parse_parameters(saved.parameters) == results.request
    assert saved.index.generation == results.generation
    assert read_saved_search(encode(saved), "x") == saved


def test_many_hits_are_only_hashed(sample_searcher: Searcher) -> None:
    """Above the limit only the digest of the ids is kept, and it is the same."""
    listed = save_search(sample_searcher, REQUEST, NOW)
    hashed = save_search(sample_searcher, REQUEST, NOW, most=5)
    assert (hashed.hits, hashed.ids_sha256) == ((), listed.ids_sha256)
    assert read_saved_search(encode(hashed), "x").total == listed.total


@pytest.mark.parametrize(
    "changed",
    [
        {"format": "other"}, {"total": 3}, {"ids_sha256": "0"}, {"more": 1},
        {"hits": [{"id": "a"}]},
        {"parameters": [["q", "a", "b"]]}, {"index": None}, {"query": 7},
    ],
)  # fmt: skip
def test_changed_documents_are_refused(
    sample_searcher: Searcher, changed: dict[str, object]
) -> None:
    """Wrong types, unknown keys, other formats and hits that do not fit are refused."""
    saved = save_search(sample_searcher, REQUEST, NOW)
    with pytest.raises(SavedSearchUnusable, match="papers search --save FILE"):
        read_saved_search(encode(saved, **changed), "saved.json")


def test_absurd_sizes_are_refused(sample_searcher: Searcher) -> None:
    """Too many bytes or parameters are refused before anything is searched."""
    saved = save_search(sample_searcher, REQUEST, NOW)
    with pytest.raises(SavedSearchUnusable, match="bytes"):
        read_saved_search(b" " * (LARGEST + 1), "x")
    with pytest.raises(QueryError, match="301 parameters"):
        read_saved_search(encode(saved, parameters=[["venue", "x"]] * 301), "x")


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_no_content_raises_anything_else(content: bytes) -> None:
    """Whatever a file holds, it is refused in one sentence."""
    with pytest.raises(SavedSearchUnusable):
        read_saved_search(content, "x")


def test_deep_nesting_is_refused() -> None:
    """A document of nested lists does not exhaust the stack."""
    with pytest.raises(SavedSearchUnusable):
        read_saved_search(b"[" * 100_000, "x")
