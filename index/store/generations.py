"""Find the generation in use, and replace it by a new one atomically.

``INDEX/current`` names the generation in use and is replaced by a rename, so a reader sees either
the old one or the new one. A generation is built in a folder whose name ends in ``.building``; the
next build removes what a killed build left behind (`index.store.history`).
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TypeVar

from index.engines.cluster_folder import announce_documents, discard_documents
from index.errors import (
    CurrentUnusable,
    GenerationCorrupt,
    IndexMissing,
    IndexUnusable,
    IndexUnwritable,
    PapersearchError,
)
from index.store.integrity import check_files, digest_file
from index.store.manifest import MANIFEST, File, read_manifest

T = TypeVar("T")

CURRENT = "current"
GENERATIONS = "generations"
BUILDING = ".building"
ENGINE = "engine"
"""The folder of the engine's own files within a generation."""

MOST_SWITCHES = 10
"""Generations that a reader tries to open while others replace them. Chosen; one build takes longer
than opening what it made."""

_NAME = re.compile(r"[\w-]{1,100}")
_NAME_BYTES = 500
"""More than the longest name takes with white space around it."""

_UNNAMED = "does not name a generation"


def read_current_name(directory: Path) -> str:
    """Return the name of the generation in use.

    Raises:
        IndexMissing: Nothing has been built there.
        CurrentUnusable: There are generations, but ``current`` does not name one.
    """
    try:
        # A pipe in its place must not block, nor a large file be read.
        handle = os.open(directory / CURRENT, os.O_RDONLY | os.O_NONBLOCK)
        with open(handle, "rb") as file:  # noqa: PTH123 - a descriptor
            name = file.read(_NAME_BYTES + 1).decode("utf-8").strip()
    except OSError as error:
        raise _describe_current(directory, f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise _describe_current(directory, _UNNAMED) from error
    if not _NAME.fullmatch(name):
        raise _describe_current(directory, _UNNAMED)
    return name


def _describe_current(directory: Path, reason: str) -> IndexUnusable:
    """Return the error for an index whose file ``current`` is unusable, or that is none."""
    with suppress(OSError):  # the path is too long, or a loop of links
        if any((directory / GENERATIONS).glob(f"*/{MANIFEST}")):
            return CurrentUnusable(str(directory), f"'{CURRENT}' {reason}")
    return IndexMissing(str(directory))


def find_current_folder(directory: Path) -> Path:
    """Return the folder of the generation in use; see `open_current`."""
    return open_current(directory, lambda folder: folder)


def open_current(directory: Path, open_folder: Callable[[Path], T]) -> T:
    """Open the generation in use, after checking its files.

    A build removes old generations, perhaps that of the name that was just read. So if opening
    fails and another generation is in use by then, that one is opened.

    Args:
        directory: The index.
        open_folder: Opens or reads the folder of a generation.

    Returns:
        What `open_folder` returns.

    Raises:
        IndexMissing: Nothing has been built there.
        CurrentUnusable: There are generations, but ``current`` does not name one.
        GenerationCorrupt: A file is missing, has the wrong size, or has changed.
        GenerationOutdated: Another format, schema or analyser made the generation.
    """
    name = read_current_name(directory)
    for _ in range(MOST_SWITCHES):
        folder = directory / GENERATIONS / name
        try:
            check_files(folder, read_manifest(folder))
            return open_folder(folder)
        except (PapersearchError, OSError):
            if (newer := read_current_name(directory)) == name:
                raise
            name = newer
    raise GenerationCorrupt(name, "it is replaced faster than it can be opened")


def switch_current(directory: Path, name: str) -> None:
    """Make a complete generation the one in use.

    Raises:
        IndexUnwritable: The disk is full or read-only, or permission is denied.
    """
    replacement = directory / f"{CURRENT}.new"
    try:
        # Whatever has the name is removed, so that nothing is written through a link.
        _move_folder_away(replacement)
        replacement.unlink(missing_ok=True)
        with replacement.open("x", encoding="utf-8") as file:
            file.write(name + "\n")
            file.flush()
            os.fsync(file.fileno())
        _move_folder_away(directory / CURRENT)
        replacement.replace(directory / CURRENT)
        sync_folder(directory)
    except OSError as error:
        raise IndexUnwritable(str(directory), error.strerror or str(error)) from error
    announce_documents(directory / GENERATIONS / name / ENGINE)


def _move_folder_away(path: Path) -> None:
    """Rename a folder that has the place of a file; a rename cannot replace a folder by a file."""
    if path.is_dir() and not path.is_symlink():
        path.rename(path.with_name(f"{path.name}.folder"))


@contextmanager
def make_generation(directory: Path, name: str, left: Path | None = None) -> Iterator[Path]:
    """Create a folder to build in, and remove it if the block fails or did not publish it.

    After a keyboard interrupt the folder stays, so that the build can be resumed.

    Args:
        directory: The index, locked by `index.store.lock.hold_lock`.
        name: The name of the new generation.
        left: The folder of an interrupted build to continue, or None.

    Yields:
        The folder.

    Raises:
        IndexUnwritable: The disk is full or read-only, or permission is denied.
    """
    folder = directory / GENERATIONS / (name + BUILDING)
    try:
        if left:
            left.rename(folder)
        else:
            folder.mkdir(parents=True)
        yield folder
    except KeyboardInterrupt:
        raise  # the next build resumes from the folder or removes it
    except OSError as error:
        discard_folder(folder)
        raise IndexUnwritable(str(directory), error.strerror or str(error)) from error
    except BaseException:
        discard_folder(folder)
        raise
    else:
        discard_folder(folder)


def discard_folder(folder: Path) -> None:
    """Remove the folder of a generation, and the papers that a cluster keeps for it.

    If the cluster is away the folder stays, since it names what is left there; the next build tries
    again.
    """
    if discard_documents(folder / ENGINE):
        shutil.rmtree(folder, ignore_errors=True)


def link_files(source: Path, target: Path) -> None:
    """Hard-link the files of a folder into a new one, or copy them if links are not possible.

    An engine never changes a complete file, so the two folders stay independent. Lock files are
    left out.
    """
    target.mkdir(parents=True)
    for path in source.iterdir():
        if path.suffix == ".lock" or not path.is_file():
            continue
        link_file(path, target / path.name)


def link_file(source: Path, target: Path) -> None:
    """Hard-link a file that no longer changes, or copy it if links are not possible."""
    try:
        target.hardlink_to(source)
    except OSError:
        shutil.copy2(source, target)


def seal_folder(folder: Path, base: Path | None = None) -> tuple[File, ...]:
    """Make every file of a folder durable, and return their sizes and digests.

    Some engines create files that only their own user can read. Every file gets the read
    permissions of the folder, so that the server can run as another user than the builder.

    Args:
        folder: The folder.
        base: The complete generation that some files are hard-linked from, which are not read
            again; None if there is none.
    """
    known = {_identify_file(base / f.name): f for f in read_manifest(base).files} if base else {}
    files = []
    mode = folder.stat().st_mode & 0o666
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if shared := known.get(_identify_file(path)):
            files.append(File(name, shared.size, shared.sha256))
            continue
        path.chmod(mode)
        with path.open("rb") as file:
            os.fsync(file.fileno())
        files.append(File(name, path.stat().st_size, digest_file(path)))
    return tuple(files)


def _identify_file(path: Path) -> tuple[int, int]:
    status = path.stat()
    return status.st_dev, status.st_ino


def publish_generation(directory: Path, folder: Path) -> Path:
    """Rename a built folder to its final name, put it in use, and return it."""
    for path in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        sync_folder(path)
    final = folder.with_suffix("")
    folder.rename(final)
    sync_folder(final.parent)
    switch_current(directory, final.name)
    return final


def sync_folder(folder: Path) -> None:
    """Make the entries of a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
