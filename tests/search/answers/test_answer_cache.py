"""Test that answers are kept within bounds, under keys that tell requests apart."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.answers.answer_cache import LARGEST_SHARE, BoundedCache, make_keys
from search.request.facets import Selection
from search.request.search_request import ByMeaning, Prior, SearchRequest, View

BYTES, ENTRIES = 800, 12
PAGED = {"page", "per_page", "sort", "deep"}
OTHERS: dict[str, Any] = {
    "query": "graphs",
    "selections": {"venue": Selection(("ICML",))},
    "sort": "newest",
    "page": 2,
    "per_page": 20,
    "hidden": True,
    "facets": ("author",),
    "expand": True,
    "prior": Prior.NONE,
    "meaning": ByMeaning.NONE,
    "view": View.RECORDS,
    "since": "2026-11-28",
    "deep": True,
}


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 300))))
def test_the_values_used_last_are_kept(kept: list[tuple[int, int]]) -> None:
    """Never more bytes or entries are kept than may be, and the last ones always are."""
    cache: BoundedCache[int] = BoundedCache(BYTES, ENTRIES)
    sizes: dict[int, int] = {}
    for key, size in kept:
        cache.keep(key, -key, size)
        if size * LARGEST_SHARE <= BYTES:
            sizes.pop(key, None)
            sizes[key] = size
        while sum(sizes.values()) > BYTES or len(sizes) > ENTRIES:
            del sizes[next(iter(sizes))]
        assert (cache.bytes, len(cache)) == (sum(sizes.values()), len(sizes))
    assert [key for key in range(21) if cache.find(key) is not None] == sorted(sizes)
    assert all(cache.find(key) == -key for key in sizes)


def test_a_value_that_is_used_outlives_older_ones() -> None:
    """What is found counts as used."""
    cache: BoundedCache[str] = BoundedCache(BYTES, 2)
    cache.keep("a", "first", 1)
    cache.keep("b", "second", 1)
    assert cache.find("a") == "first"
    cache.keep("c", "third", 1)
    assert (cache.find("a"), cache.find("b"), cache.find("c")) == ("first", None, "third")


def test_without_bytes_nothing_is_kept() -> None:
    """Benchmarks compute every answer."""
    cache: BoundedCache[str] = BoundedCache(0)
    cache.keep("a", "first", 1)
    assert cache.find("a") is None


def test_threads_share_a_cache() -> None:
    """What threads keep at the same time adds up, and each finds its values or nothing."""
    cache: BoundedCache[int] = BoundedCache(BYTES, ENTRIES)

    def use_cache(first: int) -> bool:
        for number in range(first, first + 3_000):
            cache.keep(number % 40, number % 40, number % 90)
            if cache.find(number % 40) not in (None, number % 40):
                return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(use_cache, range(8)))
    left = [key for key in range(40) if cache.find(key) is not None]
    assert len(left) == len(cache) <= ENTRIES
    assert 0 < cache.bytes <= BYTES


def test_every_part_of_a_request_has_another_value() -> None:
    """The next test changes each part."""
    assert set(OTHERS) == {field.name for field in fields(SearchRequest)}


@pytest.mark.parametrize("name", OTHERS)
def test_keys_tell_requests_apart(name: str) -> None:
    """Any other value is another request; another page or sort belongs to the same search."""
    request = SearchRequest("graph")
    other = replace(request, **{name: OTHERS[name]})
    (whole, search), (other_whole, other_search) = make_keys(request, ""), make_keys(other, "")
    assert make_keys(replace(request), "") == (whole, search)
    assert hash(whole) == hash(make_keys(replace(request), "")[0])
    assert other_whole != whole
    assert (other_search == search) is (name in PAGED)


def test_another_version_of_people_has_other_keys() -> None:
    """What the maintainer says about people changes names, so earlier answers are not used."""
    request = SearchRequest("graph")
    assert not set(make_keys(request, "1")) & set(make_keys(request, "2"))
