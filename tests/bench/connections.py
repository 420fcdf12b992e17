"""Measure what an ordinary reader waits while other clients hold, flood or starve the server.

Serves an index, lets clients of one bad kind connect over loopback, and asks for pages of results
beside them, each over a new connection. Run it with::

    python -m tests.bench.connections --index INDEX
"""

import argparse
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from tests.bench.speed_http import OK, private_mb, serving
from tests.bench.speed_search import paperlists_index, percentile_95
from web.server.limits import raise_descriptor_limit

HOST = "127.0.0.1"
PATIENCE_S = 5
"""Seconds after which a reader counts as kept out."""

TRICKLE_S = 10
"""Seconds between two bytes of a slow client."""

QUERIES = ("attention", "graph neural networks", "bengio", "deep learning 2017", "vision")
HALF = b"GET / HTTP/1.1\r\nX: "
LARGE = b"GET /search.json?q=learning&per_page=100 HTTP/1.1\r\nHost: a\r\n\r\n"

Clients = list[socket.socket]


def connect(port: int, data: bytes = b"", buffer: int = 0) -> socket.socket:
    """Connect and send, without waiting for a server that does not read.

    Args:
        port: The port of the server.
        data: What is sent.
        buffer: Bytes that the system may keep of what is not read; 0 for its default.
    """
    client = socket.socket()
    client.settimeout(PATIENCE_S)
    if buffer:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, buffer)
    client.connect((HOST, port))
    client.settimeout(0.2)
    with suppress(OSError):  # the server need not read it all
        client.sendall(data)
    return client


def trickle(port: int, count: int) -> Clients:
    """Return clients that have sent half a request and, ten seconds later, one byte more."""
    clients = [connect(port, HALF) for _ in range(count)]
    time.sleep(TRICKLE_S)
    for client in clients:
        with suppress(OSError):  # the server may have closed it
            client.sendall(b"a")
    return clients


def churn(port: int, count: int) -> Clients:
    """Open and close many connections."""
    for _ in range(count):
        connect(port, b"GET / HT").close()
    return []


KINDS: dict[str, Callable[[int], Clients]] = {
    "nobody else": lambda _port: [],
    "500 idle": lambda port: [connect(port) for _ in range(500)],
    "105 that send a byte in 10 s": lambda port: trickle(port, 105),
    "1,000 idle and 1,000 slow": lambda port: (
        [connect(port) for _ in range(1000)] + trickle(port, 1000)
    ),
    "6,000 idle": lambda port: [connect(port) for _ in range(6000)],
    "40 that read no answer": lambda port: [connect(port, LARGE, 2048) for _ in range(40)],
    "8 that pipeline and read nothing": lambda port: [
        connect(port, LARGE * 150, 2048) for _ in range(8)
    ],
    "300 heads of 100 kB": lambda port: [
        connect(port, b"GET /?q=" + b"a" * 100_000) for _ in range(300)
    ],
    "after 2,000 opened and closed": lambda port: churn(port, 2000),
}
"""What makes the clients of each kind, beside which an ordinary reader asks."""


@contextmanager
def hold(clients: Clients) -> Iterator[None]:
    """Keep clients connected while the block runs."""
    with ExitStack() as stack:
        for client in clients:
            stack.enter_context(client)
        yield


def ask(port: int, query: str) -> float | None:
    """Return the milliseconds that a page took, or None for a reader who is kept out."""
    started = time.perf_counter()
    connection = HTTPConnection(HOST, port, timeout=PATIENCE_S)
    try:
        connection.request("GET", f"/search?{urlencode({'q': query})}")
        answer = connection.getresponse()
        answer.read()
    except (OSError, HTTPException):
        return None
    finally:
        connection.close()
    return (time.perf_counter() - started) * 1000 if answer.status == OK else None


def processor_ms(process: int) -> float:
    """Return the processor time that a process has used."""
    fields = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def measure(port: int, process: int, pages: int) -> str:
    """Ask for pages and return the figures of a line."""
    before = processor_ms(process)
    waits = [ask(port, QUERIES[at % len(QUERIES)]) for at in range(pages)]
    spent = (processor_ms(process) - before) / pages
    served = [wait for wait in waits if wait is not None] or [float("nan")]
    out = waits.count(None)
    times = f"{median(served):9.1f} {percentile_95(served):7.1f} {spent:9.1f}"
    return f"{out:8} {times} {private_mb(process) or 0:7.0f}"


def main() -> None:
    """Serve the index, let each kind of client connect, and print a line for each."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--index", help="an index of paperlists; built if not given")
    options.add_argument("--pages", type=int, default=40, help="pages asked for beside each kind")
    chosen = options.parse_args()
    raise_descriptor_limit(7000)
    with paperlists_index(chosen.index) as directory, serving(directory) as (port, process):
        measure(port, process, chosen.pages)
        print(f"{'beside':33} kept out median ms  p95 ms  cpu ms  memory MB")
        for name, make in KINDS.items():
            with hold(make(port)):
                print(f"{name:33} {measure(port, process, chosen.pages)}", flush=True)


if __name__ == "__main__":
    main()
