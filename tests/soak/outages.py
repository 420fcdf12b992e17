"""Record when the server of a soak is restarted, so that only then requests may fail."""

from collections.abc import Iterator
from contextlib import contextmanager


class ServerAway(Exception):
    """There is no answer, and the server was being restarted."""


class Outages:
    """Counts the restarts of a server; one thread restarts it, and the others ask about it."""

    def __init__(self) -> None:
        self._begun = self._ended = 0

    @property
    def ended(self) -> int:
        """The number of restarts that are over; read before a request is sent."""
        return self._ended

    def have_disturbed(self, ended: int) -> bool:
        """Return whether the server was away at some moment since a request was sent.

        Args:
            ended: The number of restarts that were over when it was sent.
        """
        return self._begun > ended

    @contextmanager
    def open(self) -> Iterator[None]:
        """Declare that the server is away."""
        self._begun += 1
        try:
            yield
        finally:
            self._ended += 1
