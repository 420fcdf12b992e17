"""Test many clients at once: room, memory, descriptors and the end of the server."""

from __future__ import annotations

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Semaphore
from typing import TYPE_CHECKING

import pytest

from tests.support.paths import ROOT
from tests.support.raw_http import (
    GET,
    GET_AND_CLOSE,
    PATIENCE_S,
    ask,
    check_refusal,
    connect,
    count_in_stage,
    read_to_end,
    run_server,
    wait_until,
)
from web.server.connection import Stage
from web.server.limits import ServerLimits

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

HALF = b"GET / HTTP/1.1\r\nX: "
NOW = b"GET /0 HTTP/1.0\r\n\r\n"
PIECE = 1_000_000

SLOW = """
import signal, time
from web.commands.service import _stop_on_signals
from web.server.server import Server

def answer(environ, start_response):
    time.sleep(float(environ["PATH_INFO"][1:]))
    start_response("200 OK", [("Content-Length", "3000000")])
    return [b"a" * 3_000_000]

server = Server(answer, ("127.0.0.1", 0), 2)
print(server.port, flush=True)
_stop_on_signals(server.stop)
server.run()
"""


@pytest.mark.parametrize("data", [b"", HALF, b"\r\n"])
def test_there_is_always_room(data: bytes) -> None:
    """Ten times as many idle clients as there may be keep nobody out."""
    with run_server(limits=ServerLimits(connections=20)) as server, ExitStack() as clients:
        for _ in range(200):
            clients.enter_context(connect(server.port, data))
        assert ask(server.port, GET_AND_CLOSE).endswith(b"\r\n\r\n/")
        assert len(server.connections) <= 20


def test_the_longest_waiting_go_first() -> None:
    """The client that has waited longest is closed for a new one, though it sends bytes."""
    with run_server(limits=ServerLimits(connections=9)) as server, ExitStack() as clients:
        first = clients.enter_context(connect(server.port, HALF))
        assert ask(server.port, GET_AND_CLOSE).endswith(b"\r\n\r\n/")
        first.sendall(b"a")
        later = [clients.enter_context(connect(server.port, HALF)) for _ in range(8)]
        assert read_to_end(first) == b""
        later[-1].sendall(b"a\r\n\r\n")
        assert later[-1].recv(15) == b"HTTP/1.1 200 OK"


@pytest.mark.parametrize(
    ("limits", "data"),
    [
        # The socket and the pipe of the server count as connections.
        (ServerLimits(connections=6), b""),
        (ServerLimits(queued=2), GET),
    ],
)
def test_a_full_server_says_so(limits: ServerLimits, data: bytes) -> None:
    """Where all clients are being answered, another gets 503, and these get their answers."""
    gate = Semaphore(0)

    def wait(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        assert gate.acquire(timeout=PATIENCE_S)
        start_response("200 OK", [("Content-Length", "0")])
        return []

    with run_server(wait, limits) as server, ExitStack() as stack:
        clients = []
        for count in range(1, 5):
            clients.append(stack.enter_context(connect(server.port, GET_AND_CLOSE)))
            wait_until(lambda: count_in_stage(server, Stage.ANSWERING) == count)  # noqa: B023 - awaited here
            wait_until(lambda: len(server.threads.queue) == max(0, count - 2))  # noqa: B023 - awaited here
        check_refusal(ask(server.port, data), 503)
        gate.release(4)
        assert [read_to_end(client)[:12] for client in clients] == [b"HTTP/1.1 200"] * 4


def test_memory_is_bounded_over_all_clients() -> None:
    """Answers that nobody reads hold no more than the limit, and requests that arrive neither."""

    def answer(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        start_response("200 OK", [("Content-Length", str(8 * PIECE))])
        return [b"a" * (8 * PIECE)]

    limits = ServerLimits(held_bytes=16 * PIECE)
    with run_server(answer, limits) as server, ExitStack() as clients:
        for _ in range(12):
            clients.enter_context(connect(server.port, GET))
        for _ in range(100):
            clients.enter_context(connect(server.port, b"GET /" + b"a" * 200_000))
        assert len(ask(server.port, GET_AND_CLOSE)) > 8 * PIECE
        wait_until(lambda: sum(one.held_bytes for one in server.connections) <= limits.held_bytes)
        assert len(server.connections) < 112


def _start_slow() -> tuple[subprocess.Popen[str], int]:
    process = subprocess.Popen(
        [sys.executable, "-c", SLOW], cwd=ROOT, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    return process, int(process.stdout.readline())


def test_a_process_without_descriptors() -> None:
    """A server that runs out of descriptors answers all the same, and recovers."""
    resource = pytest.importorskip("resource", reason="this system has no such limit")
    if not hasattr(resource, "prlimit"):
        pytest.skip("only Linux can change the limit of another process")
    process, port = _start_slow()
    with process:
        resource.prlimit(process.pid, resource.RLIMIT_NOFILE, (30, 30))
        with ExitStack() as clients:
            for _ in range(100):
                clients.enter_context(connect(port, HALF))
            assert ask(port, NOW).startswith(b"HTTP/1.0 200")
        assert ask(port, NOW).startswith(b"HTTP/1.0 200")
        process.terminate()
        assert process.wait(PATIENCE_S) == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_all_that_was_asked_is_answered(number: signal.Signals) -> None:
    """Requests that run and requests that wait for a thread are answered whole after a signal."""
    process, port = _start_slow()
    with process, ExitStack() as stack, ThreadPoolExecutor(12) as pool:
        stack.enter_context(connect(port, HALF))
        clients = [
            stack.enter_context(connect(port, b"GET /0.2 HTTP/1.1\r\n\r\n")) for _ in range(12)
        ]
        assert clients[0].recv(1) == b"H"
        process.send_signal(number)
        answers = list(pool.map(read_to_end, clients))
        assert [len(answer) > 3_000_000 for answer in answers] == [True] * 12
        assert b"\r\nConnection: close\r\n" in b"".join(answers)
        assert process.wait(PATIENCE_S) == 0


def test_a_second_signal_ends_at_once() -> None:
    """A server that waits for a long request ends at the second signal."""
    process, port = _start_slow()
    with process, connect(port, b"GET /600 HTTP/1.1\r\n\r\n") as client:
        assert ask(port, b"GET /0 HTTP/1.1\r\nConnection: close\r\n\r\n").startswith(
            b"HTTP/1.1 200"
        )
        process.terminate()
        wait_until(lambda: is_refused(port))
        process.terminate()
        assert process.wait(PATIENCE_S) == -signal.SIGTERM
        assert client.recv(1) == b""


def is_refused(port: int) -> bool:
    """Return whether nobody listens."""
    try:
        connect(port).close()
    except OSError:
        return True
    return False


def test_the_end_is_bounded() -> None:
    """A request that takes longer than the server waits does not keep it from ending."""
    gate = Semaphore(0)

    def wait(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        gate.acquire(timeout=PATIENCE_S)
        start_response("200 OK", [("Content-Length", "0")])
        return []

    with run_server(wait, ServerLimits(finish_s=0.1)) as server:
        client = connect(server.port, GET)
        wait_until(lambda: count_in_stage(server, Stage.ANSWERING))
        server.stop()
        assert read_to_end(client) == b""
        client.close()
        gate.release()
