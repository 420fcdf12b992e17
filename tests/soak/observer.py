"""Measure a server during a soak, and find what it and the commands leave behind."""

import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from statistics import median
from threading import Event, Thread

from tests.soak.client import Client
from tests.soak.server import Server, Usage, list_processes
from tests.soak.writer import KEPT

SAMPLE_S = 0.5
"""Seconds between two measurements of the server."""

WARM_UP = 0.25
"""Share of the measurements that is not judged: caches fill, and the allocator takes its arenas;
chosen."""

LEAST_SAMPLES = 15
"""Fewest measurements of a third that are judged; chosen. A shorter soak says nothing about
memory."""

MEMORY_RATIO, MEMORY_MARGIN = 1.15, 24 << 20
"""The median of private memory in the last third may be this many times that of the first, plus a
margin in bytes. Chosen wide, since at a switch a server holds two generations, and a request that
ends late keeps one longer; one that never gave memory back would exceed it all the same."""

MARGIN = 8
"""Descriptors and threads that an idle server may have more than before the soak; chosen."""

REST_S = 120
"""Seconds within which the server must close the connections that clients have left; chosen. It
may wait for the rest of half a request."""

OPEN_GENERATIONS = 1
"""Generations that an idle server holds: the one in use."""


MOST_ASKED = 200
"""Requests after the last switch by which each worker must have been asked; chosen."""


class Observer(Thread):
    """Measures a server now and then until stopped.

    Attributes:
        found: The measurements since the last restart of the server.
    """

    def __init__(self, server: Server, stop: Event) -> None:
        super().__init__(name="observer")
        self.found: list[Usage] = []
        self._server = server
        self._stopped = stop

    def run(self) -> None:
        """Measure until stopped."""
        starts = self._server.starts
        while not self._stopped.wait(SAMPLE_S):
            usage = self._server.measure()
            if starts != self._server.starts:
                self.found.clear()
                starts = self._server.starts
            else:
                self.found.append(usage)


def judge_memory(found: Sequence[Usage]) -> Iterator[str]:
    """Yield a sentence if the memory of the server grows.

    Medians of thirds are compared, since single values depend on the requests of the moment.
    """
    judged = [usage.memory for usage in found[int(len(found) * WARM_UP) :]]
    if (third := len(judged) // 3) < LEAST_SAMPLES:
        return
    first, last = median(judged[:third]), median(judged[-third:])
    if last > first * MEMORY_RATIO + MEMORY_MARGIN:
        yield f"The server's private memory grows from {first / 1e6:.0f} to {last / 1e6:.0f} MB."


def judge_rest(server: Server, before: Usage, client: Client) -> Iterator[str]:
    """Yield a sentence for what the server has not given back after the other clients have gone.

    Args:
        server: The server.
        before: What it took before the soak.
        client: Asks it, with a new connection each time, until each worker has noticed the last
            switch: one that is not asked keeps its generation.
    """
    end = time.monotonic() + REST_S
    while (now := server.measure()).descriptors > before.descriptors + MARGIN:
        if time.monotonic() > end:
            yield f"The server keeps {now.descriptors} descriptors; before, {before.descriptors}."
            break
        time.sleep(SAMPLE_S)
    if now.threads > before.threads + MARGIN:
        yield f"The server keeps {now.threads} threads; before, {before.threads}."
    for _ in range(MOST_ASKED):
        if len(held := server.list_mapped()) <= OPEN_GENERATIONS:
            break
        client.ask("rest", "/index.json")
    else:
        yield f"The server holds the files of {len(held)} generations."


def find_leftovers(index: Path, temporary: Path, environment: Mapping[str, str]) -> Iterator[str]:
    """Yield a sentence for what is left that should not be.

    Args:
        index: The folder of the index, after a command that was not killed.
        temporary: The temporary folder of the server and all commands.
        environment: Their environment, which names that folder.
    """
    if strange := {path.name for path in index.iterdir()} - {"current", "generations", "lock"}:
        yield f"The folder of the index has leftovers: {sorted(strange)}."
    names = sorted(path.name for path in (index / "generations").iterdir())
    if len(names) > KEPT or any("." in name for name in names):
        yield f"The folder of the generations has leftovers: {names}."
    if left := sorted(path.name for path in temporary.iterdir()):
        yield f"The temporary folder has leftovers: {left}."
    if running := list_processes(environment, "TMPDIR"):
        yield f"Processes are still running: {running}."
