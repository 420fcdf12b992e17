"""Test Ctrl-C during commands that write an index: the message and what is left."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.build.dump_reader import LARGE
from index.build.operations import build
from index.settings import BuildSettings
from tests.support.paths import ROOT
from web.cli import INTERRUPTED, RESUMED

LINES = 3_000
"""Enough that the command is still reading when it is interrupted: about a second's work."""

LINE_BYTES = LARGE // LINES + 1
"""Each line is padded to this size, so that a process of its own reads the dump."""

PATIENCE_S = 30


def make_command(name: str, index: Path, dump: Path) -> list[str]:
    """Return the command line of `papers` in a process of its own."""
    return [sys.executable, "-m", "web.cli", name, "--index", str(index), str(dump), "--quiet"]


def run_command(name: str, index: Path, dump: Path) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        make_command(name, index, dump), cwd=ROOT, capture_output=True, text=True, check=False
    )


def wait_for_engine(index: Path, running: subprocess.Popen[str]) -> None:
    """Wait until a command has opened the engine of its new generation; fail if it ends first."""
    deadline = time.monotonic() + PATIENCE_S
    while not list((index / "generations").glob("*.building/engine/*.json")):
        if running.poll() is not None or time.monotonic() > deadline:
            running.kill()
            pytest.fail("the command ended or waited before it wrote anything")
        time.sleep(0.01)


@pytest.mark.parametrize(
    ("name", "message"), [("build", f"{INTERRUPTED} {RESUMED}"), ("add", INTERRUPTED)]
)
def test_an_interrupt_leaves_the_index_in_use(name: str, message: str, tmp_path: Path) -> None:
    """An interrupted command prints one sentence, keeps the index in use, and can be repeated."""
    index, first, dump = tmp_path / "index", tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    first.write_bytes(b'{"id": "a", "title": "First"}\n')
    records = (b'{"id": "b%d", "title": "On Case %d"}' % (n, n) for n in range(LINES))
    dump.write_bytes(b"".join(record.ljust(LINE_BYTES) + b"\n" for record in records))
    build(index, (str(first),), BuildSettings(processes=0))
    current = (index / "current").read_bytes()
    with subprocess.Popen(
        make_command(name, index, dump),
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as running:
        wait_for_engine(index, running)
        os.killpg(running.pid, signal.SIGINT)  # a terminal too signals the whole process group
        output = running.communicate(timeout=PATIENCE_S)
    assert output == ("", f"\npapers: {message}\n")
    assert running.returncode == 1
    assert (index / "current").read_bytes() == current
    again = run_command(name, index, dump)
    assert again.returncode == 0, again.stderr
    assert f"{LINES:,} read" in again.stdout
