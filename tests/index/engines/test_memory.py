"""Check the memory limits of a build, and that freed memory goes back to the write_system."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from index.engines.memory import read_memory_limit
from index.engines.tantivy import HEAP_BYTES, LEAST_BYTES, choose_heap
from tests.support.paths import ROOT

GB = 1 << 30
PHYSICAL = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")


def write_system(root: Path, groups: str, **limits: str) -> Path:
    """Write the control group files of a write_system; `limits` by path, with __ for /."""
    (root / "proc/self").mkdir(parents=True)
    (root / "proc/self/cgroup").write_text(groups, "ascii")
    for path, limit in limits.items():
        file = root / "sys/fs/cgroup" / path.replace("__", "/").replace("_max", ".max")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(limit + "\n", "ascii")
    return root


def test_without_limits_the_machine_counts(tmp_path: Path) -> None:
    """Without control groups, or without limits in them, the machine's memory is the limit."""
    assert read_memory_limit(tmp_path) == PHYSICAL
    assert read_memory_limit(write_system(tmp_path, "0::/\n", memory_max="max")) == PHYSICAL


@pytest.mark.parametrize(
    ("groups", "limits"),
    [
        ("0::/\n", {"memory_max": "1000000"}),
        ("0::/papers.service\n", {"papers.service__memory_max": "1000000"}),
        ("0::/a/b\n", {"a__memory_max": "1000000", "a__b__memory_max": "2000000"}),
        ("0::/a/b\n", {"a__memory_max": "max", "a__b__memory_max": "1000000"}),
        ("8:pids:/\n4:cpu,memory:/a\n0::/\n", {"memory__a__memory.limit_in_bytes": "1000000"}),
        ("0::/a:b\n", {"a:b__memory_max": "1000000"}),
    ],
)
def test_the_narrowest_limit_counts(tmp_path: Path, groups: str, limits: dict[str, str]) -> None:
    """The least limit of a group and its parents applies, in both versions of control groups."""
    assert read_memory_limit(write_system(tmp_path, groups, **limits)) == 1_000_000


@pytest.mark.parametrize("content", ["", "much", "-1", "0", "9223372036854771712"])
def test_unusable_limits_are_ignored(tmp_path: Path, content: str) -> None:
    """Files without a usable limit are ignored."""
    assert (
        read_memory_limit(write_system(tmp_path, "damaged\n0::/\n", memory_max=content)) == PHYSICAL
    )


def test_freed_blocks_go_back() -> None:
    """Freed blocks of an engine's size go back to the write_system, even between blocks in use."""
    code = """if True:
        import sys
        from index.engines.memory import return_large_blocks

        def measure():
            with open("/proc/self/statm") as file:
                return int(file.read().split()[1])

        return_large_blocks()
        bytearray(4 << 20)  # at the first large block that is freed, glibc begins to keep them
        for _ in range(2):
            before, blocks, pins = measure(), [], []
            for _ in range(200):
                blocks.append(bytearray(b"x") * (1 << 20))
                pins.append(bytearray(5_000))
            most = measure()
            blocks.clear()
            print(measure() - before < (most - before) / 4)
        """
    if not Path("/proc/self/statm").exists() or not sys.platform.startswith("linux"):
        pytest.skip("this write_system does not tell what a process holds")
    command = [sys.executable, "-c", code]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert told.split() == ["True", "True"]


def test_the_engine_takes_a_quarter_at_most() -> None:
    """The engine takes a quarter of the memory, within its least and its fastest amount."""
    assert choose_heap(GB) == GB // 4
    assert choose_heap(64 * GB) == choose_heap(sys.maxsize) == HEAP_BYTES
    assert choose_heap(1_000_000) == LEAST_BYTES
