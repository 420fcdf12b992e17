"""Define the failures of a server that will not spend more on a request.

`index.errors` draws the tree of all failures.
"""

from index.errors import PapersearchError


class ServerOverloaded(PapersearchError):
    """The server will not spend more on a request."""


class BudgetSpent(ServerOverloaded):
    """Answering a request takes longer than one request may."""

    def __init__(self, seconds: float) -> None:
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
