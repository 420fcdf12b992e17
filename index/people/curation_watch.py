"""Keep what the maintainer says about people up to date while a program runs.

A file that becomes wrong changes nothing: what was read last stays in use, and the log says once
what is wrong.
"""

import logging
import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock

from index.people.curation import CURATION, Curation
from index.people.errors import CurationUnusable
from index.store.file_watch import INTERVAL_SECONDS, read_stamp


class CurationWatch:
    """What the file of an index says; safe to share between threads."""

    def __init__(self, directory: Path, clock: Callable[[], float] = time.monotonic) -> None:
        """Read the file, if there is one.

        Args:
            directory: The index.
            clock: Returns the time in seconds.
        """
        self._path, self._clock, self._lock = directory / CURATION, clock, Lock()
        self._stamp = read_stamp(str(self._path))
        self._next = clock() + INTERVAL_SECONDS
        self._curation, self._version = Curation(), ""
        self._problem = ""
        if self._stamp or self._path.is_symlink():
            self._read()

    @property
    def curation(self) -> Curation:
        """What the file says; it is looked at once a second at most."""
        self._refresh()
        return self._curation

    @property
    def problem(self) -> str:
        """What is wrong with the file as it is now; empty if nothing is."""
        self._refresh()
        return self._problem

    @property
    def version(self) -> str:
        """A text that differs between versions of the file; empty if nothing was read."""
        self._refresh()
        return self._version

    def _refresh(self) -> None:
        if self._clock() < self._next:
            return
        with self._lock:
            self._next = self._clock() + INTERVAL_SECONDS
            if (found := read_stamp(str(self._path))) != self._stamp:
                self._stamp = found
                self._read()

    def _read(self) -> None:
        # Here, since most indexes have no such file, and modules of its parser take time to load.
        from index.people.curation_parser import read_curation

        try:
            self._curation = read_curation(self._path)
        except CurationUnusable as error:
            if (message := str(error)) != self._problem:
                self._problem = message
                known = "What was read before is used." if self._version else "It is not used."
                logging.getLogger(__name__).warning("%s %s", message, known)
        else:
            self._problem = ""
            self._version = "-".join(map(str, self._stamp or ()))
