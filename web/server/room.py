"""Choose the connections that are closed, because their time is over or others need the room."""

from collections.abc import Iterable, Iterator
from itertools import islice

from web.server.connection import Connection, Stage


def close_expired(connections: Iterable[Connection], now: float) -> None:
    """End the connections whose stage has lasted too long."""
    for connection in connections:
        if connection.deadline < now:
            connection.expire()


def close_longest_waiting(connections: Iterable[Connection], count: int) -> int:
    """Close those that have waited longest for their client; return how many there were.

    A client that sends or reads byte by byte has waited since its request or answer began, so it
    cannot make itself look young.
    """
    chosen = list(islice(_order_waiting(connections), count))
    for connection in chosen:
        connection.handle_close()
    return len(chosen)


def free_memory(connections: Iterable[Connection], allowed: int) -> None:
    """Close connections until the others hold no more than some bytes."""
    holding = [connection for connection in connections if connection.held_bytes]
    held = sum(connection.held_bytes for connection in holding)
    for connection in _order_waiting(holding):
        if held <= allowed:
            return
        held -= connection.held_bytes
        connection.handle_close()


def count_unfinished(connections: Iterable[Connection]) -> int:
    """Close what has nothing to finish; return how many are still being answered."""
    unfinished = 0
    for connection in connections:
        if connection.stage in {Stage.ANSWERING, Stage.SENDING}:
            unfinished += 1
        else:
            connection.handle_close()
    return unfinished


def _order_waiting(connections: Iterable[Connection]) -> Iterator[Connection]:
    """Yield the connections that wait for their client, the longest waiting first."""
    waiting = [one for one in connections if one.stage is not Stage.ANSWERING]
    yield from sorted(waiting, key=lambda one: one.since)
