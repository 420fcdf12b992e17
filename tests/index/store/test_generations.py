"""Check that exactly one intact generation is in use, whatever happens to the files."""

import os
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from index.errors import (
    GenerationCorrupt,
    GenerationMissing,
    IndexLocked,
    IndexMissing,
    IndexUnwritable,
)
from index.store.generations import (
    BUILDING,
    CURRENT,
    GENERATIONS,
    check_digests,
    check_sizes,
    find_current_folder,
    make_generation,
    publish_generation,
    read_current_name,
    seal_folder,
    switch_current,
)
from index.store.history import list_earlier, list_generations, prune_generations, roll_back
from index.store.lock import LOCK, hold_lock
from index.store.manifest import MANIFEST, Manifest, read_manifest, write_json


def publish(directory: Path, name: str, content: bytes = b"content", replaced: str = "") -> Path:
    """Publish a generation of two small files."""
    with make_generation(directory, name) as folder:
        (folder / "engine").mkdir()
        (folder / "engine" / "segment").write_bytes(content)
        (folder / "empty").write_bytes(b"")
        write_json(
            folder / MANIFEST,
            Manifest(
                name, "2024-01-02T03:04:05Z", 1, 1, 1, "x", "tantivy", "1", (),
                seal_folder(folder), "1",
                replaced=replaced,
            ),
        )  # fmt: skip
        return publish_generation(directory, folder)


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


@pytest.mark.parametrize(("keep", "kept"), [(1, "5"), (2, "45"), (3, "345"), (9, "12345")])
def test_the_newest_generations_are_kept(tmp_path: Path, keep: int, kept: str) -> None:
    """The newest generations are kept, the one in use included; folders of killed builds go."""
    for number in range(1, 6):
        publish(tmp_path, f"g{number}")
    leftover = tmp_path / GENERATIONS / f"g9{BUILDING}"
    (leftover / "engine").mkdir(parents=True)
    (leftover / MANIFEST).write_bytes(b"{}")
    prune_generations(tmp_path, keep)
    assert list_generations(tmp_path) == [f"g{number}" for number in kept]
    assert not leftover.exists()


def test_the_generation_in_use_is_kept(tmp_path: Path) -> None:
    """The generation in use is kept even if it is old; if none is in use, all are kept."""
    for number in range(1, 5):
        publish(tmp_path, f"g{number}")
    switch_current(tmp_path, "g1")
    prune_generations(tmp_path, 1)
    assert list_generations(tmp_path) == ["g1"]
    (tmp_path / CURRENT).write_text("../x", "utf-8")
    prune_generations(tmp_path, 1)
    assert list_generations(tmp_path) == ["g1"]


def test_rollback_goes_back_one_by_one(tmp_path: Path) -> None:
    """Each rollback returns to the next older generation, until there is none."""
    for number in range(1, 4):
        publish(tmp_path, f"g{number}")
    assert (roll_back(tmp_path), read_current_name(tmp_path)) == ("g2", "g2")
    assert (roll_back(tmp_path), read_current_name(tmp_path)) == ("g1", "g1")
    with pytest.raises(GenerationMissing, match="papers status"):
        roll_back(tmp_path)
    assert read_current_name(tmp_path) == "g1"


def test_rollback_goes_to_what_served_before(tmp_path: Path) -> None:
    """A rollback returns to the replaced generation, which is also the last to be removed."""
    for number in range(1, 4):
        publish(tmp_path, f"g{number}", replaced=f"g{number - 1}")
    assert roll_back(tmp_path) == "g2"
    publish(tmp_path, "g4", replaced="g2")
    assert list_earlier(tmp_path, "g4") == ["g2", "g1", "g3"]
    prune_generations(tmp_path, 3)
    assert list_generations(tmp_path) == ["g2", "g3", "g4"]
    prune_generations(tmp_path, 2)
    assert list_generations(tmp_path) == ["g2", "g4"]
    assert roll_back(tmp_path) == "g2"
    with pytest.raises(GenerationMissing):
        roll_back(tmp_path)


def test_rollback_passes_over_damage(tmp_path: Path) -> None:
    """A rollback skips a generation that has changed since it was written."""
    for number in range(1, 4):
        publish(tmp_path, f"g{number}")
    (tmp_path / GENERATIONS / "g2" / "engine" / "segment").write_bytes(b"CONTENT")
    assert roll_back(tmp_path) == "g1"
    switch_current(tmp_path, "g2")
    (tmp_path / GENERATIONS / "g1" / MANIFEST).write_bytes(b"{")
    with pytest.raises(GenerationMissing):
        roll_back(tmp_path)


def test_rollback_of_nothing(tmp_path: Path) -> None:
    """Without an index there is nothing to roll back to."""
    with pytest.raises(IndexMissing):
        roll_back(tmp_path)


RUBBISH = [b"", b"\n", b"../g1", b"..", b".", b"/etc", b"a/b", b"g1\0", b"g 1", b"x" * 300,
           b"g1\ng2"]  # fmt: skip


@pytest.mark.parametrize("content", RUBBISH)
def test_an_invalid_name(tmp_path: Path, content: bytes) -> None:
    """Content that is not a name is never used as a path, and a rollback repairs it."""
    publish(tmp_path, "g1")
    (tmp_path / CURRENT).write_bytes(content)
    with pytest.raises(GenerationCorrupt, match="does not name a generation"):
        find_current_folder(tmp_path)
    assert roll_back(tmp_path) == "g1"
    assert read_current_name(tmp_path) == "g1"


def test_a_missing_generation(tmp_path: Path) -> None:
    """A missing generation is reported, and a rollback returns to the newest existing one."""
    publish(tmp_path, "g1")
    publish(tmp_path, "g2")
    (tmp_path / CURRENT).write_text("g0\n", "utf-8")
    with pytest.raises(GenerationCorrupt, match="papers rollback"):
        find_current_folder(tmp_path)
    assert roll_back(tmp_path) == "g2"


def test_unreadable_letters_are_no_index(tmp_path: Path) -> None:
    """A file that is not UTF-8 counts as no index."""
    (tmp_path / CURRENT).write_bytes(b"\xff\xfe\xff")
    with pytest.raises(IndexMissing):
        find_current_folder(tmp_path)


def _shorten(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _lengthen(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"x")


def _flip(path: Path) -> None:
    path.write_bytes(bytes(byte ^ 1 for byte in path.read_bytes()))


def _fail(path: Path) -> None:
    """Replace a file by one that reports no size and fails when it is read."""
    path.unlink()
    path.symlink_to("/proc/self/mem")


DAMAGES: list[tuple[Callable[[Path], None], str, str, bool]] = [
    (Path.unlink, "engine/segment", "engine/segment is missing", True),
    (_shorten, "engine/segment", "has 6 bytes instead of 7", True),
    (_lengthen, "engine/segment", "has 8 bytes instead of 7", True),
    (_lengthen, "empty", "has 1 bytes instead of 0", True),
    (_flip, "engine/segment", "engine/segment has changed since it was written", False),
    (_fail, "empty", "empty cannot be read", False),
]


@pytest.mark.parametrize(("damage", "name", "said", "at_once"), DAMAGES)
def test_damage_is_found(
    tmp_path: Path, damage: Callable[[Path], None], name: str, said: str, *, at_once: bool
) -> None:
    """A wrong size is detected on opening, a wrong byte by reading the whole file."""
    folder = publish(tmp_path, "g1")
    manifest = read_manifest(folder)
    check_digests(folder, manifest)
    damage(folder / name)
    if at_once:
        with pytest.raises(GenerationCorrupt, match=said):
            find_current_folder(tmp_path)
    else:
        assert find_current_folder(tmp_path) == folder
        check_sizes(folder, manifest)
    with pytest.raises(GenerationCorrupt, match=said):
        check_digests(folder, manifest)


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


def test_a_switch_that_cannot_be_written(tmp_path: Path) -> None:
    """If the name cannot be written, the old generation stays in use and an error is raised."""
    publish(tmp_path, "g1")
    publish(tmp_path, "g2")
    (tmp_path / f"{CURRENT}.new").mkdir()
    with pytest.raises(IndexUnwritable, match="the index in use was not changed"):
        roll_back(tmp_path)
    assert read_current_name(tmp_path) == "g2"


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
