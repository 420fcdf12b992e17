"""Check that the memory of several processes adds up."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.bench.memory import Held, Peak, family, measure_memory

MB = 1_000_000
TAKEN = 60 * MB

LINUX = Path("/proc/self/smaps_rollup").exists()
only_linux = pytest.mark.skipif(not LINUX, reason="only Linux tells how memory is shared")

CHILD = f"""
import sys
mine = bytearray({TAKEN})
mine[::4096] = b"x" * len(mine[::4096])
print("ready", flush=True)
sys.stdin.read()
"""
PARENT = f"""
import subprocess, sys
child = subprocess.Popen([sys.executable, "-c", {CHILD!r}], stdin=subprocess.PIPE)
sys.stdin.read()
child.communicate()
"""


@contextmanager
def running(program: str) -> Iterator[int]:
    """Run a program until the block ends; yield its process id once it, or its child, is ready."""
    with subprocess.Popen(
        [sys.executable, "-c", program], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        yield process.pid


@only_linux
@pytest.mark.parametrize(("program", "processes"), [(CHILD, 1), (PARENT, 2)])
def test_children_count(program: str, processes: int) -> None:
    """The memory of a process is counted, and that of its child as well."""
    with running(program) as number:
        assert len(family(number)) == processes
        assert number in family(os.getpid())
        now = measure_memory(number)
        assert TAKEN < now.anonymous < now.whole < 2 * TAKEN
        with Peak(number) as peak:
            pass
        assert peak.most.anonymous > TAKEN


@only_linux
def test_the_most_stays() -> None:
    """The peak stays when memory is freed."""
    with Peak(os.getpid()) as peak:
        with running(CHILD):
            before = measure_memory(os.getpid()).anonymous
            while peak.most.anonymous < before - TAKEN / 2:
                time.sleep(0.01)
        after = measure_memory(os.getpid()).anonymous
    assert after < before - TAKEN / 2
    assert peak.most.anonymous > after + TAKEN / 2


def test_nothing_is_made_up_where_nothing_tells() -> None:
    """A process that has ended holds nothing, and no figure is printed for it."""
    with subprocess.Popen([sys.executable, "-c", ""]) as process:
        pass
    assert measure_memory(process.pid) == Held()
    assert str(Held()) == "memory unknown"
    assert str(Held(1_500 * MB, 900 * MB)) == "memory 1,500 MB, 900 MB without files"
