"""Make temporary files and folders, and report it where there is no room for them.

They are made where the environment variable TMPDIR says, else where the system keeps such files.
"""

import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from index.errors import PapersearchError

FOLDER = "TMPDIR"
"""The environment variable that names the folder."""


class TemporaryFolderUnusable(PapersearchError):
    """No temporary file can be written."""

    def __init__(self, path: str, reason: str) -> None:
        super().__init__(
            f"Cannot write temporary files in '{path}' ({reason}). Free space there, or name "
            "another folder with the environment variable TMPDIR."
        )


@contextmanager
def open_temporary_file() -> Iterator[IO[bytes]]:
    """Open a file that is removed at the end of the block.

    Raises:
        TemporaryFolderUnusable: The folder is full or cannot be written; also raised for every
            other `OSError` of the block.
    """
    with _translate_errors(), tempfile.TemporaryFile() as file:
        yield file


@contextmanager
def open_temporary_folder(prefix: str) -> Iterator[Path]:
    """Make a folder that is removed at the end of the block.

    Raises:
        TemporaryFolderUnusable: As for `open_temporary_file`.
    """
    with _translate_errors(), tempfile.TemporaryDirectory(prefix=prefix) as folder:
        yield Path(folder)


def link_temporarily(files: Iterable[Path], prefix: str) -> Path:
    """Return a new folder with links to some files; the caller removes it.

    Raises:
        TemporaryFolderUnusable: The folder is full or cannot be written.
    """
    with _translate_errors():
        folder = Path(tempfile.mkdtemp(prefix=prefix))
        for path in files:
            (folder / path.name).symlink_to(path)
    return folder


@contextmanager
def replace_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that takes the place of another at the end of the block, if nothing fails.

    Raises:
        OSError: The folder of the file cannot be written.
    """
    with tempfile.NamedTemporaryFile(
        dir=path.parent, prefix=f".{path.name}.", delete=False
    ) as file:
        try:
            yield file
            file.flush()
            os.fsync(file.fileno())
            Path(file.name).chmod(0o666 & ~_read_umask())
            Path(file.name).replace(path)
        except BaseException:
            with suppress(OSError):
                Path(file.name).unlink()
            raise


def _read_umask() -> int:
    """Return the permissions that new files of this process lack."""
    mask = os.umask(0)
    os.umask(mask)
    return mask


def check_temporary_tables(error: sqlite3.Error) -> None:
    """Check that it was not for its temporary tables that SQLite failed to read files.

    Args:
        error: What reading raised; nothing is written but these tables.

    Raises:
        TemporaryFolderUnusable: There was no room for them.
    """
    if getattr(error, "sqlite_errorname", "") in _FULL:
        raise TemporaryFolderUnusable(_name_folder(), str(error)) from error


_FULL = {"SQLITE_FULL", "SQLITE_IOERR_WRITE", "SQLITE_IOERR_GETTEMPPATH"}


@contextmanager
def _translate_errors() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise TemporaryFolderUnusable(_name_folder(), reason) from error


def _name_folder() -> str:
    try:
        return tempfile.gettempdir()
    except OSError:  # none can be written
        return os.environ.get(FOLDER, os.curdir)
