"""Test that waiting costs nothing for connections without events."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING

from tests.support.raw_http import GET_AND_CLOSE, ask, connect, run_server

if TYPE_CHECKING:
    import pytest


def test_idle_connections_are_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    """A request beside 300 idle connections asks none of these what it waits for."""
    with run_server() as server, ExitStack() as clients:
        for _ in range(300):
            clients.enter_context(connect(server.port))
        assert ask(server.port, GET_AND_CLOSE).endswith(b"\r\n\r\n/")
        idle = server.connections
        asked: list[int] = []

        def note() -> bool:
            asked.append(1)
            return True

        for connection in idle:
            monkeypatch.setattr(connection, "readable", note)
        for _ in range(5):
            assert ask(server.port, GET_AND_CLOSE).endswith(b"\r\n\r\n/")
        assert len(idle) == 300
        assert asked == []
