"""Start a process that runs one of our modules, and exchange messages with it.

The process receives messages on its standard input and answers on its standard output, each
message preceded by its length. It ends when the pipe does, so a killed build leaves none behind.
"""

import gc
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

PIPE_BYTES = 1 << 20
"""The size of a pipe: it holds the answers to some messages, so that the process need not wait
until they are read."""

SPARE = 1 << 16
"""Bytes of a pipe that are left out of account, since it is filled page by page."""

GC_THRESHOLD = 50_000
"""Objects made between two runs of the garbage collector. Source: a build of 12,000 arXiv records
took 645 to 690 us of processor time a record with Python's 700, and 560 to 590 us with this,
with 200,000 or without a collector."""

_LENGTH = 8


class WorkerProcess:
    """A process that runs one of our modules, as the process that started it sees it.

    Attributes:
        capacity: Bytes that can be sent before the process has read any.
    """

    def __init__(self, module: str, *arguments: str) -> None:
        """Start the process; call `end` when it is no longer needed.

        Args:
            module: The full name of the module; its `main` answers messages.
            arguments: What follows in the process's ``sys.argv``.

        Raises:
            OSError: The system starts no more processes.
        """
        path = [str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
        # -P: modules that happen to lie in the current folder are not imported.
        with _block_interrupts():
            self._running = subprocess.Popen(  # noqa: S603 - a module of ours
                [sys.executable, "-P", "-m", module, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(path)},
            )
        self.capacity = _enlarge_pipe(self._running.stdin) - SPARE
        _enlarge_pipe(self._running.stdout)

    def send(self, message: bytes) -> None:
        """Send a message.

        Raises:
            OSError: The process has ended.
        """
        write_message(self._running.stdin, message)

    def receive(self) -> bytes:
        """Wait for a message and return it.

        Raises:
            OSError: The process was ended.
            EOFError: The process ended by itself.
        """
        return read_message(self._running.stdout)

    def end(self) -> None:
        """Kill the process and wait for its end; a second call does nothing."""
        self._running.kill()
        self._running.wait()
        for pipe in (self._running.stdin, self._running.stdout):
            if pipe is not None:
                try:
                    pipe.close()
                except OSError:
                    continue  # what was still buffered can no longer be written


@contextmanager
def collect_rarely() -> Iterator[None]:
    """Run the garbage collector less often: records are many, and none is part of a cycle."""
    before = gc.get_threshold()
    gc.set_threshold(GC_THRESHOLD, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


@contextmanager
def _block_interrupts() -> Iterator[None]:
    """Keep interrupts from processes that are started meanwhile: the build ends them itself."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def serve() -> Iterator[None]:
    """Run the body as a started process does, until the other end closes a pipe."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it could not be blocked
    gc.freeze()  # imported modules stay, so the collector need not visit them
    with collect_rarely(), suppress(EOFError, BrokenPipeError):
        yield


def _enlarge_pipe(pipe: IO[bytes] | None) -> int:
    """Enlarge a pipe where the system allows it; return its size in bytes, or 0."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        if pipe is not None:
            return fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
    return 0


def write_message(pipe: IO[bytes] | None, content: bytes) -> None:
    """Write a message.

    Raises:
        OSError: The other end is closed.
    """
    if pipe is None or pipe.closed:
        raise BrokenPipeError
    pipe.write(len(content).to_bytes(_LENGTH, "big"))
    pipe.write(content)
    pipe.flush()


def read_message(pipe: IO[bytes] | None) -> bytes:
    """Wait for a message and return it.

    Raises:
        EOFError: The other end is closed.
    """
    if pipe is None or pipe.closed:
        raise EOFError
    size = int.from_bytes(pipe.read(_LENGTH), "big")
    content = pipe.read(size)
    if not size or len(content) < size:
        raise EOFError
    return content
