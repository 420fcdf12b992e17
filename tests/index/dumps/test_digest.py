"""Check that the digest of a dump covers whole files and that no byte is read twice for it."""

import gzip
import hashlib
import io
import os
import sys
import threading
from pathlib import Path
from random import Random

import pytest

from index.build.dump_reader import Task, read_pieces
from index.dumps import streams
from index.dumps.digest import FileDigest
from index.dumps.raw_files import DiskFile, OnBytes
from tests.support.packed import COMPRESS, write, zip_files
from tests.support.packed import tar as make_tar

LINES = b"".join(b'{"id": "x%d", "title": "On Case %d"}\n' % (n, n) for n in range(60_000))
FILES = {"a.jsonl": LINES, "b.jsonl": LINES[: 1 << 19]}

DUMPS = {
    "plain": LINES,
    "empty lines at the end": LINES + b"\n" * 3_000_000,
    **{end: pack(LINES) for end, pack in COMPRESS.items()},
    "zip": zip_files(FILES),
    "tar": make_tar(FILES),
    "tar.gz": gzip.compress(make_tar(FILES)),
    "zip in tar": make_tar({"in.zip": zip_files(FILES), "c.jsonl": LINES}),
}


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, int]]:
    """Return a list to which every opening of a stored file adds its name and first position."""
    found: list[tuple[str, int]] = []
    read_rest = FileDigest.read_rest

    class RecordedFile(DiskFile):
        def __init__(self, path: str, on_bytes: OnBytes | None, digest: FileDigest | None) -> None:
            super().__init__(path, on_bytes, digest)
            found.append((Path(path).name, 0))

    def record_rest(self: FileDigest, path: str) -> None:
        if not self.complete:
            found.append((Path(path).name, self.end))
        read_rest(self, path)

    monkeypatch.setattr(streams, "DiskFile", RecordedFile)
    monkeypatch.setattr(FileDigest, "read_rest", record_rest)
    return found


def read_digest(path: Path | str, limit: int | None = None) -> str:
    """Read a dump as a build does, and return the digest that comes with its last piece."""
    *_, last = read_pieces(Task(os.fsencode(path), limit=limit))
    assert last.ended
    return last.sha256


def hash_bytes(content: bytes) -> str:
    """Return the SHA-256 of some bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


@pytest.mark.parametrize("kind", DUMPS)
def test_one_pass_yields_records_and_digest(
    tmp_path: Path, kind: str, opened: list[tuple[str, int]]
) -> None:
    """A dump is opened once, and the digest is that of all its bytes."""
    assert read_digest(write(tmp_path / "dump", DUMPS[kind])) == hash_bytes(DUMPS[kind])
    assert opened == [("dump", 0)]


def test_a_folder_has_the_digest_of_its_files(
    tmp_path: Path, opened: list[tuple[str, int]]
) -> None:
    """Its files are hashed in the order of their paths, ignored ones too, each opened once."""
    files = {"10.jsonl": LINES, "2.jsonl.gz": DUMPS["gz"], ".x": b"hidden", "a/README": b"text"}
    for name, content in files.items():
        write(tmp_path / "dump" / name, content)
    digests = [hash_bytes(files[name]) for name in (".x", "10.jsonl", "2.jsonl.gz", "a/README")]
    assert read_digest(tmp_path / "dump") == hash_bytes("".join(digests).encode())
    names = ["2.jsonl.gz", "10.jsonl", ".x", "README"]  # the readers' order, then the ignored
    assert opened == [(name, 0) for name in names]


@pytest.mark.parametrize("kind", DUMPS)
def test_a_limit_hashes_the_rest_without_reading_twice(
    tmp_path: Path, kind: str, opened: list[tuple[str, int]]
) -> None:
    """The digest is that of the whole file; what was read is not read again for it."""
    path = write(tmp_path / "dump", DUMPS[kind])
    assert read_digest(path, limit=5) == hash_bytes(DUMPS[kind])
    (first, *rest) = opened
    assert first == ("dump", 0)
    assert all(start for _, start in rest)


def test_files_in_no_known_format_are_hashed(tmp_path: Path) -> None:
    """The digest of a folder covers a file of which only the head was read."""
    binary = b"\1" * (5 << 20)
    write(tmp_path / "dump/a.bin", binary)
    write(tmp_path / "dump/b.jsonl", LINES)
    digests = hash_bytes(binary) + hash_bytes(LINES)
    assert read_digest(tmp_path / "dump") == hash_bytes(digests.encode())


def test_a_dump_in_no_known_format_is_not_read_to_its_end(
    tmp_path: Path, opened: list[tuple[str, int]]
) -> None:
    """The build fails anyway, so a large file is not read for its digest."""
    assert read_digest(write(tmp_path / "dump", b"\1" * (5 << 20))) == ""
    assert opened == [("dump", 0)]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("kind", ["plain", "gz", "zip", "tar"])
def test_a_pipe_is_hashed_as_it_passes(tmp_path: Path, kind: str) -> None:
    """A pipe that was read to its end has the digest of the bytes that came through it."""
    path = tmp_path / "pipe"
    os.mkfifo(path)
    writer = threading.Thread(target=path.write_bytes, args=(DUMPS[kind],))
    writer.start()
    assert read_digest(path) == hash_bytes(DUMPS[kind])
    writer.join()


def test_standard_input_has_no_digest_unless_read_to_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With a limit the rest of a pipe is neither awaited nor hashed."""
    for limit, expected in ((None, hash_bytes(LINES)), (5, "")):
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(LINES)))
        assert read_digest("-", limit) == expected


def test_an_archive_read_out_of_order_is_hashed(
    tmp_path: Path, opened: list[tuple[str, int]]
) -> None:
    """Lists of merged works are read last; the digest still covers the bytes in their order."""
    filler = Random(1).randbytes(3 << 20)
    data = zip_files({"merged_ids/x": filler, "a.jsonl": LINES, "README": filler, "b.jsonl": LINES})
    assert read_digest(write(tmp_path / "dump", data)) == hash_bytes(data)
    assert opened[0] == ("dump", 0)


@pytest.mark.parametrize(
    ("pieces_read", "expected"),
    [
        ([(0, b"ab"), (2, b"cd")], b"abcd"),
        ([(0, b"ab"), (1, b"bcd"), (0, b"abcd")], b"abcd"),
        ([(5, b"fg"), (0, b"ab"), (3, b"d"), (2, b"cde")], b"abcde"),
    ],
)
def test_only_bytes_that_continue_are_hashed(
    pieces_read: list[tuple[int, bytes]], expected: bytes
) -> None:
    """Bytes that were hashed already, or lie further on, change nothing."""
    digest = FileDigest()
    for start, content in pieces_read:
        digest.update(start, memoryview(content))
    assert (digest.end, digest.hexdigest()) == (len(expected), hash_bytes(expected))
