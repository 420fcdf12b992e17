"""Check that exactly one intact generation is in use, whatever happens to the files."""

import os
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import msgspec
import pytest

from index.errors import (
    CurrentUnusable,
    GenerationCorrupt,
    IndexLocked,
    IndexMissing,
    IndexUnwritable,
)
from index.store.generations import (
    BUILDING,
    CURRENT,
    GENERATIONS,
    MOST_SWITCHES,
    find_current_folder,
    make_generation,
    open_current,
    read_current_name,
    seal_folder,
)
from index.store.history import (
    list_generations,
    prune_generations,
    roll_back,
)
from index.store.lock import LOCK, hold_lock
from tests.support.made_generations import publish


def test_the_last_published_serves(tmp_path: Path) -> None:
    """A published generation is in use, complete, and has its final name."""
    with pytest.raises(IndexMissing):
        find_current_folder(tmp_path)
    for name in ("g1", "g2"):
        assert publish(tmp_path, name) == find_current_folder(tmp_path)
        assert read_current_name(tmp_path) == name
    assert list_generations(tmp_path) == ["g1", "g2"]
    assert not list(tmp_path.rglob("*" + BUILDING))
    assert not (tmp_path / f"{CURRENT}.new").exists()


class Stopped(Exception):
    """Stands for any failure of a build."""


def test_a_build_that_stops_leaves_nothing(tmp_path: Path) -> None:
    """A failure in the block removes the folder and leaves the old generation in use."""
    publish(tmp_path, "g1")

    def stop() -> None:
        with make_generation(tmp_path, "g2") as folder:
            (folder / "half").write_bytes(b"x")
            assert list_generations(tmp_path) == ["g1"]
            raise Stopped

    with pytest.raises(Stopped):
        stop()
    assert [path.name for path in (tmp_path / GENERATIONS).iterdir()] == ["g1"]
    assert read_current_name(tmp_path) == "g1"


def test_readers_see_one_or_the_other(tmp_path: Path) -> None:
    """The name is replaced by a rename: a file that a reader has open keeps the old name."""
    publish(tmp_path, "g1")
    with (tmp_path / CURRENT).open(encoding="utf-8") as reader:
        before = os.stat(tmp_path / CURRENT).st_ino  # noqa: PTH116 - beside the open file
        publish(tmp_path, "g2")
        assert reader.read() == "g1\n"
    assert (tmp_path / CURRENT).stat().st_ino != before
    assert read_current_name(tmp_path) == "g2"


RUBBISH = [b"", b"\n", b"../g1", b"..", b".", b"/etc", b"a/b", b"g1\0", b"g 1", b"x" * 300,
           b"g1\ng2", b"\xff\xfe\xff", b"g1\xff", b" " * 10_000_000]  # fmt: skip


@pytest.mark.parametrize("content", RUBBISH)
def test_an_invalid_name(tmp_path: Path, content: bytes) -> None:
    """Content that is not a name is never used as a path, and a rollback repairs it."""
    publish(tmp_path, "g1")
    (tmp_path / CURRENT).write_bytes(content)
    with pytest.raises(CurrentUnusable, match=r"does not name a generation.*papers rollback"):
        find_current_folder(tmp_path)
    assert roll_back(tmp_path).name == "g1"
    assert read_current_name(tmp_path) == "g1"


def test_a_missing_generation(tmp_path: Path) -> None:
    """A missing generation is reported, and a rollback returns to the newest existing one."""
    publish(tmp_path, "g1")
    publish(tmp_path, "g2")
    (tmp_path / CURRENT).write_text("g0\n", "utf-8")
    with pytest.raises(GenerationCorrupt, match="papers rollback"):
        find_current_folder(tmp_path)
    assert roll_back(tmp_path).name == "g2"


def _make_folder(current: Path) -> None:
    current.mkdir()
    (current / "kept").touch()


REPLACEMENTS: list[tuple[Callable[[Path], None], str]] = [
    (lambda _: None, "No such file or directory"),
    (_make_folder, "Is a directory"),
    (os.mkfifo, "does not name a generation"),
    (lambda current: current.symlink_to("/dev/zero"), "does not name a generation"),
    (lambda current: current.symlink_to("/proc/self/mem"), "cannot be read"),
    (lambda current: current.symlink_to(CURRENT), "cannot be read"),
]


@pytest.mark.parametrize(("replace", "said"), REPLACEMENTS)
def test_no_file_names_the_generation(
    tmp_path: Path, replace: Callable[[Path], None], said: str
) -> None:
    """Whatever is in the place of the file, the error names the way out, which repairs it."""
    publish(tmp_path, "g1")
    (tmp_path / CURRENT).unlink()
    replace(tmp_path / CURRENT)
    with pytest.raises(CurrentUnusable, match=f"{said}.*papers rollback"):
        find_current_folder(tmp_path)
    assert roll_back(tmp_path).name == "g1"
    assert find_current_folder(tmp_path).name == "g1"


def test_without_generations_there_is_no_index(tmp_path: Path) -> None:
    """A file that names nothing is no index if no generation is there."""
    (tmp_path / CURRENT).write_bytes(b"\xff\xfe\xff")
    with pytest.raises(IndexMissing):
        find_current_folder(tmp_path)
    with pytest.raises(IndexMissing):
        roll_back(tmp_path)


def test_a_reader_follows_a_sweep(tmp_path: Path) -> None:
    """If the generation is removed while a reader opens it, the reader opens the new one."""
    publish(tmp_path, "g1")
    opened = []

    def open_folder(folder: Path) -> str:
        opened.append(folder.name)
        if len(opened) < 3:
            publish(tmp_path, f"g{len(opened) + 1}")
            prune_generations(tmp_path, 1)
        return (folder / "engine" / "segment").read_text("utf-8")

    assert open_current(tmp_path, open_folder) == "content"
    assert opened == ["g1", "g2", "g3"]


def test_a_reader_gives_up(tmp_path: Path) -> None:
    """A failure is raised if no other generation is in use, or too many follow each other."""
    publish(tmp_path, "g0")
    opened = []

    def fail(folder: Path) -> None:
        opened.append(folder.name)
        raise FileNotFoundError

    def fail_and_publish(folder: Path) -> None:
        publish(tmp_path, f"g{len(opened) + 1}")
        fail(folder)

    with pytest.raises(FileNotFoundError):
        open_current(tmp_path, fail)
    assert opened == ["g0"]
    with pytest.raises(GenerationCorrupt, match="replaced faster"):
        open_current(tmp_path, fail_and_publish)
    assert len(opened) == 1 + MOST_SWITCHES


def test_readers_open_while_generations_are_swept(tmp_path: Path) -> None:
    """Threads that open the index while each generation replaces the last always find one."""
    publish(tmp_path, "g0000")
    done, opened = Event(), Counter[str]()

    def read() -> None:
        while not done.is_set():
            content = open_current(tmp_path, lambda at: (at / "engine" / "segment").read_bytes())
            opened[content.decode()] += 1

    with ThreadPoolExecutor(3) as pool:
        readers = [pool.submit(read) for _ in range(3)]
        for number in range(1, 40):
            name = f"g{number:04}"
            publish(tmp_path, name, name.encode())
            prune_generations(tmp_path, 1)
        done.set()
        for reader in readers:
            reader.result()
    assert len(opened) > 1


def test_every_file_is_sealed(tmp_path: Path) -> None:
    """The manifest lists every other file of the folder by its path, hidden ones included."""
    (tmp_path / "a" / "b").mkdir(parents=True)
    for name in ("z", "a/b/c", ".hidden"):
        (tmp_path / name).write_bytes(name.encode())
    files = seal_folder(tmp_path)
    assert [(file.name, file.size) for file in files] == [(".hidden", 7), ("a/b/c", 5), ("z", 1)]
    assert msgspec.json.decode(msgspec.json.encode(files), type=type(files)) is not None


@pytest.mark.parametrize("mode", [0o755, 0o750, 0o700])
def test_who_may_read_the_folder_may_read_its_files(tmp_path: Path, mode: int) -> None:
    """Files that an engine made private get the read permissions of the folder."""
    folder = tmp_path / "g"
    folder.mkdir(mode)
    folder.chmod(mode)
    (folder / "private").touch(0o600)
    (folder / "public").touch(0o644)
    seal_folder(folder)
    assert {path.stat().st_mode & 0o777 for path in folder.iterdir()} == {mode & 0o666}


def test_a_path_that_no_folder_can_have_holds_no_index(tmp_path: Path) -> None:
    """The system refuses to look for a name that is too long, and for a loop of links."""
    (tmp_path / "loop").symlink_to("loop")
    for name in ("x" * 300, "loop"):
        with pytest.raises(IndexMissing):
            read_current_name(tmp_path / name)


def test_a_switch_that_cannot_be_written(tmp_path: Path) -> None:
    """If the name cannot be written, the old generation stays in use and an error is raised."""
    publish(tmp_path, "g1")
    publish(tmp_path, "g2")
    (tmp_path / f"{CURRENT}.new").mkdir()
    (tmp_path / f"{CURRENT}.new.folder" / "in the way").mkdir(parents=True)
    with pytest.raises(IndexUnwritable, match="the index in use was not changed"):
        roll_back(tmp_path)
    assert read_current_name(tmp_path) == "g2"


@pytest.mark.parametrize("kind", ["folder", "link", "loop", "pipe", "file"])
def test_what_has_the_name_of_the_new_file_is_replaced(tmp_path: Path, kind: str) -> None:
    """A switch writes a file of its own, and nothing through a link."""
    publish(tmp_path, "g1")
    publish(tmp_path, "g2")
    outside, new = tmp_path / "outside", tmp_path / f"{CURRENT}.new"
    outside.write_text("mine", encoding="utf-8")
    make: dict[str, Callable[[], object]] = {
        "folder": new.mkdir,
        "link": lambda: new.symlink_to(outside),
        "loop": lambda: new.symlink_to(new),
        "pipe": lambda: os.mkfifo(new),
        "file": lambda: new.write_bytes(b"left by a killed build"),
    }
    make[kind]()
    assert roll_back(tmp_path).name == read_current_name(tmp_path) == "g1"
    assert outside.read_text("utf-8") == "mine"


def test_one_builder_at_a_time(tmp_path: Path) -> None:
    """A second builder learns who holds the lock; it is free once the first has ended."""
    directory = tmp_path / "new" / "index"
    with hold_lock(directory):
        assert f"process {os.getpid()}" in (directory / LOCK).read_text("utf-8")
        with pytest.raises(IndexLocked, match=f"process {os.getpid()} on"), hold_lock(directory):
            pytest.fail("two builders")
    with hold_lock(directory):
        pass


def test_a_lock_file_alone_locks_nothing(tmp_path: Path) -> None:
    """The text that a killed builder left in the lock file locks nothing."""
    (tmp_path / LOCK).write_text("process 1 on a since then " * 100, "utf-8")
    with hold_lock(tmp_path):
        assert (tmp_path / LOCK).read_text("utf-8").startswith(f"process {os.getpid()}")
        assert len((tmp_path / LOCK).read_text("utf-8")) < 200


def test_no_index_below_a_file(tmp_path: Path) -> None:
    """If the index folder cannot be created, an error is raised and nothing else happens."""
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(IndexUnwritable, match="Not a directory"), hold_lock(tmp_path / "file/x"):
        pytest.fail("a lock in a file")
