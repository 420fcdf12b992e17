"""Notice that files of an opened generation are changed in place.

The files of a generation never change, and engines map them into memory. If bytes are changed
nevertheless, searches go wrong; if a file becomes shorter, reading on ends the process. A file that
was removed or replaced by a rename does no harm, since the mapped one stays.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from index.errors import GenerationCorrupt
from index.store.integrity import MOST_DIGESTED, check_digest, check_size
from index.store.manifest import File, Manifest

INTERVAL_SECONDS = 0.1
"""Time between two looks at the files; chosen. A look at 35 files takes .2 ms of processor time."""


class _Status(NamedTuple):
    """The number, size and time of change of a file."""

    inode: int
    size: int
    changed: int


class FileWatch:
    """Looks at the files of one generation now and then; safe to share between threads."""

    def __init__(
        self, folder: Path, manifest: Manifest, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Remember the files as they are now, after they were checked.

        Args:
            folder: The folder of the generation.
            manifest: Its manifest.
            clock: Returns the time in seconds.
        """
        self._folder, self._files, self._clock = folder, manifest.files, clock
        # Making a path takes longer than looking at the file.
        self._paths = {file.name: str(folder / file.name) for file in manifest.files}
        self._known = {name: _read_status(path) for name, path in self._paths.items()}
        self._damage: dict[str, GenerationCorrupt] = {}
        self._next = clock() + INTERVAL_SECONDS

    def check(self) -> None:
        """Check that no file was changed in place, unless that was checked a moment ago.

        Raises:
            GenerationCorrupt: A file has other content now.
        """
        if (now := self._clock()) >= self._next:
            self._next = now + INTERVAL_SECONDS
            for file in self._files:
                self._check_file(file)
        for error in tuple(self._damage.values()):
            raise error.with_traceback(None)

    def _check_file(self, file: File) -> None:
        known, found = self._known[file.name], _read_status(self._paths[file.name])
        if known is None or found is None or found == known or found.inode != known.inode:
            return
        self._known[file.name] = found
        self._damage.pop(file.name, None)
        try:
            check_size(self._folder, file)
            if file.size <= MOST_DIGESTED:
                check_digest(self._folder, file)
        except GenerationCorrupt as error:
            self._damage[file.name] = error


def _read_status(path: str) -> _Status | None:
    try:
        found = os.stat(path)  # noqa: PTH116 - half the time of a path's own method
    except OSError:
        return None
    return _Status(found.st_ino, found.st_size, found.st_mtime_ns)
