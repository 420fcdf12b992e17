"""Check that each record is prepared once and in its place, whichever process prepares it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest

from index.build import dump_reader, worker_pool, worker_process
from index.build.messages import (
    LineBatch,
    Origin,
    PackedBatch,
    PreparedBatch,
    RecordBatch,
    pack_batch,
)
from index.build.operations import build
from index.build.prepare import prepare_batch
from index.build.worker_pool import WorkerPool
from index.records import RawRecord, Source
from index.settings import BuildSettings
from index.store.generations import find_current_folder
from index.store.manifest import REPORT
from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest
from tests.support.paths import ROOT

COUNT = 1_000
PATIENCE_S = 60
BATCH = 40
ORIGIN = Origin("jsonl")


def make_records(count: int = COUNT) -> Iterator[RawRecord]:
    """Yield records, some of them without a title, one of them very long."""
    for number in range(count):
        title = "" if number % 50 == 7 else f"On Case {number}"
        abstract = "long " * 500_000 if number == 77 else "Short."
        source = Source("x.jsonl", record=number + 1)
        yield RawRecord(source, "jsonl", id=f"x:{number}", title=title, abstract=abstract)


def make_batches() -> Iterator[PackedBatch]:
    """Yield batches of records and of lines in turns."""
    waiting = list(make_records())
    for at in range(0, COUNT, BATCH):
        yield pack_batch(RecordBatch(ORIGIN, waiting[at : at + BATCH]))
        lines = b"".join(b'{"id": "%d", "title": "Line"}\n' % n for n in range(at, at + BATCH))
        yield pack_batch(LineBatch(ORIGIN, lines, Source("x.jsonl", "", at, 10 * at)))


def prepare_here() -> list[PreparedBatch]:
    """Prepare all batches in this process."""
    return [(batch, list(prepare_batch(batch.unpack()))) for batch in make_batches()]


def prepare_with(count: int) -> list[PreparedBatch]:
    """Prepare all batches with a number of workers."""
    pool = WorkerPool(count)
    found = [one for batch in make_batches() for one in pool.submit(batch)]
    found += pool.drain()
    pool.close()
    return found


@pytest.fixture(autouse=True)
def start_early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Start workers after a few records, and read small dumps in a process too."""
    monkeypatch.setattr(worker_pool, "FEW", 10)
    monkeypatch.setattr(dump_reader, "LARGE", 1)


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_all_are_prepared_in_order(count: int) -> None:
    """Any number of workers returns what this process would, in the same order."""
    assert prepare_with(count) == prepare_here()


@pytest.mark.parametrize(("room", "ahead"), [(1, 1), (1 << 20, worker_pool.AHEAD)])
def test_workers_hold_several_batches_only_with_long_pipes(
    room: int, ahead: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a short pipe a worker holds one batch at a time; the results are the same."""
    monkeypatch.setattr(worker_process, "_enlarge_pipe", lambda _: room)
    monkeypatch.setattr(worker_process, "SPARE", 0)
    pool, most = WorkerPool(2), 0
    found: list[PreparedBatch] = []
    for batch in make_batches():
        found += pool.submit(batch)
        for worker in pool._workers:  # noqa: SLF001 - only inspected
            most = max(most, len(worker._batches))  # noqa: SLF001 - as above
    found += pool.drain()
    pool.close()
    assert found == prepare_here()
    assert most == ahead


@pytest.mark.parametrize("started", [0, 1])
def test_workers_that_cannot_be_started_are_replaced(
    started: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the system starts no worker, or no second one, the results are the same."""
    popen = subprocess.Popen
    begun: list[Any] = []

    def refuse(*command: Any, **options: Any) -> Any:  # noqa: ANN401 - any arguments
        if len(begun) >= started:
            raise PermissionError
        begun.append(command)
        return popen(*command, **options)

    monkeypatch.setattr(subprocess, "Popen", refuse)
    assert prepare_with(2) == prepare_here()
    assert len(begun) == started


def test_pipes_that_cannot_be_enlarged_suffice(monkeypatch: pytest.MonkeyPatch) -> None:
    """If the system refuses to enlarge pipes, the results are the same."""
    fcntl = pytest.importorskip("fcntl")

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(fcntl, "fcntl", refuse)
    assert prepare_with(2) == prepare_here()


def test_modules_in_the_current_folder_are_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A worker does not import a file with the name of a module from the current folder."""
    for name in ("msgspec.py", "index.py"):
        (tmp_path / name).write_text("open('imported', 'w').close()\n", "ascii")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    assert prepare_with(2) == prepare_here()
    assert not (tmp_path / "imported").exists()


def test_an_interrupt_does_not_end_a_worker() -> None:
    """From its first moment on a worker ignores interrupts: the build reacts and ends it."""
    pool = WorkerPool(1)
    batch = pack_batch(RecordBatch(ORIGIN, list(make_records(20))))
    found = [*pool.submit(batch), *pool.submit(batch)]
    process = pool._workers[0].process  # noqa: SLF001 - the fault is injected here
    process._running.send_signal(signal.SIGINT)  # noqa: SLF001 - as above
    found += pool.drain()
    assert [len(prepared) for _, prepared in found] == [20, 20]
    assert process._running.poll() is None  # noqa: SLF001 - only inspected
    pool.close()


@pytest.mark.parametrize("after", [3, 8, 40])
def test_a_killed_worker_loses_nothing(after: int) -> None:
    """The batches that a killed worker held are prepared without it, and so are later ones."""
    pool = WorkerPool(2)
    found: list[PreparedBatch] = []
    for number, batch in enumerate(make_batches()):
        found += pool.submit(batch)
        if number == after:
            for worker in pool._workers:  # noqa: SLF001 - the fault is injected here
                worker.process._running.kill()  # noqa: SLF001 - as above
    found += pool.drain()
    pool.close()
    assert found == prepare_here()


def test_builds_are_the_same(tmp_path: Path) -> None:
    """The report and the hits of a build do not depend on the number of its workers."""
    dump = tmp_path / "papers.jsonl"
    lines = [
        {"id": f"p{n % 900}", "title": f"On Case {n}" * (n % 60 != 5), "abstract": f"word{n % 9}"}
        for n in range(COUNT)
    ]
    dump.write_bytes(b"\n".join(map(msgspec.json.encode, lines)))
    results = []
    for count in (0, 2):
        directory = tmp_path / str(count)
        build(directory, (str(dump),), BuildSettings(processes=count))
        report = msgspec.json.decode((find_current_folder(directory) / REPORT).read_bytes())
        hits = Searcher(directory).search(SearchRequest("word3", per_page=100)).hits
        results.append((report | {"seconds": 0}, [hit.paper for hit in hits]))
    assert results[0] == results[1]
    assert results[0][0]["rejected"]
    assert results[0][0]["merged"]


def test_workers_end_with_a_killed_build(tmp_path: Path) -> None:
    """A build that is killed leaves no process behind."""
    dump = tmp_path / "papers.jsonl"
    with dump.open("wb") as file:
        for n in range(60_000):
            file.write(msgspec.json.encode({"id": str(n), "title": f"On Case {n}"}) + b"\n")
    code = (
        "import sys; from pathlib import Path; from index.build.operations import build;"
        "from index.settings import BuildSettings;"
        "build(Path(sys.argv[1]), (sys.argv[2],), BuildSettings(processes=2))"
    )
    arguments = [sys.executable, "-c", code, str(tmp_path / "index"), str(dump)]
    with subprocess.Popen(arguments, cwd=ROOT, start_new_session=True) as running:
        group = os.getpgid(running.pid)
        deadline = time.monotonic() + PATIENCE_S
        while len(_list_members(group)) < 4 and time.monotonic() < deadline:
            time.sleep(0.02)
        assert len(_list_members(group)) == 4
        running.send_signal(signal.SIGKILL)
        running.wait()
    deadline = time.monotonic() + PATIENCE_S
    while _list_members(group) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert _list_members(group) == []


def _list_members(group: int) -> list[str]:
    """Return the running processes of a group."""
    listing = subprocess.run(
        ["ps", "-eo", "pgid,stat,pid"], capture_output=True, text=True, check=True
    )
    rows = [line.split() for line in listing.stdout.splitlines()[1:]]
    return [pid for member, state, pid in rows if member == str(group) and state[0] != "Z"]
