"""Check commands and pages on an index whose papers are in a cluster, also when that is away."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from tests.support.cluster import URL, use_cluster
from tests.support.dump_records import write_sample
from tests.support.faulty_cluster import FaultyCluster, Reply, make_failure
from web.app import create_app

PAPERS = 60
ATTENTION = "vaswani-2017-attention"
AWAY = Reply(502, b"{}")

Papers = Callable[..., Result]


@pytest.fixture(scope="module")
def dump(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Write a part of the sample."""
    return write_sample(tmp_path_factory.mktemp("dump"), PAPERS)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, papers: Papers, dump: str) -> Path:
    """Build an index of it in the cluster, which tests copy."""
    use_cluster()
    directory = tmp_path_factory.mktemp("cluster") / "index"
    options = ("--quiet", "--processes", "0", "--engine", "opensearch")
    done = papers("build", *options, dump, index=directory)
    assert (done.exit_code, done.stderr) == (0, "")
    return directory


@pytest.fixture
def index(built: Path, faulty: FaultyCluster, tmp_path: Path) -> Path:
    """Return a copy of the index, which reads the papers of the original until it is changed."""
    del faulty
    return Path(shutil.copytree(built, tmp_path / "index"))


def test_commands_work_on_a_cluster(index: Path, papers: Papers, dump: str) -> None:
    """An index in a cluster is built, searched, changed, compared, verified and rolled back."""

    def run(*arguments: str) -> str:
        done = papers(*arguments, index=index)
        assert (done.exit_code, done.stderr) == (0, ""), arguments
        return done.output

    assert ATTENTION in run("search", "attention is all you need")
    assert f"removed {ATTENTION}" in run("remove", ATTENTION)
    assert papers("show", ATTENTION, index=index).exit_code == 1
    assert f"Gone: 1\n  {ATTENTION}" in run("diff")
    assert f"is intact: {PAPERS - 1} papers." in run("verify")
    assert "is now in use." in run("rollback")
    assert "Attention Is All You Need" in run("show", ATTENTION)
    assert f"Nothing changed: {PAPERS} papers" in run("add", "--quiet", "--processes", "0", dump)


def test_pages_say_that_the_cluster_is_away(index: Path, faulty: FaultyCluster) -> None:
    """A page and its JSON twin say why they fail and when to come back; later they answer."""
    client = create_app(index).test_client()
    assert client.get("/search?q=attention").status_code == 200
    faulty.rule = lambda _: AWAY
    for address in ("/search?q=networks", "/search.json?q=networks"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert int(answer.headers["Retry-After"]) > 0
        assert "Cannot reach the cluster" in answer.text
    faulty.rule = lambda _: make_failure(
        503, "search_phase_execution_exception", "all shards failed"
    )
    assert "is not ready" in client.get("/search?q=networks").text
    faulty.rule = lambda _: None
    assert client.get("/search?q=networks").status_code == 200


def test_commands_say_that_the_cluster_is_away(
    index: Path, faulty: FaultyCluster, papers: Papers, dump: str
) -> None:
    """Every command that needs the cluster fails in one line, and changes nothing."""
    assert papers("remove", ATTENTION, index=index).exit_code == 0
    current = (index / "current").read_bytes()
    faulty.rule = lambda _: AWAY
    for command in (
        ("search", "attention"),
        ("verify",),
        ("rollback",),
        ("add", "--quiet", "--processes", "0", dump),
        ("build", "--quiet", "--processes", "0", "--engine", "opensearch", dump),
    ):
        done = papers(*command, index=index)
        assert (done.exit_code, done.stdout) == (1, ""), command
        assert done.stderr.startswith("papers: Cannot reach the cluster at http://127.0.0.1:")
    assert (index / "current").read_bytes() == current
    faulty.rule = lambda _: None
    assert papers("rollback", index=index).exit_code == 0


def test_a_full_cluster_fails_a_build(
    index: Path, faulty: FaultyCluster, papers: Papers, dump: str
) -> None:
    """A cluster whose disks are full takes no papers; the index in use stays."""
    reason = "blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark]"
    full = make_failure(429, "cluster_block_exception", reason)
    faulty.rule = lambda asked: full if "_bulk" in asked.path else None
    done = papers("add", "--quiet", dump, index=index)
    assert done.exit_code == 0  # there is nothing to write
    done = papers("remove", ATTENTION, index=index)
    assert done.exit_code == 1
    assert "takes no documents" in done.stderr
    assert "Free disk space" in done.stderr
    assert papers("show", ATTENTION, index=index).exit_code == 0


def test_credentials_are_nowhere_to_be_found(
    index: Path, faulty: FaultyCluster, papers: Papers, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A password in the address is in no file of the index and in no message."""
    url = faulty.url.replace("http://", "http://reader:s3cr3t@")
    monkeypatch.setenv(URL, url)
    assert papers("remove", ATTENTION, index=index).exit_code == 0
    faulty.rule = lambda _: make_failure(401, "security_exception", "unable to authenticate")
    done = papers("search", "attention", index=index)
    assert done.exit_code == 1
    assert "refuses the credentials" in done.stderr
    files = [path for path in index.rglob("*") if path.is_file()]
    assert len(files) > 10
    assert [path for path in files if b"s3cr3t" in path.read_bytes()] == []
    assert "s3cr3t" not in done.output
