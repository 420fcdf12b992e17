"""Write and read a SQLite file of a generation.

Every failure, such as a full disk or a denied permission, is raised as an `OSError` that names the
file, as for any other file.
"""

import sqlite3
from collections.abc import Iterable
from pathlib import Path
from typing import Any

CACHE_KB = 32_768
"""SQLite's page cache in kB. Chosen."""


class Database:
    """One SQLite file, used by one process."""

    def __init__(self, path: Path, schema: str = "") -> None:
        """Open a file.

        Args:
            path: The file; created if missing and a schema is given.
            schema: The statements that create the tables of a file to write; empty to read a file
                that no longer changes.

        Raises:
            OSError: The file cannot be opened or created; every method may raise this.
        """
        self._name = path.name
        self._queued_statement = ""
        self._queued_rows: list[tuple[object, ...]] = []
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
        """Run a statement and return all its rows."""
        if self._queued_rows:
            self._execute_queue()
        try:
            return self._connection.execute(statement, values).fetchall()
        except sqlite3.Error as error:
            raise self._make_error(error) from error

    def query_number(self, statement: str, *values: object) -> int:
        """Run a statement that returns one row, and return its first column."""
        return int(self.query(statement, *values)[0][0])

    def execute_many(self, statement: str, rows: Iterable[tuple[object, ...]]) -> None:
        """Run a statement once for each row of values."""
        if self._queued_rows:
            self._execute_queue()
        try:
            self._connection.executemany(statement, rows)
        except sqlite3.Error as error:
            raise self._make_error(error) from error

    def queue(self, statement: str, *values: object) -> None:
        """Queue a statement, to run before the next different one.

        Running many at once takes half the time. Errors are raised when they run.
        """
        if statement != self._queued_statement and self._queued_rows:
            self._execute_queue()
        self._queued_statement = statement
        self._queued_rows.append(values)

    def _execute_queue(self) -> None:
        rows, self._queued_rows = self._queued_rows, []
        self.execute_many(self._queued_statement, rows)

    def commit(self) -> None:
        """Make all changes so far durable."""
        self.query("COMMIT")
        self.query("BEGIN")

    def close(self) -> None:
        """Close the file and discard uncommitted changes; a second call does nothing."""
        self._connection.close()

    def _make_error(self, error: sqlite3.Error) -> OSError:
        return OSError(f"{self._name}: {error}")
