"""Answers: does a dump give the same pieces, whichever process reads it?"""

import gzip
import io
import os
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from index.build import dump_reader as reading
from index.build.batching import AT_ONCE
from index.build.dump_reader import Piece, Task, pieces, read
from index.build.worker_process import Peer
from index.errors import ColumnMissing, DumpError, DumpMissing, DumpTruncated
from tests.support.planted_samples import KINDS

COUNT = 3 * AT_ONCE


class Watched(Peer):
    """A process that tests may look at and kill."""

    started: list["Watched"]

    def __init__(self, module: str, *arguments: str) -> None:
        super().__init__(module, *arguments)
        self.started.append(self)

    def kill(self) -> None:
        """Kill it, as the system may."""
        self._running.kill()

    @property
    def ended(self) -> bool:
        """Return whether it has ended."""
        return self._running.poll() is not None


@pytest.fixture
def peers(monkeypatch: pytest.MonkeyPatch) -> list[Watched]:
    """Read dumps of any size in a process of its own; give those that were started."""
    monkeypatch.setattr(reading, "LARGE", 1)
    monkeypatch.setattr(Watched, "started", [], raising=False)
    monkeypatch.setattr(reading, "Peer", Watched)
    return Watched.started


def file_of(name: str, count: int = COUNT) -> bytes:
    """Write a file of a format: good records, and a damaged one where lines are records."""
    kind = KINDS[name]
    records = [kind.write(str(number), f"On Case {number}", "2001") for number in range(count)]
    if records[0].startswith(b"{") and not kind.head:
        records[count // 2] = b"{" + b"x" * 50
    return kind.head.encode() + kind.between.encode().join(records) + kind.tail.encode()


def task_of(path: Path, limit: int | None = None) -> Task:
    """Ask for all of a dump."""
    return Task(os.fsencode(path), {}, "2026-01-02", "CC0-1.0", "2000-01-01", limit)


@pytest.fixture
def dump(tmp_path: Path) -> Path:
    """Give an archive of files of every format, some of them packed, and of none."""
    path = tmp_path / "all.tar"
    with tarfile.open(path, "w") as archive:
        contents = {f"{name}/{kind.file}": file_of(name) for name, kind in KINDS.items()}
        contents |= {"x.bin": b"\x00\x01\x02" * 99, "blank.json": b" \n", "empty.json": b""}
        for at, (name, content) in enumerate(contents.items()):
            member = tarfile.TarInfo(name)
            content = gzip.compress(content) if at % 2 else content  # noqa: PLW2901
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return path


def test_pieces_say_what_there_is(dump: Path) -> None:
    """All bytes, all files and all records are in them, and one that ends them."""
    found = list(pieces(task_of(dump)))
    assert sum(piece.size for piece in found) == dump.stat().st_size
    assert [piece.unread for piece in found if piece.unread] == ["x.bin", "blank.json"]
    assert [piece.blank for piece in found if piece.unread] == [False, True]
    assert {piece.kind for piece in found} - {""} == {kind.source for kind in KINDS.values()}
    batches = [piece.records.batch for piece in found if piece.records]
    assert {(batch.date, batch.licence, batch.since) for batch in batches} == {
        ("2026-01-02", "CC0-1.0", "2000-01-01")
    }
    assert all(piece.kind == piece.records.batch.kind for piece in found if piece.records)
    assert [piece.ended for piece in found].index(True) == len(found) - 1


@pytest.mark.parametrize("limit", [None, 0, 7, AT_ONCE, 10 * COUNT])
def test_another_process_reads_the_same(
    dump: Path, limit: int | None, peers: list[Watched], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes from a process of its own is what would be read here, and here nothing is."""
    expected = list(pieces(task_of(dump, limit)))
    monkeypatch.setattr(reading, "pieces", None)
    assert list(read(task_of(dump, limit), apart=True)) == expected
    assert len(peers) == 1
    assert peers[0].ended


@pytest.mark.parametrize("after", [0, 1, 5, 20])
def test_a_killed_process_loses_nothing(dump: Path, after: int, peers: list[Watched]) -> None:
    """What it had not given yet is read here."""
    found: list[Piece] = []
    for piece in read(task_of(dump), apart=True):
        if len(found) == after:
            peers[0].kill()
        found.append(piece)
    assert found == list(pieces(task_of(dump)))


def test_a_process_that_cannot_be_started_is_done_without(
    dump: Path, peers: list[Watched], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the system lets us start none, the same is read here."""

    def refuse(*_: Any, **__: Any) -> None:  # noqa: ANN401 - whatever is handed on
        raise PermissionError

    monkeypatch.setattr(subprocess, "Popen", refuse)
    assert list(read(task_of(dump), apart=True)) == list(pieces(task_of(dump)))
    assert not peers


def test_who_stops_early_leaves_no_process(dump: Path, peers: list[Watched]) -> None:
    """A reader that is closed ends its process."""
    found = read(task_of(dump), apart=True)
    next(found)
    assert [peer.ended for peer in peers] == [False]
    found.close()
    assert [peer.ended for peer in peers] == [True]


def cut_short(path: Path) -> Task:
    """Give a packed file that ends too early."""
    path.write_bytes(gzip.compress(file_of("own JSON lines", 9_000), 1)[:-9_000])
    return task_of(path)


def without_column(path: Path) -> Task:
    """Name a column that a table does not have."""
    path.write_bytes(b"title,year\nOn Case,2001\n")
    return Task(os.fsencode(path), {"Who?": "authors"})


@pytest.mark.parametrize(
    ("make", "error"), [(cut_short, DumpTruncated), (without_column, ColumnMissing)]
)
def test_errors_are_told_alike(
    make: Any,  # noqa: ANN401 - one of these functions
    error: type[DumpError],
    tmp_path: Path,
    peers: list[Watched],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A dump that cannot be used is the same error, after the same pieces."""

    def told(found: Iterator[Piece]) -> tuple[list[Piece], str]:
        seen: list[Piece] = []
        with pytest.raises(error) as raised:
            seen.extend(found)  # what came before the error is kept
        return seen, str(raised.value)

    task = make(tmp_path / "d.dump")
    expected = told(pieces(task))
    monkeypatch.setattr(reading, "pieces", None)
    assert told(read(task, apart=True)) == expected
    assert len(peers) == 1


def test_a_missing_dump_is_told(tmp_path: Path) -> None:
    """A dump that has been taken away meanwhile is an error."""
    with pytest.raises(DumpMissing):
        list(read(task_of(tmp_path / "none.jsonl"), apart=True))


def test_small_dumps_are_read_here(dump: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No process is started for a dump that is read sooner than one starts."""
    monkeypatch.setattr(reading, "Peer", None)
    assert list(read(task_of(dump), apart=True)) == list(pieces(task_of(dump)))
