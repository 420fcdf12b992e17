"""Run a real `papers serve`, and measure what it takes from the machine."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, Self

from tests.soak.chronicle import Faults
from tests.soak.outages import Outages
from tests.support.paths import ROOT

PATIENCE_S = 300
"""Seconds that the server may take to start or to stop."""

REPLACED_S = 2.0
"""Seconds after the end of a worker within which requests may fail that it was answering; chosen.
"""

_PRIVATE = re.compile(rb"^Private_(?:Clean|Dirty): +(\d+) kB", re.MULTILINE)
_MAPPED = re.compile(r"/generations/([^/\n]+)/")


class Usage(NamedTuple):
    """What the processes of a server take.

    Attributes:
        memory: Private memory in bytes.
        descriptors: Open files and sockets.
        threads: Threads.
    """

    memory: int
    descriptors: int
    threads: int


class Server:
    """A `papers serve` over an index; a context manager.

    Attributes:
        outages: When it is restarted.
        port: Where it listens, the same after a restart.
        starts: How often it has been started.
    """

    def __init__(
        self, command: Sequence[str], log: Path, environment: Mapping[str, str], faults: Faults
    ) -> None:
        """Prepare to serve.

        Args:
            command: The arguments of `papers serve`, without the port.
            log: The file for what it reports.
            environment: Its environment.
            faults: Where to report that it ends in another way than it must.
        """
        self.outages = Outages()
        self.port = self.starts = 0
        self._command, self._log, self._faults = command, log, faults
        self._environment = environment
        log.touch()

    def __enter__(self) -> Self:
        self._start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.communicate()

    def _start(self) -> None:
        command = [sys.executable, "-m", "web.cli", "serve", *self._command]
        with self._log.open("ab") as errors:
            self._process = subprocess.Popen(
                [*command, "--port", str(self.port)], cwd=ROOT, stdout=subprocess.PIPE,
                stderr=errors, env=self._environment, text=True,
            )  # fmt: skip
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        found = re.search(r"http://[0-9.]+:([0-9]+)", line)
        assert found is not None, f"The server does not start: {self.read_log()}"
        self.port = int(found[1])
        self.starts += 1

    def send(self, number: signal.Signals) -> None:
        """Send a signal to the server."""
        self._process.send_signal(number)

    def stop(self) -> None:
        """Ask the server to end; it must end with 0."""
        self._process.terminate()
        try:
            self._process.communicate(timeout=PATIENCE_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
        if code := self._process.wait():
            self._faults.add(f"On SIGTERM the server ends with {code} instead of 0.")

    def restart(self, *, killed: bool) -> None:
        """End the server and start it again on the same port.

        Args:
            killed: Whether it is killed instead of asked to end.
        """
        with self.outages.open():
            if killed:
                self._process.kill()
                self._process.communicate()
            else:
                self.stop()
            self._start()

    def kill_worker(self) -> None:
        """Kill a process of several that answer; another takes its place."""
        _, *workers = self._list_processes()
        with self.outages.open():
            if workers:
                os.kill(int(workers[0].name), signal.SIGKILL)
            time.sleep(REPLACED_S)

    def read_log(self) -> str:
        """Return what the server has written to its log."""
        return self._log.read_text("utf-8", "replace")

    def measure(self) -> Usage:
        """Measure the server and the processes that it has started."""
        memory = descriptors = threads = 0
        for folder in self._list_processes():
            with suppress(OSError):  # it has just ended
                rollup = (folder / "smaps_rollup").read_bytes()
                memory += sum(map(int, _PRIVATE.findall(rollup))) * 1024
                descriptors += len(list((folder / "fd").iterdir()))
                threads += len(list((folder / "task").iterdir()))
        return Usage(memory, descriptors, threads)

    def list_mapped(self) -> set[str]:
        """Return the generations of which the server holds files in memory."""
        texts = ((folder / "maps").read_text() for folder in self._list_processes())
        return {name for text in texts for name in _MAPPED.findall(text)}

    def _list_processes(self) -> Iterator[Path]:
        waiting = [self._process.pid]
        while waiting:
            folder = Path(f"/proc/{waiting.pop()}")
            yield folder
            with suppress(OSError):
                for children in folder.glob("task/*/children"):
                    waiting += map(int, children.read_text().split())


def can_measure() -> bool:
    """Return whether this system tells what a process takes."""
    return Path("/proc/self/smaps_rollup").exists()


def list_processes(environment: Mapping[str, str], name: str) -> list[int]:
    """Return the processes whose environment has the value that a variable has in another one."""
    wanted = f"{name}={environment[name]}".encode()
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if wanted in path.read_bytes().split(b"\0"):
                found.append(int(path.parent.name))
    return found
