"""Answers: how is what is made of recurring texts kept, so that the second time costs a look-up?"""

from collections.abc import Callable
from typing import TypeVar

V = TypeVar("V")


class Memo(dict[str, V]):
    """What is made of texts that recur; of one that is there nothing is called."""

    def __init__(self, make: Callable[[str], V], most: int) -> None:
        """Start empty.

        Args:
            make: Gives the value of a text.
            most: Values kept; then all are forgotten.
        """
        super().__init__()
        self._make = make
        self._most = most

    def __missing__(self, text: str) -> V:
        if len(self) >= self._most:
            self.clear()
        found = self[text] = self._make(text)
        return found
