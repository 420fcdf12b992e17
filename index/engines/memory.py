"""Answers: how much memory may be used here, and how is it given back?

What a machine has may be less for us: a container or a service has a limit of its own, which only
the files of its control group tell.
"""

import ctypes
import os
import sys
from contextlib import suppress
from pathlib import Path

BLOCK_BYTES = 1 << 19
"""Blocks of this size and larger go back to the system when they are freed. An engine's have 1 MiB;
what processes send each other is smaller, and asked for all the time."""

_MMAP_THRESHOLD = -3
"""What `mallopt` calls the size from which on a block is mapped apart. Source: glibc's malloc.h."""

_ROOT = Path("/")


def read_memory_limit(root: Path = _ROOT) -> int:
    """Give the bytes that this process may use; a very large number where nothing tells.

    Args:
        root: Where the system's files are.
    """
    limits = [_read_limit(file) for file in _limit_files(root)]
    with suppress(AttributeError, ValueError, OSError):  # a system that does not tell
        limits.append(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    return min((limit for limit in limits if limit > 0), default=sys.maxsize)


def return_large_blocks() -> None:
    """Have large blocks go back to the system as soon as they are freed, where libc lets us choose.

    glibc soon keeps blocks of an engine's size for itself, in pieces that nothing else fits into.
    Source: builds of 1,000,000 arXiv records held 1.48, 1.49 and 1.77 GB without files, with this
    1.37 and 1.39, in the same time.
    """
    with suppress(OSError, TypeError, AttributeError):  # another system, another library
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, BLOCK_BYTES)


def _limit_files(root: Path) -> list[Path]:
    """List the files with the limits of our control groups and of those above."""
    try:
        groups = (root / "proc/self/cgroup").read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
    files = []
    for _, kinds, path in (line.split(":", 2) for line in groups if line.count(":") > 1):
        if kinds == "":
            top, name = root / "sys/fs/cgroup", "memory.max"
        elif "memory" in kinds.split(","):
            top, name = root / "sys/fs/cgroup/memory", "memory.limit_in_bytes"
        else:
            continue
        group = top / path.strip("/")
        files += [folder / name for folder in (group, *group.parents) if folder.is_relative_to(top)]
    return files


def _read_limit(file: Path) -> int:
    """Read a limit; -1 for none."""
    try:
        return int(file.read_text("ascii"))
    except (OSError, ValueError):  # the file is not there, or says "max"
        return -1
