"""Test one client's connection: order, deadlines, pipelining and what is refused."""

from __future__ import annotations

import socket
from threading import Semaphore, get_ident
from typing import TYPE_CHECKING

import pytest

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

SOON = ServerLimits(request_s=0.1, answer_s=0.1, answer_rate=10**9, closing_s=0.1)
LARGE = 12_000_000
"""Bytes of an answer that no system takes from the server before the client reads."""


def answer_large(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Answer with megabytes."""
    start_response("200 OK", [("Content-Length", str(LARGE))])
    return [b"a" * LARGE]


def fail(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Fail like an application with a fault."""
    start_response("200 OK", [])
    raise RuntimeError(environ["PATH_INFO"])


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"get / HTTP/1.1\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nContent-Length: 99999\r\n\r\n" + b"a" * 99_999, 413),
        (b"GET / HTTP/1.1\r\nTransfer-Encoding: x\r\n\r\n", 501),
        (b"GET http://[::1/ HTTP/1.1\r\n\r\n", 400),
        (b"GET / HTTP/3.0\r\n\r\n", 505),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505),
        (b"GET /" + b"a" * 300_000, 414),
        (b"GET / HTTP/1.1\r\n" + b"X: a\r\n" * 200 + b"\r\n", 431),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
        (b"GET /\n\n", 400),
        (b"GET /\r\n\r\n", 400),
        (b"POST / HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 99999\r\n\r\n", 413),
    ],
)
def test_refusals(data: bytes, status: int, caplog: pytest.LogCaptureFixture) -> None:
    """Every refusal has the headers and a sentence, though more bytes follow; no log grows."""
    with run_server() as server:
        check_refusal(ask(server.port, data), status)
        assert ask(server.port, GET_AND_CLOSE).startswith(b"HTTP/1.1 200 OK")
    assert not [record for record in caplog.records if record.levelname == "ERROR"]


@pytest.mark.parametrize(
    ("data", "status"),
    [
        (b"HEAD http://[::1/ HTTP/1.1\r\n\r\n", 400),
        (b"HEAD / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400),
        (b"\r\nHEAD / HTTP/1.1\r\nX : y\r\n\r\n", 400),
        (b"HEAD / HTTP/1.1\nX: y\n\n", 400),
        (b"HEAD / HTTP/3.0\r\n\r\n", 505),
        (b"HEAD /" + b"a" * 262_144 + b" HTTP/1.1\r\n\r\n", 414),
        (b"HEAD / HTTP/1.1\r\nContent-Length: 99999\r\n\r\n", 413),
    ],
)
def test_a_refusal_of_head_has_no_body(data: bytes, status: int) -> None:
    """The answer to HEAD ends with its head, whatever the request lacks."""
    with run_server() as server:
        answer = ask(server.port, data)
    assert answer.startswith(b"HTTP/1.1 %d " % status)
    assert answer.endswith(b"\r\n\r\n")


@pytest.mark.parametrize(
    "fields",
    [b"Connection: upgrade, close\r\n", b"Connection: CLOSE,\tTE\r\n",
     b"Connection: keep-alive\r\nConnection: close\r\n"],
)  # fmt: skip
@pytest.mark.parametrize("version", [b"1.0", b"1.1"])
def test_close_among_other_options_closes(fields: bytes, version: bytes) -> None:
    """A client that lists several options of its connection is closed if one says so."""
    with run_server() as server:
        answer = ask(server.port, b"GET /a HTTP/" + version + b"\r\n" + fields + b"\r\n")
    assert b"\r\nConnection: close\r\n" in answer
    assert answer.endswith(b"\r\n\r\n/a")


@pytest.mark.parametrize("data", [b"", b"\r\n\r\n", GET])
def test_idle_clients_are_closed(data: bytes) -> None:
    """A client that asks nothing, or nothing more, is closed without a word."""
    with run_server(limits=ServerLimits(idle_s=0.1, request_s=0.1, closing_s=0.1)) as server:
        answer = ask(server.port, data)
    assert not answer or answer.startswith((b"HTTP/1.1 200 OK", b"HTTP/1.1 408"))


@pytest.mark.parametrize(
    "data", [b"G", b"GET / HTTP/1.1\r\nX: ", b"POST / HTTP/1.1\r\nContent-Length: 9000\r\n\r\na"]
)
def test_slow_requests_are_refused(data: bytes) -> None:
    """A request that does not arrive in time gets 408, and so it does byte by byte."""
    with run_server(limits=SOON) as server:
        check_refusal(ask(server.port, data), 408)
        with connect(server.port, data) as client:
            client.settimeout(0.02)
            answer = b""
            while not answer:
                client.sendall(b"a")
                try:
                    answer = client.recv(65_536)
                except TimeoutError:
                    continue
            client.settimeout(PATIENCE_S)
            answer += read_to_end(client)
    assert check_refusal(answer, 408) == "The request took too long to arrive. Send it again.\n"


def test_slow_readers_are_closed() -> None:
    """A client that does not read its answer is closed."""
    with run_server(answer_large, SOON) as server, connect(server.port, GET) as client:
        wait_until(lambda: count_in_stage(server, Stage.SENDING))
        wait_until(lambda: not server.connections)
        assert len(read_to_end(client)) < LARGE


def test_pipelined_requests_are_answered_in_order() -> None:
    """Requests sent at once are answered one after another, and only one is parsed at a time."""
    paths = [b"/%d" % number for number in range(300)]
    data = b"".join(b"GET %s HTTP/1.1\r\n\r\n" % path for path in paths)
    with run_server() as server:
        answer = ask(server.port, data + GET_AND_CLOSE)
    bodies = [part.split(b"HTTP/1.1", 1)[0] for part in answer.split(b"\r\n\r\n")[1:]]
    assert bodies == [*paths, b"/"]


def test_pipelining_without_reading_holds_no_thread() -> None:
    """A client that asks for much and reads nothing keeps no other from being answered."""
    with run_server(answer_large, threads=1) as server, connect(server.port, GET * 100) as client:
        for _ in range(3):
            assert len(ask(server.port, GET_AND_CLOSE)) > LARGE
        held = max(connection.held_bytes for connection in server.connections)
        assert held < 2 * LARGE
        assert client.recv(12) == b"HTTP/1.1 200"


def test_a_refusal_needs_no_thread() -> None:
    """A bad request is answered while every thread is busy."""
    gate, threads = Semaphore(0), []

    def wait(_environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        threads.append(get_ident())
        assert gate.acquire(timeout=PATIENCE_S)
        start_response("200 OK", [("Content-Length", "0")])
        return []

    with run_server(wait, threads=1) as server, connect(server.port, GET_AND_CLOSE) as client:
        check_refusal(ask(server.port, b"nonsense\r\n\r\n"), 400)
        gate.release()
        assert read_to_end(client).startswith(b"HTTP/1.1 200 OK")
    assert len(threads) == 1


def test_a_body_may_be_asked_for() -> None:
    """A client that waits for leave to send its body gets it."""
    fields = b"Expect: 100-continue\r\nConnection: close\r\nContent-Length: 3\r\n"
    head = b"POST /a HTTP/1.1\r\n" + fields + b"\r\n"
    with run_server() as server, connect(server.port, head) as client:
        assert client.recv(100) == b"HTTP/1.1 100 Continue\r\n\r\n"
        client.sendall(b"abc")
        assert read_to_end(client).endswith(b"\r\n\r\n/a")


def test_a_client_may_end_its_side_first() -> None:
    """A client that asks and closes its sending side is answered."""
    with run_server() as server, connect(server.port, GET) as client:
        client.shutdown(socket.SHUT_WR)
        assert read_to_end(client).endswith(b"\r\n\r\n/")


def test_a_failing_application(caplog: pytest.LogCaptureFixture) -> None:
    """A failure outside the pages is a refusal too, and the log has one entry."""
    with run_server(fail) as server:
        check_refusal(ask(server.port, b"GET /a%0Ab HTTP/1.1\r\n\r\n"), 500)
    errors = [record for record in caplog.records if record.levelname == "ERROR"]
    assert [record.getMessage() for record in errors] == ["Exception while serving /a\nb"]
