"""Open the SQLite database of accounts, create it on first use, and bring it up to date."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from web.accounts.settings import DATABASE
from web.accounts.tables import MIGRATIONS
from web.accounts.tokens import digest_text
from web.errors import AccountsMisconfigured, AccountsUnavailable

BUSY_SECONDS = 5.0
"""How long a connection waits for another one to finish writing. Chosen: no transaction of ours
takes longer than a sync of the disk."""

OWNER_ONLY = 0o600
"""The mode of the file: SQLite gives the same to the files that it puts beside it."""


class Database:
    """The database of accounts; each transaction has a connection of its own."""

    def __init__(self, path: Path) -> None:
        """Name a file that `open_database` has checked."""
        self._path = path

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """Open a connection that sees one state of the database.

        Raises:
            AccountsUnavailable: The file cannot be read, now or in the block.
        """
        with self._run("BEGIN") as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Open a connection whose changes are kept if the block raises nothing.

        Raises:
            AccountsUnavailable: The file cannot be written, now or in the block.
        """
        with self._run("BEGIN IMMEDIATE") as connection:
            yield connection

    def forget(self) -> None:
        """Remove what was deleted from the file's log too.

        If a request is answered at the same time, the log goes when that one has ended.

        Raises:
            AccountsUnavailable: The file cannot be written.
        """
        with _translate_errors(), closing(_connect(self._path)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    @contextmanager
    def _run(self, begin: str) -> Iterator[sqlite3.Connection]:
        with _translate_errors(), closing(_connect(self._path)) as connection:
            connection.execute(begin)
            try:
                yield connection
            except BaseException:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")


def open_database(path: Path) -> Database:
    """Open a database, which is created if it is missing and brought up to date if it is older.

    Raises:
        AccountsMisconfigured: The file cannot be created, read or written, is no database, or was
            made by a newer version of the program.
    """
    try:
        _create_file(path)
        with closing(_connect(path)) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
            _migrate(connection)
    except (OSError, sqlite3.Error, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise AccountsMisconfigured(
            DATABASE,
            f"names a file that cannot be used ('{path}': {reason.lower()})",
            "Choose another, in a folder that the server may write",
        ) from error
    return Database(path)


def _create_file(path: Path) -> None:
    """Create the file for its owner alone, unless it exists."""
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, OWNER_ONLY))
    except FileExistsError:
        return


def _connect(path: Path) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None)
    connection.row_factory = sqlite3.Row
    # What is deleted is overwritten, in tables and in the list of free pages.
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.create_function("digest_text", 1, digest_text, deterministic=True)
    return connection


def _migrate(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")  # of two that start at once, one waits
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(MIGRATIONS):
        raise ValueError(f"made by a newer version of the program, schema {version}")
    for number, script in enumerate(MIGRATIONS[version:], version + 1):
        for statement in script.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {number}")
    connection.execute("COMMIT")


@contextmanager
def _translate_errors() -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise AccountsUnavailable(str(error)) from error
