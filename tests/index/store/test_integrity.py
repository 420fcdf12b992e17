"""Check that damaged files of a generation are detected."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import GenerationCorrupt
from index.store import integrity
from index.store.integrity import check_digests, check_files, check_sizes
from index.store.manifest import read_manifest
from tests.support.made_generations import publish


def _shorten(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def _lengthen(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"x")


def _flip(path: Path) -> None:
    """Change every byte, but not the times, as a damaged disk does."""
    times = path.stat()
    path.write_bytes(bytes(byte ^ 1 for byte in path.read_bytes()))
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def _make_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _move_folder(path: Path) -> None:
    path.rename(path.with_name("moved"))
    path.write_bytes(b"content")


DAMAGES: list[tuple[Callable[[Path], None], str, str, bool]] = [
    (Path.unlink, "engine/segment", "engine/segment is missing", True),
    (_shorten, "engine/segment", "has 6 bytes instead of 7", True),
    (_lengthen, "engine/segment", "has 8 bytes instead of 7", True),
    (_lengthen, "empty", "has 1 bytes instead of 0", True),
    (_flip, "engine/segment", "engine/segment has changed since it was written", False),
    (_make_folder, "engine/segment", "engine/segment is not a file", True),
    (_move_folder, "engine", "engine/segment is missing", True),
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
            check_files(folder, manifest)
    else:
        check_files(folder, manifest)
    with pytest.raises(GenerationCorrupt, match=said):
        check_digests(folder, manifest)


def test_a_changed_file_is_checked(tmp_path: Path) -> None:
    """A file that was written after the manifest is compared with its digest on opening."""
    folder = publish(tmp_path, "g1")
    manifest, segment = read_manifest(folder), folder / "engine" / "segment"
    segment.write_bytes(b"content")
    check_files(folder, manifest)
    segment.write_bytes(b"cOntent")
    check_sizes(folder, manifest)
    with pytest.raises(GenerationCorrupt, match="engine/segment has changed since"):
        check_files(folder, manifest)


def test_a_large_copy_opens_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files beyond a limit are left to `papers verify`; those changed last come first."""
    folder = publish(tmp_path, "g1")
    manifest, segment = read_manifest(folder), folder / "engine" / "segment"
    segment.write_bytes(b"cOntent")
    monkeypatch.setattr(integrity, "MOST_DIGESTED", 6)
    check_files(folder, manifest)
    monkeypatch.setattr(integrity, "MOST_DIGESTED", 7)
    with pytest.raises(GenerationCorrupt):
        check_files(folder, manifest)


def test_a_file_cannot_be_read(tmp_path: Path) -> None:
    """A file that reports no size and fails when it is read is damaged."""
    folder = publish(tmp_path, "g1")
    (folder / "empty").unlink()
    (folder / "empty").symlink_to("/proc/self/mem")
    with pytest.raises(GenerationCorrupt, match="empty cannot be read"):
        check_digests(folder, read_manifest(folder))
