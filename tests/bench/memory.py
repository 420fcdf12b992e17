"""Answers: how much memory do a process and all it has started hold at most, together?

The sum of their resident sets would count a page as often as processes share it, so what is added
up is the proportional set (PSS): a shared page counts in parts. It holds pages of mapped files too,
those of the index that is written, which the system takes back when it needs them; what the
processes cannot do without is the anonymous part. Only Linux tells.
"""

import re
import threading
from collections import defaultdict
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

EVERY = 0.2
"""Seconds between two looks. A look at processes of 1 GB was seen to take 26 ms of a processor,
so what is watched is a little slower."""

_SYSTEM = Path("/proc")
_SIZE = re.compile(r"^(Pss|Pss_Anon):\s+(\d+) kB$", re.MULTILINE)


class Held(NamedTuple):
    """Memory in bytes: all that is resident, and the part that is no file's."""

    whole: int = 0
    anonymous: int = 0

    def __str__(self) -> str:
        """Say it in MB."""
        if not self.whole:
            return "memory unknown"
        return f"memory {self.whole / 1e6:,.0f} MB, {self.anonymous / 1e6:,.0f} MB without files"


def family(process: int) -> set[int]:
    """Give the process and all that it has started, and these have started."""
    children: dict[int, list[int]] = defaultdict(list)
    for folder in _SYSTEM.glob("[0-9]*"):
        try:
            # The name, in brackets, may itself hold brackets and spaces.
            parent = (folder / "stat").read_text("utf-8", "replace").rpartition(")")[2].split()[1]
        except (OSError, IndexError):
            continue  # it has just ended
        children[int(parent)].append(int(folder.name))
    found, waiting = set(), [process]
    while waiting:
        found.add(one := waiting.pop())
        waiting += children[one]
    return found


def held(process: int) -> Held:
    """Give what a process and all that it has started hold now; zeros where nothing tells."""
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
    """Looks at a process and its children for as long as a block takes.

    Use it as a context::

        with Peak(process) as peak:
            ...
        print(peak.most)
    """

    def __init__(self, process: int) -> None:
        """Look at nothing yet.

        Args:
            process: Its number.
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
        """Keep the most of each, which need not be of one moment."""
        while True:
            now = held(self._process)
            self.most = Held(*map(max, self.most, now))
            if self._ended.wait(EVERY):
                return
