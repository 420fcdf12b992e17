"""Measure what the pages about people cost: an author, a graph, and ``papers author``.

Each of the names with the most papers is looked up in an index that was just opened, so nothing is
kept from before; then again. So is a name of as many papers as ``--papers`` says, made of those
of several frequent names. Prints medians of processor time in ms, and of the whole process of a
command beside ``papers search``; the time of a loop shows how busy the machine is. Run from the
project's folder: ``python -m tests.bench.authors --index INDEX``.
"""

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from unittest.mock import patch

from flask import Flask
from msgspec.structs import replace

from search.answers.searcher import Searcher
from search.authors.core_names import reduce_name
from search.authors.mentions import Mention
from search.authors.name_cluster import NameCluster, Variant, find_cluster
from search.planning.plan import Anything
from tests.bench.speed_search import paperlists_index
from web.app import create_app
from web.people import known_names

WARM = "Ian Goodfellow"
"""A name that is looked up first, since the first page of a process loads modules."""

ADDRESSES = {"first view": "/authors/{}", "again": "/authors/{}", "graph": "/graph.json?author={}"}
"""What is requested of each name, in this order."""

COMMANDS = ("search", "author")

LOOP = 200_000
"""Steps of the loop whose time is printed; chosen: about 14 ms."""


def list_frequent(searcher: Searcher, most: int) -> list[str]:
    """Return the names with the most papers."""
    found = searcher.engine.count_facets(Anything(), {"author_key": None}, 2 * most)["author_key"]
    names = dict.fromkeys(find_cluster(searcher, key).name for key, _ in found.counts)
    return list(names)[:most]


def merge_names(searcher: Searcher, names: list[str], papers: int) -> NameCluster:
    """Return a cluster of so many papers, as if several names were one."""
    merged: dict[str, Mention] = {}
    for name in names:
        for mention in find_cluster(searcher, name).mentions:
            authors = list(mention.paper.authors)
            renamed = replace(mention.author, name=names[0], key=names[0].casefold())
            authors[mention.position] = renamed
            paper = replace(mention.paper, authors=tuple(authors))
            merged.setdefault(paper.id, Mention(paper, mention.position))
        if len(merged) >= papers:
            break
    kept = sorted(merged.values(), key=lambda one: -(one.paper.shown.year or 0))[:papers]
    variant = Variant(names[0], names[0].casefold(), len(kept))
    return NameCluster(names[0], tuple(kept), (variant,), len(kept))


@contextmanager
def pretend(cluster: NameCluster | None) -> Iterator[None]:
    """Answer requests for the name of a cluster with it while the block runs."""
    if cluster is None:
        yield
        return

    def find(searcher: Searcher, typed: str) -> NameCluster:
        return cluster if typed == cluster.name else find_cluster(searcher, typed)

    with patch.object(known_names, "find_cluster", find):
        yield


def time_loop() -> float:
    """Return the ms of a loop that does nothing useful."""
    started = time.thread_time()
    sum(step * step % 7 for step in range(LOOP))
    return (time.thread_time() - started) * 1e3


def time_requests(app: Flask, name: str) -> list[float]:
    """Return the ms of processor time of each of `ADDRESSES` for a name."""
    client, taken = app.test_client(), []
    for address in ADDRESSES.values():
        started = time.thread_time()
        status = client.get(address.format(name)).status_code
        taken.append((time.thread_time() - started) * 1e3)
        if status != 200:
            raise SystemExit(f"{name}: {status}")
    return taken


def measure_pages(
    index: Path, name: str, repeats: int, cluster: NameCluster | None = None
) -> list[float]:
    """Return the medians of `time_requests`, each time in an index that was just opened."""
    taken = []
    with pretend(cluster):
        for _ in range(repeats):
            reduce_name.cache_clear()
            app = create_app(index)
            time_requests(app, WARM)
            taken.append(time_requests(app, name))
    return [median(one) for one in zip(*taken, strict=True)]


def measure_command(index: Path, command: str, name: str, repeats: int) -> float:
    """Return the median of the processor seconds of a whole process."""
    asked = [sys.executable, "-m", "web.cli", command, "--index", str(index), name]
    taken = []
    for _ in range(repeats):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(asked, check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        taken.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return median(taken)


def main() -> None:
    """Run as a script."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", help="an index of paperlists; built without it")
    parser.add_argument("--names", type=int, default=20, help="names with the most papers")
    parser.add_argument("--papers", type=int, default=500, help="papers of the name that is made")
    parser.add_argument("--repeats", type=int, default=5)
    arguments = parser.parse_args()
    with paperlists_index(arguments.index) as index:
        searcher = Searcher(index)
        names = list_frequent(searcher, max(1, arguments.names))
        print(f"a loop of {LOOP:,} steps takes {min(time_loop() for _ in range(9)):.1f} ms")
        print(f"{'papers':>6} {' '.join(f'{what:>10}' for what in ADDRESSES)}  name")
        made = merge_names(searcher, names, arguments.papers)
        for name, cluster in [*((one, None) for one in names), (made.name, made)]:
            papers = len((cluster or find_cluster(searcher, name)).mentions)
            taken = measure_pages(index, name, arguments.repeats, cluster)
            print(f"{papers:6,} {' '.join(f'{ms:10.0f}' for ms in taken)}  {name}", flush=True)
        for command in COMMANDS:
            seconds = measure_command(index, command, names[0], arguments.repeats)
            print(f"papers {command} {names[0]!r}: {seconds:.2f} s of processor time")


if __name__ == "__main__":
    main()
