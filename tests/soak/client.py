"""Send requests over HTTP as browsers and programs do, and count what comes back."""

import json
import time
from array import array
from collections import Counter
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPResponse
from threading import Lock
from typing import Any, Protocol, Self

from tests.soak.outages import Outages, ServerAway

PATIENCE_S = 300
"""Seconds that a client waits; no request should need them, even if other tests take all
processors."""


AWAY_S = 0.05
"""Seconds that a client waits after it has met no server; chosen."""


class AnswerFault(Exception):
    """An answer is not as it must be whatever the index holds."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a server answered.

    Attributes:
        status: The status.
        headers: The headers, by their names in lower case.
        body: The body.
    """

    status: int
    headers: dict[str, str]
    body: bytes

    def read_json(self) -> Any:  # noqa: ANN401 - any document
        """Return the data of a successful answer.

        Raises:
            AnswerFault: It failed, or it is no JSON.
        """
        self.require_status(200)
        try:
            return json.loads(self.body)["data"]
        except (ValueError, LookupError, TypeError) as error:
            raise AnswerFault(f"the answer is no JSON: {self.body[:80]!r}") from error

    def require_status(self, *allowed: int) -> None:
        """Refuse an answer with another status.

        Raises:
            AnswerFault: The status is another one.
        """
        if self.status not in allowed:
            raise AnswerFault(f"the status is {self.status}: {self.body[:200]!r}")


AWAY = "restart"
"""The result of a request that met no server."""


class Address(Protocol):
    """Where a server listens.

    Attributes:
        outages: When it is restarted.
        port: The port.
    """

    outages: Outages
    port: int


class Tally:
    """Counts requests by kind and status, and keeps their times; shared between threads.

    Attributes:
        counts: The number of requests by their kind and result.
        seconds: How long each request of a kind took.
    """

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()
        self.seconds: dict[str, array[float]] = {}
        self._lock = Lock()

    def add(self, kind: str, result: str, seconds: float) -> None:
        """Count a request that took some seconds."""
        with self._lock:
            self.counts[kind, result] += 1
            self.seconds.setdefault(kind, array("f")).append(seconds)


class Client:
    """A client that keeps its connection, or opens one for each request; a context manager.

    Args:
        server: The port of the server, and when it is restarted.
        tally: Counts the requests.
        keeps: Whether it keeps its connection.
        pause: Seconds that it waits before each request.
    """

    def __init__(
        self, server: Address, tally: Tally, *, keeps: bool = True, pause: float = 0
    ) -> None:
        self._server = server
        self._tally = tally
        self._keeps = keeps
        self._pause = pause
        self._open: HTTPConnection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()

    def ask(self, kind: str, path: str, method: str = "GET") -> Reply:
        """Send a request and return the answer.

        Args:
            kind: What it is counted as.
            path: The path, percent-encoded.
            method: The method.

        Raises:
            ServerAway: There is no whole answer, since the server was restarted.
            AnswerFault: There is no whole answer.
        """
        time.sleep(self._pause)
        started, ended = time.monotonic(), self._server.outages.ended
        try:
            reply = self._send(path, method)
        except (OSError, HTTPException) as error:
            self._close()
            if self._server.outages.have_disturbed(ended):
                self._tally.add(kind, AWAY, time.monotonic() - started)
                time.sleep(AWAY_S)
                raise ServerAway from error
            self._tally.add(kind, type(error).__name__, time.monotonic() - started)
            raise AnswerFault(f"no answer ({error!r})") from error
        self._tally.add(kind, str(reply.status), time.monotonic() - started)
        return reply

    def _send(self, path: str, method: str) -> Reply:
        if not self._keeps:
            with closing(self._connect()) as connection:
                return _exchange(connection, path, method, {"Connection": "close"})
        if self._open is None:
            self._open = self._connect()
            return _exchange(self._open, path, method, {})
        try:
            return _exchange(self._open, path, method, {})
        except (ConnectionError, HTTPException):
            # A server may close a connection that was idle; a client then sends again.
            self._close()
            self._open = self._connect()
            return _exchange(self._open, path, method, {})

    def _connect(self) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self._server.port, timeout=PATIENCE_S)

    def _close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None


def _exchange(connection: HTTPConnection, path: str, method: str, headers: dict[str, str]) -> Reply:
    connection.request(method, path, headers=headers)
    response: HTTPResponse = connection.getresponse()
    named = {name.lower(): value for name, value in response.getheaders()}
    return Reply(response.status, named, response.read())
