"""Collect changes of a cluster's documents into batches, and count the tokens that they change."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

import msgspec

from index.engines.cluster_mapping import RECORD, TOKENS, make_key, make_source
from index.engines.opensearch_bulk import MOST_BYTES, Batch, BulkSender, Change
from index.engines.opensearch_client import Cluster, Json
from index.engines.opensearch_indexes import refresh
from index.engines.token_counts import COUNTED, COUNTS_FILE, TokenCounter
from index.fields import PART, ROW, WORK

if TYPE_CHECKING:
    from index.engines.document import Document

MOST_CHANGES = 2_000
"""Changes of a batch, whatever their size. Chosen: deletions are short, and are looked up first."""

SCROLLED = 1_000
"""Documents of one answer while tokens are counted anew. Chosen: about 5 MB."""

DUPS = (WORK, "", ROW, PART)
"""The values of ``dup`` in the order in which a paper is looked for."""

_KEPT_S = "5m"
_encode = msgspec.json.Encoder().encode


def list_keys(paper_id: str, other: str | None = None) -> list[str]:
    """Return the ``_id`` of each document that an id may stand for.

    Args:
        paper_id: The id of a paper.
        other: A value of ``dup`` whose document is not meant, or None.
    """
    return [make_key(paper_id, dup) for dup in DUPS if dup != other]


class DocumentWrites:
    """Changes that go to an index of a cluster, in batches."""

    def __init__(
        self, cluster: Cluster, index: str, folder: Path, *, recount: bool = False
    ) -> None:
        """Prepare to change an index.

        Args:
            cluster: The cluster.
            index: The name of the index.
            folder: The engine's folder, which holds the counts of tokens.
            recount: Whether to count the tokens of all documents first, since an interrupted build
                may have sent more than it counted.
        """
        self._cluster, self._index = cluster, index
        self._sender = BulkSender(cluster, index)
        if recount:
            (folder / COUNTS_FILE).unlink(missing_ok=True)
        self._counter = TokenCounter(folder)
        self._batch: Batch = {}
        self._texts: dict[str, tuple[str, list[tuple[str, str]]]] = {}
        self._replaced: set[str] = set()
        self._bytes = 0
        if recount:
            refresh(cluster, index)
            for source in _list_sources(cluster, index):
                self._counter.add(*_read_texts(source))

    def add(self, document: "Document", record: bytes) -> None:
        """Add a paper, in place of one that was removed before."""
        key = make_key(document.id, document.dup)
        action = _encode({"index": {"_id": key}})
        source = _encode(make_source(document, record))
        self._put(key, Change(document.id, b"%b\n%b\n" % (action, source)))
        self._texts[key] = (document.dup, document.texts)
        self._send_full()

    def remove(self, paper_id: str) -> None:
        """Remove the documents of a paper that were added before, if any."""
        for key in list_keys(paper_id):
            self._put(key, Change(paper_id, b"%b\n" % _encode({"delete": {"_id": key}})))
            self._texts.pop(key, None)
            self._replaced.add(key)
        self._send_full()

    def _put(self, key: str, change: Change) -> None:
        """Note a change, which takes the place of an earlier one of the same document."""
        earlier = self._batch.pop(key, None)
        self._batch[key] = change
        self._bytes += len(change.lines) - (len(earlier.lines) if earlier else 0)

    def _send_full(self) -> None:
        if self._bytes >= MOST_BYTES or len(self._batch) >= MOST_CHANGES:
            self._send()

    def _send(self) -> None:
        """Send the batch, and count the tokens that come and go with it."""
        if self._replaced:
            self._sender.wait_for(self._replaced)
            for source in self._read_sources(sorted(self._replaced)):
                self._counter.remove(*_read_texts(source))
        for dup, texts in self._texts.values():
            self._counter.add(dup, texts)
        if self._batch:
            self._sender.send(self._batch)
        self._batch, self._texts, self._replaced, self._bytes = {}, {}, set(), 0

    def _read_sources(self, keys: list[str]) -> Iterator[Json]:
        """Yield the documents of some keys that exist, whether or not searches see them."""
        path = f"/{quote(self._index, safe='')}/_mget"
        for start in range(0, len(keys), SCROLLED):
            body = {"ids": keys[start : start + SCROLLED]}
            answer = self._cluster.request("POST", path, body, {"_source_excludes": _NOT_COUNTED})
            yield from (one["_source"] for one in answer["docs"] if one.get("found"))

    def commit(self) -> None:
        """Send everything, wait until the cluster has it, and make the counts durable."""
        self._send()
        self._sender.finish()
        self._counter.commit()

    def close(self) -> None:
        """End the threads and close the counts; what was not committed may be lost."""
        self._sender.close()
        self._counter.close()


_NOT_COUNTED = f"{RECORD},*{TOKENS}"


def _read_texts(source: Json) -> tuple[str, list[tuple[str, str]]]:
    """Return the value of ``dup`` of a document, and its pairs of field and value."""
    pairs = []
    for field in COUNTED:
        found = source.get(field, [])
        pairs += [(field, value) for value in (found if isinstance(found, list) else [found])]
    return str(source.get("dup", "")), pairs


def _list_sources(cluster: Cluster, index: str) -> Iterator[Json]:
    """Yield all documents of an index."""
    body: Json = {
        "size": SCROLLED,
        "sort": ["_doc"],
        "_source": {"excludes": [RECORD, f"*{TOKENS}"]},
    }
    answer = cluster.search(quote(index, safe=""), body, {"scroll": _KEPT_S})
    while hits := answer["hits"]["hits"]:
        yield from (hit["_source"] for hit in hits)
        more = {"scroll": _KEPT_S, "scroll_id": answer["_scroll_id"]}
        answer = cluster.request("POST", "/_search/scroll", more)
    cluster.request("DELETE", "/_search/scroll", {"scroll_id": answer["_scroll_id"]})
