"""Test the progress bar: what it draws on a terminal, and that no other output gets it."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from tests.support.terminal import read_terminal

STEPS, BYTES, RECORDS = 40, 25_000, 91
CODE = """if True:
    import sys, time
    from web.commands.progress import show_progress

    with show_progress((sys.argv[1],), visible=True) as watch:
        for _ in range(int(sys.argv[2])):
            watch(int(sys.argv[3]), 0)
            watch(0, int(sys.argv[4]))
            time.sleep(0.02)
    """


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    """Return a command that draws the bar of a dump that is read in equal steps."""
    dump = tmp_path / "dump"
    dump.write_bytes(bytes(STEPS * BYTES))
    return [sys.executable, "-c", CODE, str(dump), str(STEPS), str(BYTES), str(RECORDS)]


def test_a_terminal_shows_bytes_and_records(command: list[str]) -> None:
    """The record count and the share of bytes only grow, for any number of records a step."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    with subprocess.Popen(command, cwd=ROOT, stderr=slave) as running:
        os.close(slave)
        drawn = read_terminal(master)
    os.close(master)
    assert running.returncode == 0
    counts = [int(found.replace(b",", b"")) for found in re.findall(rb"([\d,]+) records", drawn)]
    shares = [int(found) for found in re.findall(rb"(\d+)%", drawn)]
    assert counts == sorted(counts)
    assert counts[-1] > STEPS * RECORDS // 2  # the bar may skip redrawing the last ones
    assert shares == sorted(shares)
    assert shares[-1] > 50


def test_other_outputs_show_nothing(command: list[str]) -> None:
    """No bar is written to a file or a pipe."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    assert done.stdout + done.stderr == b""
