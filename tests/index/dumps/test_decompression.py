"""Check that a damaged dump raises and is never read as a shorter one."""

import gzip
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from random import Random

import pytest

from index.dumps.streams import measure_dump, open_dump
from index.errors import DumpEmpty, DumpError, DumpMissing, DumpTruncated, DumpUnreadable
from tests.support.packed import COMPRESS, FILES, TEXT, read, tar, write, zip_files, zst


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9, 1.0], ids=["30%", "60%", "90%", "last byte"])
@pytest.mark.parametrize(
    ("end", "archive"),
    [*product(COMPRESS, ["file", "tar", "zip"]), ("plain", "tar"), ("plain", "zip")],
)
def test_a_truncated_dump_raises(tmp_path: Path, end: str, archive: str, share: float) -> None:
    """A compressed or archived dump that ends too early raises, wherever it was cut."""
    content = {"file": TEXT, "tar": tar(FILES), "zip": zip_files(FILES)}[archive]
    data = COMPRESS.get(end, bytes)(content)
    # The last byte of a bare tar is padding: there the cut takes the end mark as well.
    whole = len(data.rstrip(b"\0")) if end == "plain" else len(data)
    path = write(tmp_path / "x", data[: min(int(len(data) * share), whole - 1)])
    with pytest.raises(DumpTruncated, match=r"'.*x' is damaged or incomplete \(the .*\)"):
        read(path)


@pytest.mark.parametrize("end", COMPRESS)
def test_every_truncation_raises(tmp_path: Path, end: str) -> None:
    """No truncated length of a compressed file passes as complete."""
    data = COMPRESS[end](b"some text to be cut")
    assert len(data) > 20
    for length in range(10, len(data)):
        with pytest.raises(DumpTruncated):
            read(write(tmp_path / "x", data[:length]))


def test_every_truncated_tar_raises(tmp_path: Path) -> None:
    """A bare tar without its end mark is truncated, though each of its members may be whole."""
    data = tar({"a": b"1" * 600, "b": b"2"}, tarfile.USTAR_FORMAT)
    end = len(data.rstrip(b"\0")) // 512 * 512 + 512
    assert read(write(tmp_path / "x", data[: end + 512])) == {"a": b"1" * 600, "b": b"2"}
    for length in range(262, end + 1, 125):
        with pytest.raises(DumpTruncated):
            read(write(tmp_path / "x", data[:length]))


def test_a_late_truncation_is_raised_by_reading(tmp_path: Path) -> None:
    """The error is raised where the data end; the bytes before can be used."""
    text = Random(2).randbytes(3 << 20)
    path = write(tmp_path / "x.zst", zst(text)[:-1])
    streams = open_dump(str(path))
    stream = next(streams)
    assert stream.file.read(1 << 20) == text[: 1 << 20]
    with pytest.raises(DumpTruncated, match="the zstd data end too early"):
        stream.file.read()


# name, bytes, what the sentence says
DAMAGED = [
    *((f"tail.{end}", pack(TEXT) + b"garbage!", "other bytes") for end, pack in COMPRESS.items()),
    *((f"pad.{end}", pack(TEXT) + bytes(9) + b"!", "other") for end, pack in COMPRESS.items()),
    *(
        (f"middle.{end}", bytes(data[:-9]) + bytes(9), "damaged|too early")
        for end, data in ((end, pack(TEXT)) for end, pack in COMPRESS.items())
    ),
    ("tail.tar", tar(FILES) + b"garbage!" * 64, "the tar archive"),
    ("header.tar", tar(FILES).replace(b"p/a.json", b"p/X.json"), "the tar archive"),
    ("crc.zip", zip_files({"a": b"1"}).replace(b"\xb7\xef\xdc\x83", b"\0\0\0\0"), "in a"),
    ("member.tar", tar({"a.gz": gzip.compress(TEXT)[:-1]}), "gzip data end too early, in a.gz"),
]


@pytest.mark.parametrize(("name", "data", "words"), DAMAGED, ids=[row[0] for row in DAMAGED])
def test_damage_raises(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    """Added or changed bytes raise an error that says what is wrong."""
    with pytest.raises(DumpTruncated, match=words):
        read(write(tmp_path / name, data))


def test_random_damage_raises_only_dump_errors(tmp_path: Path) -> None:
    """Whatever bytes are changed, a dump is read or raises a `DumpError` that names it."""
    random, named, raised = Random(3), 0, 0
    for pack in (tar, zip_files, lambda files: gzip.compress(tar(files))):
        whole = pack({"a.json": b"[1]" * 40, "b.json.zst": zst(b"x" * 500)})
        for _ in range(150):
            data = bytearray(whole)
            for _ in range(3):
                data[random.randrange(min(len(data), 4000))] = random.randrange(256)
            try:
                read(write(tmp_path / "x", bytes(data)))
            except DumpError as error:
                raised += 1
                named += str(tmp_path / "x") in str(error)
    assert 0 < named == raised


@pytest.mark.parametrize(
    "data",
    [b"", gzip.compress(b""), zst(b""), tar({}), bytes(10_240), zip_files({}), tar({"a": b""})],
    ids=["file", "gz", "zst", "tar", "tar of nothing", "zip", "empty member"],
)
def test_empty_dumps(tmp_path: Path, data: bytes) -> None:
    """A dump without one byte of content is refused."""
    with pytest.raises(DumpEmpty):
        read(write(tmp_path / "x", data))


def test_missing_dump(tmp_path: Path) -> None:
    """A path to nowhere raises, both when the dump is measured and when it is read."""
    for path in (tmp_path / "none", write(tmp_path / "file", b"1") / "below"):
        with pytest.raises(DumpMissing):
            read(path)
        with pytest.raises(DumpMissing):
            measure_dump(str(path))


NOBODY = 65_534
"""The user that root becomes where permissions are the test: root may read everything."""


@pytest.fixture
def own_folder() -> Iterator[Path]:
    """Return a folder of the user, who is not root during the test."""
    user = os.geteuid()
    folder = Path(tempfile.mkdtemp())
    if user == 0:
        os.chown(folder, NOBODY, NOBODY)
        os.seteuid(NOBODY)
    try:
        yield folder
    finally:
        os.seteuid(user)
        shutil.rmtree(folder)


def test_forbidden_dump(own_folder: Path) -> None:
    """The error about a file or folder that may not be read has the system's reason."""
    path = write(own_folder / "folder/x.json", TEXT)
    assert read(path)
    for barred in (path, path.parent):
        barred.chmod(0)
        with pytest.raises(DumpUnreadable, match="permission denied"):
            read(barred)
        barred.chmod(0o700)


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="needs Linux's /proc")
def test_failing_device() -> None:
    """The error about a device that fails while it is read has the system's reason."""
    with pytest.raises(DumpUnreadable, match="input/output error"):
        read("/proc/self/mem")
