"""Cache the values computed from texts that recur."""

from collections.abc import Callable
from typing import ParamSpec, TypeVar
from weakref import WeakMethod

P = ParamSpec("P")
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


def weaken_method(method: Callable[P, V]) -> Callable[P, V]:
    """Return a function that calls a bound method without keeping its object alive.

    An object that caches the results of its own method would otherwise be part of a cycle, which
    only the garbage collector frees, and with it the engine that it searches: a server kept the
    files of up to eight generations that were no longer in use.
    """
    reference = WeakMethod(method)

    def call(*arguments: P.args, **options: P.kwargs) -> V:
        if (alive := reference()) is None:
            raise ReferenceError
        return alive(*arguments, **options)

    return call
