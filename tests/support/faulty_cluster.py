"""Stand between the program and a cluster, and answer some requests with faults."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

import urllib3


class Asked(NamedTuple):
    """A request: its method, its path with parameters, its body, and the account that asks."""

    method: str
    path: str
    body: bytes
    account: str = ""


class Reply(NamedTuple):
    """An answer that takes the place of the cluster's; after some seconds, if given."""

    status: int
    body: bytes
    seconds: float = 0.0


Rule = Callable[[Asked], Reply | None]
"""Returns the answer to a request, or None to let the cluster answer."""

OVERLOADED = {"type": "rejected_execution_exception", "reason": "the queue is full"}


def make_failure(status: int, kind: str, reason: str, seconds: float = 0.0) -> Reply:
    """Return an answer as a cluster words its failures."""
    error = {"root_cause": [{"type": kind, "reason": reason}], "type": kind, "reason": reason}
    return Reply(status, json.dumps({"error": error, "status": status}).encode(), seconds)


class FaultyCluster(ThreadingHTTPServer):
    """A server that forwards requests to a cluster unless a rule answers them.

    Attributes:
        rule: The rule; by default the cluster answers everything.
        asked: The requests so far.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self, cluster: str) -> None:
        """Listen on a free port.

        Args:
            cluster: The address of the cluster.
        """
        super().__init__(("127.0.0.1", 0), _Handler)
        self.cluster = cluster
        self.rule: Rule = lambda _: None
        self.asked: list[Asked] = []

    @property
    def url(self) -> str:
        """Return the address of this server."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def forward(self, asked: Asked) -> Reply:
        """Let the cluster answer a request."""
        headers = {"Content-Type": "application/json"}
        answer = urllib3.request(
            asked.method,
            self.cluster + asked.path,
            body=asked.body or None,
            headers=headers,
            timeout=30,
            retries=False,
        )
        return Reply(answer.status, answer.data)

    def reject_items(self, asked: Asked, rejected: Callable[[int], bool]) -> Reply | None:
        """Forward some changes of a bulk request, and answer the others with status 429.

        Args:
            asked: The request.
            rejected: Returns whether the change of a number is rejected.
        """
        if "_bulk" not in asked.path:
            return None
        changes = list(_split_changes(asked.body))
        kept = [body for number, body in enumerate(changes) if not rejected(number)]
        items: Iterator[Any] = iter(())
        if kept:
            told = json.loads(self.forward(asked._replace(body=b"".join(kept))).body)
            items = iter(told["items"])
        missed = {"index": {"status": 429, "error": OVERLOADED}}
        answers = [missed if rejected(number) else next(items) for number in range(len(changes))]
        return Reply(200, json.dumps({"errors": True, "items": answers}).encode())


def _split_changes(body: bytes) -> Iterator[bytes]:
    """Yield the lines of each change of a bulk request."""
    lines = iter(body.splitlines(keepends=True))
    for action in lines:
        yield action if b'"delete"' in action[:12] else action + next(lines)


class _Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    protocol_version = "HTTP/1.1"
    server: FaultyCluster

    def _answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        account = self.headers.get("Authorization", "")
        asked = Asked(self.command, self.path, body, account)
        self.server.asked.append(asked)
        reply = self.server.rule(asked) or self.server.forward(asked)
        time.sleep(reply.seconds)
        self.send_response(reply.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(reply.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(reply.body)

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = _answer  # noqa: N815 - names of the library

    def log_message(self, *_: object) -> None:
        """Print nothing."""


@contextmanager
def run_faulty_cluster(cluster: str) -> Iterator[FaultyCluster]:
    """Run the server in a thread for the duration of the block."""
    server = FaultyCluster(cluster)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
