"""Check that every fault is reported in one line while the old index keeps answering."""

import gc
import os
import shutil
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec
import pytest
import zstandard

from index.store.generations import CURRENT, GENERATIONS, find_current_folder, read_current_name
from index.store.lock import hold_lock
from index.store.manifest import MANIFEST
from tests.support.paths import ROOT

PATIENCE_S = 60


class Papers:
    """Runs the real command over one index."""

    def __init__(self, index: Path) -> None:
        self.index = index

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run a command to its end."""
        command = [sys.executable, "-m", "web.cli", *arguments, "--index", str(self.index)]
        return subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE_S
        )

    def run_well(self, *arguments: str) -> str:
        """Run a command that has to succeed, and return what it prints."""
        done = self.run(*arguments)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    def answer(self) -> list[str]:
        """Return the lines that a search prints, without the time it took."""
        first, *rest = self.run_well("search", "common").splitlines()
        return [first.partition("  (")[0], *rest]

    def run_badly(self, *arguments: str) -> str:
        """Run a command that has to fail with one line, and return the line."""
        done = self.run(*arguments)
        assert done.returncode == 1, done.stdout + done.stderr
        assert done.stdout == ""
        assert done.stderr.startswith("papers: ")
        assert done.stderr.count("\n") == 1
        assert "Traceback" not in done.stderr
        return done.stderr


def write_dump(path: Path, count: int = 50) -> str:
    """Write a number of papers and return the path."""
    records = ({"id": f"p{n}", "title": f"Common paper word{n * 7919 % 999983}",
                "abstract": " ".join(f"w{n * m % 99991}" for m in range(60))}
               for n in range(count))  # fmt: skip
    path.write_bytes(b"\n".join(msgspec.json.encode(record) for record in records))
    return str(path)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return an index; tests only copy it."""
    folder = tmp_path_factory.mktemp("built")
    Papers(folder / "index").run_well("build", write_dump(folder / "d.jsonl"))
    return folder / "index"


@pytest.fixture
def papers(built: Path, tmp_path: Path) -> Papers:
    """Return the command over an index of the test's own."""
    return Papers(Path(shutil.copytree(built, tmp_path / "index")))


def _write_truncated_zst(path: Path) -> None:
    whole = zstandard.compress(Path(write_dump(path, 2000)).read_bytes())
    path.write_bytes(whole[: len(whole) * 2 // 3])


def _write_truncated_tar(path: Path) -> None:
    inside = path.with_name("inside.jsonl")
    write_dump(inside, 500)
    with tarfile.open(path, "w:gz") as archive:
        archive.add(inside, "inside.jsonl")
    path.write_bytes(path.read_bytes()[:-2000])


def _write_rubbish(path: Path) -> None:
    path.write_bytes(b'{"id": "a", "title": "A"}\n' + b"{broken\n" * 500)


def _make_writer(content: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(content)

    return write


DUMPS: list[tuple[str, Callable[[Path], None], str]] = [
    ("missing", lambda _: None, "No such file or folder: '{}'. Check the path"),
    ("empty", Path.touch, "'{}' contains no records. Download the dump again"),
    ("empty folder", Path.mkdir, "'{}' contains no records. Download the dump again"),
    ("blank lines", _make_writer(b" \n\n"), "'{}' contains no records. Download the dump again"),
    ("empty array", _make_writer(b"[ ]\n"), "'{}' contains no records. Download the dump again"),
    ("cut zst", _write_truncated_zst, "'{}' is damaged or incomplete"),
    ("cut tar", _write_truncated_tar, "'{}' is damaged or incomplete"),
    ("text", _make_writer(b"Dear reader,\n"), "'{}' is not in a supported format"),
    ("binary", _make_writer(bytes(range(256)) * 9), "'{}' is not in a supported format"),
    ("rubbish", _write_rubbish, "500 of 501 records were rejected; the limit is 5%"),
    ("device", lambda path: path.symlink_to("/proc/self/mem"), "Cannot read '{}'"),
]


@pytest.mark.parametrize("command", ["build", "add"])
@pytest.mark.parametrize(("make", "message"), [pytest.param(m, s, id=n) for n, m, s in DUMPS])
def test_a_dump_that_cannot_be_used(
    papers: Papers, tmp_path: Path, make: Callable[[Path], None], message: str, command: str
) -> None:
    """A wrong path or a bad file is reported in one line, and the index is unchanged."""
    before = papers.answer(), read_current_name(papers.index)
    path = tmp_path / "new.jsonl"
    make(path)
    assert message.format(path) in papers.run_badly(command, str(path))
    assert (papers.answer(), read_current_name(papers.index)) == before
    assert len(list((papers.index / GENERATIONS).iterdir())) == 1


@pytest.mark.parametrize("command", ["search x", "show p1", "status", "verify", "rollback"])
def test_no_index(tmp_path: Path, command: str) -> None:
    """A command on a folder without an index says so, and creates no folder."""
    missing = Papers(tmp_path / "nowhere")
    line = missing.run_badly(*command.split())
    assert f"No index in '{tmp_path / 'nowhere'}'. Run `papers build DUMP`" in line
    assert not (tmp_path / "nowhere").exists()
    (tmp_path / "nowhere").mkdir()
    assert missing.run_badly(*command.split()) == line
    assert not list((tmp_path / "nowhere").iterdir())


def test_an_index_below_a_file(tmp_path: Path) -> None:
    """If no folder can be created, the error says what to fix."""
    (tmp_path / "file").touch()
    line = Papers(tmp_path / "file" / "index").run_badly("build", write_dump(tmp_path / "d.jsonl"))
    assert "Cannot write to the index" in line
    assert "(Not a directory)" in line


def test_a_file_where_generations_belong(tmp_path: Path) -> None:
    """If the folder of generations cannot be created, the error says what to fix."""
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / GENERATIONS).touch()
    line = Papers(tmp_path / "index").run_badly("build", write_dump(tmp_path / "d.jsonl"))
    assert "Cannot write to the index" in line


def _find_segment(index: Path) -> Path:
    return max(
        (find_current_folder(index) / "engine").glob("*.store"), key=lambda p: p.stat().st_size
    )


def _truncate(index: Path) -> None:
    path = _find_segment(index)
    path.write_bytes(path.read_bytes()[:-10])


def _delete_engine_file(index: Path) -> None:
    (find_current_folder(index) / "engine" / "meta.json").unlink()


def _delete_manifest(index: Path) -> None:
    (find_current_folder(index) / MANIFEST).unlink()


def _overwrite_manifest(index: Path) -> None:
    (find_current_folder(index) / MANIFEST).write_bytes(b"{}")


def _overwrite_current(index: Path) -> None:
    (index / CURRENT).write_bytes(b"../../etc\0")


CORRUPT = [
    _truncate,
    _delete_engine_file,
    _delete_manifest,
    _overwrite_manifest,
    _overwrite_current,
]


@pytest.mark.parametrize("damage", CORRUPT)
def test_a_damaged_generation(
    papers: Papers, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    """Every command says what is damaged; a rollback or a build repairs the index."""
    good = papers.answer()
    papers.run_well("build", write_dump(tmp_path / "d.jsonl"))
    damage(papers.index)
    for command in ("search common", "status", "verify"):
        line = papers.run_badly(*command.split())
        assert "is damaged" in line or "has no generation in use" in line
        assert "Run `papers rollback`" in line
    papers.run_well("rollback")
    assert papers.answer() == good
    assert "is intact" in papers.run_well("verify")


def test_flipped_bytes(papers: Papers, tmp_path: Path) -> None:
    """`verify` finds a byte that changed on the disk, and a new build repairs the index."""
    path = _find_segment(papers.index)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    assert f"{path.name} has changed since it was written" in papers.run_badly("verify")
    assert "no older intact generation" in papers.run_badly("rollback")
    papers.run_well("build", write_dump(tmp_path / "d.jsonl"))
    assert "is intact" in papers.run_well("verify")


def test_a_second_builder(papers: Papers, tmp_path: Path) -> None:
    """While one process builds, a second one names it and fails; the index keeps answering."""
    path = write_dump(tmp_path / "d.jsonl")
    with hold_lock(papers.index):
        line = papers.run_badly("build", path)
        assert f"is being changed by process {os.getpid()} on" in line
        assert "is being changed by" in papers.run_badly("rollback")
        assert papers.answer()[0] == "1-10 of 50 papers"
    papers.run_well("build", path)


@pytest.fixture
def small_disk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """Return a file system of the size that the test asks for."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() or not _mount("-o", f"size={request.param}", "tmpfs", str(folder)):
        pytest.skip("only root can mount a small file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def _mount(*arguments: str) -> bool:
    """Mount a file system; return whether that was possible."""
    command = [shutil.which("mount") or "/bin/mount", "-t", "tmpfs", *arguments]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


@pytest.mark.parametrize("command", ["build", "add"])
@pytest.mark.parametrize("small_disk", ["700k", "1m", "2m"], indirect=True)
def test_a_full_disk(small_disk: Path, tmp_path: Path, command: str) -> None:
    """A full disk is reported in one line, and nothing unfinished stays on it."""
    papers = Papers(small_disk / "index")
    papers.run_well("build", write_dump(tmp_path / "small.jsonl", 20))
    before = papers.answer()
    line = papers.run_badly(command, write_dump(tmp_path / "large.jsonl", 6000))
    assert "Cannot write to the index" in line
    assert "Free disk space" in line
    assert papers.answer() == before
    assert "is intact" in papers.run_well("verify")
    assert len(list((papers.index / GENERATIONS).iterdir())) == 1
    papers.run_well("add", write_dump(tmp_path / "other.jsonl", 22))
    papers.run_well("build", write_dump(tmp_path / "small.jsonl", 20), "--keep", "1")


def _make_read_only(disk: Path) -> bool:
    gc.collect()
    time.sleep(0.1)
    return _mount("-o", "remount,ro", "tmpfs", str(disk))


@pytest.mark.parametrize("small_disk", ["20m"], indirect=True)
def test_a_read_only_disk(small_disk: Path, tmp_path: Path) -> None:
    """An index on a read-only disk is still read, and a build says what is wrong."""
    papers = Papers(small_disk / "index")
    path = write_dump(tmp_path / "d.jsonl")
    papers.run_well("build", path)
    papers.run_well("build", path)
    before = papers.answer()
    # The engine's threads may hold a file for a moment after the build.
    assert any(_make_read_only(small_disk) for _ in range(50))
    for command in (["build", path], ["add", path], ["rollback"]):
        assert "(Read-only file system)" in papers.run_badly(*command)
    assert papers.answer() == before
    assert "is intact" in papers.run_well("verify")
    assert papers.run_well("status")
