"""Check that the files of a generation are those that were written."""

import os
from errno import ENOENT, ENOTDIR
from hashlib import file_digest
from operator import itemgetter
from pathlib import Path
from stat import S_ISREG

from index.errors import GenerationCorrupt
from index.store.manifest import MANIFEST, File, Manifest

_ABSENT = {ENOENT, ENOTDIR}

VERIFY = "Run `papers verify` to find the damage."
"""The way out of damage with which searches go on."""

MOST_DIGESTED = 256_000_000
"""Bytes that opening a generation may read to check changed files, .25 s of processor time. A copy
that kept no times of change looks changed as a whole, and a large one would take too long."""


def check_files(folder: Path, manifest: Manifest) -> None:
    """Check the sizes of a generation's files, and the content of those changed since.

    The manifest is written last, so a file that was changed later than the manifest is either a
    copy or damaged. Files that changed last are checked first, up to `MOST_DIGESTED` bytes.

    Raises:
        GenerationCorrupt: A file is missing, has the wrong size, or has changed.
    """
    written = read_status(folder, MANIFEST).st_mtime_ns
    changed: list[tuple[int, File]] = []
    for file in manifest.files:
        status = check_size(folder, file)
        if status.st_mtime_ns > written:
            changed.append((status.st_mtime_ns, file))
    left = MOST_DIGESTED
    for _, file in sorted(changed, key=itemgetter(0), reverse=True):
        if file.size <= left:
            check_digest(folder, file)
            left -= file.size


def check_sizes(folder: Path, manifest: Manifest) -> None:
    """Check that every file of a generation exists and has its recorded size.

    Raises:
        GenerationCorrupt: A file is missing or has the wrong size.
    """
    for file in manifest.files:
        check_size(folder, file)


def check_digests(folder: Path, manifest: Manifest) -> None:
    """Check that every file of a generation has its recorded content, by reading all of it.

    Raises:
        GenerationCorrupt: A file is missing or differs.
    """
    check_sizes(folder, manifest)
    for file in manifest.files:
        check_digest(folder, file)


def check_size(folder: Path, file: File) -> os.stat_result:
    """Check that one file exists and has its recorded size, and return its status."""
    status = read_status(folder, file.name)
    if not S_ISREG(status.st_mode):
        raise GenerationCorrupt(folder.name, f"{file.name} is not a file")
    if status.st_size != file.size:
        reason = f"{file.name} has {status.st_size:,} bytes instead of {file.size:,}"
        raise GenerationCorrupt(folder.name, reason)
    return status


def read_status(folder: Path, name: str) -> os.stat_result:
    """Return the status of a file of a generation."""
    try:
        return (folder / name).stat()
    except OSError as error:
        reason = "is missing" if error.errno in _ABSENT else f"cannot be read: {error.strerror}"
        raise GenerationCorrupt(folder.name, f"{name} {reason}") from error


def check_digest(folder: Path, file: File) -> None:
    """Check the content of one file of a generation by reading it."""
    try:
        intact = digest_file(folder / file.name) == file.sha256
    except OSError as error:
        reason = f"{file.name} cannot be read: {error.strerror}"
        raise GenerationCorrupt(folder.name, reason) from error
    if not intact:
        raise GenerationCorrupt(folder.name, f"{file.name} has changed since it was written")


def digest_file(path: Path) -> str:
    """Return the digest of a file as the manifest records it."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()
