"""Find the generation in use, and replace it by a new one atomically.

``INDEX/current`` names the generation in use and is replaced by a rename, so a reader sees either
the old one or the new one. A generation is built in a folder whose name ends in ``.building``; the
next build removes what a killed build left behind (`index.store.history`).
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
"""The folder of the engine's own files within a generation."""

_NAME = re.compile(r"[\w-]{1,100}")


def read_current_name(directory: Path) -> str:
    """Return the name of the generation in use.

    Raises:
        IndexMissing: Nothing has been built there.
        GenerationCorrupt: The file ``current`` does not name a generation.
    """
    try:
        name = (directory / CURRENT).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise IndexMissing(str(directory)) from error
    if not _NAME.fullmatch(name):
        raise GenerationCorrupt(repr(name[:80]), f"the file '{CURRENT}' does not name a generation")
    return name


def find_current_folder(directory: Path) -> Path:
    """Return the folder of the generation in use, after checking the sizes of its files.

    Raises:
        IndexMissing: Nothing has been built there.
        GenerationCorrupt: A file is missing or has the wrong size.
        GenerationOutdated: Another format, schema or analyser made the generation.
    """
    folder = directory / GENERATIONS / read_current_name(directory)
    check_sizes(folder, read_manifest(folder))
    return folder


def check_sizes(folder: Path, manifest: Manifest) -> None:
    """Check that every file of a generation exists and has its recorded size.

    Raises:
        GenerationCorrupt: A file is missing or has the wrong size.
    """
    for file in manifest.files:
        try:
            size = (folder / file.name).stat().st_size
        except OSError as error:
            reason = f"{file.name} is missing"
            raise GenerationCorrupt(folder.name, reason) from error
        if size != file.size:
            reason = f"{file.name} has {size:,} bytes instead of {file.size:,}"
            raise GenerationCorrupt(folder.name, reason)


def check_digests(folder: Path, manifest: Manifest) -> None:
    """Check that every file of a generation has its recorded content, by reading all of it.

    Raises:
        GenerationCorrupt: A file is missing or differs.
    """
    check_sizes(folder, manifest)
    for file in manifest.files:
        try:
            intact = _digest_file(folder / file.name) == file.sha256
        except OSError as error:
            reason = f"{file.name} cannot be read: {error.strerror}"
            raise GenerationCorrupt(folder.name, reason) from error
        if not intact:
            raise GenerationCorrupt(folder.name, f"{file.name} has changed since it was written")


def switch_current(directory: Path, name: str) -> None:
    """Make a complete generation the one in use.

    Raises:
        IndexUnwritable: The disk is full or read-only, or permission is denied.
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
        shutil.rmtree(folder, ignore_errors=True)
        raise IndexUnwritable(str(directory), error.strerror or str(error)) from error
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    else:
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
        files.append(File(name, path.stat().st_size, _digest_file(path)))
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


def _digest_file(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
