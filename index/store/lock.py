"""Answers: is anybody else building into this index?

An operating-system lock on ``INDEX/lock``, which a killed process cannot leave behind; the
file's text says who holds it, for the error message only.
"""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import IndexLocked, IndexMisnamed, IndexUnwritable
from index.store.manifest import utc_now

LOCK = "lock"


@contextmanager
def hold_lock(directory: Path) -> Iterator[None]:
    """Hold the index for building, for as long as the block runs.

    Args:
        directory: The index directory; made if it is not there.

    Raises:
        IndexMisnamed: Its path is no UTF-8.
        IndexLocked: Another process holds it.
        IndexUnwritable: The directory or its lock file cannot be made.
    """
    path = str(directory)
    if (shown := path.encode("utf-8", "replace").decode()) != path:
        raise IndexMisnamed(shown)
    try:
        directory.mkdir(parents=True, exist_ok=True)
        handle = os.open(directory / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise IndexUnwritable(path, error.strerror or str(error)) from error
    try:
        _take(handle, directory)
        yield
    finally:
        os.close(handle)


def _take(handle: int, directory: Path) -> None:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        holder = os.read(handle, 1000).decode("utf-8", "replace").strip()
        raise IndexLocked(str(directory), holder or "another process") from error
    try:
        os.truncate(handle, 0)
        holder = (
            f"process {os.getpid()} on {socket.gethostname()} since {utc_now():%Y-%m-%d %H:%M} UTC"
        )
        os.pwrite(handle, holder.encode(), 0)
    except OSError as error:
        raise IndexUnwritable(str(directory), error.strerror or str(error)) from error
