"""Prepare batches of records in several processes and return them in order.

Repairing and analysing take most of a build. Worker processes do it, each fed and read in turn,
so that everything stays in the order of the dump. If a worker fails or cannot be started, nothing
is lost: its records are prepared in this process.
"""

import os
import sys
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import msgspec

from index.build.messages import (
    PackedBatch,
    PreparedBatch,
    decode_batch,
    decode_prepared,
    encode,
)
from index.build.prepare import IsKnown, prepare_batch
from index.build.worker_process import WorkerProcess, read_message, serve, write_message
from index.store.ledger import Ledger

FEW = 1_000
"""Records prepared before a worker is started: starting one costs as much as some hundred."""

MOST_WORKERS = 4
"""Workers unless more are asked for; one writer cannot keep up with more."""

AHEAD = 3
"""Batches that a worker holds at most, so that it has work while its answer waits to be read."""

_ARRAY = b"\xdd"
"""The first byte of an array in MessagePack whose length follows in four bytes."""


class WorkerPool:
    """Prepares batches in the order in which they are submitted; must be closed."""

    def __init__(self, processes: int | None = None, ledger: Path | None = None) -> None:
        """Create a pool; workers are started when they are needed.

        Args:
            processes: How many workers to use; 0 prepares everything in this process, None
                uses one for each processor.
            ledger: A ledger that nobody writes; records that it has are not prepared again.
        """
        usual = min(os.cpu_count() or 1, MOST_WORKERS)
        self._wanted = usual if processes is None else processes
        self._path = ledger
        self._ledger = Ledger(ledger) if ledger else None
        self._workers: deque[_Worker] = deque()
        self._pending: deque[_Worker] = deque()
        self._few = FEW

    def submit(self, batch: PackedBatch) -> Iterator[PreparedBatch]:
        """Take a batch, and yield those that are ready by now, in order."""
        few, self._few = self._few, max(0, self._few - batch.count)
        if (few and not self._workers) or not self._rotate():
            yield batch, list(prepare_batch(batch.unpack(), _make_lookup(self._ledger)))
            return
        # Workers take turns, so that the results come back in order.
        worker = self._workers[-1]
        while not worker.has_room(batch):
            yield self._pending.popleft().receive()
        worker.send(batch)
        self._pending.append(worker)

    def _rotate(self) -> bool:
        """Move the next worker to the end, starting one if needed; return False if none can run."""
        if len(self._workers) < self._wanted:
            try:
                self._workers.append(_Worker(self._path))
            except OSError:  # the system starts no more of them
                self._wanted = len(self._workers)
            else:
                return True
        self._workers.rotate(-1)
        return bool(self._workers)

    def drain(self) -> Iterator[PreparedBatch]:
        """Yield the batches that are still being prepared, in order."""
        while self._pending:
            yield self._pending.popleft().receive()

    def close(self) -> None:
        """End the workers."""
        for worker in self._workers:
            worker.process.end()
        self._workers.clear()
        self._pending.clear()
        if self._ledger:
            self._ledger.close()


class _Worker:
    """One worker process, and the batches it has been sent, the oldest first."""

    def __init__(self, ledger: Path | None) -> None:
        self._batches: deque[PackedBatch] = deque()
        arguments = [str(ledger)] if ledger else []
        self.process = WorkerProcess("index.build.worker_pool", *arguments)

    def has_room(self, batch: PackedBatch) -> bool:
        """Return whether a batch can be sent without waiting until the worker has read another.

        Without this check both could wait for each other: the worker may be about to write what
        nobody reads.
        """
        if not self._batches:
            return True
        waiting = sum(len(one.message) for one in (*self._batches, batch))
        return len(self._batches) < AHEAD and waiting <= self.process.capacity

    def send(self, batch: PackedBatch) -> None:
        """Send a batch; call only if it `has_room`."""
        self._batches.append(batch)
        try:
            self.process.send(batch.message)
        except OSError:
            self.process.end()

    def receive(self) -> PreparedBatch:
        """Return its oldest batch, prepared; there must be one."""
        batch = self._batches.popleft()
        try:
            return batch, decode_prepared(self.process.receive())
        except (OSError, EOFError, msgspec.MsgspecError):
            self.process.end()
            return batch, list(prepare_batch(batch.unpack()))


def _make_lookup(ledger: Ledger | None) -> IsKnown | None:
    return None if ledger is None else lambda content: ledger.find_content(content) is not None


def main() -> None:
    """Prepare the batches that come on standard input until it ends."""
    is_known = _make_lookup(Ledger(Path(sys.argv[1])) if len(sys.argv) > 1 else None)
    with serve():
        while True:
            batch = decode_batch(read_message(sys.stdin.buffer))
            # Encode each record while it is still in the processor's cache.
            prepared = [encode(record) for record in prepare_batch(batch, is_known)]
            count = len(prepared).to_bytes(4, "big")
            write_message(sys.stdout.buffer, b"".join([_ARRAY, count, *prepared]))


if __name__ == "__main__":
    main()
