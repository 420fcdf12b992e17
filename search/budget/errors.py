"""Define the failures of requests that cost more than a server will spend.

`index.errors` draws the tree of all failures.
"""

from index.errors import PapersearchError
from search.errors import QueryError


class ServerOverloaded(PapersearchError):
    """The server will not spend more on a request."""


class BudgetSpent(ServerOverloaded):
    """Answering a request takes longer than one request may.

    Attributes:
        seconds: The processor time that a request may take.
    """

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(
            f"This request takes longer than a request may ({seconds:.1f} seconds of processor "
            "time). Use fewer or rarer words, fewer phrases, fewer facets, or an earlier page."
        )


class ServerBusy(ServerOverloaded):
    """The server answers as many costly requests as it may, and this one is another."""

    def __init__(self) -> None:
        super().__init__(
            "The server is busy with other costly requests. Try again in a few seconds, or ask for "
            "less: fewer or rarer words, fewer phrases or fewer facets."
        )


class TooManyRequests(ServerOverloaded):
    """A client asks more often than it may.

    Attributes:
        seconds: How long it should wait.
    """

    def __init__(self, seconds: int) -> None:
        self.seconds = seconds
        super().__init__(f"Too many requests from this address. Try again in {max(1, seconds)} s.")


class SearchTooLong(QueryError):
    """A search alone takes longer than one request may."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"This search takes longer than a request may ({seconds:.1f} seconds of processor "
            "time). Use fewer or rarer words, fewer phrases or an earlier page, or run it with "
            "`papers search` on the command line, which has no such limit."
        )
