"""Answers: in how many processes are a dump's records prepared?

Repairing and analysing take most of a build. Processes of our own do it
(`index.build.worker_process`), each fed
and read in turn, so that everything stays in the order of the dump. A process that fails costs
nothing but time, as its records are then prepared here; so does one that cannot be started.
"""

import os
import sys
from collections import deque
from collections.abc import Iterator
from pathlib import Path

import msgspec

from index.build.prepare import BATCH, Done, Known, Packed, Ready, prepared
from index.build.worker_process import Peer, read_message, serving, write_message
from index.store.ledger import Ledger

FEW = 1_000
"""Records prepared without further processes: starting one costs as much as some hundred."""

MOST_PROCESSES = 4
"""Processes unless more are asked for; one writer cannot take more from them."""

AHEAD = 3
"""Batches that a process has at most, so that it has one while its answer waits to be read."""

_ARRAY = b"\xdd"
"""What an array begins with in MessagePack; its length follows in four bytes."""
_ENCODE = msgspec.msgpack.Encoder().encode
_READY = msgspec.msgpack.Decoder(list[Ready]).decode


class Preparation:
    """Prepares batches in the order in which they are given; to be closed."""

    def __init__(self, processes: int | None = None, ledger: Path | None = None) -> None:
        """Start nothing yet.

        Args:
            processes: How many to use; 0 prepares all here, None one for each processor.
            ledger: A ledger that does not change; records that it has are not prepared again.
        """
        usual = min(os.cpu_count() or 1, MOST_PROCESSES)
        self._wanted = usual if processes is None else processes
        self._path = ledger
        self._ledger = Ledger(ledger) if ledger else None
        self._processes: deque[_Process] = deque()
        self._waited_for: deque[_Process] = deque()
        self._few = FEW

    def give(self, batch: Packed) -> Iterator[Done]:
        """Take a batch; give those that are ready by now, in order."""
        few, self._few = self._few, max(0, self._few - batch.count)
        if (few and not self._processes) or not self._next():
            yield batch, list(prepared(batch.batch, _known(self._ledger)))
            return
        # In turn, so that what comes back is in order.
        process = self._processes[-1]
        while not process.takes(batch):
            yield self._waited_for.popleft().receive()
        process.send(batch)
        self._waited_for.append(process)

    def _next(self) -> bool:
        """Put the process whose turn it is last, started if need be; tell whether there is one."""
        if len(self._processes) < self._wanted:
            try:
                self._processes.append(_Process(self._path))
            except OSError:  # the system lets us start no more of them
                self._wanted = len(self._processes)
            else:
                return True
        self._processes.rotate(-1)
        return bool(self._processes)

    def rest(self) -> Iterator[Done]:
        """Give what is not ready yet, in order."""
        while self._waited_for:
            yield self._waited_for.popleft().receive()

    def close(self) -> None:
        """End the processes."""
        for process in self._processes:
            process.peer.end()
        self._processes.clear()
        self._waited_for.clear()
        if self._ledger:
            self._ledger.close()


class _Process:
    """One process of ours, and the batches it has been given, the oldest first."""

    def __init__(self, ledger: Path | None) -> None:
        self._batches: deque[Packed] = deque()
        self.peer = Peer("index.build.worker_pool", *([str(ledger)] if ledger else []))

    def takes(self, batch: Packed) -> bool:
        """Tell whether it can be sent a batch without waiting until it has read another.

        Else both could wait for each other: it may be about to write what nobody reads.
        """
        if not self._batches:
            return True
        waiting = sum(len(one.message) for one in (*self._batches, batch))
        return len(self._batches) < AHEAD and waiting <= self.peer.room

    def send(self, batch: Packed) -> None:
        """Give it a batch, which it `takes`."""
        self._batches.append(batch)
        try:
            self.peer.send(batch.message)
        except OSError:
            self.peer.end()

    def receive(self) -> Done:
        """Give the batch that it was given first, ready; there must be one."""
        batch = self._batches.popleft()
        try:
            return batch, _READY(self.peer.receive())
        except (OSError, EOFError, msgspec.MsgspecError):
            self.peer.end()
            return batch, list(prepared(batch.batch))


def _known(ledger: Ledger | None) -> Known | None:
    return None if ledger is None else lambda content: ledger.find_content(content) is not None


def main() -> None:
    """Prepare what comes from standard input until it ends."""
    known = _known(Ledger(Path(sys.argv[1])) if len(sys.argv) > 1 else None)
    with serving():
        while True:
            batch = BATCH(read_message(sys.stdin.buffer))
            # Each is encoded while it is still in the processor's cache.
            readies = [_ENCODE(ready) for ready in prepared(batch, known)]
            count = len(readies).to_bytes(4, "big")
            write_message(sys.stdout.buffer, b"".join([_ARRAY, count, *readies]))


if __name__ == "__main__":
    main()
