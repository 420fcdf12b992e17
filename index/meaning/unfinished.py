"""Keep the vectors that have been computed until all are, so that a killed run can be continued.

The file ``INDEX/vectors.unfinished`` (SQLite) belongs to no generation, so a build in between
does not change it. It holds the digests of texts and the signs of their vectors, by one model.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from index.meaning.sign_table import SignTable
from index.meaning.vector_file import DIGEST_BYTES, VERSION, measure_row
from index.store.sqlite import Database

UNFINISHED = "vectors.unfinished"
"""The name of the file in the folder of the index."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS origin (model TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS vectors (digest BLOB PRIMARY KEY, signs BLOB NOT NULL) WITHOUT ROWID;
"""
_PAGE = """
SELECT digest, signs FROM vectors WHERE digest > ? AND length(digest) = ? AND length(signs) = ?
ORDER BY digest LIMIT 10000
"""


class Unfinished:
    """The vectors that earlier runs and this one have computed; must be closed."""

    def __init__(self, directory: Path, model: str) -> None:
        """Open the file; one by another model, or a damaged one, is replaced.

        Args:
            directory: The index, locked.
            model: The digest of the model.

        Raises:
            OSError: The file cannot be opened, created, read or written; every method may raise
                this.
        """
        self._path = directory / UNFINISHED
        origin = f"{VERSION} {model}"
        base = self._open()
        if base is None:
            self._delete_files()
            base = Database(self._path, _SCHEMA)
        self._base = base
        if [row[0] for row in base.query("SELECT model FROM origin")] != [origin]:
            base.query("DELETE FROM vectors")
            base.query("DELETE FROM origin")
            base.query("INSERT INTO origin VALUES (?)", origin)
            base.commit()

    def _open(self) -> Database | None:
        """Open the file, or return None if it is damaged."""
        try:
            base = Database(self._path, _SCHEMA)
            if base.query("PRAGMA quick_check(1)") == [("ok",)]:
                return base
        except OSError as error:
            # A full disk or a denied permission is an OperationalError, damage is not.
            if isinstance(error.__cause__, sqlite3.OperationalError):
                raise
        return None

    def add(self, rows: Iterable[tuple[bytes, bytes]]) -> None:
        """Add the digests of texts with the signs of their vectors."""
        self._base.execute_many("INSERT OR REPLACE INTO vectors VALUES (?, ?)", rows)

    def commit(self) -> None:
        """Make all that was added durable."""
        self._base.commit()

    def read_table(self, dimension: int) -> SignTable:
        """Return all that the file holds, without rows of another length: those are damaged."""
        digests, signs, last = bytearray(), bytearray(), b""
        lengths = DIGEST_BYTES, measure_row(dimension)
        while rows := self._base.query(_PAGE, last, *lengths):
            for last, packed in rows:
                digests += last
                signs += packed
        return SignTable.from_rows(digests, signs, dimension)

    def close(self) -> None:
        """Close the file; what was not committed is lost."""
        self._base.close()

    def delete(self) -> None:
        """Delete the file, when a generation has all the vectors."""
        self._base.close()
        self._delete_files()

    def _delete_files(self) -> None:
        for path in (self._path, self._path.with_name(f"{UNFINISHED}-journal")):
            with suppress(FileNotFoundError):
                path.unlink()
