"""Search with OpenSearch over HTTP: its English analyser, a query over fields, aggregations."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import opensearchpy
from opensearchpy.helpers import parallel_bulk

from tests.bench.peers.peer import (
    COUNTED,
    DEPTH,
    OPENSEARCH,
    TEXTS,
    TITLE_WEIGHT,
    Counts,
    Found,
    Mode,
    Papers,
    Peer,
)

INDEX = "papers-peer"
PATIENCE = 600
"""Seconds that a request may take: merging a large index into one segment is slow."""

MOST_VALUES = 10_000
"""Values counted of each facet: more than there are venues or years."""

_MAPPING = {
    "settings": {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1"},
    "mappings": {
        "properties": {
            **{name: {"type": "text", "analyzer": "english"} for name in TEXTS},
            "venue": {"type": "keyword"},
            "year": {"type": "integer"},
        }
    },
}
_FIELDS = [f"title^{TITLE_WEIGHT}", *TEXTS[1:]]
_OPERATORS = {Mode.ALL: "and", Mode.ANY: "or"}
_COUNTED = {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in COUNTED}


class OpenSearch(Peer):
    """A server on one shard; its processor time is not known, only the client's."""

    def __init__(self) -> None:
        """Connect to the cluster."""
        self._client = opensearchpy.OpenSearch(os.environ[OPENSEARCH], timeout=PATIENCE)

    def build(self, folder: Path, papers: Papers) -> None:
        """Send all papers in bulk, then merge into one segment."""
        del folder  # the cluster keeps its own
        self._client.indices.delete(index=INDEX, ignore_unavailable=True)
        self._client.indices.create(index=INDEX, body=_MAPPING)
        for _ in parallel_bulk(self._client, _make_actions(papers)):
            pass
        self._client.indices.refresh(index=INDEX)
        self._client.indices.forcemerge(index=INDEX, max_num_segments=1)

    def open(self, folder: Path) -> None:
        """Do nothing: the client is connected."""

    def search(self, words: list[str], mode: Mode, *, counts: bool) -> Found:
        """Search all fields as if they were one, and aggregate on request."""
        asked = {
            "query": " ".join(words),
            "fields": _FIELDS,
            "type": "cross_fields",
            "operator": _OPERATORS[mode],
        }
        body = {"size": DEPTH, "query": {"multi_match": asked}, "_source": ["title", "abstract"]}
        told = self._client.search(
            index=INDEX,
            body=body | ({"aggs": _COUNTED} if counts else {}),
            params={"request_cache": "false"},
        )
        hits = told["hits"]["hits"]
        return Found(
            [hit["_id"] for hit in hits],
            [(hit["_source"]["title"], hit["_source"].get("abstract", "")) for hit in hits],
            _read_counts(told["aggregations"]) if counts else {},
        )

    def measure_bytes(self, folder: Path) -> int:
        """Return what the cluster says."""
        del folder
        told = self._client.indices.stats(index=INDEX)
        return int(told["_all"]["total"]["store"]["size_in_bytes"])


def _make_actions(papers: Papers) -> Iterator[dict[str, Any]]:
    for paper in papers:
        source = {name: value for name, value in paper._asdict().items() if value}
        yield {"_index": INDEX, "_id": source.pop("id"), "_source": source}


def _read_counts(told: dict[str, Any]) -> Counts:
    return {
        name: {str(one["key"]): one["doc_count"] for one in told[name]["buckets"]}
        for name in COUNTED
    }
