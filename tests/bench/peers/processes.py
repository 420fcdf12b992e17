"""Run each peer in a process of its own, under a Python that has its package."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tests.bench.memory import Held, Peak, measure_memory
from tests.bench.peers.peer import OPENSEARCH
from tests.support.paths import ROOT

PACKAGES = {
    "tantivy": "tantivy",
    "whoosh": "whoosh",
    "fts5": "sqlite3",
    "xapian": "xapian",
    "bm25s": "bm25s",
    "opensearch": "opensearchpy",
    "papersearch-whoosh": "whoosh",
}
"""The package that a peer needs beyond what this program needs."""

SYSTEM_PYTHON = "/usr/bin/python3"
"""Where Debian's own packages are installed."""

WORKER = "tests.bench.peers.worker"


def find_python(name: str) -> str | None:
    """Return a Python that can import the package of a peer, or None."""
    package = PACKAGES.get(name, "index")
    if name == "opensearch" and not os.environ.get(OPENSEARCH):
        return None
    for python in (sys.executable, SYSTEM_PYTHON):
        command = [python, "-c", f"import {package}"]
        try:
            done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
        except OSError:
            continue
        if done.returncode == 0:
            return python
    return None


class Process:
    """One peer at work."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        """Take over a worker that has just been started."""
        self._process = process

    def do(self, task: str, **given: object) -> dict[str, Any]:
        """Have a task done.

        Raises:
            RuntimeError: The worker ended instead.
        """
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps({"task": task, **given}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"The peer ended during the task {task!r}; its error is above.")
        found: dict[str, Any] = json.loads(line)
        return found

    def do_sampled(self, task: str, **given: object) -> tuple[dict[str, Any], Held]:
        """Have a task done; return the most memory held meanwhile, too."""
        with Peak(self._process.pid) as peak:
            found = self.do(task, **given)
        return found, peak.most

    def measure_memory(self) -> Held:
        """Return the memory held now, by other processes of the peer, too."""
        return measure_memory(self._process.pid)

    def end(self) -> None:
        """Let the worker end."""
        assert self._process.stdin
        self._process.stdin.close()
        self._process.wait()


@contextmanager
def running(name: str) -> Iterator[Process]:
    """Run a peer while the block lasts.

    Raises:
        RuntimeError: No Python has its package.
    """
    python = find_python(name)
    if python is None:
        raise RuntimeError(f"The peer {name} is not installed.")
    command = [python, "-m", WORKER, name]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        peer = Process(process)
        try:
            yield peer
        finally:
            peer.end()
