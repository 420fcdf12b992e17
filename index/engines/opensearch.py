"""Keep papers in a cluster of OpenSearch or Elasticsearch, for indexes larger than one machine."""

from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import zstandard

from index.engines.cluster_folder import Location, has_location, read_location, write_location
from index.engines.cluster_mapping import RECORD, decode_record
from index.engines.damage import DamageReporter
from index.engines.engine import CheckedReader
from index.engines.errors import ClusterForeign, ClusterUnusable
from index.engines.opensearch_client import Cluster, Json, connect
from index.engines.opensearch_indexes import (
    commit_index,
    complete_index,
    copy_index,
    count_documents,
    create_index,
    delete_index,
    make_name,
    reopen_index,
    switch_alias,
)
from index.engines.opensearch_writes import DocumentWrites, list_keys
from index.engines.token_counts import TokenCounts
from index.fields import ROW, WORK

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from index.engines.document import Document

MOST_FOUND = 10_000
"""The most documents that a cluster returns for one search, by its own default."""


def read_version() -> str:
    """Return the product and version of the cluster, for the manifest."""
    return connect().version


def is_damage(error: BaseException) -> bool:
    """Return whether an exception is a sign of damage to the few files beside the cluster.

    What the cluster itself does is raised as `ClusterUnusable`.
    """
    return isinstance(error, OSError | ValueError | zstandard.ZstdError)


class OpenSearchWriter:
    """Adds papers to an index of a cluster."""

    def __init__(self, folder: "Path") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder, self._cluster = folder, connect()
        self._own = folder.stat().st_ino
        self._writes: DocumentWrites | None = None
        self._committed = False
        self._base: Location | None = None
        if not has_location(folder):
            self._location = self._name_index(self._cluster.settings.shards)
            create_index(self._cluster, self._location.index, self._location.shards)
            self._writes = DocumentWrites(self._cluster, self._location.index, folder)
            return
        self._location = read_location(folder)
        check_cluster(self._cluster, self._location, folder)
        if self._location.folder != self._own:
            self._base = self._location

    def _name_index(self, shards: int) -> Location:
        """Name a new index, and note it in the folder before it is made."""
        name = make_name(self._cluster.settings.prefix, self._folder)
        location = Location(name, self._cluster.uuid, shards, self._own)
        write_location(self._folder, location)
        return location

    def _begin(self) -> DocumentWrites:
        """Begin to write: copy the index of the generation before, or reopen one left behind."""
        if self._writes is None:
            if self._base:
                self._location = self._name_index(self._base.shards)
                copied, made = self._base.index, self._location.index
                copy_index(self._cluster, copied, made, self._location.shards)
                self._writes = DocumentWrites(self._cluster, made, self._folder)
            else:
                reopen_index(self._cluster, self._location.index, self._location.shards)
                name = self._location.index
                self._writes = DocumentWrites(self._cluster, name, self._folder, recount=True)
                self._committed = True
        return self._writes

    def add(self, document: "Document", record: bytes) -> None:
        """Add one paper: its analysed fields, and its bytes for display."""
        self._begin().add(document, record)

    def remove(self, paper_id: str) -> None:
        """Remove the papers of this id that were added before, if any."""
        self._begin().remove(paper_id)

    def commit(self) -> None:
        """Make all changes so far durable, and continue."""
        if self._writes:
            self._writes.commit()
            commit_index(self._cluster, self._location.index)
            self._committed = True

    def close(self) -> None:
        """Make all changes durable and searchable, and end the writer."""
        writes = self._begin()
        writes.commit()
        writes.close()
        documents = complete_index(self._cluster, self._location.index)
        name, cluster, shards = self._location.index, self._location.cluster, self._location.shards
        write_location(self._folder, Location(name, cluster, shards, self._own, documents))

    def abort(self) -> None:
        """End the writer; an index of which nothing was committed is deleted.

        Otherwise an interrupted build may be resumed, and replaces what the index is ahead.
        """
        if self._writes is None:
            return
        self._writes.close()
        if not self._committed:
            with suppress(ClusterUnusable):  # the next build removes it
                delete_index(self._cluster, self._location.index)


def open_writer(folder: "Path", memory: int | None = None) -> OpenSearchWriter:  # noqa: ARG001 - of `EngineModule`
    """Open a writer on a new folder, or on one that a writer made; see `EngineModule`."""
    return OpenSearchWriter(folder)


def check_cluster(cluster: Cluster, location: Location, folder: "Path") -> None:
    """Check that the cluster is the one that has the papers of an engine's folder.

    Raises:
        ClusterForeign: It is another one.
    """
    if cluster.uuid != location.cluster:
        raise ClusterForeign(folder.parent.name, cluster.settings.where)


class OpenSearchReader:
    """Reads papers from an index of a cluster."""

    def __init__(self, folder: "Path") -> None:
        location = read_location(folder)
        self._cluster = connect()
        check_cluster(self._cluster, location, folder)
        self._index = quote(location.index, safe="")
        self._counts = TokenCounts(folder)
        count_documents(self._cluster, location.index)  # fail now if the index is gone

    def read_paper(self, paper_id: str, *, row: bool = False) -> bytes | None:
        """Return the bytes of the paper of this id, or None; see `index.engines.engine.Reader`."""
        return read_record(self._cluster, self._index, paper_id, WORK if row else ROW)

    def list_tokens(self, field: str, most: int, prefix: str = "") -> list[tuple[str, int]]:
        """Return tokens with their document counts; see `index.engines.engine.Reader`."""
        return self._counts.list_tokens(field, prefix, most)

    def find_records(self, field: str, tokens: "Sequence[str]", most: int) -> list[bytes]:
        """Return records with a phrase; see `index.engines.engine.Reader`."""
        work = {"term": {"dup": WORK}}
        query = {"bool": {"filter": match_phrase(field, tokens), "must_not": work}}
        body = {"query": query, "size": min(most, MOST_FOUND), "_source": [RECORD]}
        hits = self._cluster.search(self._index, body)["hits"]["hits"]
        return [decode_record(hit["_source"][RECORD]) for hit in hits]

    def count_phrase(self, field: str, tokens: "Sequence[str]") -> int:
        """Count the documents with a phrase; see `index.engines.engine.Reader`."""
        query = match_phrase(field, tokens)
        body: Json = {"query": query, "size": 0, "track_total_hits": True}
        return int(self._cluster.search(self._index, body)["hits"]["total"]["value"])

    def close(self) -> None:
        """Close the file of counts."""
        self._counts.close()


def match_phrase(field: str, tokens: "Sequence[str]") -> Json:
    """Return the query for tokens that follow each other; they are never parsed as a query."""
    if len(tokens) == 1:
        return {"term": {field: tokens[0]}}
    return {"match_phrase": {field: {"query": " ".join(tokens)}}}


def read_record(cluster: Cluster, index: str, paper_id: str, other: str) -> bytes | None:
    """Return the bytes of the paper of an id, or None.

    Args:
        cluster: The cluster.
        index: The quoted name of the index.
        paper_id: The id.
        other: The value of ``dup`` of documents that are not meant.
    """
    keys = list_keys(paper_id, other)
    answer = cluster.request("POST", f"/{index}/_mget", {"ids": keys}, {"_source_includes": RECORD})
    found: list[dict[str, Any]] = [one for one in answer["docs"] if one.get("found")]
    return decode_record(found[0]["_source"][RECORD]) if found else None


@contextmanager
def open_reader(folder: "Path") -> "Iterator[CheckedReader]":
    """Open a folder that a writer made, to read papers.

    Raises:
        GenerationCorrupt: A file beside the cluster cannot be read, now or later.
        ClusterUnusable: The cluster cannot be used, or has no such index.
    """
    reporter = DamageReporter(folder.parent.name, is_damage)
    reader = reporter.call(OpenSearchReader, folder)
    try:
        yield CheckedReader(reader, reporter)
    finally:
        reader.close()


def probe(folder: "Path", paper_id: str) -> tuple[int, bytes | None]:
    """Return the number of papers in a folder, and the bytes of one of them or None.

    Raises:
        GenerationCorrupt: A file beside the cluster cannot be read.
        ClusterUnusable: The cluster cannot be used, or has no such index.
    """
    return DamageReporter(folder.parent.name, is_damage).call(_probe, folder, paper_id)


def _probe(folder: "Path", paper_id: str) -> tuple[int, bytes | None]:
    location, cluster = read_location(folder), connect()
    check_cluster(cluster, location, folder)
    count = count_documents(cluster, location.index)
    name = quote(location.index, safe="")
    return count, read_record(cluster, name, paper_id, ROW) if paper_id else None


def announce(folder: "Path") -> None:
    """Let the alias of the cluster name the index of a generation that is put in use."""
    cluster = connect()
    switch_alias(cluster, cluster.settings.prefix, read_location(folder).index)


def discard(folder: "Path") -> None:
    """Delete the index that was made for a folder; one that it shares with another stays."""
    location = read_location(folder)
    if location.folder == folder.stat().st_ino:
        cluster = connect()
        check_cluster(cluster, location, folder)
        delete_index(cluster, location.index)
