"""Tell the steps of an answer that may be left out from the one search that it needs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from search.budget.errors import BudgetSpent, SearchTooLong

T = TypeVar("T")
Otherwise = TypeVar("Otherwise")


class OptionalSteps:
    """Takes optional steps and remembers those that were left out.

    Attributes:
        left_out: What a reader misses, as the beginning of a sentence, each once.
        complete: Whether every step was taken, those included that no reader misses.
    """

    def __init__(self) -> None:
        self.left_out: list[str] = []
        self.complete = True

    def attempt(
        self, step: Callable[[], T], otherwise: Otherwise, missing: str = ""
    ) -> T | Otherwise:
        """Take a step, unless it would exceed the budget.

        Args:
            step: The step.
            otherwise: What is returned if it would.
            missing: What a reader then misses; empty if that is nothing to speak of.
        """
        try:
            return step()
        except BudgetSpent:
            self.complete = False
            if missing and missing not in self.left_out:
                self.left_out.append(missing)
            return otherwise


@contextmanager
def refuse_long_searches() -> Iterator[None]:
    """Refuse a search that exceeds the budget by itself, so that nothing can be answered.

    Raises:
        SearchTooLong: A step inside exceeds the budget.
    """
    try:
        yield
    except BudgetSpent as spent:
        raise SearchTooLong(spent.seconds) from spent
