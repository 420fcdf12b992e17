"""Fixtures of clusters: one that works, and one whose answers a test may replace by faults."""

from collections.abc import Iterator

import pytest

from tests.support.cluster import use_cluster
from tests.support.faulty_cluster import FaultyCluster, run_faulty_cluster

URL = "PAPERS_OPENSEARCH_URL"


@pytest.fixture
def cluster_url() -> str:
    """Return the address of a cluster, which the settings name."""
    return use_cluster()


@pytest.fixture
def faulty(cluster_url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[FaultyCluster]:
    """Run a server between the program and the cluster, which the settings name."""
    with run_faulty_cluster(cluster_url) as server:
        monkeypatch.setenv(URL, server.url)
        yield server
