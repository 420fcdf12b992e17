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
from search.budget.gate import Turn

FIXED_SECONDS = 0.8
"""Processor time that any request may take; chosen. A page of 20,000 Chinese characters takes .6 s.
"""

SECONDS_PER_DOCUMENT = 1.7e-6
"""Processor time that each document of the index adds: .16 s at 95,000, 3.4 s at 2 million.
Showing the hits comes after it."""

COSTLY_SECONDS = 0.1
"""Processor time from which on a request is costly and passes the gate. With .1 s at 95,000
documents, none of 1,260 ordinary searches and completions needed a place, with .05 s five did."""

COSTLY_PER_DOCUMENT = 4e-7
"""What each document of the index adds to it: .8 s at 2 million, where known items took up to .44 s
and were estimated at up to .98 s. With .2 s, 11 of 150 ordinary requests needed a place there."""


class Budget:
    """The processor time that one request may take.

    Attributes:
        seconds: That time.
        cheap_seconds: The time after which the request counts as costly.
        exceeded: Whether a step was refused, so that the answer may lack something.
    """

    def __init__(
        self,
        documents: int,
        clock: Callable[[], float] = time.thread_time,
        turn: Turn | None = None,
    ) -> None:
        """Start the clock.

        Args:
            documents: The number of documents in the index.
            clock: Returns the seconds that this thread has used.
            turn: Admits the request once it is costly, see `search.budget.gate`; None admits all.
        """
        self.seconds = FIXED_SECONDS + SECONDS_PER_DOCUMENT * documents
        self.cheap_seconds = COSTLY_SECONDS + COSTLY_PER_DOCUMENT * documents
        self.exceeded = False
        self._clock = clock
        self._end = clock() + self.seconds
        self._turn = turn

    def check(self, cost: float = 0.0) -> float:
        """Check that enough time is left, and that the request may become costly if it does.

        Args:
            cost: The seconds that the next step is estimated to take.

        Returns:
            The seconds that are left before that step.

        Raises:
            BudgetSpent: The time is used up, or the step would take longer than is left.
            ServerBusy: The server answers as many costly requests as it may.
        """
        left = self._end - self._clock()
        if cost > left or left < 0:
            self.exceeded = True
            raise BudgetSpent(self.seconds)
        if self._turn is not None and self.seconds - left + cost > self.cheap_seconds:
            self._turn.take()
        return left

    def extend(self, seconds: float) -> None:
        """Extend the time of a request, once it has passed the gate as a costly one.

        Raises:
            ServerBusy: The server answers as many costly requests as it may.
        """
        self.check(self.cheap_seconds)
        self.seconds += seconds
        self._end += seconds

    def find_allowance(self) -> float:
        """Return the seconds that a step may take without making the request costly.

        Raises:
            BudgetSpent: The time is used up.
            ServerBusy: The request is costly, and the server answers as many as it may.
        """
        return self.check() - self.seconds + self.cheap_seconds


_OPEN: ContextVar[Budget | None] = ContextVar("budget", default=None)


def find_budget() -> Budget | None:
    """Return the budget of the request that this thread answers, or None without a limit."""
    return _OPEN.get()


def check_budget() -> None:
    """Check that the request that this thread answers has time left.

    Raises:
        BudgetSpent: Its time is used up.
    """
    if budget := find_budget():
        budget.check()


@contextmanager
def open_budget(budget: Budget | None) -> Iterator[None]:
    """Charge the calls of engines in this thread to a budget; None lifts a limit."""
    outer = _OPEN.set(budget)
    try:
        yield
    finally:
        _OPEN.reset(outer)
