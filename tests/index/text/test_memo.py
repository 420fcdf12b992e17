"""Check that a memo computes each value once and stays bounded."""

import gc
from functools import lru_cache
from weakref import ref

import pytest

from index.text.memo import Memo, weaken_method


def test_a_value_is_computed_once_per_text() -> None:
    """Looking up a text again does not compute its value again."""
    computed: list[str] = []

    def measure(text: str) -> int:
        computed.append(text)
        return len(text)

    memo = Memo(measure, 10)
    assert [memo["one"], memo["three"], memo["one"]] == [3, 5, 3]
    assert computed == ["one", "three"]


def test_a_full_memo_is_emptied() -> None:
    """A memo never holds more values than its limit."""
    memo = Memo(str.upper, 2)
    assert [memo[text] for text in "abca"] == ["A", "B", "C", "A"]
    assert set(memo) == {"c", "a"}


class _Doubler:
    """Caches the results of its own method."""

    def __init__(self) -> None:
        self.cached = lru_cache(9)(weaken_method(self.double))

    def double(self, number: int) -> int:
        """Return twice a number."""
        return 2 * number


def test_a_cache_of_its_own_method_keeps_no_object_alive() -> None:
    """The object is freed with its last reference, without the garbage collector."""
    gc.disable()
    try:
        doubler = _Doubler()
        known, cached = ref(doubler), doubler.cached
        assert cached(3) == 6
        del doubler
        assert known() is None
    finally:
        gc.enable()
    with pytest.raises(ReferenceError):
        cached(4)
