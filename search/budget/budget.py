"""Bound the processor time that one request may take.

A budget is opened around a request. While it is open, every call of an engine in this thread is
charged to it, whichever part of the program asks: the search, its suggestions, broader searches.
Without one, as on the command line, nothing is limited.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from search.budget.errors import BudgetSpent

FIXED_SECONDS = 0.65
"""Processor time that any request may take; chosen."""

SECONDS_PER_DOCUMENT = 1.7e-6
"""Processor time that each document of the index adds: .16 s at 95,000, 3.4 s at 2 million."""


class Budget:
    """The processor time that one request may take."""

    def __init__(self, documents: int, clock: Callable[[], float] = time.thread_time) -> None:
        """Start the clock.

        Args:
            documents: The number of documents in the index.
            clock: Returns the seconds that this thread has used.
        """
        self.seconds = FIXED_SECONDS + SECONDS_PER_DOCUMENT * documents
        self._clock = clock
        self._end = clock() + self.seconds

    def is_spent(self) -> bool:
        """Return whether the time is used up."""
        return self._clock() > self._end

    def check(self) -> None:
        """Check that time is left.

        Raises:
            BudgetSpent: The time is used up.
        """
        if self.is_spent():
            raise BudgetSpent(self.seconds)


_OPEN: ContextVar[Budget | None] = ContextVar("budget", default=None)


def find_budget() -> Budget | None:
    """Return the budget of the request that this thread answers, or None without a limit."""
    return _OPEN.get()


@contextmanager
def open_budget(budget: Budget | None) -> Iterator[None]:
    """Charge the calls of engines in this thread to a budget; None lifts a limit."""
    outer = _OPEN.set(budget)
    try:
        yield
    finally:
        _OPEN.reset(outer)
