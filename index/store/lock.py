"""Lock an index, so that only one process builds it.

The lock is one of the operating system on the file ``INDEX/lock``, so a killed process releases it.
The text of the file names the holder, for the error message only.
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
"""The name of the lock file in the index directory."""


@contextmanager
def hold_lock(directory: Path) -> Iterator[None]:
    """Lock the index for building while the block runs.

    Args:
        directory: The index directory, created if missing.

    Raises:
        IndexMisnamed: Its path is not valid UTF-8.
        IndexLocked: Another process holds the lock.
        IndexUnwritable: The directory or its lock file cannot be created.
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
        _acquire_lock(handle, directory)
        yield
    finally:
        os.close(handle)


def _acquire_lock(handle: int, directory: Path) -> None:
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
