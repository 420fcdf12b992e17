"""Check that each failure of a cluster is reported as one sentence with a way out."""

import json
import socket
from pathlib import Path

import msgspec
import pytest

from index.engines.cluster_settings import ClusterSettings
from index.engines.errors import (
    ClusterFailed,
    ClusterIndexMissing,
    ClusterMisconfigured,
    ClusterOverloaded,
    ClusterRefused,
    ClusterUnreachable,
    ClusterUnready,
    ClusterUnsupported,
    ClusterUnusable,
    ClusterUnwritable,
)
from index.engines.opensearch_client import Cluster, connect
from tests.support.faulty_cluster import FaultyCluster, Reply, make_failure

BLOCK = "cluster_block_exception"

FAILURES = [
    (401, "security_exception", "missing authentication credentials", ClusterRefused),
    (403, "security_exception", "no permissions for [indices:data/write]", ClusterRefused),
    (403, BLOCK, "blocked by: [FORBIDDEN/12/index read-only / allow delete (api)]",
     ClusterUnwritable),
    (429, BLOCK, "[TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark]",
     ClusterUnwritable),
    (507, "validation_exception", "out of space", ClusterUnwritable),
    (403, BLOCK, "blocked by: [FORBIDDEN/6/cluster read-only (api)]", ClusterUnwritable),
    (503, BLOCK, "[SERVICE_UNAVAILABLE/1/state not recovered / initialized]", ClusterUnready),
    (503, "master_not_discovered_exception", "", ClusterUnready),
    (503, "search_phase_execution_exception", "all shards failed", ClusterUnready),
    (503, "no_shard_available_action_exception", "no shard", ClusterUnready),
    (429, "rejected_execution_exception", "the queue is full", ClusterOverloaded),
    (503, "circuit_breaking_exception", "[parent] data too large", ClusterOverloaded),
    (404, "index_not_found_exception", "no such index [papers-1]", ClusterIndexMissing),
    (502, "bad gateway", "", ClusterUnreachable),
    (504, "gateway timeout", "", ClusterUnreachable),
    (400, "parsing_exception", "unknown query [x]", ClusterFailed),
    (500, "null_pointer_exception", "", ClusterFailed),
]  # fmt: skip


@pytest.mark.parametrize(("status", "kind", "reason", "expected"), FAILURES)
def test_failures_are_told_apart(
    status: int, kind: str, reason: str, expected: type[ClusterUnusable], faulty: FaultyCluster
) -> None:
    """A status, a kind and a reason make one sentence that names the cluster and a way out."""
    faulty.rule = lambda _: make_failure(status, kind, reason)
    with pytest.raises(ClusterUnusable) as told:
        connect().request("POST", "/papers/_search", {})
    assert type(told.value) is expected
    assert "\n" not in str(told.value)
    assert faulty.url in str(told.value)
    assert str(told.value).endswith(".")


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("http://127.0.0.1:1", "Connection refused"),
        ("http://papers.invalid:9200", "Name or service not known|Temporary failure|No address"),
    ],
)
def test_a_cluster_that_is_away(url: str, reason: str) -> None:
    """A refused connection and an unknown name are told in the system's words."""
    with pytest.raises(
        ClusterUnreachable, match=f"Cannot reach the cluster at {url} [(].*{reason}"
    ):
        Cluster(ClusterSettings((url,))).request("GET", "/")


def test_a_cluster_that_does_not_answer() -> None:
    """A request ends after the time of the settings, and says so."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        with pytest.raises(ClusterUnreachable, match="no answer within 1 s"):
            Cluster(ClusterSettings((url,), timeout=1)).request("GET", "/")


def test_a_cluster_without_a_certificate(faulty: FaultyCluster) -> None:
    """A server that does not speak TLS is told from one that is not trusted."""
    url = faulty.url.replace("http", "https")
    with pytest.raises(ClusterUnreachable, match="its answer is not TLS"):
        Cluster(ClusterSettings((url,))).request("GET", "/")


def test_a_missing_file_of_certificates(tmp_path: Path) -> None:
    """A file that is missing, or holds no certificates, is a wrong setting."""
    (tmp_path / "rubbish.pem").write_text("no certificate")
    for name in ("missing.pem", "rubbish.pem"):
        with pytest.raises(
            ClusterMisconfigured, match="PAPERS_OPENSEARCH_CA names no readable file"
        ):
            Cluster(ClusterSettings(("https://localhost:1",), ca=str(tmp_path / name)))


def greet(number: str, distribution: str | None = None) -> Reply:
    """Return what a cluster of a version says of itself."""
    version = {"number": number} | ({"distribution": distribution} if distribution else {})
    return Reply(200, json.dumps({"cluster_uuid": "u1", "version": version}).encode())


@pytest.mark.parametrize(
    ("number", "distribution", "dialect", "outcome"),
    [
        ("1.3.20", "opensearch", "opensearch", "used"),
        ("2.19.1", "opensearch", "opensearch", "used"),
        ("3.1.0", "opensearch", "opensearch", "used"),
        ("4.0.0", "opensearch", "opensearch", "refused"),
        ("7.10.2", None, "opensearch", "refused"),
        ("7.17.0", None, "elasticsearch", "used"),
        ("8.15.0", None, "elasticsearch", "used"),
        ("6.8.0", None, "elasticsearch", "refused"),
        ("2.19.1", "opensearch", "elasticsearch", "refused"),
    ],
)
def test_versions(
    number: str, distribution: str | None, dialect: str, outcome: str, faulty: FaultyCluster
) -> None:
    """Only known major versions of the chosen product are used."""
    faulty.rule = lambda _: greet(number, distribution)
    cluster = Cluster(ClusterSettings((faulty.url,), dialect=dialect))
    if outcome == "used":
        assert (cluster.uuid, cluster.version) == ("u1", f"{dialect} {number}")
        assert len(faulty.asked) == 1
        return
    with pytest.raises(ClusterUnsupported, match=f"{number}; supported is {dialect} "):
        _ = cluster.uuid


def test_an_answer_that_is_not_json(faulty: FaultyCluster) -> None:
    """Another server at the address is not taken for a cluster; the setting to correct is named."""
    faulty.rule = lambda _: Reply(200, b"<html>")
    with pytest.raises(ClusterUnreachable, match=r"sends no JSON.*PAPERS_OPENSEARCH_URL"):
        _ = Cluster(ClusterSettings((faulty.url,))).uuid


@pytest.mark.parametrize("answer", [b'{"hello": 1}', b"[1]", b'{"version": "7"}'])
def test_another_server_that_sends_json(answer: bytes, faulty: FaultyCluster) -> None:
    """What does not name a version as clusters do is not taken for another product."""
    faulty.rule = lambda _: Reply(200, answer)
    with pytest.raises(ClusterUnreachable, match=r"not a cluster.*PAPERS_OPENSEARCH_URL"):
        _ = Cluster(ClusterSettings((faulty.url,))).uuid


@pytest.mark.parametrize(
    ("settings", "account"),
    [
        ({"user": "me", "password": "pässwörd☃"}, "Basic bWU6cMOkc3N3w7ZyZOKYgw=="),
        ({"user": "me", "api_key": "k3y"}, "ApiKey k3y"),
        ({}, ""),
    ],
)
def test_accounts_in_any_script(
    settings: dict[str, str], account: str, faulty: FaultyCluster
) -> None:
    """An account is sent as UTF-8, as a cluster reads it; a key takes its place."""
    _ = Cluster(msgspec.convert({"urls": (faulty.url,), **settings}, ClusterSettings)).uuid
    assert [asked.account for asked in faulty.asked] == [account]


def test_a_failure_of_one_word_is_told_once(faulty: FaultyCluster) -> None:
    """Some proxies answer with a text where a cluster has a kind and a reason."""
    faulty.rule = lambda _: Reply(401, b'{"error": "Unauthorized"}')
    with pytest.raises(ClusterRefused, match=r"[(]401, Unauthorized[)]"):
        connect().request("GET", "/")


@pytest.mark.parametrize(
    "answer",
    [{"timed_out": True}, {"_shards": {"total": 3, "failed": 1}}],
)
def test_a_search_that_misses_papers_is_a_failure(answer: object, faulty: FaultyCluster) -> None:
    """If a shard or the time fails, the answer would lack papers without saying so."""
    faulty.rule = lambda _: Reply(200, json.dumps(answer).encode())
    with pytest.raises(ClusterUnready, match="shards failed"):
        connect().search("papers", {})
    assert "allow_partial_search_results=false" in faulty.asked[-1].path


def test_credentials_are_sent_but_never_told(faulty: FaultyCluster) -> None:
    """No message contains a password, whatever the failure repeats."""
    faulty.rule = lambda _: make_failure(401, "security_exception", "no such user")
    settings = ClusterSettings((faulty.url,), "me", "s3cret")
    with pytest.raises(ClusterRefused) as told:
        Cluster(settings).request("GET", "/")
    assert "s3cret" not in f"{told.value!r} {told.value.__cause__!r} {settings!r}"


def test_one_client_per_settings(faulty: FaultyCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections are shared until the settings change."""
    first = connect()
    assert connect() is first
    monkeypatch.setenv("PAPERS_OPENSEARCH_TIMEOUT", "7")
    assert connect() is not first
    assert connect().settings.urls == (faulty.url,)
