"""Threads that send costly or invalid requests, and hold slow, idle and broken connections.

A refusal is a right answer to them: a status of 400 or more, except 500.
"""

import socket
from collections.abc import Iterator
from contextlib import suppress
from random import Random
from threading import Event, Thread
from urllib.parse import quote, urlencode

from tests.soak.chronicle import Faults
from tests.soak.client import AnswerFault, Client
from tests.soak.made_papers import THEMES, VENUES, paper_id
from tests.soak.outages import ServerAway

REFUSALS = (200, 400, 404, 405, 413, 414, 431, 501, 503)
"""Statuses that a bomb may meet."""

_PAUSE_S = 0.05
"""Seconds between two bombs of a thread, and between two turns of the slow connections; chosen."""

TURN = 3
"""Connections that are opened and that send a byte in one turn; chosen."""

_WORDS = "model network learning deep method data graph image language policy and the".split()
_FACETS = "venue,year,type,author,topic,institution,status,source,language"
_STATUS_LINE = b"HTTP/1."


def make_bombs(chance: Random) -> Iterator[tuple[str, str]]:
    """Yield the method and the path of a bomb of each kind."""
    slop = " OR ".join(f'"{_words(chance, 6)}"~20' for _ in range(10))
    stars = " OR ".join(f"{letter}*" for letter in chance.sample("abcdefgilmnoprstv", 12))
    nested = "(" * 60 + "model" + ")" * 60
    prose = _words(chance, 1500)
    many = " OR ".join(f"title:{word}~2" for word in chance.choices(_WORDS, k=190))
    selected = {"venue": VENUES[0], "author": "nobody", "year": "2000", "topic": "x"}
    for query in (slop, stars, nested, prose, many, "*", "?*?*?*?", "\0\x1b[2J"):
        yield "GET", _path("/search", q=query, facets=_FACETS, per_page=100)
        yield "GET", _path("/search.json", q=query, facets=_FACETS, explain=1, expand="feedback")
        yield "GET", _path("/why-not.json", q=query, id=paper_id(chance.randrange(200)))
        yield "GET", _path("/suggest.json", q=query, limit=50)
        yield "GET", _path("/search", q=query, **selected)
    yield "GET", _path("/search", q=chance.choice(THEMES), page=chance.randrange(1, 10**9))
    yield "GET", _path("/search.json", q="*", page=chance.randrange(50, 200), per_page=100)
    yield "GET", _path("/similar.json", id=paper_id(chance.randrange(200)), per_page=100)
    yield "GET", "/search?" + "&".join(f"venue={at}" for at in range(3000))
    yield "GET", "/paper/" + quote("x" * 5000)
    yield "GET", "/search?q=" + "%ff%fe%00" * 50
    yield "GET", "/search?q=" + "x" * 300_000
    yield chance.choice(["POST", "PUT", "DELETE", "OPTIONS", "TRACE"]), "/search?q=model"


def _words(chance: Random, count: int) -> str:
    return " ".join(chance.choices(_WORDS, k=count))


def _path(address: str, **parameters: object) -> str:
    return f"{address}?{urlencode(parameters)}"


class Bomber(Thread):
    """Sends bombs until stopped."""

    def __init__(self, client: Client, faults: Faults, stop: Event, seed: int) -> None:
        super().__init__(name=f"bomber {seed}")
        self._client = client
        self._faults = faults
        self._stopped = stop
        self._chance = Random(seed)

    def run(self) -> None:
        """Send bombs until stopped."""
        with self._client:
            while not self._stopped.is_set():
                bombs = list(make_bombs(self._chance))
                self._chance.shuffle(bombs)
                for method, path in bombs:
                    if self._stopped.wait(_PAUSE_S):
                        return
                    self._send(method, path)

    def _send(self, method: str, path: str) -> None:
        try:
            reply = self._client.ask("bomb", path, method)
            reply.require_status(*REFUSALS)
        except ServerAway:
            return
        except AnswerFault as fault:
            self._faults.add(f"bomb {method} {path[:60]}: {fault}.")
        else:
            if reply.status == 503 and "retry-after" not in reply.headers:
                self._faults.add(f"bomb {path[:60]}: the refusal does not say when to try again.")


class BadConnections(Thread):
    """Holds connections that send nothing, half a request slowly, or garbage, until stopped."""

    def __init__(self, port: int, count: int, faults: Faults, stop: Event, seed: int) -> None:
        super().__init__(name="bad connections")
        self._port = port
        self._count = count
        self._faults = faults
        self._stopped = stop
        self._chance = Random(seed)
        self._held: list[socket.socket] = []
        self.opened = 0

    def run(self) -> None:
        """Open, trickle and drop connections until stopped."""
        while not self._stopped.wait(_PAUSE_S):
            for _ in range(TURN):
                if len(self._held) < self._count:
                    self._open()
                if self._held:
                    self._take_turn(self._chance.randrange(len(self._held)))
        for one in self._held:
            one.close()

    def _open(self) -> None:
        try:
            one = socket.create_connection(("127.0.0.1", self._port), timeout=5)
        except OSError:
            return  # the server may refuse more than it can hold
        one.setblocking(False)
        self._held.append(one)
        self.opened += 1
        with suppress(OSError):
            one.sendall(self._chance.choice(self._make_openings()))

    def _make_openings(self) -> list[bytes]:
        return [
            b"",
            b"GET / HTTP/1.1\r\nHost: a\r\nX: ",
            b"GET /search?q=",
            b"GET http://[::1/ HTTP/1.1\r\n\r\n",
            b"POST /search HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\nab",
            b"GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
            self._chance.randbytes(300) + b"\r\n\r\n",
            b"\r\n" * 200,
            b"GET /search.json?q=model HTTP/1.1\r\nHost: a\r\n\r\n" * 5,
        ]

    def _take_turn(self, at: int) -> None:
        """Send a byte more on a connection, or close it, and read what has arrived."""
        one = self._held[at]
        try:
            received = one.recv(65536)
            if received.startswith(_STATUS_LINE) and received.split(b" ", 2)[1][:3] == b"500":
                self._faults.add(f"bad connection: the status is 500: {received[:200]!r}.")
            ended = not received
        except BlockingIOError:
            ended = self._chance.random() < 0.1
        except OSError:
            ended = True
        if not ended:
            with suppress(OSError):
                one.send(b"a")
            return
        one.close()
        del self._held[at]
