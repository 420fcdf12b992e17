"""Read pages of sorted hits from OpenSearch, however deep.

A cluster returns only the first 10,000 hits by their number. Deeper pages continue after the hit
before them, by its values in the sort, in a point in time: a view of the index that no merge of
its segments changes. Where a page ended is remembered, so that an export reads every hit once, and
any other deep page walks on from the nearest place that is known.
"""

import time
from bisect import bisect_right, insort
from collections import OrderedDict
from hashlib import sha256
from threading import Lock
from typing import Any, TypeAlias

import msgspec

from index.engines.errors import ClusterFailed, ClusterUnready
from index.engines.opensearch_client import Cluster

Json: TypeAlias = dict[str, Any]
Place: TypeAlias = tuple[int, tuple[Any, ...]]
"""A number of hits, and the sort values of the last of them."""

WINDOW = 10_000
"""Hits that a cluster returns by their number, unless it is configured otherwise."""

KEEP_ALIVE = 300
"""Seconds for which a cluster keeps a point in time that is not used. Chosen: an export reads on
within seconds, and a point in time keeps files open."""

MAX_SEARCHES = 64
"""Searches whose places are remembered. Chosen."""

MAX_PLACES = 1_000
"""Places that are remembered of a search: at 500 hits a batch, those of half a million. Chosen."""


class DeepPages:
    """Reads hits by their number from one index, which no longer changes."""

    def __init__(self, cluster: Cluster, index: str, window: int = WINDOW) -> None:
        """Prepare to read; nothing is sent yet.

        Args:
            cluster: The cluster.
            index: The name of the index.
            window: The number of hits that it returns by their number.
        """
        self._cluster, self._index, self.window = cluster, index, window
        self._lock = Lock()
        self._places: OrderedDict[bytes, list[Place]] = OrderedDict()
        self._view, self._used = "", 0.0

    def read(self, body: Json, offset: int, limit: int, params: Json) -> list[Json]:
        """Return the hits of a page.

        Args:
            body: The search, with a sort in which no two hits are equal.
            offset: The number of hits before the page.
            limit: The maximum number of hits on it.
            params: Parameters of the address.
        """
        key = sha256(msgspec.json.encode(body)).digest()
        bare = {**body, "_source": False}
        found = self._find_place(key, offset)
        if found is None:
            first = min(offset, self.window)
            hits = self._ask({**bare, "from": first - 1, "size": 1}, params)
            if not hits:
                return []
            found = first, tuple(hits[-1]["sort"])
        count, after = found
        while count < offset:
            step = min(self.window, offset - count)
            hits = self._ask({**bare, "size": step, "search_after": after}, params)
            if len(hits) < step:
                return []
            count, after = count + len(hits), tuple(hits[-1]["sort"])
        hits = self._ask({**body, "size": limit, "search_after": after}, params)
        if hits:
            self._remember(key, (offset + len(hits), tuple(hits[-1]["sort"])))
        return hits

    def _find_place(self, key: bytes, offset: int) -> Place | None:
        """Return the last known place of a search at or before an offset."""
        with self._lock:
            places = self._places.get(key, [])
            at = bisect_right(places, offset, key=lambda place: place[0])
            return places[at - 1] if at else None

    def _remember(self, key: bytes, place: Place) -> None:
        with self._lock:
            places = self._places.setdefault(key, [])
            self._places.move_to_end(key)
            if place not in places:
                insort(places, place, key=lambda place: place[0])
            del places[: max(0, len(places) - MAX_PLACES)]
            while len(self._places) > MAX_SEARCHES:
                self._places.popitem(last=False)

    def _ask(self, body: Json, params: Json) -> list[Json]:
        """Return the hits of a search in the point in time, a new one if it has ended."""
        view = self._open_view()
        try:
            return self._search(view, body, params)
        except (ClusterFailed, ClusterUnready):
            # A node that left took its part of the point in time with it; copies of it answer.
            return self._search(self._open_view(instead_of=view), body, params)

    def _search(self, view: str, body: Json, params: Json) -> list[Json]:
        pit = {"id": view, "keep_alive": f"{KEEP_ALIVE}s"}
        answer = self._cluster.search("", {**body, "pit": pit}, params)
        found: list[Json] = answer["hits"]["hits"]
        return found

    def _open_view(self, instead_of: str = "") -> str:
        """Return the point in time, which all searches share since the index never changes."""
        with self._lock:
            now = time.monotonic()
            ended = now - self._used > KEEP_ALIVE / 2
            if not self._view or ended or self._view == instead_of:
                self._view = self._create_view()
            self._used = now
            return self._view

    def _create_view(self) -> str:
        keep = {"keep_alive": f"{KEEP_ALIVE}s"}
        if self._cluster.settings.dialect == "elasticsearch":
            return str(self._cluster.request("POST", f"/{self._index}/_pit", None, keep)["id"])
        path = f"/{self._index}/_search/point_in_time"
        return str(self._cluster.request("POST", path, None, keep)["pit_id"])
