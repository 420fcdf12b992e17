"""Messages for the user about a query."""

from dataclasses import dataclass

from search.language.tree import Span

MAX_NOTICES = 10
"""Notices that are listed; more are counted. Chosen."""

MAX_MESSAGE = 300
"""Characters of a message; one that quotes a longer part of a pasted text is cut in its middle.
Chosen: the longest message that quotes nothing has 150."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A message about a part of the query that was not understood or was reinterpreted.

    Attributes:
        message: What is wrong and how the part is searched, without a full stop at the end.
        at: Its span in the query.
        whole: Whether it is about the query as a whole, so that its place tells nothing.
    """

    message: str
    at: Span
    whole: bool = False

    def __post_init__(self) -> None:
        """Shorten a message that quotes too much."""
        if len(self.message) > MAX_MESSAGE:
            half = MAX_MESSAGE // 2
            shorter = f"{self.message[: half - 1].rstrip()}…{self.message[-half:].lstrip()}"
            object.__setattr__(self, "message", shorter)

    @property
    def place(self) -> str:
        """Return where its part begins, for users; empty if it is about the whole query."""
        return "" if self.whole else f"(character {self.at[0] + 1:,})"


def select_notices(notices: list[Notice], length: int) -> tuple[Notice, ...]:
    """Return the first notices in the order of the text, and how many others there are.

    Args:
        notices: All notices about a query.
        length: The characters of the query.
    """
    found = sorted(notices, key=lambda notice: notice.at)
    more = len(found) - MAX_NOTICES
    if more <= 1:  # the one notice takes no more space than its count
        return tuple(found)
    return (*found[:MAX_NOTICES], Notice(f"{more:,} more notices", (0, length), whole=True))
