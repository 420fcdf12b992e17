"""Answers: how is a SQLite file of a generation written and read?

What fails is an `OSError` that names the file, as of any other file: a full disk, a lost
permission.
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

CACHE_KB = 32_768
"""Memory for pages of the file. Chosen."""


class Database:
    """One SQLite file, in one process."""

    def __init__(self, path: Path, schema: str = "") -> None:
        """Open a file.

        Args:
            path: The file; made if it is to be written and is not there.
            schema: The tables of a file that is to be written; empty to read one that nobody
                changes any more.

        Raises:
            OSError: It cannot be opened or made; also raised by every method.
        """
        self._name = path.name
        self._later = ""
        self._waiting: list[tuple[object, ...]] = []
        uri = f"{path.absolute().as_uri()}?{'mode=rwc' if schema else 'mode=ro&immutable=1'}"
        try:
            self._connection = sqlite3.connect(uri, uri=True, isolation_level=None)
            self._connection.execute(f"PRAGMA cache_size = -{CACHE_KB}")
            if schema:
                self._connection.execute("PRAGMA synchronous = FULL")
                self._connection.executescript(schema)
                self._connection.execute("BEGIN")
        except sqlite3.Error as error:
            raise self._make_error(error) from error

    def query(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Run a statement and give all its rows."""
        if self._waiting:
            self._run_queue()
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise self._make_error(error) from error

    def query_number(self, statement: str, *values: object) -> int:
        """Run a statement of one row and give its first column."""
        return int(self.query(statement, *values)[0][0])

    def run_many(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Run a statement for each row of values."""
        if self._waiting:
            self._run_queue()
        try:
            self._connection.executemany(statement, rows)
        except sqlite3.Error as error:
            raise self._make_error(error) from error

    def queue(self, statement: str, *values: object) -> None:
        """Run a statement before the next one of another kind; many in one go take half the time.

        What fails then is raised there.
        """
        if statement != self._later and self._waiting:
            self._run_queue()
        self._later = statement
        self._waiting.append(values)

    def _run_queue(self) -> None:
        rows, self._waiting = self._waiting, []
        self.run_many(self._later, rows)

    def commit(self) -> None:
        """Make everything so far durable."""
        self.query("COMMIT")
        self.query("BEGIN")

    def close(self) -> None:
        """Close the file; what is not committed is lost. A second time does nothing."""
        self._connection.close()

    def _make_error(self, error: sqlite3.Error) -> OSError:
        return OSError(f"{self._name}: {error}")
