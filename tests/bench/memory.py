"""Measure the most memory that a process and its descendants hold together.

The sum of resident sets would count a page once per process that shares it, so proportional sets
(PSS) are added up: a shared page counts in parts. They include pages of mapped files, such as
those of the index being written, which the system reclaims when needed; the anonymous part is
what the processes cannot do without. Works on Linux only.
"""

import re
import threading
from collections import defaultdict
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

EVERY = 0.2
"""Seconds between two samples. Sampling processes of 1 GB takes 26 ms of processor time, so what is
sampled is a little slower."""

_SYSTEM = Path("/proc")
_SIZE = re.compile(r"^(Pss|Pss_Anon):\s+(\d+) kB$", re.MULTILINE)


class Held(NamedTuple):
    """Memory in bytes: all resident pages, and those that belong to no file."""

    whole: int = 0
    anonymous: int = 0

    def __str__(self) -> str:
        """Return both in MB."""
        if not self.whole:
            return "memory unknown"
        return f"memory {self.whole / 1e6:,.0f} MB, {self.anonymous / 1e6:,.0f} MB without files"


def family(process: int) -> set[int]:
    """Return a process and all its descendants."""
    children: dict[int, list[int]] = defaultdict(list)
    for folder in _SYSTEM.glob("[0-9]*"):
        try:
            # The name, in brackets, may contain brackets and spaces.
            parent = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[1]
        except (OSError, IndexError):
            continue  # it has just ended
        children[int(parent)].append(int(folder.name))
    found, waiting = set(), [process]
    while waiting:
        found.add(one := waiting.pop())
        waiting += children[one]
    return found


def measure_memory(process: int) -> Held:
    """Return the memory that a process and its descendants hold now; zeros where it is unknown."""
    sizes = {"Pss": 0, "Pss_Anon": 0}
    for one in family(process):
        try:
            told = (_SYSTEM / str(one) / "smaps_rollup").read_text("ascii")
        except OSError:
            continue  # it has ended, or this is no Linux
        for name, size in _SIZE.findall(told):
            sizes[name] += int(size) * 1024
    return Held(sizes["Pss"], sizes["Pss_Anon"])


class Peak:
    """Samples a process and its descendants while a block runs.

    Used as a context manager::

        with Peak(process) as peak:
            ...
        print(peak.most)
    """

    def __init__(self, process: int) -> None:
        """Prepare without sampling yet.

        Args:
            process: The process id.
        """
        self._process = process
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self.most = Held()

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._ended.set()
        self._thread.join()

    def _look(self) -> None:
        """Keep the maximum of each figure; the two may be of different moments."""
        while True:
            now = measure_memory(self._process)
            self.most = Held(*map(max, self.most, now))
            if self._ended.wait(EVERY):
                return
