"""Search with this program's command, which starts and opens the index for each query."""

import json
import resource
import subprocess
import sys
from pathlib import Path

from tests.bench.peers.papersearch import InProcess, read_page, write_query
from tests.bench.peers.peer import DEPTH, Found, Mode
from tests.support.paths import ROOT

SAMPLE = 10
"""Queries asked: each takes a process, and they differ little."""


class AsCommand(InProcess):
    """``papers search --json``, on the index that is built in process."""

    sample = SAMPLE

    def open(self, folder: Path) -> None:
        """Note the folder: every search opens it."""
        self._folder = folder

    def search(self, words: list[str], mode: Mode, *, counts: bool) -> Found:
        """Run the command, with the five facets of a page if counts are asked for."""
        options = ["--index", str(self._folder), "--limit", str(DEPTH), "--json"]
        options += ["--facets"] if counts else []
        command = [sys.executable, "-m", "web.cli", "search", *options, "--"]
        done = subprocess.run(
            [*command, write_query(words, mode)], cwd=ROOT, capture_output=True, check=False
        )
        if not done.stdout:
            raise RuntimeError(f"The command failed: {done.stderr.decode()}")
        return read_page(json.loads(done.stdout))

    def processor_seconds(self) -> float:
        """Return the processor time of the commands that have ended."""
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        return used.ru_utime + used.ru_stime
