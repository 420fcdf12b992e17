"""Define a mention: one author of one paper."""

from collections.abc import Iterable
from dataclasses import dataclass

from index.names.parser import strip_homonym_number
from index.records import Author, Paper


@dataclass(frozen=True, slots=True)
class Mention:
    """One author of one paper.

    Attributes:
        paper: The paper.
        position: The place of the author in its list, from 0.
    """

    paper: Paper
    position: int

    @property
    def author(self) -> Author:
        """Return the author as the paper names them."""
        return self.paper.authors[self.position]

    @property
    def name(self) -> str:
        """Return the name as the paper writes it."""
        return self.author.name

    @property
    def key(self) -> str:
        """Return the folded name without dblp's number."""
        return strip_homonym_number(self.author.key)


def find_years(mentions: Iterable[Mention]) -> tuple[int, int] | None:
    """Return the years of the earliest and the latest paper; None if no year is known."""
    years = [year for one in mentions if (year := one.paper.shown.year) is not None]
    return (min(years), max(years)) if years else None
