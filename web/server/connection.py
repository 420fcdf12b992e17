"""Carry the requests and answers of one client."""

import socket
from enum import Enum, auto
from http import HTTPStatus
from time import monotonic
from typing import TYPE_CHECKING, Any

from waitress.channel import HTTPChannel
from waitress.task import WSGITask

from web.server.refusals import RefusalTask
from web.server.request_parser import RequestParser

if TYPE_CHECKING:
    from web.server.limits import ServerLimits

READ_BYTES = 65_536
"""Bytes read at a time from a client that is told to stop sending."""


class Stage(Enum):
    """What a connection waits for."""

    IDLE = auto()
    RECEIVING = auto()
    ANSWERING = auto()
    SENDING = auto()
    CLOSING = auto()


class PageTask(WSGITask):  # type: ignore[misc] # waitress is untyped
    """Answers with the application, and announces the end of the connection while stopping."""

    def build_response_header(self) -> bytes:
        """Return the head of the answer."""
        if self.channel.server.is_stopping:
            self.set_close_on_finish()
        return bytes(super().build_response_header())


class Connection(HTTPChannel):  # type: ignore[misc] # waitress is untyped
    """A client's connection, in which no stage but the application's own work may last.

    One request at a time is parsed; what follows it waits until the answer is sent, so that a
    client that reads nothing holds no thread and the memory of one answer. A refusal is written
    at once, without waiting for a thread.
    """

    error_task_class = RefusalTask
    task_class = PageTask

    def __init__(self, server: Any, sock: socket.socket, addr: Any, adj: Any, map: Any) -> None:  # noqa: A002, ANN401 - waitress names and chooses them
        """Accept a client."""
        self.request: RequestParser | None = None
        self._rest = b""
        self._is_refused = self._is_closing = False
        self.stage = Stage.IDLE
        self.since = monotonic()
        self.deadline = self.since + server.limits.idle_s
        super().__init__(server, sock, addr, adj, map)

    @property
    def held_bytes(self) -> int:
        """The memory of what has arrived and of what is to be sent."""
        arrived = self.request.held_bytes if self.request else 0
        return int(self.total_outbufs_len) + len(self._rest) + int(arrived)

    def add_channel(self, map: Any = None) -> None:  # noqa: A002, ANN401 - waitress names it
        """Let the loop watch the connection."""
        super().add_channel(map)
        self.server.loop.add(self)

    def del_channel(self, map: Any = None) -> None:  # noqa: A002, ANN401 - waitress names it
        """Let the loop forget the connection, before its descriptor is used for another."""
        self.server.loop.discard(self)
        super().del_channel(map)

    def advance(self, now: float) -> None:
        """Begin the request that waits, if any, and note what the connection waits for."""
        if self._rest and not (self.requests or self.total_outbufs_len):
            rest, self._rest = self._rest, b""
            self.receive(rest)
        stage = self._find_stage()
        if stage is not self.stage:
            self.stage, self.since = stage, now
            self.server.owner.moved_bytes += self.total_outbufs_len
            self.deadline = now + self._find_patience(stage)

    def expire(self) -> None:
        """End the connection, with a word to a client whose request did not arrive in time."""
        if self.stage is Stage.RECEIVING and self.request is not None:
            self.request.refuse(HTTPStatus.REQUEST_TIMEOUT)
            self._go_on(self.request)
            self._answer_refused()
        else:
            self.handle_close()

    def readable(self) -> bool:
        """Return whether more may be read."""
        return self._is_closing or (not self._rest and bool(super().readable()))

    def handle_read(self) -> None:
        """Read; a client that was refused is not listened to."""
        if not self._is_closing:
            super().handle_read()
        elif not self.recv(READ_BYTES):
            self.handle_close()

    def receive(self, data: bytes) -> None:
        """Parse at most one request and queue it; keep what follows."""
        self.server.owner.moved_bytes += len(data)
        with self.requests_lock:
            if self.will_close or self.close_when_flushed:
                return
            while data and not self.requests:
                request = self.request or RequestParser(self.adj, self.server.limits)
                self.request = request
                data = data[request.receive(data) :]
                self._go_on(request)
            self._rest = data
        if self._is_refused:
            self._answer_refused()

    received = receive  # the name that waitress calls

    def _go_on(self, request: RequestParser) -> None:
        """Ask for the body, if the client waits for that, or queue the complete request."""
        if request.completed:
            if request.error is None and self.server.owner.is_overloaded():
                request.refuse(HTTPStatus.SERVICE_UNAVAILABLE)
            self.requests.append(request)
            self.request, self.sent_continue = None, False
            self._is_refused = request.error is not None
            if not self._is_refused:
                self.server.add_task(self)
        elif request.expect_continue and request.headers_finished and not self.sent_continue:
            self.send_continue()

    def _answer_refused(self) -> None:
        """Write the refusal, which ends the connection, in the loop's own thread."""
        self._rest = b""
        super().service()

    def service(self) -> None:
        """Answer one request in a thread of the application."""
        self.server.loop.follow(self)
        super().service()

    def handle_write(self) -> None:
        """Send what there is, and close if that was all."""
        if not self.requests:
            self._flush_exception(self._flush_some)
        elif self.total_outbufs_len >= self.adj.send_bytes:
            self._flush_exception(self._flush_some_if_lockable)
        if self.will_close:
            self.handle_close()
        elif self.close_when_flushed and not self.total_outbufs_len and self.socket is not None:
            self._end()

    def write_soon(self, data: Any) -> int:  # noqa: ANN401 - bytes, or a file of waitress
        """Queue a part of the answer; while the client reads, each part gives it more time.

        So an answer that is still being made, such as an export, may take as long as one that was
        complete from the beginning.
        """
        written = int(super().write_soon(data))
        if self.stage is Stage.SENDING:
            self.deadline += written / self.server.limits.answer_rate
        return written

    def _end(self) -> None:
        """Close, after the client of a refused request has stopped sending.

        A socket that is closed with unread bytes resets the connection, which may take the answer
        from the client. Source: RFC 9112, section 9.6.
        """
        self.close_when_flushed = False
        if not self._is_refused:
            self.handle_close()
            return
        self._is_closing = True
        try:
            self.socket.shutdown(socket.SHUT_WR)
        except OSError:  # the client has gone
            self.handle_close()

    def handle_error(self) -> None:
        """Log a failure of the server itself and close."""
        self.logger.error("A connection failed", exc_info=True)  # noqa: LOG014 - the loop calls it while it handles one
        self.handle_close()

    def _find_stage(self) -> Stage:
        if self._is_closing:
            return Stage.CLOSING
        if self.total_outbufs_len:
            return Stage.SENDING
        if self.requests:
            return Stage.ANSWERING
        return Stage.IDLE if self.request is None else Stage.RECEIVING

    def _find_patience(self, stage: Stage) -> float:
        """Return how many seconds a stage may last."""
        limits: ServerLimits = self.server.limits
        return {
            Stage.IDLE: limits.idle_s,
            Stage.RECEIVING: limits.request_s,
            Stage.ANSWERING: float("inf"),
            Stage.SENDING: limits.answer_s + int(self.total_outbufs_len) / limits.answer_rate,
            Stage.CLOSING: limits.closing_s,
        }[stage]
