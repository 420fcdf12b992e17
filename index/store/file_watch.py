"""Notice that files of an opened generation are changed in place.

The files of a generation never change, and engines map them into memory. If bytes are changed
nevertheless, searches go wrong; if a file becomes shorter, reading on ends the process. A file that
was removed or replaced by a rename does no harm, since the mapped one stays.
"""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

from index.errors import GenerationCorrupt
from index.store.integrity import MOST_DIGESTED, check_digest, check_size
from index.store.manifest import File, Manifest

INTERVAL_SECONDS = 1.0
"""Time between two looks at the files; chosen. A look at 35 files takes .15 ms of processor time,
which is 3 % of a search, and with an interval of .1 s most searches of one reader paid for one."""

Stamp: TypeAlias = tuple[int, int, int]
"""The number, size and time of change of a file."""


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
        self._folder, self._clock = folder, clock
        # Making a path takes longer than looking at the file.
        self._paths = [(file, str(folder / file.name)) for file in manifest.files]
        self._known = {path: read_stamp(path) for _, path in self._paths}
        self._damage: dict[str, GenerationCorrupt] = {}
        self._next = clock() + INTERVAL_SECONDS

    def check(self) -> None:
        """Check that no file was changed in place, unless that was checked a moment ago.

        Raises:
            GenerationCorrupt: A file has other content now.
        """
        if (now := self._clock()) >= self._next:
            self._next = now + INTERVAL_SECONDS
            for file, path in self._paths:
                if (found := read_stamp(path)) != self._known[path]:
                    self._check_file(file, path, found)
        for error in tuple(self._damage.values()):
            raise error.with_traceback(None)

    def _check_file(self, file: File, path: str, found: Stamp | None) -> None:
        known = self._known[path]
        if known is None or found is None or found[0] != known[0]:
            return  # it was removed, or replaced by another file
        self._known[path] = found
        self._damage.pop(file.name, None)
        try:
            check_size(self._folder, file)
            if file.size <= MOST_DIGESTED:
                check_digest(self._folder, file)
        except GenerationCorrupt as error:
            self._damage[file.name] = error


def read_stamp(path: str) -> Stamp | None:
    """Return the stamp of a file, or None if it cannot be read.

    Every search reads some, and with a path of `pathlib` it takes twice as long.
    """
    try:
        found = os.stat(path)  # noqa: PTH116 - see above
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
