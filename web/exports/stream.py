"""Stream all hits of a search to a client without keeping others from being answered.

The first hits are found within the budget of the request, so a search that is refused is refused
before anything is sent. Each further batch waits for a place at the gate like a costly request and
returns it before it is sent: a client that reads slowly holds no place. It does hold a thread,
therefore only a quarter of the threads may stream at a time. A failure in the middle is raised, and
the server closes the connection without the end that the protocol announces, so that the client
notices.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from index.records import Paper
from search.answers.hit_stream import HitStream
from search.budget.budget import open_budget
from search.budget.errors import ServerBusy
from search.budget.gate import Gate
from web.exports.formats import ExportFormat
from web.exports.keys import KeyPattern

SHARE = 4
"""Of so many threads one may stream; chosen."""

CHUNK = 1 << 18
"""Characters that are written in one turn at the gate: about 600 entries of BibTeX, .3 s."""

TRIES = 200
PAUSE_S = 0.3
"""A stream asks so often for a turn, with such pauses, before it fails: a minute at least; chosen.
Where costly requests may still wait, it waits with them for up to five seconds each time."""


class Streams:
    """Counts the streams of one server, and lets them take turns with costly requests."""

    def __init__(self, gate: Gate, threads: int) -> None:
        """Allow a share of the threads to stream.

        Args:
            gate: The gate of the server.
            threads: Requests that the server answers at a time.
        """
        self.most = max(1, threads // SHARE)
        self._gate = gate
        self._free = BoundedSemaphore(self.most)

    def begin(self) -> None:
        """Begin a stream.

        Raises:
            ServerBusy: As many run as may.
        """
        if not self._free.acquire(blocking=False):
            raise ServerBusy

    def end(self) -> None:
        """End a stream, which leaves room for another."""
        self._free.release()

    @contextmanager
    def take_turn(self) -> Iterator[None]:
        """Take a place at the gate for the block, and wait for it if need be.

        Raises:
            ServerBusy: No place became free in all tries.
        """
        for left in reversed(range(TRIES)):
            with self._gate.open_turn() as turn:
                try:
                    turn.take()
                except ServerBusy:
                    if not left:
                        raise
                else:
                    yield
                    return
            time.sleep(PAUSE_S)


class SearchStream:
    """The bytes of one export; closing it ends it, whether it was read or not."""

    def __init__(
        self,
        found: HitStream,
        export: ExportFormat,
        keys: KeyPattern,
        streams: Streams,
        mark: str = "",
    ) -> None:
        """Begin a stream.

        Args:
            found: The hits.
            export: The format.
            keys: The pattern of keys.
            streams: The streams of the server.
            mark: What precedes the first hit.

        Raises:
            ServerBusy: As many streams run as may.
        """
        streams.begin()
        self._streams, self._is_open = streams, True
        self._found = found
        self._pieces = export.write(self._list_papers(), keys)
        self._waiting = mark

    def __iter__(self) -> Iterator[bytes]:
        """Yield the bytes, a chunk at a time."""
        try:
            while chunk := self._write_chunk():
                yield chunk
        finally:
            self.close()

    def close(self) -> None:
        """End the stream."""
        if self._is_open:
            self._is_open = False
            self._streams.end()

    def _write_chunk(self) -> bytes:
        """Write the next pieces in a turn of their own; return nothing after the last."""
        chunk, self._waiting = [self._waiting], ""
        size = 0
        with self._streams.take_turn(), open_budget(None):
            for piece in self._pieces:
                chunk.append(piece)
                size += len(piece)
                if size > CHUNK:
                    break
        return "".join(chunk).encode()

    def _list_papers(self) -> Iterator[Paper]:
        while batch := self._found.read_batch():
            yield from batch
