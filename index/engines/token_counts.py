"""Count in a local file how many papers of a cluster have each token of each field.

A search plans with the counts of dozens of words before it asks the engine for hits. An engine on
another machine would answer each count with a request of its own, and could list the tokens of a
text that begin with some letters only by loading all texts into memory. So the writer counts, and
the counts are a SQLite file beside the few bytes that say where the documents are.
"""

import shutil
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any

from index.fields import FIELDS, PART, ROW, WORK, Kind

COUNTS_FILE = "tokens.sqlite"
"""The file's name in an engine's folder."""

COUNTED = {
    name: kind
    for name, kind in FIELDS.items()
    if kind in {Kind.WORDS, Kind.POSITIONS, Kind.EXACT, Kind.KEY}
    and name not in {"id", "identifier", "doi", "arxiv", "first_author_key"}
}
"""The fields whose tokens or values are counted. Ids are left out, since every paper has its own
and a search seldom counts them."""

MAX_PENDING = 500_000
"""Tokens that are counted in memory before they are written, about 60 MB. Chosen."""

KINDS = ("", WORK, ROW, PART)
"""The values of ``dup``, in the order of the columns of each table; see `index.fields`."""

_COLUMNS = ("single", "work", "row", "part")
_TOKENS = {Kind.WORDS, Kind.POSITIONS}
_LAST = "\U0010ffff"
_SCHEMA = "".join(
    f"CREATE TABLE IF NOT EXISTS {name} (token TEXT PRIMARY KEY, single INTEGER, work INTEGER,"
    " row INTEGER, part INTEGER) WITHOUT ROWID;"
    for name in COUNTED
)


class TokenCounter:
    """Counts the tokens of papers that are added to or removed from a folder.

    Every method may raise an `OSError` that names the file.
    """

    def __init__(self, folder: Path) -> None:
        """Open or create the counts of a folder; what another generation counted is not changed.

        Args:
            folder: The folder of the engine, which must exist.
        """
        path = folder / COUNTS_FILE
        _detach(path)
        with _report_failures(path):
            self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.executescript(_SCHEMA)
            self._connection.execute("BEGIN")
        self._path = path
        self._pending: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self._added = 0

    def add(self, dup: str, texts: Iterable[tuple[str, str]]) -> None:
        """Count the tokens of a paper.

        Args:
            dup: The paper's value of ``dup``.
            texts: Its pairs of field and value, see `index.engines.document.Document.texts`.
        """
        for field, tokens in _collect_tokens(texts).items():
            self._pending[field, dup].update(tokens)
            self._added += len(tokens)
        if self._added > MAX_PENDING:
            self._write_pending()

    def remove(self, dup: str, texts: Iterable[tuple[str, str]]) -> None:
        """Take back the tokens of a paper, given like those of `add`."""
        for field, tokens in _collect_tokens(texts).items():
            self._pending[field, dup].subtract(tokens)
            self._added += len(tokens)

    def commit(self) -> None:
        """Make all counts so far durable, and continue."""
        self._write_pending()
        with _report_failures(self._path):
            self._connection.execute("COMMIT")
            self._connection.execute("BEGIN")

    def close(self) -> None:
        """Close the file and discard what was not committed; a second call does nothing."""
        self._connection.close()

    def _write_pending(self) -> None:
        with _report_failures(self._path):
            for (field, dup), counts in self._pending.items():
                column = _COLUMNS[KINDS.index(dup)]
                self._connection.executemany(
                    f"INSERT INTO {field} (token, {column}) VALUES (?, ?) ON CONFLICT (token) DO"  # noqa: S608 - names of ours
                    f" UPDATE SET {column} = coalesce({column}, 0) + excluded.{column}",
                    sorted(counts.items()),
                )
        self._pending.clear()
        self._added = 0


class TokenCounts:
    """The counts of a folder that no writer has open; safe to use from many threads.

    Every method may raise an `OSError` that names the file.
    """

    def __init__(self, folder: Path) -> None:
        """Open the counts of a folder.

        Args:
            folder: The folder of the engine.
        """
        self._path, self._lock = folder / COUNTS_FILE, Lock()
        uri = f"{self._path.absolute().as_uri()}?mode=ro&immutable=1"
        with _report_failures(self._path):
            self._connection = sqlite3.connect(
                uri, uri=True, isolation_level=None, check_same_thread=False
            )
            self._query(f"SELECT 1 FROM {next(iter(COUNTED))} LIMIT 1")  # noqa: S608 - a name of ours

    def count(self, field: str, token: str, without: Iterable[str] = ()) -> int:
        """Count the papers with a token.

        Args:
            field: One of `COUNTED`.
            token: The token, or a whole value.
            without: Values of ``dup`` whose papers do not count.
        """
        found = self._query(f"SELECT {_add(without)} FROM {field} WHERE token = ?", token)  # noqa: S608 - names of ours
        return int(found[0][0]) if found else 0

    def list_tokens(
        self, field: str, prefix: str, limit: int, without: Iterable[str] = ()
    ) -> list[tuple[str, int]]:
        """List the tokens with a prefix, the most frequent first; ties break alphabetically.

        Args:
            field: One of `COUNTED`.
            prefix: What the tokens begin with; may be empty.
            limit: The maximum number of tokens.
            without: Values of ``dup`` whose papers do not count.
        """
        return self._query(
            f"SELECT token, {_add(without)} AS papers FROM {field} WHERE token >= ? AND token <= ?"  # noqa: S608 - names of ours
            " AND papers > 0 ORDER BY papers DESC, token LIMIT ?",
            *(prefix, prefix + _LAST, limit),
        )

    def close(self) -> None:
        """Close the file; a second call does nothing."""
        self._connection.close()

    def _query(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        with self._lock, _report_failures(self._path):
            return self._connection.execute(statement, values).fetchall()


def _add(without: Iterable[str]) -> str:
    """Return the sum of the columns of a table, but for those of some values of ``dup``."""
    left_out = set(without)
    kept = [name for dup, name in zip(KINDS, _COLUMNS, strict=True) if dup not in left_out]
    return " + ".join(f"coalesce({name}, 0)" for name in kept) or "0"


def _collect_tokens(texts: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Return the distinct tokens of each field that is counted."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for field, value in texts:
        kind = COUNTED.get(field)
        if kind in _TOKENS:
            found[field].update(value.split(" "))
        elif kind:
            found[field].add(value)
    return found


def _detach(path: Path) -> None:
    """Replace a file that other generations link to by a copy of its own."""
    with suppress(FileNotFoundError):
        if path.stat().st_nlink > 1:
            own = path.with_suffix(".new")
            shutil.copyfile(path, own)
            own.replace(path)


@contextmanager
def _report_failures(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        message = f"{path.name}: {error}"
        raise OSError(message) from error
