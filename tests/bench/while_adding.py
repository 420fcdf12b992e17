"""Measure what readers notice of a large addition by another process.

Serves a linked copy of an index, lets readers ask known-item queries, and runs ``papers add`` with
a dump beside them. Prints errors, the median and 95th percentile before and during the addition,
and the seconds after the switch until every reader's answers come from the new generation. Run
from the project's folder::

    python -m tests.bench.arxiv_dump added.jsonl.gz --records 100000
    python -m tests.bench.while_adding --index INDEX --dump added.jsonl.gz
"""

import argparse
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from statistics import median
from threading import Event
from typing import NamedTuple

import msgspec

from index.store.generations import read_current_name
from tests.bench.load import HOST, PATIENCE, linked_copy, list_paths
from tests.bench.speed_http import OK, private_mb, serving
from tests.bench.speed_search import percentile_95

QUIET_S = 10.0
"""Seconds that readers ask before the addition begins, and at most after the switch; chosen."""

POLL_S = 0.02
"""Seconds between two looks at which generation is in use."""


class Heard(NamedTuple):
    """One answer.

    Attributes:
        at: When it was asked for, by `time.perf_counter`.
        milliseconds: How long it took.
        status: The status.
    """

    at: float
    milliseconds: float
    status: int


def ask_until(port: int, paths: Sequence[str], stop: Event) -> list[Heard]:
    """Ask for one path after the other until stopped."""
    heard: list[Heard] = []
    with closing(HTTPConnection(HOST, port, timeout=PATIENCE)) as connection:
        while not stop.is_set():
            started = time.perf_counter()
            connection.request("GET", paths[len(heard) % len(paths)])
            answer = connection.getresponse()
            answer.read()
            taken = (time.perf_counter() - started) * 1000
            heard.append(Heard(started, taken, answer.status))
    return heard


def wait_for_switch(port: int, directory: Path, adding: subprocess.Popen[bytes]) -> float:
    """Wait for an addition; return the seconds from its switch until the server answers from it.

    Raises:
        RuntimeError: The addition failed, or the server does not notice it.
    """
    before = read_current_name(directory)
    while read_current_name(directory) == before:
        if adding.poll():
            message = "papers add failed"
            raise RuntimeError(message)
        time.sleep(POLL_S)
    switched, name = time.perf_counter(), read_current_name(directory)
    while read_served_name(port) != name:
        if time.perf_counter() - switched > QUIET_S:
            message = "the server does not notice the new generation"
            raise RuntimeError(message)
        time.sleep(POLL_S)
    return time.perf_counter() - switched


def read_served_name(port: int) -> str:
    """Return the generation that a server answers from."""
    with closing(HTTPConnection(HOST, port, timeout=PATIENCE)) as connection:
        connection.request("GET", "/index.json")
        document = msgspec.json.decode(connection.getresponse().read())
    return str(document["data"]["generation"])


def describe(name: str, heard: Sequence[Heard]) -> str:
    """Return a line with the number of answers, their times and their failures."""
    times = [one.milliseconds for one in heard]
    faults = dict(Counter(one.status for one in heard if one.status != OK))
    return (
        f"{name:12} {len(heard):6,} answers, median {median(times):6.1f} ms, "
        f"p95 {percentile_95(times):6.1f}, longest {max(times):6.0f}, errors {faults or 0}"
    )


def run(directory: Path, options: argparse.Namespace) -> int:
    """Measure, print, and return the number of failed requests."""
    stop = Event()
    command = [sys.executable, "-m", "web.cli", "add", "--quiet", "--processes", "1"]
    with linked_copy(directory, options.folder) as copy, serving(copy) as (port, process):
        paths = list_paths(port, options.queries)
        with ThreadPoolExecutor(options.clients) as pool:
            shares = [paths[at:] + paths[:at] for at in range(options.clients)]
            asking = [pool.submit(ask_until, port, share, stop) for share in shares]
            try:
                time.sleep(QUIET_S)
                begun = time.perf_counter()
                with subprocess.Popen([*command, "--index", copy, options.dump]) as adding:
                    noticed = wait_for_switch(port, copy, adding)
                added = time.perf_counter()
                memory = private_mb(process)
            finally:
                stop.set()
            heard = sorted(one for each in asking for one in each.result())
    print(describe("before", [one for one in heard if one.at < begun]))
    print(describe("while adding", [one for one in heard if one.at >= begun]))
    print(f"added in {added - begun:.0f} s; the server switched after {noticed:.2f} s")
    print(f"private memory {memory:.0f} MB" if memory else "private memory unknown")
    return sum(one.status != OK for one in heard)


def main() -> None:
    """Read the options and measure."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    options.add_argument("--index", required=True, type=Path, help="an index of paperlists")
    options.add_argument("--dump", required=True, type=Path, help="what is added")
    options.add_argument("--clients", type=int, default=4, help="readers at the same time (4)")
    options.add_argument("--queries", type=int, default=600, help="different addresses (600)")
    options.add_argument("--folder", type=Path, help="where to link the index to")
    chosen = options.parse_args()
    sys.exit(1 if run(chosen.index.resolve(), chosen) else 0)


if __name__ == "__main__":
    main()
