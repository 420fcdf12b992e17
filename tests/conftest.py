"""Fixtures that all tests share.

Everything here is real: an index built from the shipped sample, Flask's own client, click's
runner, and a ``papers serve`` process on a free port.
"""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient
from hypothesis import settings

from index.build.operations import build
from index.settings import BuildSettings
from search.answers.searcher import Searcher
from tests.support.cluster import OPENSEARCH, URL, use_cluster
from tests.support.faulty_cluster import FaultyCluster, run_faulty_cluster
from tests.support.page import Element, read_page
from tests.support.paths import ROOT, SAMPLE
from web.app import create_app
from web.cli import main

PATIENCE_S = 30
"""Seconds that a process may take to start or to stop."""


def pytest_configure(config: pytest.Config) -> None:
    """Declare the markers, let child processes be interrupted, and choose examples.

    The examples that hypothesis makes are the same in each run, so that a failure is the change's;
    ``pytest --hypothesis-profile=random`` looks for new ones.
    """
    # A deadline is an assertion on wall-clock time, which fails on a busy machine.
    settings.register_profile("random", deadline=None)
    settings.register_profile("papersearch", deadline=None, derandomize=True)
    if not config.getoption("--hypothesis-profile"):
        settings.load_profile("papersearch")
    # A shell that runs the tests in the background makes them ignore SIGINT; children inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    # Workers of pytest-xdist set a terminal's size, which would change how texts wrap. So does
    # readline, which pytest imports, but below Python: only child processes see that.
    for name in ("COLUMNS", "LINES"):
        os.environ.pop(name, None)
        os.unsetenv(name)
    config.addinivalue_line("markers", "slow: takes seconds; deselect with `-m 'not slow'`")


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Start the cluster before the first fixture of a test that runs on the engine of clusters."""
    chosen = getattr(item, "callspec", None)
    if chosen is not None and OPENSEARCH in [str(value) for value in chosen.params.values()]:
        use_cluster()


@pytest.fixture(scope="session")
def sample_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build an index of the shipped sample once; tests only read it."""
    directory = tmp_path_factory.mktemp("sample") / "index"
    build(directory, (str(SAMPLE),), BuildSettings())
    return directory


@pytest.fixture(scope="session")
def sample_searcher(sample_index: Path) -> Searcher:
    """Open the sample for searching; each search is computed anew, whatever was asked before."""
    return Searcher(sample_index, cached_bytes=0)


@pytest.fixture
def client(sample_index: Path) -> FlaskClient:
    """Return a client without cookies, over the sample."""
    return create_app(sample_index).test_client()


@pytest.fixture(scope="session")
def index_of(
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[..., Path]:
    """Return a function that builds a new index from records as plain dicts.

    With ``directory`` it builds another generation there.
    """

    def make(*records: dict[str, object], directory: Path | None = None) -> Path:
        folder = tmp_path_factory.mktemp("made")
        dump = folder / "papers.jsonl"
        dump.write_bytes(b"\n".join(msgspec.json.encode(record) for record in records) + b"\n")
        directory = directory or folder / "index"
        build(directory, (str(dump),), BuildSettings())
        return directory

    return make


@pytest.fixture(scope="session")
def papers(sample_index: Path) -> Callable[..., Result]:
    """Return a function that runs ``papers``, over the sample unless ``index`` names another."""

    def run(*arguments: str, stdin: str | bytes = "", index: Path = sample_index) -> Result:
        return CliRunner().invoke(
            main, arguments, input=stdin, env={"PAPERS_INDEX": str(index)}, prog_name="papers"
        )

    return run


@contextmanager
def _serve(directory: Path) -> Iterator[str]:
    command = [sys.executable, "-m", "web.cli", "serve", "--index", str(directory), "--port", "0"]
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stderr is not None
            line = process.stdout.readline()
            address = re.search(r"http://[0-9.]+:[0-9]+", line)
            assert address is not None, line + process.stderr.read()
            yield address.group()
        finally:
            process.terminate()
            process.communicate(timeout=PATIENCE_S)


@pytest.fixture(scope="session")
def served() -> Callable[[Path], AbstractContextManager[str]]:
    """Return a context manager that runs ``papers serve`` over an index and yields its address."""
    return _serve


@pytest.fixture(scope="session")
def serving(sample_index: Path) -> Iterator[str]:
    """Yield the address of a ``papers serve`` over the sample, without a final slash."""
    with _serve(sample_index) as address:
        yield address


@pytest.fixture(scope="session")
def read() -> Callable[[str], list[Element]]:
    """Return a function that reads a page into its elements and fails if anything is wrong."""
    return read_page


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
