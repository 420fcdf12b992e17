"""Answers: does the bar say how far a build is, on a terminal and nowhere else?"""

import os
import re
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import ROOT

STEPS, BYTES, RECORDS = 40, 25_000, 91
CODE = """if True:
    import sys, time
    from web.commands.progress import bar

    with bar((sys.argv[1],), shown=True) as watch:
        for _ in range(int(sys.argv[2])):
            watch(int(sys.argv[3]), 0)
            watch(0, int(sys.argv[4]))
            time.sleep(0.02)
    """


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    """Give a command that goes through a dump in steps of some bytes and records."""
    dump = tmp_path / "dump"
    dump.write_bytes(bytes(STEPS * BYTES))
    return [sys.executable, "-c", CODE, str(dump), str(STEPS), str(BYTES), str(RECORDS)]


def test_a_terminal_shows_bytes_and_records(command: list[str]) -> None:
    """Both grow, whatever number of records is told at a time."""
    pty = pytest.importorskip("pty")
    fcntl, termios = pytest.importorskip("fcntl"), pytest.importorskip("termios")
    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
    with subprocess.Popen(command, cwd=ROOT, stderr=theirs) as running:
        os.close(theirs)
        drawn = b""
        while piece := _read(ours):
            drawn += piece
    os.close(ours)
    assert running.returncode == 0
    counts = [int(found.replace(b",", b"")) for found in re.findall(rb"([\d,]+) records", drawn)]
    shares = [int(found) for found in re.findall(rb"(\d+)%", drawn)]
    assert counts == sorted(counts)
    assert counts[-1] > STEPS * RECORDS // 2  # the last are drawn if time allows
    assert shares == sorted(shares)
    assert shares[-1] > 50


def test_other_outputs_show_nothing(command: list[str]) -> None:
    """A file or a pipe gets no bar."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=True)
    assert done.stdout + done.stderr == b""


def _read(terminal: int) -> bytes:
    try:
        return os.read(terminal, 1 << 16)
    except OSError:  # Linux says so when nobody has it open any more
        return b""
