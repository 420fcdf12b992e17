"""Keep what was computed from a generation until another one is in use."""

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class GenerationCache(Generic[T]):
    """Values by key, all of one generation; safe to share between threads."""

    def __init__(self, most: int) -> None:
        """Start empty.

        Args:
            most: The most values; of more, those computed first are dropped.
        """
        self._most, self._lock = most, Lock()
        self._generation = ""
        self._kept: dict[Hashable, T] = {}

    def get(
        self,
        generation: str,
        key: Hashable,
        compute: Callable[[], T],
        is_whole: Callable[[T], bool] = lambda _: True,
    ) -> T:
        """Return a value, computing it if it is not kept.

        Two threads that ask for the same value at once may both compute it.

        Args:
            generation: The name of the generation in use.
            key: Names the value.
            compute: Computes it.
            is_whole: Returns whether a value may be kept.
        """
        with self._lock:
            if generation != self._generation:
                self._generation, self._kept = generation, {}
            if key in self._kept:
                return self._kept[key]
        value = compute()
        with self._lock:
            if generation == self._generation and is_whole(value):
                while len(self._kept) >= self._most:
                    del self._kept[next(iter(self._kept))]
                self._kept[key] = value
        return value
