"""Check that what was added to a generation is taken over by the one that replaces it."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from index.build.operations import add, build, remove
from index.settings import BuildSettings
from index.store.additions import VECTORS, carry_additions
from index.store.generations import find_current_folder
from index.store.history import roll_back
from index.store.integrity import check_digests
from index.store.manifest import read_manifest

if TYPE_CHECKING:
    from collections.abc import Callable


def write_dump(folder: Path, *titles: str) -> str:
    """Write a dump of papers with these titles and return its path."""
    path = folder / "papers.jsonl"
    lines = (json.dumps({"id": title, "title": title}) + "\n" for title in titles)
    path.write_text("".join(lines), "utf-8")
    return str(path)


@pytest.fixture
def index(tmp_path: Path) -> Path:
    """Return an index of one paper whose generation has an added file."""
    directory = tmp_path / "ix"
    build(directory, [write_dump(tmp_path, "One")], BuildSettings(processes=0))
    (find_current_folder(directory) / VECTORS).write_bytes(b"added")
    return directory


@pytest.mark.parametrize("keep", [1, 3])
def test_builds_and_updates_take_additions_over(index: Path, tmp_path: Path, keep: int) -> None:
    """The file survives a build, an update and a removal, even if one generation is kept."""
    settings = BuildSettings(processes=0, keep=keep)
    dump = write_dump(tmp_path, "One", "Two")
    steps: list[Callable[[], object]] = [
        lambda: build(index, [dump], settings),
        lambda: add(index, [write_dump(tmp_path, "Three")], settings),
        lambda: remove(index, ["Three"], settings),
    ]
    names = [find_current_folder(index)]
    for step in steps:
        step()
        folder = find_current_folder(index)
        assert (folder / VECTORS).read_bytes() == b"added"
        manifest = read_manifest(folder)
        names.append(folder)
        assert VECTORS not in {file.name for file in manifest.files}
        check_digests(folder, manifest)
    assert len(set(names)) == 4


def test_a_replaced_addition_stays_with_its_generation(index: Path, tmp_path: Path) -> None:
    """A file that replaces the one taken over leaves the older generation as it was."""
    build(index, [write_dump(tmp_path, "One", "Two")], BuildSettings(processes=0))
    beside = find_current_folder(index) / "beside"
    beside.write_bytes(b"newer")
    beside.replace(beside.with_name(VECTORS))
    roll_back(index)
    assert (find_current_folder(index) / VECTORS).read_bytes() == b"added"


def test_the_last_generation_that_has_additions_gives_them(index: Path, tmp_path: Path) -> None:
    """If the generation in use has none, an older one does as well; a new index has none."""
    build(index, [write_dump(tmp_path, "One", "Two")], BuildSettings(processes=0))
    (find_current_folder(index) / VECTORS).unlink()
    target = tmp_path / "new"
    target.mkdir()
    carry_additions(index, target)
    assert (target / VECTORS).read_bytes() == b"added"
    carry_additions(tmp_path / "nowhere", tmp_path)
    assert not (tmp_path / VECTORS).exists()
