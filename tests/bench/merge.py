"""Measure how well, how fast and in how much memory records of one work are joined.

Works are made up (`tests.bench.planted_works`) from paperlists; some get a second record, changed
as dumps change them, some a near miss that must stay separate, such as the columns of one title and
the reports of one series. Prints how many of each kind were joined, seconds, and the peak of
resident memory. Run from the project's folder: ``python -m tests.bench.merge``.
"""

import argparse
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from itertools import combinations, islice
from pathlib import Path

import msgspec

from index.dumps.streams import open_dump
from index.errors import RecordError
from index.formats.registry import recognise_format
from index.normalise.paper import normalise
from index.records import Paper, RawRecord
from index.works.matcher import Matcher, make_matching_keys
from tests.bench.data import PAPERLISTS, require_file
from tests.bench.planted_works import OTHER, SAME, Material, plant_records

MATERIAL = 5_000
"""Number of papers used as a source; their memory is part of the figure."""


def _papers() -> Iterator[Paper]:
    for stream in open_dump(str(PAPERLISTS)):
        form = recognise_format(stream)
        for found in form.read(stream) if form else ():
            if isinstance(found, RawRecord) and found.abstract and found.authors:
                try:
                    yield normalise(found)
                except RecordError:
                    continue


def _peak_mb() -> float:
    """Return the peak of this process's resident memory in MB (macOS counts in bytes)."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1024 * 1024 if sys.platform == "darwin" else 1024)


def measure(count: int, folder: Path, seed: int) -> None:
    """Make up records of that many works, join them, and print the result."""
    chance = random.Random(seed)
    # Every 19th, so that all venues are among them.
    material = Material(list(islice(_papers(), 0, MATERIAL * 19, 19)), chance)
    planted: Counter[str] = Counter()
    names: list[str] = []
    before, adding = _peak_mb(), 0.0
    matcher = Matcher(folder / "matcher")
    encode = msgspec.msgpack.Encoder().encode
    for paper, kind in plant_records(count, material, chance):
        started = time.perf_counter()
        record = encode(paper)
        matcher.add(record, make_matching_keys(paper))
        adding += time.perf_counter() - started
        planted[kind] += 1
        names.append(paper.id)
    started = time.perf_counter()
    joined: Counter[str] = Counter()
    for group in matcher.find_works(folder / "keys"):
        joined.update(_kind(names[a], names[b]) for a, b in combinations(group, 2))
    grouping = time.perf_counter() - started
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    matcher.close()
    print(f"{len(names):,} records: {adding:.1f} s to take, {grouping:.1f} s to join")
    print(f"memory {_peak_mb():,.0f} MB at most, {before:,.0f} before; disk {size / 1e6:,.0f} MB")
    for name in SAME:
        print(f"  {name:15} joined {joined[name]:6,} of {planted[name]:6,}")
    for name in OTHER:
        print(f"  {name:15} joined {joined[name]:6,} of {planted[name]:6,}, none should be")
    right = sum(joined[name] for name in SAME)
    print(f"  strangers joined {joined['strangers']:,}")
    print(f"precision {right / max(1, sum(joined.values())):.5f}", end=", ")
    print(f"recall {right / sum(planted[name] for name in SAME):.5f}")


def _kind(one: str, other: str) -> str:
    """Name the pair by its second record, or ``strangers`` if they are of two works."""
    (first, number), (second, same) = one.split(":")[:2], other.split(":")[:2]
    if number != same:
        return "strangers"
    return second if first == "work" else first


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--works", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    require_file(PAPERLISTS)
    with tempfile.TemporaryDirectory() as folder:
        measure(options.works, Path(folder), options.seed)


if __name__ == "__main__":
    main()
