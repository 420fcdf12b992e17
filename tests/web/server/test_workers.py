"""Test a server of several processes: replaced when killed, ended together, never left alone."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.paths import ROOT
from tests.support.raw_http import PATIENCE_S, connect, read_to_end, wait_until
from tests.support.two_generations import KEPT
from web.server.workers import MOST_PAUSE_S, choose_pause

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from click.testing import Result

SCRIPT = """
import logging, os, signal, sys, time
from web.server.server import Server
from web.server.workers import Supervisor, open_sockets

def answer(environ, start_response):
    time.sleep(float(environ["PATH_INFO"][1:] or 0))
    body = str(os.getpid()).encode()
    start_response("200 OK", [("Content-Length", str(len(body)))])
    return [body]

def serve(number, tell):
    if number in FAILING:
        sys.exit(3)
    server = Server(answer, sockets, 4)
    signal.signal(signal.SIGTERM, lambda *_: server.stop())
    tell()
    server.run()

logging.getLogger("waitress").setLevel(logging.ERROR)
FAILING = set(map(int, sys.argv[1:]))
sockets = open_sockets("127.0.0.1", 0)
supervisor = Supervisor(serve, 2, sockets)
for number in (signal.SIGINT, signal.SIGTERM):
    signal.signal(number, lambda *_: supervisor.stop())
sys.exit(supervisor.run(lambda: print(sockets[0].getsockname()[1], flush=True)))
"""

SERVE = [sys.executable, "-m", "web.cli", "serve", "--port", "0", "--workers", "2"]


@contextmanager
def _run(*command: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run a server in a process group of its own; yield the first process and the port."""
    with subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        start_new_session=True,
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            found = re.search(r"(\d+)/?(?:  \(.*)?\n", process.stdout.readline())
            assert found is not None
            yield process, int(found[1])
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


def _run_script(*failing: int) -> Any:  # noqa: ANN401 - a context manager
    return _run(sys.executable, "-c", SCRIPT, *map(str, failing))


def _ask(port: int, path: str = "/") -> bytes:
    connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
    try:
        connection.request("GET", path)
        return connection.getresponse().read()
    finally:
        connection.close()


def _ask_for_all(port: int, known: Callable[[set[bytes]], bool], path: str = "/") -> set[bytes]:
    """Ask over many connections at a time until the answers are what is expected."""
    met: set[bytes] = set()

    def is_met() -> bool:
        with ThreadPoolExecutor(8) as pool:
            met.clear()
            met.update(pool.map(lambda _: _ask(port, path), range(16)))
        return known(met)

    wait_until(is_met)
    return met


def _wait_for_workers(port: int, without: frozenset[int] = frozenset()) -> list[int]:
    found = _ask_for_all(
        port, lambda met: len(met) == 2 and not set(map(int, met)) & without, "/.02"
    )
    return sorted(map(int, found))


def _is_running(process: int) -> bool:
    try:
        state = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


@given(st.integers(0, 1000))
def test_pauses_grow_and_end(failures: int) -> None:
    """The first worker that ends is replaced at once, later ones after a longer pause."""
    assert choose_pause(0) == choose_pause(1) == 0 < choose_pause(2)
    assert choose_pause(failures) <= choose_pause(failures + 1) <= MOST_PAUSE_S


def test_a_killed_worker_is_replaced() -> None:
    """Another process takes the place; the other worker and its connections stay."""
    with _run_script() as (process, port):
        first, second = _wait_for_workers(port)
        kept = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
        kept.request("GET", "/")
        holder = int(kept.getresponse().read())
        killed = second if holder == first else first
        os.kill(killed, signal.SIGKILL)
        assert holder in _wait_for_workers(port, without=frozenset({killed}))
        kept.request("GET", "/")
        assert int(kept.getresponse().read()) == holder
        kept.close()
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=PATIENCE_S)
    assert process.returncode == 0
    assert re.fullmatch(
        r"papers: Worker [12] was ended by signal 9\. Another one takes its place\.\n", errors
    )


@pytest.mark.parametrize("reach", ["the first", "all"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_requests_in_flight_are_finished(reach: str, number: signal.Signals) -> None:
    """One signal, to the first process or to all of them, ends the server after its answers."""
    with _run_script() as (process, port):
        _wait_for_workers(port)
        slow = [connect(port, b"GET /1 HTTP/1.0\r\n\r\n") for _ in range(6)]
        _ask(port)
        if reach == "all":
            os.killpg(process.pid, number)
        else:
            process.send_signal(number)
        assert [b"200 OK" in read_to_end(one) for one in slow] == [True] * 6
        _, errors = process.communicate(timeout=PATIENCE_S)
        for one in slow:
            one.close()
        with pytest.raises(ConnectionRefusedError):
            connect(port)
    assert (process.returncode, errors) == (0, "")


def test_a_second_signal_ends_it_at_once() -> None:
    """Nobody has to wait for a request that takes long."""
    with _run_script() as (process, port):
        workers = _wait_for_workers(port)
        with connect(port, b"GET /20 HTTP/1.0\r\n\r\n") as slow:
            process.send_signal(signal.SIGTERM)
            wait_until(lambda: _refuses(port))
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=PATIENCE_S)
            assert read_to_end(slow) == b""
        assert [_is_running(one) for one in workers] == [False, False]


def _refuses(port: int) -> bool:
    try:
        connect(port).close()
    except ConnectionError:
        return True
    return False


def test_workers_end_with_the_first_process() -> None:
    """If the first process is killed, no worker stays behind."""
    with _run_script() as (process, port):
        workers = _wait_for_workers(port)
        process.kill()
        wait_until(lambda: not any(map(_is_running, workers)))
        assert process.wait(PATIENCE_S) == -signal.SIGKILL


def test_a_worker_that_always_fails_is_told() -> None:
    """The other one answers, and standard error says how often and when the next one starts."""
    with _run_script(2) as (process, port):
        assert process.stderr is not None
        lines = [process.stderr.readline() for _ in range(3)]
        assert int(_ask(port)) > 0
    assert lines[0] == "papers: Worker 2 ended with exit code 3. Another one takes its place.\n"
    assert [line.partition("That is ")[2] for line in lines[1:]] == [
        "2 in a row; the next one starts in 0.25 s.\n",
        "3 in a row; the next one starts in 0.5 s.\n",
    ]


def test_a_failure_at_the_start_is_told_once(papers: Callable[..., Result], tmp_path: Path) -> None:
    """Without an index nothing is served: one line, exit code 1, as with one process."""
    assert papers("serve", "--workers", "65").exit_code == 2
    missing = ["--index", str(tmp_path / "none")]
    done = subprocess.run([*SERVE, *missing], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("papers: No index in")
    assert done.stderr.count("No index") == 1


def _search_until(done: Event, port: int) -> list[int]:
    """Search over new connections until told to stop; return the totals, -1 for what was lost."""
    totals = []
    while not done.is_set():
        try:
            document: Any = json.loads(_ask(port, "/search.json?q=*"))
            totals.append(document["data"]["total"])
        except (OSError, HTTPException):
            totals.append(-1)
    return totals


def test_a_worker_is_killed_while_readers_search(index_of: Callable[..., Path]) -> None:
    """Each reader loses at most the request that the killed worker had, and then all goes on."""
    done, readers = Event(), 4
    with (
        _run(*SERVE, "--index", str(index_of(KEPT))) as (process, port),
        ThreadPoolExecutor(readers) as pool,
    ):
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        wait_until(lambda: len(children.read_text("ascii").split()) == 2)
        found = [pool.submit(_search_until, done, port) for _ in range(readers)]
        killed = children.read_text("ascii").split()[0]
        os.kill(int(killed), signal.SIGKILL)
        wait_until(lambda: len({*children.read_text("ascii").split()} - {killed}) == 2)
        _ask_for_all(
            port, lambda met: {json.loads(one)["worker"] for one in met} == {1, 2}, "/healthz"
        )
        done.set()
        totals = [one.result(PATIENCE_S) for one in found]
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=PATIENCE_S)
    assert all({1} <= {*one} <= {1, -1} and one.count(-1) <= 1 for one in totals)
    assert re.fullmatch(r"papers: Worker [12] was ended by signal 9\. .*\n", errors)


def test_every_worker_serves_the_newest_generation(
    index_of: Callable[..., Path], tmp_path: Path
) -> None:
    """All processes answer, switch to a new generation by themselves and share the access log."""
    directory, log = index_of(KEPT), tmp_path / "access.log"
    options = ["--index", str(directory), "--access-log", str(log)]
    with _run(*SERVE, *options) as (process, port):

        def answers_with(papers: int) -> Callable[[set[bytes]], bool]:
            return lambda met: (
                {(one["worker"], one["papers"]) for one in map(json.loads, met)}
                == {(1, papers), (2, papers)}
            )

        assert _ask_for_all(port, answers_with(1), "/healthz")
        index_of(KEPT, {"id": "second", "title": "Another"}, directory=directory)
        assert _ask_for_all(port, answers_with(2), "/healthz")
        process.send_signal(signal.SIGTERM)
        _, errors = process.communicate(timeout=PATIENCE_S)
    assert (process.returncode, errors) == (0, "")
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()]
    assert {(one["path"], one["status"]) for one in lines} == {("/healthz", 200)}
    assert len(lines) >= 32
