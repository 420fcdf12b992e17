"""Measure how long a reader or a program waits for the real server.

Starts ``papers serve`` on a free port of this machine and sends known-item queries over persistent
connections, first one client, then four at a time: the results page and its JSON twin. Prints the
median and 95th percentile, answers per second and the server's private memory. Run from the
project's folder: ``python -m tests.bench.speed_http``.
"""

import argparse
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import chain
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from tests.bench.speed_search import paperlists_index, percentile_95, sample

HOST = "127.0.0.1"
CLIENTS = (1, 4)
PAGES = ("/search", "/search.json")
PATIENCE = 30.0
"""Seconds that a client waits for one answer before the run fails."""

OK = 200


@dataclass(frozen=True, slots=True)
class Waited:
    """What some clients measured together.

    Attributes:
        each: Milliseconds of every answer, from the first byte sent to the last received.
        rate: Answers per second, of all clients together.
    """

    each: list[float]
    rate: float


@contextmanager
def serving(
    directory: Path, base: Path | None = None, workers: int = 1
) -> Iterator[tuple[int, int]]:
    """Serve an index while the block runs; yield (port, process id).

    Args:
        directory: The index.
        base: The project's folder with the code that serves, if it is not this one.
        workers: The number of processes that answer.
    """
    python = base / ".venv/bin/python" if base else sys.executable
    asked = ["serve", "--index", str(directory.resolve()), "--port", "0"]
    if workers > 1:
        asked += ["--workers", str(workers)]
    command = [str(python), "-m", "web.cli", *asked]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=base) as server:
        try:
            told = server.stdout.readline() if server.stdout else ""
            found = re.search(r"http://[^/]*:(\d+)/", told)
            if not found:
                sys.exit("The server did not start: " + (told.strip() or "it said nothing."))
            yield int(found[1]), server.pid
        finally:
            server.terminate()


def load(port: int, paths: list[str], clients: int) -> Waited:
    """Request every path once, shared among concurrent clients."""
    started = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        shares = [paths[at::clients] for at in range(clients)]
        each = list(chain.from_iterable(pool.map(_client, [port] * clients, shares)))
    return Waited(each, len(paths) / (time.perf_counter() - started))


def _client(port: int, paths: list[str]) -> list[float]:
    connection = HTTPConnection(HOST, port, timeout=PATIENCE)
    waited = []
    for path in paths:
        started = time.perf_counter()
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        waited.append((time.perf_counter() - started) * 1000)
        if answer.status != OK:
            sys.exit(f"{path} was answered with {answer.status} {answer.reason}.")
    connection.close()
    return waited


def private_mb(process: int) -> float | None:
    """Return the private memory of a process in MB, or None where the system is not Linux.

    Pages of the mapped index are not counted: the system reclaims them when needed.
    """
    try:
        told = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii")
    except OSError:
        return None
    found = re.search(r"^Private_Dirty:\s+(\d+) kB", told, re.MULTILINE)
    return int(found[1]) * 1024 / 1e6 if found else None


def compare(directory: Path, queries: list[str]) -> None:
    """Load the server in each way and print a line for each."""
    with serving(directory) as (port, process):
        warm = [f"{page}?{urlencode({'q': text})}" for page in PAGES for text in queries[:50]]
        load(port, warm, clients=1)
        print(f"{'page':14} {'clients':>7} {'median ms':>9} {'p95 ms':>7} {'a second':>8}")
        for page in PAGES:
            paths = [f"{page}?{urlencode({'q': text})}" for text in queries]
            for clients in CLIENTS:
                met = load(port, paths, clients)
                figures = f"{median(met.each):9.2f} {percentile_95(met.each):7.2f} {met.rate:8,.0f}"
                print(f"{page:14} {clients:7} {figures}")
        memory = private_mb(process)
        print("private memory", "unknown" if memory is None else f"{memory:.0f} MB")


def main() -> None:
    """Open or build the index, serve it, measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--index", help="an index of paperlists; built if not given")
    options.add_argument("--queries", type=int, default=500, help="queries asked in each way")
    chosen = options.parse_args()
    with paperlists_index(chosen.index) as directory:
        compare(directory, [text for _, text in sample(chosen.queries)])


if __name__ == "__main__":
    main()
