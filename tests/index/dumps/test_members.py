"""Test that members are read whatever they are called, and that what is left out is counted."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dumps.members import LONGEST_NAME, Omission, clean_name, find_omission
from index.dumps.streams import open_dump
from tests.support.packed import tar, write, zip_files

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PATHS = ["../x", "/x", "a/../../x", "//x", "C:\\x", ".\\x", "..\\x", "\\\\host\\x", "x\ny",
         "\x1b[2J", "x" * 10_000, "con", "a//b", "x:y", "*", "-", "~/x", "…", "..."]  # fmt: skip


@pytest.mark.parametrize("name", PATHS)
@pytest.mark.parametrize("pack", [tar, zip_files])
@pytest.mark.parametrize("nested", [False, True])
def test_a_member_of_any_name_is_read(
    tmp_path: Path, name: str, pack: Callable[[dict[str, bytes]], bytes], *, nested: bool
) -> None:
    """A name that points elsewhere, or is none of this system, is the name of a member."""
    data = pack({name: b"content", "z": b"2"})
    path = write(tmp_path / "in/dump", pack({name: data}) if nested else data)
    found = {stream.name: stream.file.read() for stream in open_dump(str(path))}
    inner = next(iter(found))
    assert [*found.values()] == [b"content", b"2"]
    assert clean_name(name) in inner
    assert [each.name for each in tmp_path.rglob("*")] == ["in", "dump"]


@pytest.mark.parametrize(
    ("name", "omission"),
    [
        ("../.git/x", Omission.HIDDEN),
        ("a\\.x", Omission.HIDDEN),
        ("__MACOSX/._x", Omission.HIDDEN),
        ("..\\README.txt", Omission.ACCOMPANYING),
        ("LICENSE", Omission.ACCOMPANYING),
        ("x.md5", Omission.ACCOMPANYING),
        ("a.x/..", None),
        ("", None),
    ],
)
def test_names_that_are_left_out(name: str, omission: Omission | None) -> None:
    """Only a part that begins with a point and is no step upwards is hidden."""
    assert find_omission(name) is omission


@given(st.text(st.characters() | st.sampled_from("./\\\0")))
def test_cleaned_names_are_bounded(name: str) -> None:
    """A name is never empty or too long, has UTF-8 and no null character, and stays cleaned."""
    found = clean_name(name)
    assert 0 < len(found) <= LONGEST_NAME
    assert "\0" not in found.encode().decode()
    assert clean_name(found) == found
    assert not found.startswith("/")


def test_long_names_keep_both_ends() -> None:
    """The middle of a name is cut, so that its suffix still shows."""
    name = clean_name(f"start/{'x' * 10_000}.jsonl")
    assert len(name) == LONGEST_NAME
    assert name.startswith("start/")
    assert name.endswith("x.jsonl")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_folder_counts_what_it_leaves_out(tmp_path: Path) -> None:
    """Hidden files, companions, links to folders, and devices are counted and never opened."""
    folder = tmp_path / "d"
    for name in ("a.jsonl", ".hidden", ".git/a", ".git/b", "x/README", "x/a.md5"):
        write(folder / name, b"1")
    (folder / "loop").symlink_to(folder)
    (folder / "endless").symlink_to("/dev/zero")
    os.mkfifo(folder / "pipe")
    counted = Counter[str]()
    assert [stream.name for stream in open_dump(str(folder), left_out=counted)] == ["a.jsonl"]
    assert counted == {"hidden": 2, "README or the like": 2, "link": 1, "device or pipe": 2}
