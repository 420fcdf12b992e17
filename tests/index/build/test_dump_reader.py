"""Check that a dump yields the same pieces, whichever process reads it."""

import gzip
import io
import os
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index.build import dump_reader
from index.build.batching import BATCH_RECORDS
from index.build.dump_reader import Piece, Task, read_dump, read_pieces
from index.build.messages import Origin, PaperBatch
from index.build.worker_process import WorkerProcess
from index.errors import ColumnMissing, DumpError, DumpMissing, DumpTruncated
from tests.support.planted_samples import KINDS

COUNT = 3 * BATCH_RECORDS


class WatchedProcess(WorkerProcess):
    """A process that tests can inspect and kill."""

    started: list["WatchedProcess"]

    def __init__(self, module: str, *arguments: str) -> None:
        super().__init__(module, *arguments)
        self.started.append(self)

    def kill(self) -> None:
        """Kill the process, as the system may."""
        self._running.kill()

    @property
    def ended(self) -> bool:
        """Return whether the process has ended."""
        return self._running.poll() is not None


@pytest.fixture
def processes(monkeypatch: pytest.MonkeyPatch) -> list[WatchedProcess]:
    """Read dumps of any size in a process; return the list of those that were started."""
    monkeypatch.setattr(dump_reader, "LARGE", 1)
    monkeypatch.setattr(WatchedProcess, "started", [], raising=False)
    monkeypatch.setattr(dump_reader, "WorkerProcess", WatchedProcess)
    return WatchedProcess.started


def make_file(name: str, count: int = COUNT) -> bytes:
    """Make a file of a format, with a damaged record if lines are records."""
    kind = KINDS[name]
    records = [kind.write(str(number), f"On Case {number}", "2001") for number in range(count)]
    if records[0].startswith(b"{") and not kind.head:
        records[count // 2] = b"{" + b"x" * 50
    return kind.head.encode() + kind.between.encode().join(records) + kind.tail.encode()


def make_task(path: Path, limit: int | None = None) -> Task:
    """Make the task of reading a dump."""
    return Task(os.fsencode(path), {}, "2026-01-02", "CC0-1.0", "2000-01-01", limit)


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    """Return an archive of files in every format, some compressed, and of unreadable ones."""
    path = tmp_path / "all.tar"
    with tarfile.open(path, "w") as archive:
        contents = {f"{name}/{kind.file}": make_file(name) for name, kind in KINDS.items()}
        contents |= {"x.bin": b"\x00\x01\x02" * 99, "blank.json": b" \n", "empty.json": b""}
        for at, (name, content) in enumerate(contents.items()):
            member = tarfile.TarInfo(name)
            content = gzip.compress(content) if at % 2 else content  # noqa: PLW2901
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


def read_origin(piece: Piece) -> Origin:
    """Return what the records of a piece say of their dump."""
    assert piece.records is not None
    batch = piece.records.unpack()
    assert not isinstance(batch, PaperBatch)
    return batch.origin


def test_pieces_cover_the_dump(dump: Path) -> None:
    """Pieces account for all bytes, files and records, and only the last is marked as such."""
    found = list(read_pieces(make_task(dump)))
    assert sum(piece.size for piece in found) == dump.stat().st_size
    assert [piece.unread for piece in found if piece.unread] == ["x.bin", "blank.json"]
    assert [piece.blank for piece in found if piece.unread] == [False, True]
    assert {piece.format for piece in found} - {""} == {kind.format for kind in KINDS.values()}
    origins = [read_origin(piece) for piece in found if piece.records]
    assert {(one.date, one.licence, one.since) for one in origins} == {
        ("2026-01-02", "CC0-1.0", "2000-01-01")
    }
    assert origins
    assert all(piece.format == read_origin(piece).format for piece in found if piece.records)
    assert [piece.ended for piece in found].index(True) == len(found) - 1


@pytest.mark.parametrize("limit", [None, 0, 7, BATCH_RECORDS, 10 * COUNT])
def test_a_process_reads_the_same(
    dump: Path, limit: int | None, processes: list[WatchedProcess], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A process yields the pieces that this one would, and then nothing is read in this one."""
    expected = list(read_pieces(make_task(dump, limit)))
    monkeypatch.setattr(dump_reader, "read_pieces", None)
    assert list(read_dump(make_task(dump, limit), in_process=True)) == expected
    assert len(processes) == 1
    assert processes[0].ended


@pytest.mark.parametrize("after", [0, 1, 5, 20])
def test_a_killed_process_loses_nothing(
    dump: Path, after: int, processes: list[WatchedProcess]
) -> None:
    """The pieces that a killed process did not send are read in this one."""
    found: list[Piece] = []
    for piece in read_dump(make_task(dump), in_process=True):
        if len(found) == after:
            processes[0].kill()
        found.append(piece)
    assert found == list(read_pieces(make_task(dump)))


def test_a_process_that_cannot_be_started_is_replaced(
    dump: Path, processes: list[WatchedProcess], monkeypatch: pytest.MonkeyPatch
) -> None:
    """If the system starts no process, this one reads the dump."""

    def refuse(*_: Any, **__: Any) -> None:  # noqa: ANN401 - any arguments
        raise PermissionError

    monkeypatch.setattr(subprocess, "Popen", refuse)
    assert list(read_dump(make_task(dump), in_process=True)) == list(read_pieces(make_task(dump)))
    assert not processes


def test_closing_the_reader_ends_its_process(dump: Path, processes: list[WatchedProcess]) -> None:
    """A reader that is closed early leaves no process behind."""
    found = read_dump(make_task(dump), in_process=True)
    next(found)
    assert [peer.ended for peer in processes] == [False]
    found.close()
    assert [peer.ended for peer in processes] == [True]


def make_truncated(path: Path) -> Task:
    """Make the task of reading a compressed file that ends too early."""
    path.write_bytes(gzip.compress(make_file("own JSON lines", 9_000), 1)[:-9_000])
    return make_task(path)


def make_without_column(path: Path) -> Task:
    """Make a task that names a column which the table does not have."""
    path.write_bytes(b"title,year\nOn Case,2001\n")
    return Task(os.fsencode(path), {"Who?": "authors"})


@pytest.mark.parametrize(
    ("make", "error"), [(make_truncated, DumpTruncated), (make_without_column, ColumnMissing)]
)
def test_errors_are_the_same(
    make: Any,  # noqa: ANN401 - one of these functions
    error: type[DumpError],
    tmp_path: Path,
    processes: list[WatchedProcess],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """An unusable dump raises the same error after the same pieces in both ways."""

    def collect(found: Iterator[Piece]) -> tuple[list[Piece], str]:
        pieces: list[Piece] = []
        with pytest.raises(error) as raised:
            pieces.extend(found)  # keeps what came before the error
        return pieces, str(raised.value)

    task = make(tmp_path / "d.dump")
    expected = collect(read_pieces(task))
    monkeypatch.setattr(dump_reader, "read_pieces", None)
    assert collect(read_dump(task, in_process=True)) == expected
    assert len(processes) == 1


def test_a_missing_dump_is_collect(tmp_path: Path) -> None:
    """A dump that has vanished meanwhile is an error."""
    with pytest.raises(DumpMissing):
        list(read_dump(make_task(tmp_path / "none.jsonl"), in_process=True))


def test_small_dumps_need_no_process(dump: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No process is started for a dump that is read sooner than one starts."""
    monkeypatch.setattr(dump_reader, "WorkerProcess", None)
    assert list(read_dump(make_task(dump), in_process=True)) == list(read_pieces(make_task(dump)))
