"""Create, copy, complete, publish and delete the indexes of a cluster."""

import re
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

from index.engines.cluster_mapping import choose_mapping, choose_settings
from index.engines.errors import ClusterFailed
from index.engines.opensearch_client import Cluster, Json

COPY_SECONDS = 6 * 3_600
"""Seconds that copying an index, or merging its segments, may take. Chosen: a reindex of a million
documents takes minutes."""

_UNFIT = re.compile(r"[^a-z0-9_-]")
_LONGEST = 100


def make_name(prefix: str, folder: Path) -> str:
    """Return a new name for the index of a generation: its prefix, the generation, a random end.

    Args:
        prefix: The prefix of the settings.
        folder: The engine's folder in that of the generation.
    """
    generation = _UNFIT.sub("-", folder.parent.stem.lower())[:_LONGEST]
    return f"{prefix}-{generation}-{uuid4().hex[:8]}"


def create_index(cluster: Cluster, name: str, shards: int) -> None:
    """Create an index to be filled, unless it exists."""
    if cluster.request("HEAD", _quote(name))["answer"]:
        return
    body = {"settings": choose_settings(shards), "mappings": choose_mapping()}
    cluster.request("PUT", _quote(name), body)


def copy_index(cluster: Cluster, source: str, target: str, shards: int) -> None:
    """Copy a complete index to a new one to be filled further.

    A clone shares the files of the source. Where the cluster cannot clone, documents are copied.

    Args:
        cluster: The cluster.
        source: The index to copy, which takes no writes.
        target: The name of the copy.
        shards: Number of shards of both.

    Raises:
        ClusterFailed: The copy is not complete.
    """
    settings = {"index.number_of_replicas": 0, "index.blocks.write": None}
    options = {"request_timeout": COPY_SECONDS, "wait_for_active_shards": 1}
    try:
        path = f"{_quote(source)}/_clone/{quote(target, safe='')}"
        cluster.request("PUT", path, {"settings": settings}, options)
        change_settings(cluster, target, _FILLING)
    except ClusterFailed:
        create_index(cluster, target, shards)
        body = {"source": {"index": source}, "dest": {"index": target}}
        done = cluster.request("POST", "/_reindex", body, {"request_timeout": COPY_SECONDS})
        if done.get("failures"):
            raise ClusterFailed(cluster.settings.where, str(done["failures"][0])) from None
    refresh(cluster, target)
    held, expected = count_documents(cluster, target), count_documents(cluster, source)
    if held != expected:
        reason = f"the copy of {source} has {held:,} documents instead of {expected:,}"
        raise ClusterFailed(cluster.settings.where, reason)


_FILLING: Json = {"index": {"refresh_interval": "-1", "translog.durability": "async"}}


def reopen_index(cluster: Cluster, name: str, shards: int) -> None:
    """Open an index that an interrupted build left, or create it, to be filled further."""
    create_index(cluster, name, shards)
    change_settings(cluster, name, {"index.blocks.write": None})
    change_settings(cluster, name, _FILLING)


def refresh(cluster: Cluster, name: str) -> None:
    """Make all changes of an index visible to searches."""
    cluster.request("POST", f"{_quote(name)}/_refresh")


def commit_index(cluster: Cluster, name: str) -> None:
    """Make all changes of an index durable, and visible to searches."""
    refresh(cluster, name)
    options = {"wait_if_ongoing": "true", "request_timeout": COPY_SECONDS}
    cluster.request("POST", f"{_quote(name)}/_flush", params=options)


def complete_index(cluster: Cluster, name: str) -> int:
    """Make an index complete: durable, copied to other nodes, and closed to writes.

    Returns:
        The number of its documents.
    """
    commit_index(cluster, name)
    replicas = cluster.settings.replicas
    settings = {"refresh_interval": None, "translog.durability": None}
    change_settings(cluster, name, {"index": {**settings, "number_of_replicas": replicas}})
    change_settings(cluster, name, {"index.blocks.write": True})
    return count_documents(cluster, name)


def change_settings(cluster: Cluster, name: str, settings: Json) -> None:
    """Change settings of an index; None restores a default."""
    cluster.request("PUT", f"{_quote(name)}/_settings", settings)


def count_documents(cluster: Cluster, name: str) -> int:
    """Return the number of documents of an index that searches see."""
    body: Json = {"size": 0, "track_total_hits": True}
    return int(cluster.search(quote(name, safe=""), body)["hits"]["total"]["value"])


def delete_index(cluster: Cluster, name: str) -> None:
    """Delete an index, if it exists."""
    cluster.request("DELETE", _quote(name), params={"ignore": 404})


def switch_alias(cluster: Cluster, alias: str, name: str) -> None:
    """Let an alias name one index and no other, in one step."""
    found = cluster.request("GET", f"/_alias/{quote(alias, safe='')}", params={"ignore": 404})
    others = [one for one in found if one != name and "status" not in found]
    actions: list[Json] = [{"remove": {"index": one, "alias": alias}} for one in others]
    actions.append({"add": {"index": name, "alias": alias}})
    cluster.request("POST", "/_aliases", {"actions": actions})


def _quote(name: str) -> str:
    return f"/{quote(name, safe='')}"
