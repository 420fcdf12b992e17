"""Test answers that are sent while they are still being made."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from tests.support.raw_http import GET, connect, read_to_end, run_server, wait_until
from web.server.limits import ServerLimits

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from wsgiref.types import StartResponse, WSGIEnvironment

    import pytest

PIECE = b"a" * 65_536
PIECES = 400
"""Pieces of 26 MB, which no system takes from the server before the client reads."""

GET_ONCE = b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n"


class Pieces:
    """An answer in pieces that says whether it was closed."""

    def __init__(self, count: int, *, fails: bool = False) -> None:
        """Answer with some pieces, and then perhaps fail."""
        self.count, self.fails, self.made, self.is_closed = count, fails, 0, False

    def __call__(self, _environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        start_response("200 OK", [])
        return self

    def __iter__(self) -> Iterator[bytes]:
        """Yield the pieces."""
        while self.made < self.count:
            self.made += 1
            yield PIECE
        if self.fails:
            raise RuntimeError

    def close(self) -> None:
        """Note the end."""
        self.is_closed = True


def test_a_client_that_reads_is_given_time() -> None:
    """A client that reads fast enough gets all of an answer that takes longer than a short one."""
    answer, limits = Pieces(PIECES), ServerLimits(answer_s=0.1, answer_rate=1_000_000)
    with run_server(answer, limits) as server, connect(server.port, GET_ONCE) as client:
        got = 0
        while piece := client.recv(1 << 20):
            got += len(piece)
            time.sleep(0.01)
    assert got > PIECES * len(PIECE)
    assert answer.is_closed


def test_a_client_that_stops_reading_is_closed() -> None:
    """Little of the answer is made for it, and what makes the answer is closed."""
    answer, limits = Pieces(1 << 30), ServerLimits(answer_s=0.1, answer_rate=10**9)
    with run_server(answer, limits) as server, connect(server.port, GET):
        wait_until(lambda: answer.is_closed)
        wait_until(lambda: not server.connections)
        assert answer.made < PIECES


def test_a_failure_in_the_middle_is_noticed(caplog: pytest.LogCaptureFixture) -> None:
    """The end that the protocol announces is missing, and the log names the failure."""
    for answer, ends in ((Pieces(2), True), (Pieces(2, fails=True), False)):
        with run_server(answer) as server, connect(server.port, GET_ONCE) as client:
            assert read_to_end(client).endswith(b"\r\n0\r\n\r\n") == ends
        assert answer.is_closed
    assert "RuntimeError" in caplog.text
