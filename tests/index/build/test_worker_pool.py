"""Answers: is a record prepared once and in its place, whoever prepares it?"""

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

from index.build import dump_reader as reading
from index.build import worker_pool as processes
from index.build import worker_process as pipes
from index.build.operations import build
from index.build.prepare import Batch, Done, Packed, packed, prepared
from index.build.worker_pool import Preparation
from index.records import RawRecord, Source, decode_paper
from index.settings import BuildSettings
from index.store.generations import find_current_folder
from index.store.manifest import REPORT
from search.answers.searcher import Searcher
from search.request.search_request import SearchRequest
from tests.support.paths import ROOT

COUNT = 1_000
AT_ONCE = 40


def records(count: int = COUNT) -> Iterator[RawRecord]:
    """Give records, some of them without a title, one of them very long."""
    for number in range(count):
        title = "" if number % 50 == 7 else f"On Case {number}"
        abstract = "long " * 500_000 if number == 77 else "Short."
        source = Source("x.jsonl", record=number + 1)
        yield RawRecord(source, "jsonl", id=f"x:{number}", title=title, abstract=abstract)


def batches() -> Iterator[Packed]:
    """Give `records` in parts, and the same number of lines."""
    waiting = list(records())
    for at in range(0, COUNT, AT_ONCE):
        yield packed(Batch("jsonl", records=waiting[at : at + AT_ONCE]))
        lines = b"".join(b'{"id": "%d", "title": "Line"}\n' % n for n in range(at, at + AT_ONCE))
        yield packed(Batch("jsonl", lines=lines, place=Source("x.jsonl", "", at, 10 * at)))


def expected() -> list[Done]:
    """Give what one process makes of them."""
    return [(batch, list(prepared(batch.batch))) for batch in batches()]


def prepared_with(count: int) -> list[Done]:
    """Give what so many processes make of them."""
    preparation = Preparation(count)
    found = [done for batch in batches() for done in preparation.give(batch)]
    found += preparation.rest()
    preparation.close()
    return found


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let processes be started after a few records already, and for small dumps."""
    monkeypatch.setattr(processes, "FEW", 10)
    monkeypatch.setattr(reading, "LARGE", 1)


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_all_are_prepared_in_order(count: int) -> None:
    """However many processes there are, what comes out is what one would make, in its order."""
    assert prepared_with(count) == expected()


@pytest.mark.parametrize(("room", "ahead"), [(1, 1), (1 << 20, processes.AHEAD)])
def test_batches_wait_in_long_pipes_only(
    room: int, ahead: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a pipe is short, a process has one batch at a time; the same comes out."""
    monkeypatch.setattr(pipes, "_widened", lambda _: room)
    monkeypatch.setattr(pipes, "SPARE", 0)
    preparation, most = Preparation(2), 0
    found: list[Done] = []
    for batch in batches():
        found += preparation.give(batch)
        for process in preparation._processes:  # noqa: SLF001 - looked at only
            most = max(most, len(process._batches))  # noqa: SLF001 - as above
    found += preparation.rest()
    preparation.close()
    assert found == expected()
    assert most == ahead


@pytest.mark.parametrize("started", [0, 1])
def test_a_process_that_cannot_be_started_is_done_without(
    started: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system lets a build start none, or no more of them, what comes out is the same."""
    popen = subprocess.Popen
    begun: list[Any] = []

    def refuse(*command: Any, **options: Any) -> Any:  # noqa: ANN401 - whatever is handed on
        if len(begun) >= started:
            raise PermissionError
        begun.append(command)
        return popen(*command, **options)

    monkeypatch.setattr(subprocess, "Popen", refuse)
    assert prepared_with(2) == expected()
    assert len(begun) == started


def test_short_pipes_will_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the system refuses longer pipes, what comes out is the same."""
    fcntl = pytest.importorskip("fcntl")

    def refuse(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr(fcntl, "fcntl", refuse)
    assert prepared_with(2) == expected()


def test_what_lies_where_a_build_is_run_is_not_imported(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that is called like a module of ours stays a file."""
    for name in ("msgspec.py", "index.py"):
        (tmp_path / name).write_text("open('imported', 'w').close()\n", "ascii")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    assert prepared_with(2) == expected()
    assert not (tmp_path / "imported").exists()


def test_an_interrupt_does_not_reach_a_process() -> None:
    """From its first moment on, the build alone is interrupted, and ends its processes."""
    preparation = Preparation(1)
    batch = packed(Batch("jsonl", records=list(records(20))))
    found = [*preparation.give(batch), *preparation.give(batch)]
    peer = preparation._processes[0].peer  # noqa: SLF001 - the fault is injected here
    peer._running.send_signal(signal.SIGINT)  # noqa: SLF001 - as above
    found += preparation.rest()
    assert [len(readies) for _, readies in found] == [20, 20]
    assert peer._running.poll() is None  # noqa: SLF001 - looked at only
    preparation.close()


def test_lines_stand_where_they_stand() -> None:
    """A record that is read from a part of a file names its place in the whole of it."""
    batch = Batch("jsonl", lines=b'{"id": "a", "title": "A"}\n\n{"id": 1}\n',
                  place=Source("x.jsonl", "", 7, 100))  # fmt: skip
    good, bad = prepared(batch)
    shown = decode_paper(good.record).shown
    assert shown.source == Source("x.jsonl", record=8, offset=100)
    assert bad.reject is not None
    assert bad.reject.source == Source("x.jsonl", record=9, offset=127)


@pytest.mark.parametrize("after", [3, 8, 40])
def test_a_killed_process_loses_nothing(after: int) -> None:
    """What a process had been given is prepared without it, and so is all that follows."""
    preparation = Preparation(2)
    found: list[Done] = []
    for number, batch in enumerate(batches()):
        found += preparation.give(batch)
        if number == after:
            for process in preparation._processes:  # noqa: SLF001 - the fault is injected here
                process.peer._running.kill()  # noqa: SLF001 - as above
    found += preparation.rest()
    preparation.close()
    assert found == expected()


def test_builds_are_the_same(tmp_path: Path) -> None:
    """The accounts and the hits of a build do not depend on the number of its processes."""
    dump = tmp_path / "papers.jsonl"
    lines = [
        {"id": f"p{n % 900}", "title": f"On Case {n}" * (n % 60 != 5), "abstract": f"word{n % 9}"}
        for n in range(COUNT)
    ]
    dump.write_bytes(b"\n".join(map(msgspec.json.encode, lines)))
    seen = []
    for count in (0, 2):
        directory = tmp_path / str(count)
        build(directory, (str(dump),), BuildSettings(processes=count))
        report = msgspec.json.decode((find_current_folder(directory) / REPORT).read_bytes())
        hits = Searcher(directory).search(SearchRequest("word3", per_page=100)).hits
        seen.append((report | {"seconds": 0}, [hit.paper for hit in hits]))
    assert seen[0] == seen[1]
    assert seen[0][0]["rejected"]
    assert seen[0][0]["merged"]


def test_processes_end_with_a_killed_build(tmp_path: Path) -> None:
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
        deadline = time.monotonic() + 20
        while len(_members(group)) < 4 and time.monotonic() < deadline:
            time.sleep(0.02)
        assert len(_members(group)) == 4
        running.send_signal(signal.SIGKILL)
        running.wait()
    while _members(group) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert _members(group) == []


def _members(group: int) -> list[str]:
    """List the processes of a group that have not ended."""
    told = subprocess.run(
        ["ps", "-eo", "pgid,stat,pid"], capture_output=True, text=True, check=True
    )
    rows = [line.split() for line in told.stdout.splitlines()[1:]]
    return [pid for member, state, pid in rows if member == str(group) and state[0] != "Z"]
