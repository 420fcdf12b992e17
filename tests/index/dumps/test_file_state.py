"""Test that a dump that changes while it is read is refused, and that none else is."""

from __future__ import annotations

import gzip
import os
import sys
import threading
from itertools import chain
from typing import TYPE_CHECKING

import pytest

from index.build.dump_reader import Task, read_dump, read_pieces
from index.build.operations import add, build
from index.dumps.file_state import read_state
from index.dumps.streams import open_dump
from index.errors import DumpChanged, DumpTruncated
from index.settings import BuildSettings
from index.store.generations import read_current_name
from tests.support.packed import COMPRESS, tar, write, zip_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from index.dumps.streams import Stream

LINES = b"".join(b'{"id": "x%d", "title": "On Case %d"}\n' % (n, n) for n in range(60_000))
PACKED = {
    "plain": LINES,
    **{end: pack(LINES) for end, pack in COMPRESS.items()},
    "tar": tar({"a.jsonl": LINES[:9999], "b.jsonl": LINES}),
    "zip": zip_files({"a.jsonl": LINES[:9999], "b.jsonl": LINES}),
    "zip in tar.gz": gzip.compress(tar({"in.zip": zip_files({"b.jsonl": LINES})})),
}


def read_all(streams: Iterable[Stream]) -> None:
    """Read files to their ends."""
    for stream in streams:
        while stream.file.read(1 << 20):
            pass


def shrink(path: Path) -> None:
    """Cut the second half off."""
    os.truncate(path, path.stat().st_size // 2)


def empty(path: Path) -> None:
    """Leave nothing."""
    os.truncate(path, 0)


def grow(path: Path) -> None:
    """Append a record."""
    with path.open("ab") as file:
        file.write(b'{"id": "new", "title": "On Growth"}\n')


def overwrite(path: Path) -> None:
    """Write other bytes of the same number, a moment later."""
    before = path.stat()
    path.write_bytes(bytes(before.st_size))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns + 5_000_000))


def replace(path: Path) -> None:
    """Put another file of the same size and time in its place."""
    before = path.stat()
    other = path.with_name("other")
    other.write_bytes(path.read_bytes())
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(path)


def remove(path: Path) -> None:
    """Remove the file."""
    path.unlink()


CHANGES = (shrink, empty, grow, overwrite, replace, remove)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("kind", PACKED)
def test_a_file_that_changes_is_refused(
    tmp_path: Path, kind: str, change: Callable[[Path], None]
) -> None:
    """Whatever happens to a file after its first bytes were read, it is said to have changed."""
    path = write(tmp_path / "dump", PACKED[kind])
    streams = open_dump(str(path))
    first = next(streams)
    assert first.file.read(10) == LINES[:10]
    change(path)
    with pytest.raises(DumpChanged, match="changed while it was read"):
        read_all(chain([first], streams))


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_after_a_limit_is_refused(tmp_path: Path, change: Callable[[Path], None]) -> None:
    """The digest covers the whole file, so it has to be the file whose records were read."""
    path = write(tmp_path / "dump", LINES)
    pieces = read_pieces(Task(os.fsencode(path), limit=3))
    assert next(pieces).format == "jsonl"
    change(path)
    with pytest.raises(DumpChanged):
        list(pieces)


@pytest.mark.parametrize("kind", PACKED)
@pytest.mark.parametrize("limit", [1, 3, 20_000, None])
def test_a_file_that_stays_is_read(tmp_path: Path, kind: str, limit: int | None) -> None:
    """Reading only the beginning is no change, nor are another date of access or another link."""
    path = write(tmp_path / "dump", PACKED[kind])
    pieces = read_dump(Task(os.fsencode(path), limit=limit), in_process=False)
    first = next(pieces)
    (tmp_path / "link").hardlink_to(path)
    path.chmod(0o444)
    found = [first, *pieces]
    assert found[-1].ended
    assert sum(piece.size for piece in found) > 0


@pytest.mark.parametrize("change", ["add", "remove", "shrink"])
def test_a_folder_that_changes_is_refused(tmp_path: Path, change: str) -> None:
    """A folder has to keep its files, also those that were read already."""
    for name in "abc":
        write(tmp_path / "dump" / f"{name}.jsonl", LINES[:99_999].replace(b"x", name.encode()))
    pieces = read_dump(Task(os.fsencode(tmp_path / "dump")), in_process=False)
    found = [next(pieces) for _ in range(4)]
    assert found[0].format == "jsonl"
    if change == "add":
        write(tmp_path / "dump/d.jsonl", LINES)
    elif change == "remove":
        (tmp_path / "dump/a.jsonl").unlink()
    else:
        shrink(tmp_path / "dump/a.jsonl")
    with pytest.raises(DumpChanged):
        list(pieces)


def test_files_that_only_accompany_a_dump_may_change(tmp_path: Path) -> None:
    """A log or a lock beside the files of a dump is written by whoever made them."""
    write(tmp_path / "dump/a.jsonl", LINES[:99_999])
    pieces = read_dump(Task(os.fsencode(tmp_path / "dump")), in_process=False)
    found = [next(pieces)]
    write(tmp_path / "dump/.lock", b"1")
    assert [*found, *pieces][-1].ended


def test_damage_stays_damage(tmp_path: Path) -> None:
    """A file that was short before it was read is incomplete, not changed."""
    path = write(tmp_path / "dump", PACKED["gz"][:-9])
    with pytest.raises(DumpTruncated):
        read_all(open_dump(str(path)))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_has_no_state(tmp_path: Path) -> None:
    """What comes through a pipe may take its time and have any length."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    assert read_state(str(path)) is None
    writer = threading.Thread(target=path.write_bytes, args=(LINES,))
    writer.start()
    (stream,) = [stream.file.read() for stream in open_dump(str(path))]
    writer.join()
    assert stream == LINES


@pytest.mark.parametrize("change", [None, shrink, grow])
def test_a_file_behind_standard_input_is_watched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None] | None
) -> None:
    """``papers build - < FILE`` reads a file, which must not change either."""
    path = write(tmp_path / "dump", LINES)
    with path.open() as file:
        monkeypatch.setattr(sys, "stdin", file)
        streams = open_dump("-")
        stream = next(streams)
        if change is None:
            assert stream.file.read() == LINES
            return
        change(path)
        with pytest.raises(DumpChanged):
            stream.file.read()


@pytest.mark.parametrize("processes", [0, 1])
def test_the_index_stays_as_it_was(tmp_path: Path, processes: int) -> None:
    """A build or an update from a dump that changes fails, and the generation in use stays."""
    index, path = tmp_path / "ix", write(tmp_path / "dump.jsonl", LINES[:9999])
    settings = BuildSettings(processes=processes)
    build(index, [str(path)], settings)
    name = read_current_name(index)
    path.write_bytes(LINES.replace(b'"x', b'"y'))

    def change_once(_size: int, records: int) -> None:
        if records:
            shrink(path)

    for run in (build, add):
        with pytest.raises(DumpChanged, match="the index was not changed"):
            run(index, [str(path)], settings, change_once)
        assert read_current_name(index) == name
        assert [each.name for each in (index / "generations").iterdir()] == [name]
        path.write_bytes(LINES.replace(b'"x', b'"y'))


def test_a_dump_may_not_change_before_its_turn_either(tmp_path: Path) -> None:
    """A dump that is written while another is read is not complete."""
    first, second = (write(tmp_path / f"{name}.jsonl", LINES[:9999]) for name in "ab")

    def change_second(_size: int, records: int) -> None:
        if records and second.stat().st_size == 9999:
            grow(second)

    with pytest.raises(DumpChanged, match=r"b\.jsonl"):
        build(tmp_path / "ix", [str(first), str(second)], BuildSettings(processes=0), change_second)
