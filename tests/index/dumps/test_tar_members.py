"""Test that the members of hostile tar archives are read, counted, or reported as damage."""

from __future__ import annotations

import gzip
import io
import tarfile
import tracemalloc
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from index.dumps.streams import open_dump
from index.dumps.tar_members import LONGEST_HEADER
from index.errors import DumpEmpty, DumpTruncated
from tests.support.packed import read, tar, write

if TYPE_CHECKING:
    from pathlib import Path

KINDS = {
    tarfile.LNKTYPE: "link",
    tarfile.SYMTYPE: "link",
    tarfile.CHRTYPE: "device or pipe",
    tarfile.BLKTYPE: "device or pipe",
    tarfile.FIFOTYPE: "device or pipe",
    b"Z": "device or pipe",
}


def make_tar(*entries: tuple[str, bytes, bytes], **headers: str) -> bytes:
    """Make an archive of names, types and contents; the headers belong to every member."""
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.PAX_FORMAT) as archive:
        for name, kind, data in entries:
            entry = tarfile.TarInfo(name)
            entry.type, entry.size, entry.linkname = kind, len(data), "/etc/passwd"
            entry.pax_headers = headers
            archive.addfile(entry, io.BytesIO(data))
    return out.getvalue()


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_file_is_counted(tmp_path: Path, kind: bytes) -> None:
    """A link is not followed and a device not read; the files around it are."""
    data = make_tar(("a", tarfile.REGTYPE, b"1"), ("x", kind, b""), ("b", tarfile.REGTYPE, b"2"))
    counted = Counter[str]()
    path = write(tmp_path / "x.tar", data)
    streams = open_dump(str(path), left_out=counted)
    assert [(one.name, one.file.read()) for one in streams] == [("a", b"1"), ("b", b"2")]
    assert counted == {KINDS[kind]: 1}


def test_an_archive_of_links_says_so(tmp_path: Path) -> None:
    """If nothing is left, the error names what there was."""
    data = make_tar(("x", tarfile.SYMTYPE, b""), ("y", tarfile.FIFOTYPE, b""))
    with pytest.raises(DumpEmpty, match=r"\(link 1, device or pipe 1 left out\)"):
        read(write(tmp_path / "x.tar", data))


def test_two_members_of_one_name_are_both_read(tmp_path: Path) -> None:
    """The later one does not replace the earlier one: both hold records."""
    data = make_tar(("a", tarfile.REGTYPE, b"1"), ("a", tarfile.REGTYPE, b"2"))
    streams = open_dump(str(write(tmp_path / "x.tar", data)))
    assert [(one.name, one.file.read()) for one in streams] == [("a", b"1"), ("a", b"2")]


def test_sparse_files_are_left_out(tmp_path: Path) -> None:
    """A few bytes that stand for an exbibyte of zeros are not read."""
    sparse = {"GNU.sparse.map": f"{1 << 60},1", "GNU.sparse.size": str((1 << 60) + 1)}
    data = make_tar(("a", tarfile.REGTYPE, b"1"), **sparse)
    with pytest.raises(DumpEmpty, match="sparse file 1 left out"):
        read(write(tmp_path / "x.tar", data))


def test_a_member_without_a_name_is_read(tmp_path: Path) -> None:
    """A header may leave the name empty."""
    data = make_tar(("", tarfile.REGTYPE, b"1"))
    assert read(write(tmp_path / "x.tar", data)) == {"unnamed": b"1"}


@pytest.mark.parametrize("size", ["-1", "-512", str(-(1 << 62)), str(1 << 62), "x", "9" * 400])
def test_sizes_that_lie_are_damage(tmp_path: Path, size: str) -> None:
    """A size that a header overrides is not believed: reading ends, with an error."""
    data = make_tar(("a", tarfile.REGTYPE, b"1" * 600), ("b", tarfile.REGTYPE, b"2"), size=size)
    with pytest.raises(DumpTruncated):
        read(write(tmp_path / "x.tar", data))


@pytest.mark.parametrize("kind", [tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME])
def test_headers_in_a_row_are_damage(tmp_path: Path, kind: bytes) -> None:
    """Headers that follow headers are limited in number and size, so they cannot fill memory."""
    header = tarfile.TarInfo("x")
    header.type, header.size = kind, LONGEST_HEADER
    one = header.tobuf() + bytes(LONGEST_HEADER)
    path = write(tmp_path / "x.tar.gz", gzip.compress(one * 1500 + tar({"a": b"1"}), 1))
    tracemalloc.start()
    with pytest.raises(DumpTruncated):
        read(path)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 300 << 20


def test_an_oversized_header_is_damage(tmp_path: Path) -> None:
    """A name of any length is read whole by the library, so its size is limited."""
    data = make_tar(("n" * (LONGEST_HEADER + 1), tarfile.REGTYPE, b"1"))
    with pytest.raises(DumpTruncated):
        read(write(tmp_path / "x.tar", data))
