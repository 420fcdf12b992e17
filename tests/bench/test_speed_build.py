"""Check that the build benchmark cuts dumps correctly and reports both sides."""

import gzip
import re
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from tests.bench.ready import raw_records
from tests.bench.speed_build import cut_dump
from tests.support.paths import ROOT, SAMPLE

PAPERS = [{"id": f"a{at}", "title": f"Paper {at}"} for at in range(9)]
LINES = [{"id": f"b{at}", "title": f"Line {at}"} for at in range(5)]


@pytest.mark.parametrize(("limit", "left"), [(4, [4, 0]), (9, [9, 0]), (12, [9, 3]), (99, [9, 5])])
def test_cut_takes_the_first_records(tmp_path: Path, limit: int, left: list[int]) -> None:
    """The first records are copied across a dump's files: lines or arrays, compressed or not."""
    whole, few = tmp_path / "whole", tmp_path / "few"
    whole.mkdir()
    few.mkdir()
    (whole / "a.json").write_bytes(msgspec.json.encode(PAPERS))
    lines = b"\n\n".join(map(msgspec.json.encode, LINES))
    (whole / "b.jsonl.gz").write_bytes(gzip.compress(lines))
    cut_dump(str(whole), limit, few)
    titles = [record.title for record in raw_records(str(few))]
    assert titles == [record["title"] for record in PAPERS[: left[0]] + LINES[: left[1]]]


@pytest.mark.slow
def test_both_sides_are_told() -> None:
    """A run prints papers per second of build and engine, their ratio, memory and the report."""
    command = [sys.executable, "-m", "tests.bench.speed_build", str(SAMPLE), "--repeats", "1"]
    done = subprocess.run(
        [*command, "--memory"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    count = len(list(raw_records(str(SAMPLE))))
    assert f"{count:,} papers" in done.stdout
    assert f"{count:,} read" in done.stdout
    for line in (r"build +[\d,]+ papers/s", r"engine +[\d,]+ papers/s", r"ratio +\d+\.\d\d"):
        assert re.search(line, done.stdout)
    assert "memory " in done.stdout
