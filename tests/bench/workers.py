"""Measure whether several processes keep ordinary searches fast beside costly ones.

Starts ``papers serve`` once for each number of workers. In turns, each server gets ordinary
requests alone, beside one client that sends costly ones in a loop, and beside eight. Prints how
long ordinary requests waited, all rounds together, how long the answers to costly ones took, and
the private memory of each process. Run from the project's folder:
``python -m tests.bench.workers --index INDEX``.
"""

import argparse
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from statistics import median

from search.answers.searcher import Searcher
from tests.bench.bomb_requests import Bomb, list_bombs, read_words
from tests.bench.bombs import Bombers, list_ordinary, measure_in_process, wait_beside
from tests.bench.speed_http import private_mb, serving
from tests.bench.speed_search import percentile_95
from web.app import create_app

CLIENTS = (0, 1, 8)
"""Clients that send costly requests."""

SAMPLED, WORST = 300, 24
"""Hostile requests that are tried, and those of them that are sent."""


@dataclass(slots=True)
class Served:
    """A server and what was measured.

    Attributes:
        workers: The number of its processes that answer.
        port: Its port.
        process: The first process.
        waited: Seconds that ordinary requests waited, by the number of costly clients.
        statuses: The statuses of the costly requests, by the same.
        slowest: Seconds that the slowest costly answer took, by the same.
    """

    workers: int
    port: int
    process: int
    waited: dict[int, list[float]] = field(default_factory=dict)
    statuses: dict[int, Counter[int]] = field(default_factory=dict)
    slowest: dict[int, float] = field(default_factory=dict)


def choose_costly(index: Path) -> list[Bomb]:
    """Return the hostile requests of a sample that cost most."""
    bombs = list(list_bombs(read_words(Searcher(index))))
    sample = Random(5).sample(bombs, min(len(bombs), SAMPLED))
    costs = measure_in_process(create_app(index).test_client(), sample, told=60.0)
    return [cost.bomb for cost in sorted(costs, key=lambda cost: -cost.seconds)[:WORST]]


def measure(server: Served, ordinary: list[str], costly: list[str], seconds: float) -> None:
    """Measure one server for a while, beside each number of costly clients."""
    for clients in CLIENTS:
        with Bombers(server.port, costly, clients) as bombers:
            time.sleep(1)
            waited, _ = wait_beside(server.port, ordinary, seconds)
        server.waited.setdefault(clients, []).extend(waited)
        server.statuses.setdefault(clients, Counter()).update(bombers.statuses)
        server.slowest[clients] = max(server.slowest.get(clients, 0.0), bombers.slowest)


def list_processes(first: int) -> Iterator[int]:
    """Yield a process and its children (Linux only)."""
    yield first
    children = Path(f"/proc/{first}/task/{first}/children").read_text("ascii")
    yield from map(int, children.split())


def print_server(server: Served) -> None:
    """Print what was measured."""
    quiet = percentile_95(server.waited[0])
    for clients in CLIENTS:
        waited = server.waited[clients]
        print(
            f"{server.workers:7} {clients:13} {len(waited):8} {median(waited) * 1000:9.1f} "
            f"{percentile_95(waited) * 1000:8.1f} {percentile_95(waited) / quiet:8.2f} "
            f"{server.slowest[clients]:10.2f}  {dict(server.statuses[clients])}"
        )
    memory = [private_mb(process) or 0.0 for process in list_processes(server.process)]
    print("        private memory, MB: " + ", ".join(f"{one:.0f}" for one in memory))


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--index", required=True, type=Path)
    options.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--seconds", type=float, default=6.0, help="of each measurement")
    chosen = options.parse_args()
    costly = [bomb.address for bomb in choose_costly(chosen.index)]
    ordinary = list_ordinary(read_words(Searcher(chosen.index)))
    with ExitStack() as stack:
        servers = [
            Served(count, *stack.enter_context(serving(chosen.index, workers=count)))
            for count in chosen.workers
        ]
        for _ in range(chosen.rounds):
            for server in servers:
                measure(server, ordinary, costly, chosen.seconds)
        print("workers  costly clients requests median ms  p95 ms  times quiet  slowest costly s")
        for server in servers:
            print_server(server)


if __name__ == "__main__":
    main()
