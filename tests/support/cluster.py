"""Run a server of OpenSearch's protocol for tests, started when the first test needs it.

Tests of the engine ``opensearch`` use ``osmem-server``, which keeps everything in memory. With
``PAPERS_TEST_OPENSEARCH_URL`` the same tests use that cluster instead.
"""

import atexit
import importlib.util
import os
import re
import subprocess
from functools import lru_cache
from pathlib import Path
from uuid import uuid4

import pytest

from index.engines.engine import ENGINES, LOCAL_ENGINES

LIVE = "PAPERS_TEST_OPENSEARCH_URL"
"""Names a live cluster, with its user and password if it needs them."""

OPENSEARCH = "opensearch"

PATIENCE_S = "300"
"""Seconds that a request may take, on a machine that is busy with other tests too."""

URL = "PAPERS_OPENSEARCH_URL"
"""The setting that names the cluster."""

_PREFIX = "PAPERS_OPENSEARCH_PREFIX"
_TIMEOUT = "PAPERS_OPENSEARCH_TIMEOUT"
_OWN = {URL, _PREFIX, "PAPERS_OPENSEARCH_REPLICAS"}


def find_server() -> Path | None:
    """Return the executable of the test server, or None if it is not installed."""
    spec = importlib.util.find_spec("osmem_server")
    if spec is None or not spec.submodule_search_locations:
        return None
    for folder in spec.submodule_search_locations:
        for path in Path(folder, "bin").glob("osmem-server*"):
            return path
    return None


def use_cluster() -> str:
    """Point the settings of the cluster to one that runs, and return its address.

    A test is skipped if there is none.
    """
    for name in [name for name in os.environ if name.startswith("PAPERS_OPENSEARCH_")]:
        if name not in _OWN:
            del os.environ[name]
    url = os.environ.get(LIVE) or _start_server()
    if not url:
        pytest.skip(f"osmem-server is not installed, and {LIVE} names no cluster")
    os.environ[URL] = url
    os.environ[_TIMEOUT] = PATIENCE_S
    os.environ.setdefault(_PREFIX, f"papers-test-{uuid4().hex[:8]}")
    return url


def list_engines() -> tuple[str, ...]:
    """Return the engines that can be used here: all, or all but that of clusters."""
    if not os.environ.get(LIVE) and find_server() is None:
        return LOCAL_ENGINES
    use_cluster()
    return ENGINES


def ranks_hits(name: str) -> bool:
    """Return whether an engine's scores and the order of its hits can be relied on in tests.

    ``osmem-server`` finds, counts and sorts as OpenSearch does, but its scores are of its own, and
    continuing after a hit of a score it leaves hits out. All else is tested with it.
    """
    return name != OPENSEARCH or bool(os.environ.get(LIVE))


def scores_exactly(name: str) -> bool:
    """Return whether an engine's scores agree with those of the local ones in all but last digits.

    A cluster takes means over the papers that have a field, and on each shard its own if asked to.
    """
    return name in LOCAL_ENGINES


def sorts_exactly(name: str, sort: str) -> bool:
    """Return whether an engine sorts by a field as the others do.

    ``osmem-server`` rounds numbers to 53 bits, and the times of papers of one build need 58.
    """
    return sort != "added" or ranks_hits(name)


@lru_cache(1)
def _start_server() -> str:
    """Start the test server, which ends with this process, and return its address."""
    path = find_server()
    if path is None:
        return ""
    # The server ends when its standard input is closed, so also if this process is killed.
    process = subprocess.Popen(
        [path, "--addr", "127.0.0.1:0", "--no-ja"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    atexit.register(_stop_server, process)
    assert process.stdout is not None
    found = re.search(r'"url":"([^"]+)"', process.stdout.readline())
    assert found is not None
    return found[1]


def _stop_server(process: "subprocess.Popen[str]") -> None:
    process.terminate()
    process.wait(10)
    for stream in (process.stdin, process.stdout):
        if stream:
            stream.close()
