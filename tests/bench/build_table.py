"""Measure how long a build takes, and what it holds, with each number of processes.

Prints one table: for each number of records and of processes the records per second, the processor
time of a record, and the most memory that all processes held together. From the processor time of
the writing process and of its workers it also says how many records per second a machine with
enough processors would build. Run from the project's folder on a quiet machine: ``python -m
tests.bench.build_table DUMP``. With the sizes 1,000,000 and 2,000,000 it takes about an hour and a
half on two processors; ``--records 250000`` takes seven minutes.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

import msgspec

from tests.bench.data import require_file
from tests.bench.memory import Held, Peak

ROOT = Path(__file__).parents[2]

SIZES = (1_000_000, 2_000_000)
"""Records of a build, unless others are asked for."""

PROCESSES = (0, 1, 2, 3)
"""Processes that prepare records, unless others are asked for."""

_BUILD = """
import json, resource, sys, time
from pathlib import Path
from index.build.operations import build
from index.settings import BuildSettings

started = time.perf_counter()
settings = BuildSettings(processes=int(sys.argv[3]), limit=int(sys.argv[4]))
_, report = build(Path(sys.argv[2]), (sys.argv[1],), settings)
own, others = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
print(json.dumps({
    "read": report.read,
    "clock": time.perf_counter() - started,
    "writer": time.thread_time(),
    "engine": own.ru_utime + own.ru_stime - time.thread_time(),
    "workers": others.ru_utime + others.ru_stime,
}))
"""


class Build(NamedTuple):
    """One build.

    Attributes:
        processes: Processes that prepared records.
        read: Records read.
        clock: Seconds by the clock.
        writer: Processor seconds of the thread that writes; without processes it prepares, too.
        engine: Processor seconds of the engine's threads.
        workers: Processor seconds of the processes that read and prepare.
        held: The most memory of all processes together.
    """

    processes: int
    read: int
    clock: float
    writer: float
    engine: float
    workers: float
    held: Held = Held()

    def __str__(self) -> str:
        """Return the row of the table; processor times are in microseconds a record."""
        each = [1e6 * took / max(1, self.read) for took in self[3:6]]
        times = " | ".join(f"{took:.0f}" for took in (sum(each), *each))
        memory = f"{self.held.whole / 1e6:,.0f} | {self.held.anonymous / 1e6:,.0f}"
        rate = self.read / max(self.clock, 1e-9)
        return f"| {self.read:,} | {self.processes} | {rate:,.0f} | {times} | {memory} |"


HEADER = """\
| records | `--processes` | records/s | us a record | writer | engine | workers | MB | no files |
|---|---|---|---|---|---|---|---|---|"""


def measure_build(dump: str, processes: int, records: int) -> Build:
    """Build an index in a process of its own, and remove it.

    Args:
        dump: The dump.
        processes: Processes that prepare records.
        records: How many records of it to read.
    """
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-c", _BUILD, dump, f"{folder}/index"]
        with (
            subprocess.Popen(
                [*command, str(processes), str(records)],
                cwd=ROOT,
                env=os.environ | {"PYTHONPATH": str(ROOT)},
                stdout=subprocess.PIPE,
            ) as running,
            Peak(running.pid) as peak,
        ):
            said, _ = running.communicate()
    took = msgspec.json.decode(said, type=dict[str, float])
    return Build(
        processes,
        int(took["read"]),
        took["clock"],
        took["writer"],
        took["engine"],
        took["workers"],
        peak.most,
    )


def describe_limits(one: Build) -> str:
    """Compute the rate at which each part would limit a build with workers.

    The parts take turns at nothing, so with a processor for each thread the slowest one decides:
    the writing thread, the engine's two, or the workers, of which there may be more.
    """
    rates = {
        "the writing thread": one.read / max(one.writer, 1e-9),
        "two threads of the engine": 2 * one.read / max(one.engine, 1e-9),
        f"{one.processes} workers": one.processes * one.read / max(one.workers, 1e-9),
    }
    parts = ", ".join(f"{name} {rate:,.0f}" for name, rate in rates.items())
    slowest = min(rates, key=lambda name: rates[name])
    every = one.read / max(one.writer + one.engine + one.workers, 1e-9)
    return (
        f"{one.read:,} records with {one.processes}: at most {every:,.0f} records/s for each "
        f"processor; with enough of them {parts}: {slowest} would be the limit"
    )


def measure_table(dump: str, sizes: list[int], processes: list[int]) -> None:
    """Measure every cell, row by row, and print what follows from those with workers."""
    print(
        f"{time.strftime('%Y-%m-%d')}, {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}"
    )
    print(HEADER, flush=True)
    builds = []
    for records in sizes:
        for number in processes:
            builds.append(measure_build(dump, number, records))
            print(builds[-1], flush=True)
    for one in builds:
        if one.processes:
            print(describe_limits(one))


def main() -> None:
    """Read the options and measure."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("dump", help="any dump of at least so many records")
    options.add_argument("--records", type=int, nargs="+", default=list(SIZES), help="sizes")
    options.add_argument(
        "--processes", type=int, nargs="+", default=list(PROCESSES), help="as of `papers build`"
    )
    chosen = options.parse_args()
    require_file(Path(chosen.dump))
    measure_table(str(Path(chosen.dump).absolute()), chosen.records, chosen.processes)


if __name__ == "__main__":
    main()
