"""List the generations of an index, return to an older one, and remove those no longer needed.

The names of generations sort by the time they were made. The manifest of each names the generation
that it replaced, which after a rollback and a new build is not the last one made.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from index.engines.errors import OF_ONE_GENERATION, ClusterUnusable
from index.errors import GenerationMissing, IndexMissing, PapersearchError
from index.store.generations import (
    BUILDING,
    GENERATIONS,
    discard_folder,
    read_current_name,
    switch_current,
)
from index.store.integrity import check_digests
from index.store.manifest import MANIFEST, Manifest, read_manifest


def list_generations(directory: Path) -> list[str]:
    """Return the names of the complete generations, oldest first."""
    try:
        folders = sorted((directory / GENERATIONS).iterdir())
    except OSError:
        return []
    return [f.name for f in folders if f.suffix != BUILDING and (f / MANIFEST).is_file()]


def list_earlier(directory: Path, name: str) -> list[str]:
    """Return the generations to roll back to from another one, the first choice first.

    Args:
        directory: The index.
        name: A generation; if it does not exist, every other one counts as older.

    Returns:
        The chain of generations that replaced each other, then all other older ones.
    """
    complete = list_generations(directory)
    exists = bool(name) and (directory / GENERATIONS / name).is_dir()
    chain: dict[str, None] = {}
    step = name
    while (step := _find_replaced(directory, step)) in complete and step not in chain:
        chain[step] = None
    others = (one for one in reversed(complete) if one < name or not exists)
    return list(dict.fromkeys([*chain, *others]))


def _find_replaced(directory: Path, name: str) -> str:
    """Return the generation that one replaced, or an empty string if that is not known."""
    try:
        return read_manifest(directory / GENERATIONS / name).replaced
    except PapersearchError:
        return ""


class Choice(NamedTuple):
    """The generation to return to.

    Attributes:
        name: Its name.
        passed_over: The better choices, which are damaged or cannot be used here.
    """

    name: str
    passed_over: tuple[str, ...]


Check = Callable[[Path, Manifest], None]
"""Checks the content of a generation, and raises a `PapersearchError` if it cannot be used."""


def choose_earlier(directory: Path, check: Check = check_digests) -> Choice:
    """Choose the generation to return to.

    That is the one that the present one replaced, or an older one; if none is in use, the newest.
    Only if the present one is damaged and none of the older ones is intact, it is a newer one.

    Args:
        directory: The index.
        check: Checks whether a generation is intact.

    Raises:
        GenerationMissing: There is no older intact generation.
        IndexMissing: Nothing has been built there.
        ClusterUnusable: The cluster of a generation cannot be used.
    """
    if not (complete := list_generations(directory)):
        raise IndexMissing(str(directory))
    present = find_serving_name(directory)
    older = list_earlier(directory, present)
    newer = [name for name in reversed(complete) if name not in {present, *older}]
    passed_over: list[str] = []
    for name in older:
        if _is_intact(directory, name, check):
            return Choice(name, tuple(passed_over))
        passed_over.append(name)
    if newer and not _is_intact(directory, present, check):
        for name in newer:
            if _is_intact(directory, name, check):
                return Choice(name, tuple(passed_over))
            passed_over.append(name)
    raise GenerationMissing(str(directory), "older intact generation")


def _is_intact(directory: Path, name: str, check: Check) -> bool:
    folder = directory / GENERATIONS / name
    try:
        check(folder, read_manifest(folder))
    except PapersearchError as error:
        if isinstance(error, ClusterUnusable) and not isinstance(error, OF_ONE_GENERATION):
            raise  # nothing is known of any generation while the cluster is away
        return False
    return True


def roll_back(directory: Path, check: Check = check_digests) -> Choice:
    """Return to the generation that `choose_earlier` chooses, and return that choice."""
    choice = choose_earlier(directory, check)
    switch_current(directory, choice.name)
    return choice


def find_serving_name(directory: Path) -> str:
    """Return the name of the generation in use, or an empty string if there is no valid one."""
    try:
        return read_current_name(directory)
    except PapersearchError:
        return ""


def prune_generations(directory: Path, keep: int, left: Path | None = None) -> None:
    """Remove the folders of killed builds, and the oldest generations beyond `keep`.

    The generation in use is always kept; the one that it replaced is the last of the others to go.

    Args:
        directory: The index.
        keep: Number of generations to keep, the one in use included.
        left: The folder of a killed build to keep for resuming, or None.
    """
    for leftover in list_leftovers(directory):
        if leftover != left:
            _remove_leftover(leftover)
    if not (present := find_serving_name(directory)):
        return
    newest = [name for name in reversed(list_generations(directory)) if name != present]
    before = _find_replaced(directory, present)
    newest.sort(key=lambda name: name != before)
    for name in newest[max(0, keep - 1) :]:
        discard_folder(directory / GENERATIONS / name)


def _remove_leftover(path: Path) -> None:
    """Remove what has the name of a killed build's folder; a pipe would block `shutil.rmtree`."""
    if path.is_dir() and not path.is_symlink():
        discard_folder(path)
        return
    with suppress(OSError):
        path.unlink()


def list_leftovers(directory: Path) -> list[Path]:
    """Return the folders that killed builds left, the newest last."""
    return sorted((directory / GENERATIONS).glob("*" + BUILDING))
