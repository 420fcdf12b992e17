"""Measure what the most hostile short requests cost, and how others fare beside them.

Sends every request of ``bomb_requests`` to the application in this process and adds up the
processor time of each; prints the worst of them with their status and size, and those whose
failure is no refusal. Then starts ``papers serve``, sends the worst once more and reads the
processor time of the process. Last, eight clients send the worst in a loop, and one sends ordinary
searches. Run from the project's folder: ``python -m tests.bench.bombs --index INDEX``.
"""

import argparse
import os
import time
from collections import Counter
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from pathlib import Path
from random import Random
from statistics import median
from threading import Event, Thread
from typing import Self
from urllib.parse import urlencode

from flask.testing import FlaskClient

from search.answers.searcher import Searcher
from tests.bench.bomb_requests import Bomb, Words, list_bombs, read_words
from tests.bench.speed_http import HOST, serving
from tests.bench.speed_search import percentile_95
from web.app import create_app

BOMBERS = 8
OK = 200
FAILED = 500
PATIENCE = 120.0
"""Seconds that a client waits for one answer."""

SHOWN = 90
"""Characters of an address that are printed."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one request cost.

    Attributes:
        bomb: The request.
        seconds: Processor time.
        status: The HTTP status.
        size: Bytes of the answer.
    """

    bomb: Bomb
    seconds: float
    status: int
    size: int


def measure_in_process(client: FlaskClient, bombs: list[Bomb], told: float) -> list[Cost]:
    """Send each request once, in this thread; print those that cost more than some seconds."""
    costs = []
    for bomb in bombs:
        started = time.thread_time()
        with client.get(bomb.address) as answer:
            size, status = len(answer.data), answer.status_code
        costs.append(Cost(bomb, time.thread_time() - started, status, size))
        if costs[-1].seconds > told or status == FAILED:
            print_cost(costs[-1])
    return costs


def print_cost(cost: Cost) -> None:
    """Print a line of the table."""
    shown = cost.bomb.address[:SHOWN]
    print(
        f"{cost.seconds:8.2f} {cost.status:6} {cost.size:9,}  {cost.bomb.kind:45} {shown}",
        flush=True,
    )


def measure_server(port: int, process: int, bombs: list[Bomb], told: float) -> list[Cost]:
    """Send each request once to the server, which is otherwise idle, and read what it used."""
    costs = []
    for bomb in bombs:
        before = read_seconds(process)
        status, size = fetch(port, bomb.address)
        costs.append(Cost(bomb, read_seconds(process) - before, status, size))
        if costs[-1].seconds > told or status == FAILED:
            print_cost(costs[-1])
    return costs


def read_seconds(process: int) -> float:
    """Return the processor time that a process has used (Linux only)."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def fetch(port: int, address: str) -> tuple[int, int]:
    """Return status and size of an answer, over a connection of its own; 0 for none."""
    connection = HTTPConnection(HOST, port, timeout=PATIENCE)
    try:
        connection.request("GET", address)
        answer = connection.getresponse()
        return answer.status, len(answer.read())
    except (OSError, HTTPException):
        return 0, 0
    finally:
        connection.close()


class Bombers:
    """Clients that send bombs in a loop while a block runs."""

    def __init__(self, port: int, addresses: list[str], clients: int = BOMBERS) -> None:
        self._port, self._addresses = port, addresses
        self._stop = Event()
        self.statuses: Counter[int] = Counter()
        self.slowest = 0.0
        self._threads = [Thread(target=self._send, args=(at,)) for at in range(clients)]

    def _send(self, at: int) -> None:
        for address in cycle(self._addresses[at:] + self._addresses[:at]):
            if self._stop.is_set():
                return
            started = time.perf_counter()
            self.statuses[fetch(self._port, address)[0]] += 1
            self.slowest = max(self.slowest, time.perf_counter() - started)

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        for thread in self._threads:
            thread.join()


def list_ordinary(index: Words) -> list[str]:
    """Return addresses as readers ask for them, without end."""
    chosen = Random(11)
    queries = [
        " ".join(chosen.sample(index.words[:200], k=chosen.randint(1, 4))) for _ in range(300)
    ]
    queries += [f"{name} {chosen.choice(index.words)}" for name in chosen.sample(index.names, 60)]
    chosen.shuffle(queries)
    pages = ("/search", "/search", "/search.json", "/suggest.json")
    return [f"{chosen.choice(pages)}?{urlencode({'q': text})}" for text in queries]


def wait_beside(port: int, ordinary: list[str], seconds: float) -> tuple[list[float], Counter[int]]:
    """Send ordinary requests one after the other; return seconds waited, and the statuses."""
    waited: list[float] = []
    statuses = Counter[int]()
    end = time.perf_counter() + seconds
    for address in cycle(ordinary):
        started = time.perf_counter()
        if started > end:
            return waited, statuses
        statuses[fetch(port, address)[0]] += 1
        waited.append(time.perf_counter() - started)
        time.sleep(0.02)
    return waited, statuses


def print_waits(name: str, waited: list[float], statuses: Counter[int]) -> None:
    """Print how long ordinary requests waited."""
    print(
        f"{name:14} {len(waited):6} requests: median {median(waited):.3f} s, p95 "
        f"{percentile_95(waited):.3f}, max {max(waited):.3f}; statuses {dict(statuses)}"
    )


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--index", required=True, type=Path)
    options.add_argument("--base", type=Path, help="folder of other code to measure, at its server")
    options.add_argument("--told", type=float, default=1.5, help="seconds from which one is shown")
    options.add_argument("--only", default="", help="kinds with this text")
    options.add_argument("--sample", type=int, help="that many of the requests, drawn by chance")
    options.add_argument("--worst", type=int, default=24, help="requests sent to the server")
    options.add_argument("--seconds", type=float, default=30.0)
    chosen = options.parse_args()
    index = read_words(Searcher(chosen.index))
    bombs = [bomb for bomb in list_bombs(index) if chosen.only in bomb.kind]
    if chosen.sample:
        bombs = Random(chosen.sample).sample(bombs, min(len(bombs), chosen.sample))
    print(f"{len(bombs)} requests\n seconds status     bytes  kind", flush=True)
    with serving(chosen.index, chosen.base) as (port, process):
        if chosen.base:
            costs = measure_server(port, process, bombs, chosen.told)
        else:
            costs = measure_in_process(create_app(chosen.index).test_client(), bombs, chosen.told)
        worst = sorted(costs, key=lambda cost: -cost.seconds)[: chosen.worst]
        print("\nthe worst")
        for cost in worst:
            print_cost(cost)
        worst_bombs = [cost.bomb for cost in worst]
        if not chosen.base:
            print("\nthe same requests at the server")
            measure_server(port, process, worst_bombs, told=0.0)
        measure_waits(port, index, worst_bombs, chosen.seconds)


def measure_waits(port: int, index: Words, bombs: list[Bomb], seconds: float) -> None:
    """Print how long ordinary requests wait, alone and beside clients that send bombs."""
    ordinary = list_ordinary(index)
    print_waits("alone", *wait_beside(port, ordinary, seconds / 3))
    with Bombers(port, [bomb.address for bomb in bombs]) as bombers:
        time.sleep(2)
        print_waits("beside bombs", *wait_beside(port, ordinary, seconds))
    print(f"bombs were answered with {dict(bombers.statuses)}")


if __name__ == "__main__":
    main()
