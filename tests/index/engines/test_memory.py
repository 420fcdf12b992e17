"""Answers: does a build take no more memory than it may, and give back what it has used?"""

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


def system(root: Path, groups: str, **limits: str) -> Path:
    """Write the files by which a system tells of control groups; `limits` by path, / as __."""
    (root / "proc/self").mkdir(parents=True)
    (root / "proc/self/cgroup").write_text(groups, "ascii")
    for path, limit in limits.items():
        file = root / "sys/fs/cgroup" / path.replace("__", "/").replace("_max", ".max")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(limit + "\n", "ascii")
    return root


def test_a_machine_without_limits_has_what_is_built_in(tmp_path: Path) -> None:
    """Without control groups, and with groups that limit nothing, the machine's own counts."""
    assert read_memory_limit(tmp_path) == PHYSICAL
    assert read_memory_limit(system(tmp_path, "0::/\n", memory_max="max")) == PHYSICAL


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
    """A container's limit, a service's, and those of groups above, in both versions."""
    assert read_memory_limit(system(tmp_path, groups, **limits)) == 1_000_000


@pytest.mark.parametrize("said", ["", "much", "-1", "0", "9223372036854771712"])
def test_what_is_no_limit_is_none(tmp_path: Path, said: str) -> None:
    """Files that say nothing useful are passed over."""
    assert read_memory_limit(system(tmp_path, "damaged\n0::/\n", memory_max=said)) == PHYSICAL


def test_freed_blocks_go_back() -> None:
    """Blocks of an engine's size that are freed between others do not stay with the process."""
    code = """if True:
        import sys
        from index.engines.memory import return_large_blocks

        def held():
            with open("/proc/self/statm") as file:
                return int(file.read().split()[1])

        return_large_blocks()
        bytearray(4 << 20)  # at the first large block that is freed, glibc begins to keep them
        for _ in range(2):
            before, blocks, pins = held(), [], []
            for _ in range(200):
                blocks.append(bytearray(b"x") * (1 << 20))
                pins.append(bytearray(5_000))
            most = held()
            blocks.clear()
            print(held() - before < (most - before) / 4)
        """
    if not Path("/proc/self/statm").exists() or not sys.platform.startswith("linux"):
        pytest.skip("this system does not tell what a process holds")
    command = [sys.executable, "-c", code]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert told.split() == ["True", "True"]


def test_the_engine_takes_a_quarter_at_most() -> None:
    """A small machine gives less; one with much or unknown memory what a build is quickest with."""
    assert choose_heap(GB) == GB // 4
    assert choose_heap(64 * GB) == choose_heap(sys.maxsize) == HEAP_BYTES
    assert choose_heap(1_000_000) == LEAST_BYTES
