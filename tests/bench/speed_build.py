"""Answers: how much of the engine's own speed is left when real dumps are built?

In turns and in processes of their own: `index.build.build` from the dump to a published
generation, and the raw engine fed with the same papers' entries, made beforehand. Prints papers
a second, their ratio, and the most memory a build had resident. Run from the project's folder:
``python -m tests.bench.speed_build``.
"""

import argparse
import gc
import multiprocessing
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from statistics import median
from typing import TypeVar

import msgspec

from index.build import build
from index.engines import engine
from index.entries import Entry, entry
from index.errors import RecordError
from index.formats import format_of
from index.normalise import normalise
from index.records import RawRecord
from index.settings import BuildSettings
from index.streams import open_dump
from tests.bench.data import PAPERLISTS, needed

Ready = list[tuple[Entry, bytes]]
T = TypeVar("T")

_ENTRIES: Ready = []
"""What the raw side's process feeds; filled there once, before anything is timed."""


def cut(dump: str, limit: int, folder: Path) -> str:
    """Copy the first records of a dump of JSON files into a folder, unpacked.

    Args:
        dump: JSON lines or arrays, packed in any way.
        limit: How many records.
        folder: Where to; files keep their names.

    Returns:
        The folder's path, a dump in its own right.
    """
    left = limit
    for stream in open_dump(dump):
        form = format_of(stream)
        if form is None or left <= 0:
            continue
        head = stream.head()
        copy = folder / stream.name
        copy.parent.mkdir(parents=True, exist_ok=True)
        with copy.open("wb") as file:
            records = _records(stream.file.read())
            kept = records[:left]
            file.write(b"[%b]" % b",".join(kept) if head.lstrip()[:1] == b"[" else b"\n".join(kept))
        left -= len(kept)
    return str(folder)


def _records(content: bytes) -> list[bytes]:
    if content.lstrip()[:1] != b"[":
        return [line for line in content.splitlines() if line.strip()]
    return [bytes(record) for record in msgspec.json.decode(content, type=list[msgspec.Raw])]


def _papers(dump: str) -> Iterator[RawRecord]:
    for stream in open_dump(dump):
        form = format_of(stream)
        for found in form.read(stream) if form else ():
            if isinstance(found, RawRecord) and not found.deleted:
                yield found


def _ready(dump: str) -> int:
    """Make the entries and the bytes of every paper; a later record takes its id's place."""
    made: dict[str, tuple[Entry, bytes]] = {}
    for raw in _papers(dump):
        try:
            paper = normalise(raw)
        except RecordError:
            continue
        made[paper.id] = (entry(paper), msgspec.msgpack.encode(paper))
    _ENTRIES.extend(made.values())
    # Millions of live objects must not make the collector slow what is timed next.
    gc.freeze()
    return len(_ENTRIES)


def _feed(engine_name: str) -> float:
    """Feed the raw engine, in seconds."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        writer = engine(engine_name).writer(Path(folder) / "engine")
        for ready, record in _ENTRIES:
            writer.add(ready, record)
        writer.close()
        return time.perf_counter() - started


def _build(dump: str, engine_name: str) -> tuple[int, float]:
    """Build from the dump: (papers, seconds)."""
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        manifest, _ = build(Path(folder), (dump,), BuildSettings(engine=engine_name))
        return manifest.papers, time.perf_counter() - started


def _in_new_process(work: Callable[[str, str], T], dump: str, engine_name: str) -> T:
    """Run where no earlier run has warmed a cache or left memory behind."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        return process.submit(work, dump, engine_name).result()


def _peak_mb() -> float:
    """Give the most memory any ended child had resident, in MB (macOS counts in bytes)."""
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return peak / (1e6 if sys.platform == "darwin" else 1e6 / 1024)


def compare(dump: str, engine_name: str, repeats: int) -> None:
    """Build and feed in turns, then print what came out."""
    built, fed = [], []
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as raw:
        papers = raw.submit(_ready, dump).result()
        for turn in range(1, repeats + 1):
            fed.append(papers / raw.submit(_feed, engine_name).result())
            count, seconds = _in_new_process(_build, dump, engine_name)
            built.append(count / seconds)
            print(f"run {turn}: build {built[-1]:8,.0f} papers/s, engine {fed[-1]:8,.0f} papers/s")
        peak = _peak_mb()
    build_rate, raw_rate = median(built), median(fed)
    ratio = median(one / other for one, other in zip(built, fed, strict=True))
    print(f"{papers:,} papers, median of {repeats}")
    print(f"build  {build_rate:8,.0f} papers/s, at most {peak:,.0f} MB resident")
    print(f"engine {raw_rate:8,.0f} papers/s")
    print(f"ratio  {ratio:8.2f} (median of the runs' own ratios)")


def main() -> None:
    """Read the options, cut the dump if asked, compare."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--dump", default=str(PAPERLISTS), help="what to build (paperlists)")
    options.add_argument("--limit", type=int, help="only so many records of a JSON dump")
    options.add_argument("--repeats", type=int, default=3, help="runs of each side")
    options.add_argument("--engine", default="tantivy", help="the engine")
    chosen = options.parse_args()
    needed(Path(chosen.dump))
    with tempfile.TemporaryDirectory() as folder:
        dump = cut(chosen.dump, chosen.limit, Path(folder)) if chosen.limit else chosen.dump
        compare(dump, chosen.engine, chosen.repeats)


if __name__ == "__main__":
    main()
