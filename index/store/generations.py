"""Answers: which generation serves, and how does a new one take its place?

``INDEX/current`` names the generation in use and is replaced by a rename, so a reader sees
the old one or the new one, never something between. A generation is built under a name that
ends in ``.building``; what a killed build leaves behind is swept by the next
(`index.store.history`).
"""

import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import file_digest
from pathlib import Path

from index.errors import (
    GenerationCorrupt,
    IndexMissing,
    IndexUnwritable,
)
from index.store.manifest import File, Manifest, read_manifest

CURRENT = "current"
GENERATIONS = "generations"
BUILDING = ".building"
ENGINE = "engine"
"""The folder of a generation that is the engine's own."""

_NAME = re.compile(r"[\w-]{1,100}")


def read_current_name(directory: Path) -> str:
    """Give the name of the generation in use.

    Raises:
        IndexMissing: Nothing has been built there.
        GenerationCorrupt: The file that names it holds something else.
    """
    try:
        name = (directory / CURRENT).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise IndexMissing(str(directory)) from error
    if not _NAME.fullmatch(name):
        raise GenerationCorrupt(repr(name[:80]), f"the file '{CURRENT}' does not name a generation")
    return name


def find_current_folder(directory: Path) -> Path:
    """Give the folder of the generation in use, its files present and whole in size.

    Raises:
        IndexMissing: Nothing has been built there.
        GenerationCorrupt: A file is missing or has another size.
        GenerationOutdated: Other code made it.
    """
    folder = directory / GENERATIONS / read_current_name(directory)
    check_sizes(folder, read_manifest(folder))
    return folder


def check_sizes(folder: Path, manifest: Manifest) -> None:
    """See that every file of a generation is there with its size.

    Raises:
        GenerationCorrupt: One is not.
    """
    for file in manifest.files:
        try:
            size = (folder / file.name).stat().st_size
        except OSError as error:
            reason = f"{file.name} is missing"
            raise GenerationCorrupt(folder.name, reason) from error
        if size != file.size:
            reason = f"{file.name} has {size:,} bytes and not {file.size:,}"
            raise GenerationCorrupt(folder.name, reason)


def check_digests(folder: Path, manifest: Manifest) -> None:
    """See that every file of a generation holds what was written; reads all of it.

    Raises:
        GenerationCorrupt: One does not.
    """
    check_sizes(folder, manifest)
    for file in manifest.files:
        try:
            whole = _digest(folder / file.name) == file.sha256
        except OSError as error:
            reason = f"{file.name} cannot be read: {error.strerror}"
            raise GenerationCorrupt(folder.name, reason) from error
        if not whole:
            raise GenerationCorrupt(folder.name, f"{file.name} is not as it was written")


def switch_current(directory: Path, name: str) -> None:
    """Make a complete generation the one in use.

    Raises:
        IndexUnwritable: The disk is full, read-only, or permission is lacking.
    """
    replacement = directory / f"{CURRENT}.new"
    try:
        with replacement.open("w", encoding="utf-8") as file:
            file.write(name + "\n")
            file.flush()
            os.fsync(file.fileno())
        replacement.replace(directory / CURRENT)
        sync_folder(directory)
    except OSError as error:
        raise IndexUnwritable(str(directory), error.strerror or str(error)) from error


@contextmanager
def make_generation(directory: Path, name: str, left: Path | None = None) -> Iterator[Path]:
    """Give a folder to build in; it is gone again if the block fails, but for an interrupt.

    Args:
        directory: The index, held by `index.store.lock.hold_lock`.
        name: The generation's name to be.
        left: What an interrupted build has left of it, to be gone on with, or None.

    Raises:
        IndexUnwritable: The disk is full, read-only, or permission is lacking.
    """
    folder = directory / GENERATIONS / (name + BUILDING)
    try:
        if left:
            left.rename(folder)
        else:
            folder.mkdir(parents=True)
        yield folder
    except KeyboardInterrupt:
        raise  # what there is can be gone on with, or is swept by the next build
    except OSError as error:
        shutil.rmtree(folder, ignore_errors=True)
        raise IndexUnwritable(str(directory), error.strerror or str(error)) from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    else:
        shutil.rmtree(folder, ignore_errors=True)


def link_files(source: Path, target: Path) -> None:
    """Give a folder's files a second name each; where that cannot be, copy them.

    An engine never writes into a file that is complete, so both folders go on as they are.
    Lock files are left out.
    """
    target.mkdir(parents=True)
    for path in source.iterdir():
        if path.suffix == ".lock" or not path.is_file():
            continue
        try:
            (target / path.name).hardlink_to(path)
        except OSError:
            shutil.copy2(path, target / path.name)


def seal_folder(folder: Path, base: Path | None = None) -> tuple[File, ...]:
    """Make every file of a folder durable and describe it.

    Engines make some files for their own user only; here all may be read by whoever may
    read the folder, so that the server can be another user than the builder.

    Args:
        folder: The folder.
        base: The complete generation that some files are shared with: those are not read again.
    """
    known = {_identity(base / file.name): file for file in _files_of(base)} if base else {}
    files = []
    mode = folder.stat().st_mode & 0o666
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        if shared := known.get(_identity(path)):
            files.append(File(name, shared.size, shared.sha256))
            continue
        path.chmod(mode)
        with path.open("rb") as file:
            os.fsync(file.fileno())
        files.append(File(name, path.stat().st_size, _digest(path)))
    return tuple(files)


def _files_of(folder: Path) -> tuple[File, ...]:
    return read_manifest(folder).files


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino


def publish_generation(directory: Path, folder: Path) -> Path:
    """Give a built folder its final name and make it the generation in use."""
    for path in (folder, *(path for path in folder.rglob("*") if path.is_dir())):
        sync_folder(path)
    final = folder.with_suffix("")
    folder.rename(final)
    sync_folder(final.parent)
    switch_current(directory, final.name)
    return final


def sync_folder(folder: Path) -> None:
    """Make a folder's names durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
