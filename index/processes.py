"""Answers: in how many processes are a dump's records prepared?

Reading, repairing and analysing take most of a build. Processes of our own do it, each fed
through its standard input and read in turn, so that everything stays in the order of the dump.
They end with the pipe: a killed build leaves none behind. A process that fails costs nothing but
time, as its records are then prepared here; so does one that cannot be started.
"""

import gc
import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import msgspec

from index.ledger import Ledger
from index.preparing import Batch, Known, Ready, prepared

FEW = 1_000
"""Records prepared without further processes: starting one costs as much as some hundred."""

MOST_PROCESSES = 4
"""Processes unless more are asked for; one writer cannot take more from them."""

COLLECTED_AFTER = 50_000
"""Objects made between two looks for garbage. Source: with Python's 700 a build of 12,000 arXiv
records took 645 to 690 us of processor time each, with this, 200,000 or none 560 to 590."""

PIPE_BYTES = 1 << 20
"""What a pipe holds: the answers to some batches, so that a process need not wait until they are
read."""

SPARE = 1 << 16
"""Bytes of a pipe that are not counted on: it is filled by the page."""

AHEAD = 3
"""Batches that a process has at most, so that it has one while its answer waits to be read."""

_LENGTH = 8
_ARRAY = b"\xdd"
"""What an array begins with in MessagePack; its length follows in four bytes."""
_ENCODE = msgspec.msgpack.Encoder().encode
_BATCH = msgspec.msgpack.Decoder(Batch).decode
_READY = msgspec.msgpack.Decoder(list[Ready]).decode

Done = tuple[Batch, list[Ready]]


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

    def give(self, batch: Batch) -> Iterator[Done]:
        """Take a batch; give those that are ready by now, in order."""
        few, self._few = self._few, max(0, self._few - len(batch))
        if (few and not self._processes) or not self._next():
            yield batch, list(prepared(batch, _known(self._ledger)))
            return
        # In turn, so that what comes back is in order.
        process, message = self._processes[-1], _ENCODE(batch)
        while not process.takes(message):
            yield self._waited_for.popleft().receive()
        process.send(batch, message)
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
            process.end()
        self._processes.clear()
        self._waited_for.clear()
        if self._ledger:
            self._ledger.close()


class _Process:
    """One process of ours, and the batches it has been given, the oldest first."""

    def __init__(self, ledger: Path | None) -> None:
        path = [str(Path(__file__).parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])]
        self._batches: deque[tuple[Batch, int]] = deque()
        self._running = subprocess.Popen(  # noqa: S603 - a module of ours
            [sys.executable, "-m", "index.processes", *([str(ledger)] if ledger else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(path)},
        )
        self._room = _widened(self._running.stdin) - SPARE
        _widened(self._running.stdout)

    def takes(self, message: bytes) -> bool:
        """Tell whether it can be sent a message without waiting until it has read another.

        Else both could wait for each other: it may be about to write what nobody reads.
        """
        if not self._batches:
            return True
        waiting = sum(size for _, size in self._batches)
        return len(self._batches) < AHEAD and waiting + len(message) <= self._room

    def send(self, batch: Batch, message: bytes) -> None:
        """Give it a batch, and its message, which it `takes`."""
        self._batches.append((batch, len(message)))
        try:
            _write(self._running.stdin, message)
        except OSError:
            self.end()

    def receive(self) -> Done:
        """Give the batch that it was given first, ready; there must be one."""
        batch, _ = self._batches.popleft()
        try:
            return batch, _READY(_read(self._running.stdout))
        except (OSError, EOFError, msgspec.MsgspecError):
            self.end()
            return batch, list(prepared(batch))

    def end(self) -> None:
        """Stop it and wait for its end."""
        self._running.kill()
        self._running.wait()
        for pipe in (self._running.stdin, self._running.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue  # what could not be written any more


@contextmanager
def rarely_collected() -> Iterator[None]:
    """Let Python look for garbage in circles less often: records are none, and there are many."""
    before = gc.get_threshold()
    gc.set_threshold(COLLECTED_AFTER, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _widened(pipe: IO[bytes] | None) -> int:
    """Let a pipe hold more, where the system can and does not refuse; give how many bytes."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        if pipe is not None:
            return fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
    return 0


def _known(ledger: Ledger | None) -> Known | None:
    return None if ledger is None else lambda content: ledger.with_content(content) is not None


def _write(pipe: IO[bytes] | None, content: bytes) -> None:
    if pipe is None or pipe.closed:
        raise BrokenPipeError
    pipe.write(len(content).to_bytes(_LENGTH, "big"))
    pipe.write(content)
    pipe.flush()


def _read(pipe: IO[bytes] | None) -> bytes:
    if pipe is None or pipe.closed:
        raise EOFError
    size = int.from_bytes(pipe.read(_LENGTH), "big")
    content = pipe.read(size)
    if not size or len(content) < size:
        raise EOFError
    return content


def main() -> None:
    """Prepare what comes from standard input until it ends."""
    import signal

    # An interrupt is for the build; it ends its processes itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    known = _known(Ledger(Path(sys.argv[1])) if len(sys.argv) > 1 else None)
    gc.freeze()  # what is imported stays; no look for garbage needs to go through it
    gc.set_threshold(COLLECTED_AFTER, *gc.get_threshold()[1:])
    while True:
        try:
            batch = _BATCH(_read(sys.stdin.buffer))
            # Each is encoded while it is still in the processor's cache.
            readies = [_ENCODE(ready) for ready in prepared(batch, known)]
            count = len(readies).to_bytes(4, "big")
            _write(sys.stdout.buffer, b"".join([_ARRAY, count, *readies]))
        except (EOFError, BrokenPipeError):
            return


if __name__ == "__main__":
    main()
