"""Notice that a file changes while it is read.

A dump that is still being downloaded or written would otherwise be indexed in part, and nothing
would say so.
"""

import os
import stat
from dataclasses import dataclass

from index.errors import DumpChanged


@dataclass(frozen=True, slots=True)
class FileState:
    """The state of a regular file at one time.

    Attributes:
        path: The file, as the system spells it; ``-`` for one that standard input reads.
        size: In bytes.
        modified: When it was last written, in nanoseconds.
        inode: The system's number of the file; another file of the same name has another one.
    """

    path: str
    size: int
    modified: int
    inode: int

    def check(self, descriptor: int | None = None) -> None:
        """Check that the file is the same and was not written since.

        Args:
            descriptor: The open file; None for the one that now has the path.

        Raises:
            DumpChanged: It was written, replaced or removed.
        """
        if self.has_changed(descriptor):
            raise DumpChanged(self.path)

    def has_changed(self, descriptor: int | None = None) -> bool:
        """Return whether the file was written, replaced or removed since, see `check`."""
        try:
            return read_state(self.path, descriptor) != self
        except OSError:
            return True


def read_state(path: str, descriptor: int | None = None) -> FileState | None:
    """Return the state of a file; None for a pipe or a device, which has none.

    Args:
        path: Its path.
        descriptor: The open file; None for the one that has the path.

    Raises:
        OSError: There is no such file.
    """
    found = os.stat(path if descriptor is None else descriptor)  # noqa: PTH116 - either
    if not stat.S_ISREG(found.st_mode):
        return None
    return FileState(path, found.st_size, found.st_mtime_ns, found.st_ino)
