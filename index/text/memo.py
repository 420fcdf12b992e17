"""Cache the values computed from texts that recur."""

from collections.abc import Callable
from typing import TypeVar

V = TypeVar("V")


class Memo(dict[str, V]):
    """A bounded cache that computes a value once per distinct text."""

    def __init__(self, compute: Callable[[str], V], limit: int) -> None:
        """Create an empty cache.

        Args:
            compute: Computes the value of a text.
            limit: The number of values after which the cache is emptied.
        """
        super().__init__()
        self._compute = compute
        self._limit = limit

    def __missing__(self, text: str) -> V:
        if len(self) >= self._limit:
            self.clear()
        value = self[text] = self._compute(text)
        return value
