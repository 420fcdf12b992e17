"""Take the steps of an answer that may be left out if the budget does not allow them."""

from collections.abc import Callable
from typing import TypeVar

from search.budget.errors import BudgetSpent

T = TypeVar("T")
Otherwise = TypeVar("Otherwise")


class OptionalSteps:
    """Takes optional steps and remembers those that were left out.

    Attributes:
        left_out: What a reader misses, as the beginning of a sentence, each once.
    """

    def __init__(self) -> None:
        self.left_out: list[str] = []

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
            if missing and missing not in self.left_out:
                self.left_out.append(missing)
            return otherwise
