"""Test that the members of hostile zip archives are read, counted, or reported as damage."""

from __future__ import annotations

import io
import stat
import zipfile
from collections import Counter
from typing import TYPE_CHECKING

import pytest

from index.dumps.streams import open_dump
from index.errors import DumpEmpty, DumpTruncated, DumpUnknown
from tests.support.packed import read, write, zip_files

if TYPE_CHECKING:
    from pathlib import Path

LOCAL, CENTRAL = b"PK\x03\x04", b"PK\x01\x02"


def patch_last(data: bytes, local: int, central: int, value: bytes) -> bytes:
    """Overwrite a field of the last member in its header and in the directory.

    Args:
        data: The archive.
        local: Position of the field in the member's header.
        central: Position of the field in the member's entry of the directory.
        value: The bytes to put there.
    """
    patched = bytearray(data)
    for mark, offset in ((LOCAL, local), (CENTRAL, central)):
        start = patched.rindex(mark) + offset
        patched[start : start + len(value)] = value
    return bytes(patched)


TWO = zip_files({"a": b"1", "b": b"2"})


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (patch_last(TWO, 6, 8, b"\1"), "encrypted"),
        (patch_last(TWO, 6, 8, b"\x40"), "encrypted"),
        (patch_last(patch_last(TWO, 6, 8, b"\1"), 8, 10, b"\x63"), "encrypted"),
        (patch_last(TWO, 8, 10, b"\x09"), "unknown compression"),
        (patch_last(TWO, 8, 10, b"\xff"), "unknown compression"),
        (patch_last(TWO, 6, 8, b"\x20"), "unknown compression"),
    ],
)
def test_what_cannot_be_read_is_counted(tmp_path: Path, data: bytes, reason: str) -> None:
    """An encrypted member, or one of another method, is left out; the others are read."""
    counted = Counter[str]()
    streams = open_dump(str(write(tmp_path / "x.zip", data)), left_out=counted)
    assert [(one.name, one.file.read()) for one in streams] == [("a", b"1")]
    assert counted == {reason: 1}


def test_links_are_counted(tmp_path: Path) -> None:
    """A link holds a path, which is neither read as records nor followed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        link = zipfile.ZipInfo("x")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/passwd")
    with pytest.raises(DumpEmpty, match=r"\(link 1 left out\). Unpack or decrypt it"):
        read(write(tmp_path / "x.zip", out.getvalue()))


def test_two_members_of_one_name_are_both_read(tmp_path: Path) -> None:
    """The later one does not replace the earlier one: both hold records."""
    data = TWO.replace(b"b", b"a")
    streams = open_dump(str(write(tmp_path / "x.zip", data)))
    assert [(one.name, one.file.read()) for one in streams] == [("a", b"1"), ("a", b"2")]


@pytest.mark.parametrize(
    ("name", "shown"), [("", "unnamed"), ("a/", "a"), ("x\0y", "x"), ("/", "unnamed")]
)
def test_odd_names_are_read(tmp_path: Path, name: str, shown: str) -> None:
    """A member without a name, or one whose name is that of a folder, may hold records."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        member = zipfile.ZipInfo("y")
        member.filename = name
        archive.writestr(member, b"content")
    assert read(write(tmp_path / "x.zip", out.getvalue())) == {shown: b"content"}


@pytest.mark.parametrize(
    "data",
    [
        patch_last(TWO, 14, 16, b"\0\0\0\0"),  # the check sum
        patch_last(TWO, 30, 46, b"\xff").replace(b"\xff", b"c", 1),  # two names
        TWO[: TWO.rindex(LOCAL)] + bytes(8) + TWO[TWO.rindex(LOCAL) + 8 :],
    ],
)
def test_members_that_contradict_themselves_are_damage(tmp_path: Path, data: bytes) -> None:
    """What the directory says of a member has to be true."""
    with pytest.raises(DumpTruncated):
        read(write(tmp_path / "x.zip", data))


@pytest.mark.parametrize("size", [b"\0\0\0\0", b"\1\0\0\0"])
def test_a_size_that_is_too_small_is_damage(tmp_path: Path, size: bytes) -> None:
    """The directory cannot make the content shorter than it is."""
    data = patch_last(zip_files({"a": b"0123456789" * 99}), 22, 24, size)
    with pytest.raises(DumpTruncated):
        read(write(tmp_path / "x.zip", data))


def test_a_size_that_is_too_large_changes_nothing(tmp_path: Path) -> None:
    """The content ends where it ends."""
    whole = {"a": b"0123456789" * 99}
    data = patch_last(zip_files(whole), 22, 24, b"\xff\xff\xff\x7f")
    assert read(write(tmp_path / "x.zip", data)) == whole


def test_a_later_version_of_the_format_is_unknown(tmp_path: Path) -> None:
    """The library refuses the whole archive; fetching it again would not help."""
    with pytest.raises(DumpUnknown, match=r"zip file version .* Unpack it"):
        read(write(tmp_path / "x.zip", patch_last(TWO, 4, 6, b"\xff")))


@pytest.mark.parametrize("last", [TWO, zip_files({})])
def test_archives_that_follow_each_other_are_damage(tmp_path: Path, last: bytes) -> None:
    """The directory at the end lists the members of the last archive alone."""
    with pytest.raises(DumpTruncated, match="other bytes precede"):
        read(write(tmp_path / "x.zip", zip_files({"first": b"0"}) + last))


def test_the_mark_of_a_part_may_precede_an_archive(tmp_path: Path) -> None:
    """Some programs write it before an archive that has one part only."""
    assert read(write(tmp_path / "x.zip", b"PK\x07\x08" + TWO)) == {"a": b"1", "b": b"2"}
