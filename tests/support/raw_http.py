"""Run the project's server over a small application, and speak to it byte by byte."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from threading import Thread
from time import sleep
from typing import TYPE_CHECKING

from web.headers import SECURITY_HEADERS
from web.server.server import Server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

    from web.server.connection import Stage
    from web.server.limits import ServerLimits

PATIENCE_S = 30
"""Seconds that a server may take to answer or to stop."""

GET = b"GET / HTTP/1.1\r\nHost: here\r\n\r\n"
GET_AND_CLOSE = b"GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n"


def answer_path(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer with the path of the request; a small application."""
    body = environ["PATH_INFO"].encode("latin-1")
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


@contextmanager
def run_server(
    application: WSGIApplication = answer_path,
    limits: ServerLimits | None = None,
    threads: int = 2,
) -> Iterator[Server]:
    """Serve an application on a free port of this machine while the block runs."""
    server = Server(application, ("127.0.0.1", 0), threads, limits)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join(PATIENCE_S)
        assert not thread.is_alive()


def connect(port: int, data: bytes = b"") -> socket.socket:
    """Connect and send some bytes."""
    client = socket.create_connection(("127.0.0.1", port), PATIENCE_S)
    client.sendall(data)
    return client


def read_to_end(client: socket.socket) -> bytes:
    """Return all that the server sends until it closes the connection."""
    pieces = []
    while piece := client.recv(65_536):
        pieces.append(piece)
    return b"".join(pieces)


def wait_until(is_true: Callable[[], object]) -> None:
    """Wait until something holds; a test's own timeout ends a wait in vain."""
    while not is_true():
        sleep(0.01)


def count_in_stage(server: Server, stage: Stage) -> int:
    """Return how many connections are in a stage."""
    return sum(connection.stage is stage for connection in server.connections)


def ask(port: int, data: bytes) -> bytes:
    """Send bytes and return the answer, which must end the connection."""
    with connect(port, data) as client:
        return read_to_end(client)


def check_refusal(answer: bytes, status: int) -> str:
    """Check the status, the headers and the form of a refusal; return its sentence."""
    head, _, body = answer.partition(b"\r\n\r\n")
    first, *lines = head.decode("ascii").split("\r\n")
    fields = dict(line.split(": ", 1) for line in lines)
    assert first.startswith(f"HTTP/1.1 {status} ")
    assert SECURITY_HEADERS.items() <= fields.items()
    assert fields["Content-Length"] == str(len(body))
    assert fields["Connection"] == "close"
    assert not {"Server", "Via"} & set(fields)
    assert "waitress" not in answer.decode("ascii").lower()
    assert body.endswith(b".\n")
    assert body.count(b"\n") == 1
    return body.decode("ascii")
