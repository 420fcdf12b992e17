"""Wait for many connections, at a cost that depends on those that are active.

waitress asks each of its connections in every round whether it wants to read or write. With
2,000 idle ones this took 8 to 30 ms of processor time for each request. Here a connection is
asked after an event of its own and while a thread answers it.
"""

from selectors import EVENT_READ, EVENT_WRITE, DefaultSelector
from time import monotonic
from typing import Any


class EventLoop:
    """Watches waitress's dispatchers: connections, listening sockets and the trigger."""

    def __init__(self) -> None:
        """Watch nothing yet."""
        self._selector = DefaultSelector()
        self._interests: dict[int, int] = {}
        self._always: list[Any] = []
        self._changed: dict[Any, None] = {}
        self._followed: dict[Any, None] = {}

    def watch_always(self, watched: Any) -> None:  # noqa: ANN401 - waitress is untyped
        """Ask a listening socket or the trigger in every round."""
        self._always.append(watched)

    def add(self, connection: Any) -> None:  # noqa: ANN401 - waitress is untyped
        """Watch a connection from the next round on."""
        self._changed[connection] = None

    def follow(self, connection: Any) -> None:  # noqa: ANN401 - waitress is untyped
        """Ask a connection in every round until its request is answered; any thread may call."""
        self._followed[connection] = None

    def discard(self, watched: Any) -> None:  # noqa: ANN401 - waitress is untyped
        """Forget something that is about to close."""
        self._changed.pop(watched, None)
        self._followed.pop(watched, None)
        self._always = [one for one in self._always if one is not watched]
        descriptor = watched._fileno  # noqa: SLF001 - waitress has no other name for it
        if self._interests.pop(descriptor, 0):
            self._selector.unregister(descriptor)

    def run_round(self, seconds: float) -> None:
        """Wait at most some seconds for events and handle them."""
        self._ask()
        for key, events in self._selector.select(seconds):
            watched = key.data
            if watched.socket is not None:  # not closed by an event before it
                self._handle(watched, events)
        self._ask()

    def close(self) -> None:
        """Release the system's own list of descriptors."""
        self._selector.close()

    def _ask(self) -> None:
        """Note what the connections that may have changed are waiting for."""
        now = monotonic()
        for watched in self._always:
            self._register(watched)
        changed = list(self._changed)
        self._changed.clear()
        for connection in changed:
            self._advance(connection, now)
        for connection in list(self._followed):
            if not connection.requests:
                self._followed.pop(connection, None)
            self._advance(connection, now)

    def _advance(self, connection: Any, now: float) -> None:  # noqa: ANN401 - waitress is untyped
        if connection.socket is None:
            return
        try:
            connection.advance(now)
        except Exception:  # noqa: BLE001 - whatever fails must not end the server
            connection.handle_error()
        if connection.socket is not None:
            self._register(connection)

    def _register(self, watched: Any) -> None:  # noqa: ANN401 - waitress is untyped
        """Change what the system waits for, if need be."""
        descriptor = watched._fileno  # noqa: SLF001 - waitress has no other name for it
        wanted = EVENT_READ if watched.readable() else 0
        if watched.writable() and not watched.accepting:
            wanted |= EVENT_WRITE
        known = self._interests.get(descriptor, 0)
        if wanted == known:
            return
        if not wanted:
            self._selector.unregister(descriptor)
        elif known:
            self._selector.modify(descriptor, wanted, watched)
        else:
            self._selector.register(descriptor, wanted, watched)
        self._interests[descriptor] = wanted

    def _handle(self, watched: Any, events: int) -> None:  # noqa: ANN401 - waitress is untyped
        try:
            if events & EVENT_READ:
                watched.handle_read_event()
            if events & EVENT_WRITE and watched.socket is not None:
                watched.handle_write_event()
        except OSError:  # the client has gone, in a way that waitress does not know
            watched.handle_close()
        except Exception:  # noqa: BLE001 - whatever fails must not end the server
            watched.handle_error()
        if watched not in self._always and watched.socket is not None:
            self._changed[watched] = None
