"""Open the applications of several indexes, and try again those that cannot be opened yet."""

import logging
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from threading import Lock

from flask import Flask

from index.errors import PapersearchError
from search.answers.searcher import Searcher
from web.errors import IndexLeftOut

RETRY_SECONDS = 5.0
"""Time after which an index that could not be opened is tried again; chosen."""


class Site:
    """One index and its application; safe to share between threads.

    Attributes:
        name: The name of the index.
        directory: Its folder.
    """

    def __init__(
        self,
        name: str,
        directory: Path,
        create: Callable[[str, Path], Flask],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Take an index, without opening it.

        Args:
            name: The name of the index.
            directory: Its folder.
            create: Creates the application.
            clock: Returns the time in seconds.
        """
        self.name, self.directory = name, directory
        self._create, self._clock, self._lock = create, clock, Lock()
        self._app: Flask | None = None
        self._failure: PapersearchError | None = None
        self._retry_at = 0.0

    @property
    def failure(self) -> PapersearchError | None:
        """Why the index cannot be used, if it could not be opened."""
        return self._failure

    def open(self) -> Flask:
        """Return the application.

        Raises:
            IndexLeftOut: The index cannot be used, or could not a moment ago.
        """
        with self._lock:
            if self._app is not None:
                return self._app
            if self._failure is None or self._clock() >= self._retry_at:
                return self._try()
            raise IndexLeftOut(self.name) from self._failure

    def open_searcher(self) -> Searcher:
        """Return what searches the index.

        Raises:
            IndexLeftOut: The index cannot be used.
        """
        searcher: Searcher = self.open().extensions["searcher"]
        try:
            _ = searcher.manifest  # checks the files of the generation in use
        except PapersearchError as error:
            raise IndexLeftOut(self.name) from error
        return searcher

    def _try(self) -> Flask:
        try:
            self._app = self._create(self.name, self.directory)
        except PapersearchError as error:
            if str(error) != str(self._failure):
                logging.getLogger(__name__).warning("Leaving out %s. %s", self.name, error)
            self._failure, self._retry_at = error, self._clock() + RETRY_SECONDS
            raise IndexLeftOut(self.name) from error
        self._failure = None
        return self._app


class Sites:
    """The indexes of a server, in their order."""

    def __init__(self, sites: Mapping[str, Site]) -> None:
        """Take the indexes by their names."""
        self.by_name = dict(sites)

    def open_searchers(self) -> tuple[dict[str, Searcher], dict[str, str]]:
        """Return what can be searched, and why the rest cannot, each by its name."""
        searchers: dict[str, Searcher] = {}
        left_out: dict[str, str] = {}
        for name, site in self.by_name.items():
            try:
                searchers[name] = site.open_searcher()
            except IndexLeftOut as error:
                left_out[name] = str(error)
        return searchers, left_out

    def check(self) -> None:
        """Check that an index can be used.

        Raises:
            PapersearchError: None can; this is the failure of the first.
        """
        _, left_out = self.open_searchers()
        if len(left_out) == len(self.by_name):
            first = next(iter(self.by_name.values()))
            raise first.failure or IndexLeftOut(first.name)
