"""Measure the share of the engine's own speed that a build of real dumps reaches.

Runs in turns and in separate processes: `index.build.operations.build` from the dump to a published
generation, and the raw engine fed with the documents of the same papers, prepared beforehand.
Prints papers per second, their ratio and, if asked, the peak memory of all processes of a build and
the time that adding the same dump again takes. Run from the project's folder: ``python -m
tests.bench.speed_build [DUMP]``.
"""

import argparse
import gc
import multiprocessing
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median
from typing import NamedTuple, Self

import msgspec

from index.build.operations import build
from index.dumps.streams import Stream, open_dump
from index.engines.engine import default_engine, load_engine
from index.formats.registry import recognise_format
from index.settings import BuildSettings
from index.store.manifest import Counts, Report
from tests.bench.data import PAPERLISTS, require_file
from tests.bench.memory import Peak
from tests.bench.ready import read_ready, write_ready

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Job:
    """What to measure.

    Attributes:
        dump: Its path.
        engine: The engine's name.
        memory: Whether memory is sampled while a build runs.
        add: Whether the dump is added again to the index built from it.
        heap: Bytes that the engine alone may use; None for as many as in a build.
    """

    dump: str
    engine: str
    memory: bool = False
    add: bool = False
    heap: int | None = None


def cut_dump(dump: str, limit: int, folder: Path) -> str:
    """Copy the first records of a dump of JSON files into a folder, uncompressed.

    Args:
        dump: JSON lines or arrays, compressed or archived in any way.
        limit: Number of records.
        folder: The target; files keep their names.

    Returns:
        The folder's path, itself a dump.
    """
    left = limit
    for stream in open_dump(dump):
        if left <= 0:
            break
        if recognise_format(stream) is not None:
            copy = folder / stream.name
            copy.parent.mkdir(parents=True, exist_ok=True)
            left -= _copy_records(stream, left, copy)
    return str(folder)


def _copy_records(stream: Stream, most: int, copy: Path) -> int:
    """Copy at most this number of records of one file and return how many were copied."""
    if stream.head().lstrip()[:1] == b"[":
        records = msgspec.json.decode(stream.file.read(), type=list[msgspec.Raw])[:most]
        copy.write_bytes(b"[%b]" % b",".join(map(bytes, records)))
        return len(records)
    count = 0
    with copy.open("wb") as file:
        for line in islice(filter(bytes.strip, stream.file), most):
            file.write(line)
            count += 1
    return count


class Took(NamedTuple):
    """Seconds by the clock, and of processors: all threads, and children that have ended."""

    clock: float
    processors: float

    @classmethod
    def now(cls) -> Self:
        """Read the clocks."""
        return cls(time.perf_counter(), sum(os.times()[:4]))

    def since(self, start: Self) -> "Took":
        """Return the time passed since another reading."""
        return Took(self.clock - start.clock, self.processors - start.processors)

    def __str__(self) -> str:
        """Format both times."""
        return f"{self.clock:8.1f} s, {self.processors:.1f} s of processors"


def _feed(job: Job, entries: Path) -> tuple[Took, Took]:
    """Feed the raw engine; return the time it took, and the time spent reading its input.

    The clock stops while input is read. The engine's threads do not, so the raw side looks faster
    than it is, by those other seconds at most.
    """
    read, pieces = Took(0, 0), read_ready(entries)
    # The garbage collector must not slow what is timed for millions of short-lived objects.
    gc.disable()
    with tempfile.TemporaryDirectory() as folder:
        started = Took.now()
        writer = load_engine(job.engine).open_writer(Path(folder) / "engine", job.heap)
        while True:
            paused = (time.perf_counter(), time.thread_time())
            some = next(pieces, None)
            read = Took(
                read.clock + time.perf_counter() - paused[0],
                read.processors + time.thread_time() - paused[1],
            )
            if some is None:
                break
            for entry, record in some:
                writer.add(entry, record)
        writer.close()
        return Took.now().since(started).since(read), read


def _build(job: Job, directory: Path) -> tuple[Took, Report]:
    """Build from the dump; return the time it took, and what became of the records."""
    started = Took.now()
    _, report = build(directory, (job.dump,), BuildSettings(engine=job.engine))
    return Took.now().since(started), report


def _add(job: Job, directory: Path) -> tuple[Took, str]:
    """Add the dump to an index with the command; return the time it took, and its output."""
    command = [sys.executable, "-m", "web.cli", "add", "--index", str(directory), job.dump]
    started = Took.now()
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    took = Took.now().since(started)
    said = (done.stdout or done.stderr).strip()
    return took, said if done.returncode == 0 else f"failed: {said}"


@contextmanager
def _new_process() -> Iterator[ProcessPoolExecutor]:
    """Return an executor with a fresh process: no warm cache, no memory left by earlier runs."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as process:
        yield process


def _run(job: Job, entries: Path) -> tuple[Took, Took]:
    """Feed and build once, print the result, and return the times."""
    with _new_process() as process:
        fed, read = process.submit(_feed, job, entries).result()
    print(f"engine {fed}; reading entries back: {read.clock:.1f} s", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        directory = Path(folder) / "index"
        with _new_process() as process:
            number = process.submit(os.getpid).result()
            with Peak(number) if job.memory else nullcontext() as peak:
                built, report = process.submit(_build, job, directory).result()
        print(f"build  {built}: {_format_report(report)}", flush=True)
        if peak:
            print(f"       at most {peak.most}")
        if job.add:
            added, said = _add(job, directory)
            print(f"add    {added}, {added.clock / built.clock:.2f} x the build; it said:\n{said}")
    return fed, built


def _format_report(report: Report) -> str:
    """Format a build report in one line."""
    counts = (f"{getattr(report, name):,} {name}" for name in Counts.__struct_fields__)
    return f"{', '.join(counts)} in {report.seconds:,.1f} s as it says"


def compare(job: Job, repeats: int) -> None:
    """Feed and build in turns, then print the medians."""
    with tempfile.TemporaryDirectory() as folder:
        entries = Path(folder) / "entries"
        with _new_process() as process:
            papers = process.submit(write_ready, job.dump, entries).result()
        size = entries.stat().st_size / 1e6
        print(f"{papers:,} papers; made beforehand: {size:,.0f} MB of entries", flush=True)
        runs = [_run(job, entries) for _ in range(repeats)]
    print(f"median of {repeats}:")
    print(f"build  {papers / median(built.clock for _, built in runs):8,.0f} papers/s")
    print(f"engine {papers / median(fed.clock for fed, _ in runs):8,.0f} papers/s")
    ratio = median(fed.clock / built.clock for fed, built in runs)
    work = median(fed.processors / built.processors for fed, built in runs)
    print(f"ratio  {ratio:8.2f}, of processor time {work:.2f} (medians of the runs' own ratios)")


def main() -> None:
    """Read the options, cut the dump if asked, and compare."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("dump", nargs="?", default=str(PAPERLISTS), help="paperlists if not given")
    options.add_argument("--records", type=int, help="only so many records of a JSON dump")
    options.add_argument("--repeats", type=int, default=3, help="runs of each side")
    options.add_argument("--engine", default=default_engine(), help="the engine")
    options.add_argument("--memory", action="store_true", help="look at memory during builds")
    options.add_argument("--add", action="store_true", help="add the dump again to what was built")
    options.add_argument("--heap", type=int, metavar="MB", help="memory of the engine alone")
    chosen = options.parse_args()
    require_file(Path(chosen.dump))
    dump = str(Path(chosen.dump).absolute())
    with tempfile.TemporaryDirectory() as folder:
        dump = cut_dump(dump, chosen.records, Path(folder)) if chosen.records else dump
        heap = chosen.heap and chosen.heap * 1_000_000
        compare(Job(dump, chosen.engine, chosen.memory, chosen.add, heap), chosen.repeats)


if __name__ == "__main__":
    main()
