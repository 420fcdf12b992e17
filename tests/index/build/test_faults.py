"""Answers: is every fault told in one line, with the old index still answering?"""

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
    """The real command over one index."""

    def __init__(self, index: Path) -> None:
        self.index = index

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run a command to its end."""
        command = [sys.executable, "-m", "web.cli", *arguments, "--index", str(self.index)]
        return subprocess.run(
            command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=PATIENCE_S
        )

    def works(self, *arguments: str) -> str:
        """Run a command that has to succeed and give what it prints."""
        done = self.run(*arguments)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    def answer(self) -> list[str]:
        """Give the lines of a search, without the time it took."""
        first, *rest = self.works("search", "common").splitlines()
        return [first.partition("  (")[0], *rest]

    def fails(self, *arguments: str) -> str:
        """Run a command that has to fail in one line, and give the line."""
        done = self.run(*arguments)
        assert done.returncode == 1, done.stdout + done.stderr
        assert done.stdout == ""
        assert done.stderr.startswith("papers: ")
        assert done.stderr.count("\n") == 1
        assert "Traceback" not in done.stderr
        return done.stderr


def dump(path: Path, count: int = 50) -> str:
    """Write so many papers."""
    records = ({"id": f"p{n}", "title": f"Common paper word{n * 7919 % 999983}",
                "abstract": " ".join(f"w{n * m % 99991}" for m in range(60))}
               for n in range(count))  # fmt: skip
    path.write_bytes(b"\n".join(msgspec.json.encode(record) for record in records))
    return str(path)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give an index that is only copied."""
    folder = tmp_path_factory.mktemp("built")
    Papers(folder / "index").works("build", dump(folder / "d.jsonl"))
    return folder / "index"


@pytest.fixture
def papers(built: Path, tmp_path: Path) -> Papers:
    """Give the command over an index of its own."""
    return Papers(Path(shutil.copytree(built, tmp_path / "index")))


def _cut_zst(path: Path) -> None:
    whole = zstandard.compress(Path(dump(path, 2000)).read_bytes())
    path.write_bytes(whole[: len(whole) * 2 // 3])


def _cut_tar(path: Path) -> None:
    inside = path.with_name("inside.jsonl")
    dump(inside, 500)
    with tarfile.open(path, "w:gz") as archive:
        archive.add(inside, "inside.jsonl")
    path.write_bytes(path.read_bytes()[:-2000])


def _rubbish(path: Path) -> None:
    path.write_bytes(b'{"id": "a", "title": "A"}\n' + b"{broken\n" * 500)


def _write(content: bytes) -> Callable[[Path], None]:
    def write(path: Path) -> None:
        path.write_bytes(content)

    return write


DUMPS: list[tuple[str, Callable[[Path], None], str]] = [
    ("missing", lambda _: None, "No such file or folder: '{}'. Check the path"),
    ("empty", Path.touch, "'{}' contains no records. Download the dump again"),
    ("empty folder", Path.mkdir, "'{}' contains no records. Download the dump again"),
    ("blank lines", _write(b" \n\n"), "'{}' contains no records. Download the dump again"),
    ("empty array", _write(b"[ ]\n"), "'{}' contains no records. Download the dump again"),
    ("cut zst", _cut_zst, "'{}' is damaged or incomplete"),
    ("cut tar", _cut_tar, "'{}' is damaged or incomplete"),
    ("text", _write(b"Dear reader,\n"), "'{}' is not in a supported format"),
    ("binary", _write(bytes(range(256)) * 9), "'{}' is not in a supported format"),
    ("rubbish", _rubbish, "500 of 501 records were rejected; the limit is 5%"),
    ("device", lambda path: path.symlink_to("/proc/self/mem"), "'{}' cannot be read"),
]


@pytest.mark.parametrize("command", ["build", "add"])
@pytest.mark.parametrize(("make", "said"), [pytest.param(m, s, id=n) for n, m, s in DUMPS])
def test_a_dump_that_cannot_be_used(
    papers: Papers, tmp_path: Path, make: Callable[[Path], None], said: str, command: str
) -> None:
    """A wrong path, a wrong file, a cut file: one line, and the index is as it was."""
    before = papers.answer(), read_current_name(papers.index)
    path = tmp_path / "new.jsonl"
    make(path)
    assert said.format(path) in papers.fails(command, str(path))
    assert (papers.answer(), read_current_name(papers.index)) == before
    assert len(list((papers.index / GENERATIONS).iterdir())) == 1


@pytest.mark.parametrize("command", ["search x", "show p1", "status", "verify", "rollback"])
def test_no_index(tmp_path: Path, command: str) -> None:
    """A command on a folder without an index says so, and makes no folder."""
    missing = Papers(tmp_path / "nowhere")
    said = missing.fails(*command.split())
    assert f"No index in '{tmp_path / 'nowhere'}'. Run `papers build DUMP`" in said
    assert not (tmp_path / "nowhere").exists()
    (tmp_path / "nowhere").mkdir()
    assert missing.fails(*command.split()) == said
    assert not list((tmp_path / "nowhere").iterdir())


def test_an_index_below_a_file(tmp_path: Path) -> None:
    """Where no folder can be made the build says what to mend."""
    (tmp_path / "file").touch()
    said = Papers(tmp_path / "file" / "index").fails("build", dump(tmp_path / "d.jsonl"))
    assert "Cannot write to the index" in said
    assert "(Not a directory)" in said


def test_a_file_where_generations_belong(tmp_path: Path) -> None:
    """The same, where the folder is there and the next one cannot be made."""
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / GENERATIONS).touch()
    said = Papers(tmp_path / "index").fails("build", dump(tmp_path / "d.jsonl"))
    assert "Cannot write to the index" in said


def _segment(index: Path) -> Path:
    return max(
        (find_current_folder(index) / "engine").glob("*.store"), key=lambda p: p.stat().st_size
    )


def _truncate(index: Path) -> None:
    path = _segment(index)
    path.write_bytes(path.read_bytes()[:-10])


def _delete(index: Path) -> None:
    (find_current_folder(index) / "engine" / "meta.json").unlink()


def _no_manifest(index: Path) -> None:
    (find_current_folder(index) / MANIFEST).unlink()


def _rubbish_manifest(index: Path) -> None:
    (find_current_folder(index) / MANIFEST).write_bytes(b"{}")


def _rubbish_current(index: Path) -> None:
    (index / CURRENT).write_bytes(b"../../etc\0")


CORRUPT = [_truncate, _delete, _no_manifest, _rubbish_manifest, _rubbish_current]


@pytest.mark.parametrize("damage", CORRUPT)
def test_a_damaged_generation(
    papers: Papers, tmp_path: Path, damage: Callable[[Path], None]
) -> None:
    """Every command says what is damaged; going back, or building, mends it."""
    good = papers.answer()
    papers.works("build", dump(tmp_path / "d.jsonl"))
    damage(papers.index)
    for command in ("search common", "status", "verify"):
        said = papers.fails(*command.split())
        assert "is damaged" in said
        assert "Run `papers rollback`" in said
    papers.works("rollback")
    assert papers.answer() == good
    assert "is whole" in papers.works("verify")


def test_flipped_bytes(papers: Papers, tmp_path: Path) -> None:
    """A byte that changed on the disk is found by reading all, and building anew mends it."""
    path = _segment(papers.index)
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)
    assert f"{path.name} is not as it was written" in papers.fails("verify")
    assert "no older whole generation" in papers.fails("rollback")
    papers.works("build", dump(tmp_path / "d.jsonl"))
    assert "is whole" in papers.works("verify")


def test_a_second_builder(papers: Papers, tmp_path: Path) -> None:
    """While another process builds, a second one says who; the index goes on answering."""
    path = dump(tmp_path / "d.jsonl")
    with hold_lock(papers.index):
        said = papers.fails("build", path)
        assert f"is being built by process {os.getpid()} on" in said
        assert "is being built by" in papers.fails("rollback")
        assert papers.answer()[0] == "1-10 of 50 papers"
    papers.works("build", path)


@pytest.fixture
def small_disk(tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Path]:
    """Give a file system of the size that the test asks for."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if os.geteuid() or not _mounted("-o", f"size={request.param}", "tmpfs", str(folder)):
        pytest.skip("only root can mount a small file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def _mounted(*arguments: str) -> bool:
    """Mount and tell whether that was possible."""
    command = [shutil.which("mount") or "/bin/mount", "-t", "tmpfs", *arguments]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


@pytest.mark.parametrize("command", ["build", "add"])
@pytest.mark.parametrize("small_disk", ["700k", "1m", "2m"], indirect=True)
def test_a_full_disk(small_disk: Path, tmp_path: Path, command: str) -> None:
    """A disk that fills up is told in one line; nothing half-built stays on it."""
    papers = Papers(small_disk / "index")
    papers.works("build", dump(tmp_path / "small.jsonl", 20))
    before = papers.answer()
    said = papers.fails(command, dump(tmp_path / "large.jsonl", 6000))
    assert "Cannot write to the index" in said
    assert "free some space" in said
    assert papers.answer() == before
    assert "is whole" in papers.works("verify")
    assert len(list((papers.index / GENERATIONS).iterdir())) == 1
    papers.works("add", dump(tmp_path / "other.jsonl", 22))
    papers.works("build", dump(tmp_path / "small.jsonl", 20), "--keep", "1")


def _made_read_only(disk: Path) -> bool:
    gc.collect()
    time.sleep(0.1)
    return _mounted("-o", "remount,ro", "tmpfs", str(disk))


@pytest.mark.parametrize("small_disk", ["20m"], indirect=True)
def test_a_read_only_disk(small_disk: Path, tmp_path: Path) -> None:
    """An index on a disk that nobody can write is still read; a build says what is wrong."""
    papers = Papers(small_disk / "index")
    path = dump(tmp_path / "d.jsonl")
    papers.works("build", path)
    papers.works("build", path)
    before = papers.answer()
    # The engine's threads may hold a file for a moment longer than the build.
    assert any(_made_read_only(small_disk) for _ in range(50))
    for command in (["build", path], ["add", path], ["rollback"]):
        assert "(Read-only file system)" in papers.fails(*command)
    assert papers.answer() == before
    assert "is whole" in papers.works("verify")
    assert papers.works("status")
