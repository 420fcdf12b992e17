"""Send documents to a cluster in parallel requests that adapt to what it can take."""

import random
import time
from collections.abc import Callable, Iterable
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import NamedTuple
from urllib.parse import quote

from index.engines.errors import (
    ClusterFailed,
    ClusterOverloaded,
    ClusterUnreachable,
    ClusterUnready,
    PaperRefused,
)
from index.engines.opensearch_client import Cluster, Json, describe_failure

THREADS = 2
"""Requests that are under way at a time. Chosen: a cluster indexes each on several processors, and
a build makes documents on two or three of its own."""

MOST_BYTES = 4_000_000
"""Bytes of a request. The documentation of OpenSearch advises 5 to 15 MB; chosen smaller, so that
all requests that are under way take 12 MB."""

LEAST_BYTES = 64_000
"""Bytes below which an overloaded cluster does not make requests smaller. Chosen."""

MOST_TRIES = 10
"""Attempts at a request that an overloaded or absent cluster does not take: with the pauses below
they take about two minutes, longer than a node needs to start again. Chosen."""

PAUSE_S, LONGEST_PAUSE_S = 0.25, 30.0
"""Seconds before the second attempt, which double with each further one, and their maximum; each
pause is multiplied by a random number from 0.5 to 1.5. Chosen."""

PASSING = (ClusterOverloaded, ClusterUnreachable, ClusterUnready)
"""Failures that may pass, so that a request is sent again."""

_TOO_LONG = 413
_MISSING = 404
_TOLD = "errors,items.*._id,items.*.status,items.*.error.type,items.*.error.reason"


class Change(NamedTuple):
    """A change of one document: the id of its paper, and the lines of a bulk request."""

    paper_id: str
    lines: bytes


Batch = dict[str, Change]
"""Changes by the ``_id`` of the document."""


class BulkSender:
    """Sends batches of changes, at most `THREADS` at a time.

    Changes of one document are never under way together, so they take effect in order. A request
    that is sent twice has the same effect as one, since each document has an ``_id`` of ours.
    """

    def __init__(
        self, cluster: Cluster, index: str, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        """Prepare to send.

        Args:
            cluster: The cluster.
            index: The name of the index.
            sleep: Waits for some seconds.
        """
        self._cluster, self._path = cluster, f"/{quote(index, safe='')}/_bulk"
        self._sleep = sleep
        self._most_bytes = MOST_BYTES
        self._pool = ThreadPoolExecutor(THREADS, "papers-bulk")
        self._under_way: dict[Future[None], Batch] = {}

    def send(self, batch: Batch) -> None:
        """Send a batch, waiting until there is room and no other batch has the same documents.

        Raises:
            ClusterUnusable: An earlier batch failed.
        """
        self.wait_for(batch)
        while len(self._under_way) >= THREADS:
            self._collect(self._under_way)
        self._under_way[self._pool.submit(self._send_all, batch)] = batch

    def wait_for(self, keys: Iterable[str]) -> None:
        """Wait until no batch with certain documents is under way.

        Args:
            keys: The ``_id`` of each document.

        Raises:
            ClusterUnusable: A batch failed.
        """
        wanted = set(keys)
        while busy := [one for one, batch in self._under_way.items() if wanted & batch.keys()]:
            self._collect(busy)

    def _collect(self, futures: Iterable[Future[None]]) -> None:
        """Wait for one of some requests, and raise its error."""
        done, _ = wait(futures, return_when=FIRST_COMPLETED)
        for one in done:
            del self._under_way[one]
            one.result()

    def finish(self) -> None:
        """Wait until everything has been sent.

        Raises:
            ClusterUnusable: A batch failed.
        """
        while self._under_way:
            one = next(iter(self._under_way))
            del self._under_way[one]
            one.result()

    def close(self) -> None:
        """End the threads; what is under way is waited for, and its failure ignored."""
        self._pool.shutdown(cancel_futures=True)

    def _send_all(self, batch: Batch) -> None:
        """Send a batch in as many requests as the cluster needs."""
        waiting = [batch]
        tries = 0
        while waiting:
            part = waiting.pop()
            if len(part) > 1 and _count_bytes(part) > self._most_bytes:
                waiting += _halve(part)
                continue
            try:
                left = self._send_once(part)
            except ClusterFailed as error:
                if getattr(error.__cause__, "status_code", 0) != _TOO_LONG:
                    raise
                waiting += _split_too_long(part)
                continue
            except PASSING:
                if tries + 1 >= MOST_TRIES:
                    raise
                left = part
            tries = tries + 1 if len(left) == len(part) else 0
            if left:
                self._slow_down(tries)
                waiting.append(left)
            else:
                self._most_bytes = min(MOST_BYTES, self._most_bytes + LEAST_BYTES)

    def _slow_down(self, tries: int) -> None:
        """Make requests smaller, and pause."""
        self._most_bytes = max(LEAST_BYTES, self._most_bytes // 2)
        pause = min(LONGEST_PAUSE_S, PAUSE_S * 2 ** max(0, tries - 1))
        self._sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311 - not for security

    def _send_once(self, batch: Batch) -> Batch:
        """Send one request, and return the changes that the cluster had no room for.

        Raises:
            PaperRefused: The cluster cannot index a document.
            ClusterOverloaded: The cluster had no room for any of them.
            ClusterUnusable: It cannot be reached, or takes no documents.
        """
        body = b"".join(change.lines for change in batch.values())
        answer = self._cluster.request("POST", self._path, body, {"filter_path": _TOLD})
        if not answer.get("errors"):
            return {}
        left: Batch = {}
        for key, item in zip(batch, answer.get("items", []), strict=True):
            failure = self._find_failure(batch[key].paper_id, next(iter(item.values())))
            if isinstance(failure, PASSING):
                left[key], passing = batch[key], failure
            elif failure:
                raise failure
        if len(left) == len(batch):
            raise passing
        return left

    def _find_failure(self, paper_id: str, item: Json) -> Exception | None:
        """Return the error that an item of an answer stands for, or None if it succeeded."""
        if "error" not in item:  # a document to be deleted may be missing
            return None
        error = item["error"]
        told = f"{error.get('type')}: {error.get('reason')}" if isinstance(error, dict) else error
        where = self._cluster.settings.where
        return describe_failure(int(item.get("status", 0)), str(told), where) or PaperRefused(
            paper_id, told
        )


def _count_bytes(batch: Batch) -> int:
    return sum(len(change.lines) for change in batch.values())


def _halve(batch: Batch) -> list[Batch]:
    """Split a batch of two or more changes; the second half comes first."""
    changes = list(batch.items())
    middle = len(changes) // 2
    return [dict(changes[middle:]), dict(changes[:middle])]


def _split_too_long(batch: Batch) -> list[Batch]:
    """Split a batch that is longer than the cluster, or a proxy before it, takes.

    Raises:
        PaperRefused: A single document is too long.
    """
    if len(batch) > 1:
        return _halve(batch)
    (change,) = batch.values()
    reason = f"its document of {len(change.lines):,} bytes is longer than a request may be"
    raise PaperRefused(change.paper_id, reason)
