"""Answers: what does a command say that is interrupted, and what does it leave?"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from web.cli import INTERRUPTED, RESUMED

LINES = 60_000


def command(name: str, index: Path, dump: Path) -> list[str]:
    """Give a command to be run in a process of its own."""
    return [sys.executable, "-m", "web.cli", name, "--index", str(index), str(dump), "--quiet"]


def run(name: str, index: Path, dump: Path) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        command(name, index, dump), cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(
    ("name", "said"), [("build", f"{INTERRUPTED} {RESUMED}"), ("add", INTERRUPTED)]
)
def test_an_interrupt_is_told(name: str, said: str, tmp_path: Path) -> None:
    """One sentence, exit 1, what served goes on serving, and the same command works again."""
    index, first, dump = tmp_path / "index", tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    first.write_bytes(b'{"id": "a", "title": "First"}\n')
    dump.write_bytes(
        b"".join(b'{"id": "b%d", "title": "On Case %d"}\n' % (n, n) for n in range(LINES))
    )
    assert run("build", index, first).returncode == 0
    current = (index / "current").read_bytes()
    with subprocess.Popen(
        command(name, index, dump),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as running:
        deadline = time.monotonic() + 20
        while not list((index / "generations").glob("*.building/engine/*.json")):
            assert time.monotonic() < deadline
            assert running.poll() is None
            time.sleep(0.01)
        os.killpg(running.pid, signal.SIGINT)  # as a terminal does, all of its processes
        told = running.communicate(timeout=20)
    assert told == ("", f"\npapers: {said}\n")
    assert running.returncode == 1
    assert (index / "current").read_bytes() == current
    again = run(name, index, dump)
    assert again.returncode == 0, again.stderr
    assert f"{LINES:,} read" in again.stdout
