"""Name the place of a file in a dump and turn low-level failures into errors about it."""

import lzma
import os
import struct
import tarfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import NoReturn

import zstandard

from index.dumps.file_state import FileState
from index.dumps.members import Omission
from index.errors import DumpChanged, DumpMissing, DumpTruncated, DumpUnreadable

STDIN = "-"
"""The path that stands for standard input."""

DAMAGE = (
    *(OSError, EOFError, ValueError, struct.error, zlib.error, lzma.LZMAError),
    RecursionError,  # by many headers of a tar archive in a row
    *(zstandard.ZstdError, zipfile.BadZipFile, tarfile.TarError),
)
"""What the libraries raise for damaged data."""


def format_path(path: str) -> str:
    """Return a path as printable text, with U+FFFD for bytes that are not UTF-8."""
    return os.fsencode(path).decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class FileLocation:
    """The place of a file in a dump, for the names of its streams and for its errors.

    Attributes:
        path: The file on disk, as the system spells it.
        dump: The base name of the dump.
        name: The path inside the dump.
        prefix: What the names of its members start with, if it is an archive.
        archives: How many archives it is nested in.
        state: The state of the file on disk when it was opened; None for a pipe.
        left_out: Counts what is left out of the whole dump, by `Omission`.
    """

    path: str
    dump: str
    name: str
    prefix: str = ""
    archives: int = 0
    state: FileState | None = None
    left_out: Counter[str] = field(default_factory=Counter, compare=False)

    def enter(self, member: str) -> "FileLocation":
        """Return the location of a member of the archive at this location."""
        name = self.prefix + member
        return replace(self, name=name, prefix=f"{name}/", archives=self.archives + 1)

    def leave_out(self, why: Omission) -> None:
        """Count a member that is left out."""
        self.left_out[why] += 1

    def fail(self, reason: str, cause: Exception | None = None) -> NoReturn:
        """Raise `DumpTruncated`, naming this location, or `DumpChanged` if that is why."""
        if self.state and self.state.has_changed():
            raise DumpChanged(self.path) from cause
        where = f", in {self.name}" if self.archives else ""
        raise DumpTruncated(self.path, reason + where) from cause

    @contextmanager
    def translate_damage(self, reason: str) -> Iterator[None]:
        """Turn every error that damaged data cause in a library into one about this location."""
        try:
            yield
        except DAMAGE as error:
            self.fail(reason, error)


@contextmanager
def translate_os_errors(path: str) -> Iterator[None]:
    """Turn errors of the operating system into errors about the dump.

    Raises:
        DumpMissing: There is no such file or folder.
        DumpUnreadable: The operating system refuses access.
    """
    try:
        yield
    except (FileNotFoundError, NotADirectoryError) as error:
        raise DumpMissing(path) from error
    except OSError as error:
        raise DumpUnreadable(path, (error.strerror or str(error)).lower()) from error
