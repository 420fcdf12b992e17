"""Answers: how is a process of ours started, and how do messages go to it and come back?

It is given messages through its standard input and answers through its standard output, each with
its length before it. It ends with the pipe: a killed build leaves none behind.
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
"""What a pipe holds: the answers to some messages, so that a process need not wait until they are
read."""

SPARE = 1 << 16
"""Bytes of a pipe that are not counted on: it is filled by the page."""

COLLECTED_AFTER = 50_000
"""Objects made between two looks for garbage. Source: with Python's 700 a build of 12,000 arXiv
records took 645 to 690 us of processor time each, with this, 200,000 or none 560 to 590."""

_LENGTH = 8


class Peer:
    """A process that runs a module of ours, seen from the one that started it; to be ended.

    Attributes:
        room: Bytes that can be sent before it has read any.
    """

    def __init__(self, module: str, *arguments: str) -> None:
        """Start it.

        Args:
            module: Its full name; its `main` serves.
            arguments: What it finds in ``sys.argv``.

        Raises:
            OSError: The system lets us start no more processes.
        """
        path = [str(Path(__file__).parents[2]), *filter(None, [os.environ.get("PYTHONPATH")])]
        # Modules that happen to lie where a build is run (-P), and an interrupt, are not for it.
        with _uninterrupted():
            self._running = subprocess.Popen(  # noqa: S603 - a module of ours
                [sys.executable, "-P", "-m", module, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=os.environ | {"PYTHONPATH": os.pathsep.join(path)},
            )
        self.room = _widened(self._running.stdin) - SPARE
        _widened(self._running.stdout)

    def send(self, message: bytes) -> None:
        """Send a message.

        Raises:
            OSError: It has ended.
        """
        write_message(self._running.stdin, message)

    def receive(self) -> bytes:
        """Wait for a message and give it.

        Raises:
            OSError: It has been ended; also EOFError, if it has ended by itself.
        """
        return read_message(self._running.stdout)

    def end(self) -> None:
        """Stop it and wait for its end; a second time does nothing."""
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


@contextmanager
def _uninterrupted() -> Iterator[None]:
    """Start processes that an interrupt does not reach: the build ends them itself."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def serving() -> Iterator[None]:
    """Be a process that another one has started, until that one reads or writes no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # where it could not be kept away
    gc.freeze()  # what is imported stays; no look for garbage needs to go through it
    with rarely_collected(), suppress(EOFError, BrokenPipeError):
        yield


def _widened(pipe: IO[bytes] | None) -> int:
    """Let a pipe hold more, where the system can and does not refuse; give how many bytes."""
    with suppress(ImportError, AttributeError, OSError):
        import fcntl

        if pipe is not None:
            return fcntl.fcntl(pipe, fcntl.F_SETPIPE_SZ, PIPE_BYTES)
    return 0


def write_message(pipe: IO[bytes] | None, content: bytes) -> None:
    """Write a message.

    Raises:
        OSError: Nobody reads it.
    """
    if pipe is None or pipe.closed:
        raise BrokenPipeError
    pipe.write(len(content).to_bytes(_LENGTH, "big"))
    pipe.write(content)
    pipe.flush()


def read_message(pipe: IO[bytes] | None) -> bytes:
    """Wait for a message and give it.

    Raises:
        EOFError: Nobody will write one.
    """
    if pipe is None or pipe.closed:
        raise EOFError
    size = int.from_bytes(pipe.read(_LENGTH), "big")
    content = pipe.read(size)
    if not size or len(content) < size:
        raise EOFError
    return content
