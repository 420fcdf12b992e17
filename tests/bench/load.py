"""Load the real server with many readers for a time, beside idle clients and a switched index.

Sends known-item queries as pages, JSON, completions and papers over persistent connections, changes
over to another generation in the middle, and prints errors, answers per second, the median and
95th percentile. With ``--exports``, further clients read exports of all hits of a search and check
bibliographies; their answers count apart. Run from the project's folder::

    python -m tests.bench.load --index INDEX
"""

import argparse
import os
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from threading import Timer
from urllib.parse import quote, urlencode

import msgspec

from index.store.generations import GENERATIONS, read_current_name, switch_current
from tests.bench.connections import connect
from tests.bench.speed_http import OK, private_mb, serving
from tests.bench.speed_search import percentile_95, sample

HOST = "127.0.0.1"
PATIENCE = 30.0
"""Seconds after which an answer that has not come counts as an error."""

KINDS = ("/search", "/search", "/search", "/search.json", "/suggest.json", "/paper")
"""What is asked for, by turns; half of it are pages of results."""

TOPICS = ("graph neural network", "attention", "speech recognition", "dialogue")
"""Searches that are exported; each has thousands of hits."""

BIBLIOGRAPHY = 100_000
"""Characters of an export that are sent to be checked, about 200 entries."""

FORM = {"Content-Type": "application/x-www-form-urlencoded"}

SWITCHED = "-switched"


@contextmanager
def linked_copy(directory: Path, beside: Path | None) -> Iterator[Path]:
    """Yield a copy of an index with its generation twice; the files are linked and not copied."""
    name = read_current_name(directory)
    with TemporaryDirectory(dir=beside or directory.parent) as folder:
        copy = Path(folder) / "index"
        for target in (name, name + SWITCHED):
            _link_tree(directory / GENERATIONS / name, copy / GENERATIONS / target)
        manifest = copy / GENERATIONS / (name + SWITCHED) / "manifest.json"
        described = msgspec.json.decode(manifest.read_bytes())
        manifest.unlink()  # which would else change the original
        manifest.write_bytes(msgspec.json.encode(described | {"name": name + SWITCHED}))
        switch_current(copy, name)
        yield copy


def _link_tree(source: Path, target: Path) -> None:
    for path in source.rglob("*"):
        if path.is_file():
            place = target / path.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            os.link(path, place)


def list_paths(port: int, count: int) -> list[str]:
    """Return addresses of every kind for known-item queries, in a random order."""
    chance = random.Random(7)
    with closing(HTTPConnection(HOST, port, timeout=PATIENCE)) as connection:
        connection.request("GET", "/search.json?q=learning&per_page=100&fields=id")
        hits = msgspec.json.decode(connection.getresponse().read())["data"]["hits"]
    found = []
    for at, (_, text) in enumerate(sample(count)):
        kind = KINDS[at % len(KINDS)]
        asked = text[:12] if kind == "/suggest.json" else text
        paper = f"/paper/{quote(hits[at % len(hits)]['id'])}"
        found.append(paper if kind == "/paper" else f"{kind}?{urlencode({'q': asked})}")
    chance.shuffle(found)
    return found


def export_until(port: int, end: float) -> tuple[int, Counter[str]]:
    """Export searches and check what was exported until a time; return answers and errors."""
    done, faults = 0, Counter[str]()
    bib = ""
    for topic in cycle(TOPICS):
        if time.perf_counter() >= end:
            break
        asked = urlencode({"text": bib})
        exported = f"/search.bib?{urlencode({'q': topic})}"
        with closing(HTTPConnection(HOST, port, timeout=PATIENCE)) as connection:
            try:
                connection.request("GET", exported)
                answer = connection.getresponse()
                bib = answer.read().decode()[:BIBLIOGRAPHY]
                codes = [answer.status]
                if asked != "text=":
                    connection.request("POST", "/bib", asked, FORM)
                    answer = connection.getresponse()
                    answer.read()
                    codes.append(answer.status)
            except (OSError, HTTPException) as error:
                faults[type(error).__name__] += 1
                continue
        done += len(codes)
        faults.update(str(code) for code in codes if code != OK)
    return done, faults


def ask_until(port: int, paths: list[str], end: float) -> tuple[list[float], Counter[str]]:
    """Ask for one path after the other until a time; return milliseconds and errors."""
    waited: list[float] = []
    faults: Counter[str] = Counter()
    with closing(HTTPConnection(HOST, port, timeout=PATIENCE)) as connection:
        for at in range(sys.maxsize):
            if time.perf_counter() >= end:
                break
            started = time.perf_counter()
            try:
                connection.request("GET", paths[at % len(paths)])
                answer = connection.getresponse()
                answer.read()
            except (OSError, HTTPException) as error:
                faults[type(error).__name__] += 1
                connection.close()
                continue
            waited.append((time.perf_counter() - started) * 1000)
            if answer.status != OK:
                faults[str(answer.status)] += 1
    return waited, faults


def run(directory: Path, options: argparse.Namespace) -> int:
    """Load a server; print what was measured and return the number of errors."""
    with linked_copy(directory, options.folder) as copy, serving(copy) as (port, process):
        paths = list_paths(port, options.queries)
        ask_until(port, paths[:60], time.perf_counter() + 2)  # opens the index
        idle = [connect(port) for _ in range(options.idle)]
        name = read_current_name(copy)
        switch = Timer(options.seconds / 2, switch_current, (copy, name + SWITCHED))
        switch.start()
        end = time.perf_counter() + options.seconds
        with ThreadPoolExecutor(options.clients + options.exports) as pool:
            exports = [pool.submit(export_until, port, end) for _ in range(options.exports)]
            shares = [paths[at:] + paths[:at] for at in range(options.clients)]
            done = list(pool.map(ask_until, [port] * options.clients, shares, [end] * len(shares)))
            exported = [each.result() for each in exports]
        switch.join()
        with closing(HTTPConnection(HOST, port, timeout=PATIENCE)) as connection:
            connection.request("GET", "/index.json")
            changed = SWITCHED in connection.getresponse().read().decode()
        memory = private_mb(process)
        for client in idle:
            client.close()
    waited = [one for each, _ in done for one in each]
    faults = sum((found for _, found in [*done, *exported]), Counter[str]())
    print(f"answers {len(waited):,}, {len(waited) / options.seconds:.0f} a second")
    print(f"median {median(waited):.1f} ms, p95 {percentile_95(waited):.1f} ms")
    print(f"exports and bibliographies {sum(count for count, _ in exported)}")
    print(f"errors {sum(faults.values())} {dict(faults) or ''}".rstrip())
    print(f"idle connections {len(idle)}, index switched: {changed}")
    print(f"private memory {memory:.0f} MB" if memory else "private memory unknown")
    return sum(faults.values())


def main() -> None:
    """Read the options and load the server."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--index", required=True, type=Path, help="an index of paperlists")
    options.add_argument("--seconds", type=float, default=30, help="how long to ask")
    options.add_argument("--clients", type=int, default=16, help="readers at the same time")
    options.add_argument("--exports", type=int, default=0, help="clients that export and check")
    options.add_argument("--idle", type=int, default=500, help="connections that ask nothing")
    options.add_argument("--queries", type=int, default=600, help="different addresses")
    options.add_argument("--folder", type=Path, help="where to link the index to")
    chosen = options.parse_args()
    sys.exit(1 if run(chosen.index.resolve(), chosen) else 0)


if __name__ == "__main__":
    main()
