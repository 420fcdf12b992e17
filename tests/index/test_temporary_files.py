"""Test that a temporary folder without room is called that, with the way out."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import tempfile
from random import Random
from typing import TYPE_CHECKING

import pytest

from index.build.dump_reader import Task, read_dump
from index.store.generations import read_current_name
from index.temporary_files import (
    TemporaryFolderUnusable,
    check_temporary_tables,
    link_temporarily,
    open_temporary_file,
    open_temporary_folder,
)
from tests.support.packed import tar, write, zip_files
from tests.support.paths import ROOT

if TYPE_CHECKING:
    from pathlib import Path

NOISE = Random(1).randbytes(6 << 20)
LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), resource.RLIM_INFINITY))
from web.cli import main
main(sys.argv[2:])
"""


@pytest.fixture
def no_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """Make temporary files fail, as where the folder was removed, and return its name."""
    folder = str(tmp_path / "gone")
    monkeypatch.setattr(tempfile, "tempdir", folder)
    return folder


def test_files_and_folders_are_removed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """They are where TMPDIR says, and gone after the block."""
    monkeypatch.setattr(tempfile, "tempdir", None)
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    with open_temporary_file() as file, open_temporary_folder("x-") as folder:
        assert file.write(b"1") == 1
        assert folder.parent == tmp_path
    assert not folder.exists()
    links = link_temporarily([ROOT / "README.md"], "x-")
    assert (links / "README.md").read_bytes() == (ROOT / "README.md").read_bytes()
    assert list(tmp_path.iterdir()) == [links]


def test_a_missing_folder_is_named(no_folder: str) -> None:
    """Every way of making something there raises one error, which names the folder."""
    expected = f"Cannot write temporary files in '{no_folder}' \\(no such file or directory\\). "
    for made in (open_temporary_file(), open_temporary_folder("x-")):
        with pytest.raises(TemporaryFolderUnusable, match=expected), made:
            pytest.fail("it was made")
    with pytest.raises(TemporaryFolderUnusable, match="TMPDIR"):
        link_temporarily([], "x-")


def test_no_usable_folder_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    """If the system has no folder for temporary files, the one that TMPDIR names is to blame."""

    def find_none() -> str:
        raise FileNotFoundError(2, "No usable temporary directory found")

    monkeypatch.setattr(tempfile, "gettempdir", find_none)
    monkeypatch.setattr(tempfile, "tempdir", "/no/such/folder")
    monkeypatch.setenv("TMPDIR", "/named")
    with pytest.raises(TemporaryFolderUnusable, match="'/named'"), open_temporary_file():
        pytest.fail("it was made")


def test_a_nested_archive_needs_the_folder(no_folder: str, tmp_path: Path) -> None:
    """A zip archive in a tar archive is copied there; also if another process reads the dump."""
    path = write(tmp_path / "x.tar", tar({"in.zip": zip_files({"noise": NOISE})}))
    with pytest.raises(TemporaryFolderUnusable, match=no_folder):
        list(read_dump(Task(os.fsencode(path)), in_process=False))


@pytest.mark.skipif(sys.platform != "linux", reason="limits the size of files")
def test_a_full_folder_is_called_that(tmp_path: Path) -> None:
    """A build whose zip archive does not fit fails in one line, and the index stays.

    Another process reads the large dump, and reports the error.
    """
    index = tmp_path / "ix"
    lines = b'{"id": "a", "title": "On Space"}\n'
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PAPERS_INDEX": str(index)}
    small = write(tmp_path / "small.jsonl", lines)
    large = write(tmp_path / "x.tar", tar({"in.zip": zip_files({"noise": NOISE, "a": lines})}))
    for path, expected in ((small, 0), (large, 1)):
        done = subprocess.run(
            [sys.executable, "-c", LIMITED, str(4 << 20), "build", "--quiet", str(path)],
            cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == expected, done.stderr
    assert done.stderr == (
        f"papers: Cannot write temporary files in '{tmp_path}' (file too large). Free space "
        "there, or name another folder with the environment variable TMPDIR.\n"
    )
    assert read_current_name(index)
    assert len([*(index / "generations").iterdir()]) == 1


def test_only_full_folders_are_the_fault_of_the_folder() -> None:
    """SQLite reports damage and a full folder by one class of error."""
    base = sqlite3.connect(":memory:")
    base.execute("CREATE TABLE t (x)")
    base.execute("PRAGMA max_page_count = 2")
    with pytest.raises(sqlite3.OperationalError) as full:
        base.execute("INSERT INTO t VALUES (zeroblob(99999))")
    with pytest.raises(TemporaryFolderUnusable, match="database or disk is full"):
        check_temporary_tables(full.value)
    with pytest.raises(sqlite3.OperationalError) as other:
        base.execute("SELECT nothing FROM t")
    check_temporary_tables(other.value)
    base.close()


def test_no_other_module_makes_temporary_files() -> None:
    """Every user of temporary files reports a full folder in the same way."""
    paths = [path for name in ("index", "search", "web") for path in (ROOT / name).rglob("*.py")]
    users = {path.name for path in paths if "tempfile" in path.read_text("utf-8")}
    assert users == {"temporary_files.py"}
