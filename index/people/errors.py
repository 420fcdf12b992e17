"""Define the failures of the file that says who is who."""

from collections.abc import Sequence
from typing import NamedTuple

from index.errors import PapersearchError

MOST_LISTED = 5
"""Problems that a message lists; chosen."""


class Problem(NamedTuple):
    """One thing that is wrong with the file.

    Attributes:
        line: The line, from 1; 0 for the whole file.
        text: A clause that says what is wrong.
    """

    line: int
    text: str

    def __str__(self) -> str:
        """Return the clause with its line."""
        return f"line {self.line}: {self.text}" if self.line else self.text


class CurationUnusable(PapersearchError):
    """The file ``authors.toml`` of an index cannot be used.

    Attributes:
        problems: Everything that is wrong with it, in the order of the lines.
    """

    def __init__(self, path: str, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        listed = "; ".join(map(str, self.problems[:MOST_LISTED]))
        more = len(self.problems) - MOST_LISTED
        rest = f"; and {more:,} more" if more > 0 else ""
        super().__init__(f"Cannot use '{path}': {listed}{rest}. Correct the file.")
