"""Answers: which generations are there, which of them served before, and which stay?

A generation's name sorts by the time it was made, and its manifest says which one served then:
after a rollback and a new build that is not the last one made.
"""

import shutil
from pathlib import Path

from index.errors import GenerationCorrupt, GenerationMissing, PapersearchError
from index.store.generations import (
    BUILDING,
    GENERATIONS,
    check_digests,
    read_current_name,
    switch_current,
)
from index.store.manifest import MANIFEST, read_manifest


def list_generations(directory: Path) -> list[str]:
    """Name the complete generations, oldest first."""
    try:
        folders = sorted((directory / GENERATIONS).iterdir())
    except OSError:
        return []
    return [f.name for f in folders if f.suffix != BUILDING and (f / MANIFEST).is_file()]


def list_earlier(directory: Path, name: str) -> list[str]:
    """Name what to go back to from a generation, the next step first.

    Args:
        directory: The index.
        name: A generation; where it is not there, every other counts as older.

    Returns:
        Those that served before one another, then what else is older.
    """
    complete = list_generations(directory)
    there = bool(name) and (directory / GENERATIONS / name).is_dir()
    found: dict[str, None] = {}
    step = name
    while (step := _replaced(directory, step)) in complete and step not in found:
        found[step] = None
    others = (one for one in reversed(complete) if one < name or not there)
    return list(dict.fromkeys([*found, *others]))


def _replaced(directory: Path, name: str) -> str:
    """Name the generation whose place one took; nothing where that is not known."""
    try:
        return read_manifest(directory / GENERATIONS / name).replaced
    except PapersearchError:
        return ""


def roll_back(directory: Path) -> str:
    """Make the generation that served before the one in use the one in use.

    Returns:
        Its name.

    Raises:
        GenerationMissing: There is none that is older and whole.
        IndexMissing: Nothing has been built there.
    """
    try:
        present = read_current_name(directory)
    except GenerationCorrupt:  # every generation counts as older
        present = ""
    for name in list_earlier(directory, present):
        folder = directory / GENERATIONS / name
        try:
            check_digests(folder, read_manifest(folder))
        except PapersearchError:
            continue
        switch_current(directory, name)
        return name
    raise GenerationMissing(str(directory), "older intact")


def find_serving_name(directory: Path) -> str:
    """Name the generation in use; nothing where there is none, or the file says something else."""
    try:
        return read_current_name(directory)
    except PapersearchError:
        return ""


def prune_generations(directory: Path, keep: int, left: Path | None = None) -> None:
    """Remove what killed builds left, and of the generations beyond `keep` the oldest.

    The generation in use always stays, and of the others the one that served before it longest.

    Args:
        directory: The index.
        keep: How many generations stay, at least the one in use.
        left: What a killed build has left and is to stay, or None.
    """
    for leftover in list_leftovers(directory):
        if leftover != left:
            shutil.rmtree(leftover, ignore_errors=True)
    if not (present := find_serving_name(directory)):
        return
    newest = [name for name in reversed(list_generations(directory)) if name != present]
    before = _replaced(directory, present)
    newest.sort(key=lambda name: name != before)
    for name in newest[max(0, keep - 1) :]:
        shutil.rmtree(directory / GENERATIONS / name, ignore_errors=True)


def list_leftovers(directory: Path) -> list[Path]:
    """List what killed builds left, the newest last."""
    return sorted((directory / GENERATIONS).glob("*" + BUILDING))
