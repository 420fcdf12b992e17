"""Answers: who turns a dump's records into what an engine takes, and in how many processes?

Repairing and analysing a text takes most of a build. Processes of our own do it, each fed through
its standard input and read in turn, so that everything stays in the order of the dump. They end
with the pipe: a killed build leaves none behind. A process that fails costs nothing but time, as
its records are then prepared here.
"""

import os
import subprocess
import sys
from collections import deque
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import msgspec

from index.entries import Entry, entry
from index.errors import RecordError
from index.normalise import normalise
from index.records import RawRecord

AT_ONCE = 250
"""Records given to a process in one go; chosen, not measured."""

MOST_LETTERS = 2_000_000
"""Characters of titles and abstracts in one go, so that a dump of accidents stays in memory."""

FEW = 1_000
"""Records prepared without further processes: starting one costs as much as some hundred."""

MOST_PROCESSES = 4
"""Processes unless more are asked for; one writer cannot take more from them."""

_LENGTH = 8


class Ready(msgspec.Struct, array_like=True, omit_defaults=True):
    """What became of one record.

    Attributes:
        id: The paper's id; empty if the record was rejected.
        entry: What the engine is given, or None.
        record: The paper as bytes.
        reason: Why it was rejected.
    """

    id: str = ""
    entry: Entry | None = None
    record: bytes = b""
    reason: str = ""


_ENCODE = msgspec.msgpack.Encoder().encode
_RAW = msgspec.msgpack.Decoder(list[RawRecord]).decode
_READY = msgspec.msgpack.Decoder(list[Ready]).decode


def prepare(record: RawRecord) -> Ready:
    """Repair and analyse one record; of a deleted one there is nothing to prepare."""
    if record.deleted:
        return Ready()
    try:
        paper = normalise(record)
    except RecordError as error:
        return Ready(reason=str(error))
    return Ready(paper.id, entry(paper), _ENCODE(paper))


class Preparation:
    """Prepares records in the order in which they are given; to be closed."""

    def __init__(self, processes: int | None = None) -> None:
        """Start nothing yet.

        Args:
            processes: How many to use; 0 prepares all here, None one for each processor.
        """
        usual = min(os.cpu_count() or 1, MOST_PROCESSES)
        self._wanted = usual if processes is None else processes
        self._processes: deque[_Process] = deque()
        self._waiting: list[RawRecord] = []
        self._letters = 0
        self._few = FEW

    def give(self, record: RawRecord) -> Iterator[tuple[RawRecord, Ready]]:
        """Take a record; give those that are ready by now, in order."""
        if not self._wanted or self._few:
            self._few = max(0, self._few - 1)
            yield record, prepare(record)
            return
        self._waiting.append(record)
        self._letters += len(record.title) + len(record.abstract)
        if len(self._waiting) >= AT_ONCE or self._letters >= MOST_LETTERS:
            yield from self._send()

    def rest(self) -> Iterator[tuple[RawRecord, Ready]]:
        """Give what is not ready yet, in order."""
        if self._waiting:
            yield from self._send()
        for _ in range(len(self._processes)):
            process = self._processes.popleft()
            self._processes.append(process)
            yield from process.receive()

    def close(self) -> None:
        """End the processes."""
        for process in self._processes:
            process.end()
        self._processes.clear()

    def _send(self) -> Iterator[tuple[RawRecord, Ready]]:
        records, self._waiting, self._letters = self._waiting, [], 0
        if len(self._processes) < self._wanted:
            self._processes.append(process := _Process())
        else:
            # In turn, so that what comes back is in order.
            process = self._processes.popleft()
            self._processes.append(process)
        before = process.receive()
        process.send(records)
        # Only now, while the process is busy again.
        yield from before


class _Process:
    """One process of ours, and the records it has been given."""

    def __init__(self) -> None:
        path = [str(Path(__file__).parents[1]), *filter(None, [os.environ.get("PYTHONPATH")])]
        self._records: list[RawRecord] = []
        self._running = subprocess.Popen(
            [sys.executable, "-m", "index.preparing"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(path)},
        )

    def send(self, records: list[RawRecord]) -> None:
        """Give it records; it must have been emptied."""
        self._records = records
        try:
            _write(self._running.stdin, _ENCODE(records))
        except OSError:
            self.end()

    def receive(self) -> list[tuple[RawRecord, Ready]]:
        """Give the records it was given last, ready."""
        records, self._records = self._records, []
        if not records:
            return []
        try:
            ready = _READY(_read(self._running.stdout))
        except (OSError, EOFError, msgspec.MsgspecError):
            self.end()
            ready = [prepare(record) for record in records]
        return list(zip(records, ready, strict=True))

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
    while True:
        try:
            records = _RAW(_read(sys.stdin.buffer))
            _write(sys.stdout.buffer, _ENCODE([prepare(record) for record in records]))
        except (EOFError, BrokenPipeError):
            return


if __name__ == "__main__":
    main()
