"""Answers: how much memory may be used here?

What a machine has may be less for us: a container or a service has a limit of its own, which only
the files of its control group tell.
"""

import os
import sys
from contextlib import suppress
from pathlib import Path

_ROOT = Path("/")


def memory(root: Path = _ROOT) -> int:
    """Give the bytes that this process may use; a very large number where nothing tells.

    Args:
        root: Where the system's files are.
    """
    limits = [_number(file) for file in _limit_files(root)]
    with suppress(AttributeError, ValueError, OSError):  # a system that does not tell
        limits.append(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"))
    return min((limit for limit in limits if limit > 0), default=sys.maxsize)


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


def _number(file: Path) -> int:
    """Read a limit; -1 for none."""
    try:
        return int(file.read_text("ascii"))
    except (OSError, ValueError):  # the file is not there, or says "max"
        return -1
