"""Test in which order requests that wait for a thread are answered."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from threading import Semaphore
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from tests.support.raw_http import (
    GET,
    PATIENCE_S,
    connect,
    run_server,
    wait_until,
)
from web.server.request_queue import RequestQueue

if TYPE_CHECKING:
    from collections.abc import Iterable
    from wsgiref.types import StartResponse, WSGIEnvironment

    from web.server.server import Server


def _has_queued(server: Server, count: int) -> bool:
    return len(server.threads.queue) == count


def test_a_later_request_passes_a_flood() -> None:
    """Of many requests that wait, one that comes after them is among the next two."""
    gate, begun = Semaphore(0), list[str]()

    def wait(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        begun.append(environ["PATH_INFO"])
        assert gate.acquire(timeout=PATIENCE_S)
        start_response("200 OK", [("Content-Length", "0")])
        return []

    with run_server(wait, threads=1) as server, ExitStack() as clients:
        for waiting in range(50):
            clients.enter_context(connect(server.port, GET))
            wait_until(lambda: begun)
            wait_until(partial(_has_queued, server, waiting))
        late = clients.enter_context(
            connect(server.port, b"GET /late HTTP/1.1\r\nConnection: close\r\n\r\n")
        )
        wait_until(partial(_has_queued, server, 50))
        gate.release(3)
        assert late.recv(12) == b"HTTP/1.1 200"
        assert "/late" in begun[1:3]
        gate.release(60)
        wait_until(lambda: len(begun) == 51)


@given(st.lists(st.booleans(), max_size=60))
def test_nobody_waits_for_ever(arrivals: list[bool]) -> None:
    """Every request is taken once, and the oldest at the latest when two are."""
    queue, arrived, taken = RequestQueue(), list[int](), list[int]()
    for number, arrives in enumerate(arrivals + [False] * len(arrivals)):
        if arrives:
            queue.append(number)
            arrived.append(number)
        elif queue:
            oldest = queue[0]
            taken.append(queue.popleft())
            assert oldest in taken or queue[0] == oldest == _take_next(queue, taken)
    assert sorted(taken) == arrived


def _take_next(queue: RequestQueue, taken: list[int]) -> int:
    taken.append(queue.popleft())
    return taken[-1]
