"""Serve an application: listen, keep room for new clients, and stop without losing an answer."""

from socket import socket
from time import monotonic
from typing import Any
from wsgiref.types import WSGIApplication

from waitress import wasyncore
from waitress.adjustments import Adjustments
from waitress.task import ThreadedTaskDispatcher

from web.server.connection import Connection
from web.server.event_loop import EventLoop
from web.server.limits import ServerLimits, count_connections, raise_descriptor_limit
from web.server.listener import Listener
from web.server.request_queue import RequestQueue
from web.server.room import (
    close_expired,
    close_longest_waiting,
    count_unfinished,
    free_memory,
)

TICK_S = 1.0
"""Seconds between two looks at the deadlines; chosen."""

MOVED_BYTES = 8_000_000
"""Bytes received and answered between two looks at the memory of connections; chosen."""

SHARE = 20
"""The part of the connections that is closed when there is no room for another; chosen."""

SIGNAL_ROUND_S = 0.1
"""Seconds that one round may last while the server stops; chosen."""


class Server:
    """Serves one application on all addresses of a host."""

    def __init__(
        self,
        application: WSGIApplication,
        address: tuple[str, int] | list[socket],
        threads: int,
        limits: ServerLimits | None = None,
        *,
        behind_proxy: bool = False,
    ) -> None:
        """Listen.

        Args:
            application: What answers the requests.
            address: The host and the port; 0 picks a free one. Or sockets that listen already.
            threads: Requests answered at the same time.
            limits: What clients may take.
            behind_proxy: Whether the headers that name a proxy's clients are passed on.

        Raises:
            OSError: The address cannot be listened on.
            ValueError: The name of the host does not resolve.
        """
        self.limits = limits or ServerLimits()
        self.most = count_connections(
            self.limits.connections, raise_descriptor_limit(self.limits.connections)
        )
        self.settings = _describe_settings(address, self.limits, behind_proxy=behind_proxy)
        self.loop = EventLoop()
        self.threads = ThreadedTaskDispatcher()
        self.threads.queue = RequestQueue()
        self.is_stopping = False
        self.moved_bytes = 0
        self._next_tick = 0.0
        self._objects: dict[int, Any] = {}
        places = self.settings.listen if isinstance(address, tuple) else address
        self.listeners = [Listener(application, self._objects, self, one) for one in places]
        for watched in self._objects.values():
            self.loop.watch_always(watched)
        self.threads.set_thread_count(threads)

    @property
    def port(self) -> int:
        """The port of the first address."""
        return int(self.listeners[0].effective_port)

    @property
    def connections(self) -> list[Connection]:
        """All connections that are open."""
        return [one for one in list(self._objects.values()) if isinstance(one, Connection)]

    def run(self) -> None:
        """Serve until `stop` is called, then finish what has been asked."""
        while not self.is_stopping:
            self._run_round(TICK_S)
        self._finish()

    def stop(self) -> None:
        """Let `run` end; may be called from a signal handler or another thread."""
        if not self.is_stopping:
            self.is_stopping = True
            self.listeners[0].pull_trigger()

    def has_room(self) -> bool:
        """Return whether another client may connect, after closing others if need be."""
        return len(self._objects) < self.most or self.make_room()

    def is_overloaded(self) -> bool:
        """Return whether as many requests wait for a thread as may."""
        return len(self.threads.queue) >= self.limits.queued

    def make_room(self) -> bool:
        """Close those that have waited longest; return whether there were any."""
        connections = self.connections
        return close_longest_waiting(connections, 1 + len(connections) // SHARE) > 0

    def _run_round(self, seconds: float) -> None:
        self.loop.run_round(seconds)
        if self.moved_bytes > MOVED_BYTES:
            self._check_memory()
        now = monotonic()
        if now >= self._next_tick:
            self._next_tick = now + TICK_S
            close_expired(self.connections, now)
            self._check_memory()
            for listener in self.listeners:
                listener.is_paused = False

    def _check_memory(self) -> None:
        self.moved_bytes = 0
        free_memory(self.connections, self.limits.held_bytes)

    def _finish(self) -> None:
        """Answer what has arrived, running or queued, within the time allowed."""
        for listener in self.listeners:
            listener.handle_accept()
        self.loop.run_round(0)
        for listener in self.listeners:
            listener.stop_listening()
        end = monotonic() + self.limits.finish_s
        while count_unfinished(self.connections) and monotonic() < end:
            self._run_round(SIGNAL_ROUND_S)
        for connection in self.connections:
            connection.handle_close()
        self.threads.shutdown(timeout=TICK_S)
        if not self.threads.threads:  # one that still runs would write to the closed trigger
            self.loop.close()
            wasyncore.close_all(self._objects)


def _describe_settings(
    address: tuple[str, int] | list[socket], limits: ServerLimits, *, behind_proxy: bool
) -> Any:  # noqa: ANN401 - waitress is untyped
    """Return waitress's settings; memory is bounded over all connections and not for each."""
    host, port = address if isinstance(address, tuple) else ("127.0.0.1", 0)  # resolved, not used
    return Adjustments(
        host=host,
        port=port,
        ident=None,
        clear_untrusted_proxy_headers=not behind_proxy,
        max_request_header_size=limits.head_bytes,
        max_request_body_size=limits.upload_bytes,
        outbuf_overflow=limits.held_bytes,
        inbuf_overflow=limits.upload_bytes,
        outbuf_high_watermark=limits.waiting_bytes,
    )
