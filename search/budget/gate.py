"""Limit how many costly requests are answered at a time, so that a cheap one finds a thread.

A request becomes costly when it has used, or is about to use, more processor time than an ordinary
one. From then on it needs one of the places of the gate, and keeps it until it is answered. If none
is free, it waits as long as enough threads remain for cheap requests; else it is refused.
"""

import os
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

from search.budget.errors import ServerBusy

PATIENCE = 5.0
"""Seconds that a costly request waits for a place; chosen. The one before it takes at most 1 s of
processor time at 95,000 documents, and 4 s at 2 million."""

THREADS = 16
"""Requests that a server answers at the same time; Tantivy releases Python's lock as it searches. A
costly request that waits for a place holds a thread. Beside eight clients that send such requests
in a loop, ordinary searches at 95,000 documents took .62 s (95 of 100 under .85 s) with 4 threads,
.15 s (.36) with 8 and .03 s (.11) with 16, on two cores. Alone, 4 and 16 are equally fast; 16 take
30 MB more."""


class Gate:
    """Lets few costly requests through at a time; safe to share between threads.

    Attributes:
        places: Costly requests that are answered at a time. One core is left to cheap requests.
        waiters: Costly requests that wait for a place. Together with those that have one, they hold
            at most half of the threads, but for a server of one.
    """

    def __init__(
        self, threads: int = THREADS, cores: int | None = None, patience: float = PATIENCE
    ) -> None:
        """Open the gate.

        Args:
            threads: Requests that the server answers at a time.
            cores: Cores that they run on; those of this machine if None.
            patience: Seconds that a request waits for a place.
        """
        held = max(1, threads // 2)
        self.places = max(1, min(held, (cores or os.cpu_count() or 1) - 1))
        self.waiters = held - self.places
        self._patience = patience
        self._free = self.places
        self._queue: deque[Turn] = deque()
        self._changed = Condition()

    @contextmanager
    def open_turn(self) -> Iterator["Turn"]:
        """Yield the turn of one request, and release its place at the end of the block."""
        turn = Turn(self)
        try:
            yield turn
        finally:
            turn.release()

    def count_held(self) -> int:
        """Count the requests that have a place or wait for one."""
        with self._changed:
            return self.places - self._free + len(self._queue)

    def take_place(self, turn: "Turn") -> None:
        """Take a place, the longest waiting turn first.

        Raises:
            ServerBusy: Every place is taken, and no more turns may wait or this one waited enough.
        """
        with self._changed:
            if len(self._queue) >= self.waiters and (self._queue or not self._free):
                raise ServerBusy
            self._queue.append(turn)
            try:
                if not self._changed.wait_for(lambda: self._is_next(turn), self._patience):
                    raise ServerBusy
                self._free -= 1
            finally:
                self._queue.remove(turn)
                self._changed.notify_all()

    def return_place(self) -> None:
        """Return a place for the next turn."""
        with self._changed:
            self._free += 1
            self._changed.notify_all()

    def _is_next(self, turn: "Turn") -> bool:
        return self._free > 0 and self._queue[0] is turn


class Turn:
    """One request at the gate; it belongs to one thread."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate
        self._has_place = False
        self._is_refused = False

    def take(self) -> None:
        """Take a place, unless the request has one.

        Raises:
            ServerBusy: No place is free, or becomes free in time. It is raised again whenever the
                request asks again.
        """
        if self._has_place:
            return
        if self._is_refused:
            raise ServerBusy
        self._is_refused = True
        self._gate.take_place(self)
        self._is_refused, self._has_place = False, True

    def release(self) -> None:
        """Return the place, if the request has one."""
        if self._has_place:
            self._has_place = False
            self._gate.return_place()
