"""Write the names of the people that dumps describe.

The names go into a SQLite file, ``aliases``, created when the first person of several names comes:

- ``people``: the ``key`` of each person, which is the id in the dump, and their ``names``, one per
  line: the author key, a tab, and the name as the dump writes it, with its homonym number;
- ``aliases``: the person of each author key; a key of several people identifies none of them.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from index.names.parser import make_author_key, parse_name
from index.people.aliases import ALIASES, parse_names
from index.store.sqlite import Database
from index.text.cleaning import clean_name

MOST_NAMES = 50
"""Most names of one person; a page with more describes several people. Chosen."""

LONGEST_NAME = 200
"""Most characters of a name; longer ones are ignored. Chosen."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS people (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, names TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS aliases (name TEXT, person INTEGER, PRIMARY KEY (name, person))
    WITHOUT ROWID;
CREATE TEMP TABLE was (key TEXT PRIMARY KEY, names TEXT NOT NULL) WITHOUT ROWID;
"""
_CHANGED = """
SELECT count(*) FROM was LEFT JOIN people USING (key)
WHERE was.names != coalesce(people.names, '')"""

Names = Mapping[str, str]
"""Names as a dump writes them, by author key."""


def key_names(names: Iterable[str]) -> dict[str, str]:
    """Return the names of one person by author key; of several spellings, the first."""
    keyed: dict[str, str] = {}
    for name in names:
        written = clean_name(name[: LONGEST_NAME + 1])
        if len(written) <= LONGEST_NAME and (key := make_author_key(parse_name(written))):
            keyed.setdefault(key, " ".join(written.split()))
    return keyed


class AliasWriter:
    """Writes the names of the people of a new generation."""

    def __init__(self, folder: Path, *, update: bool = False) -> None:
        """Continue with the file in a folder, if there is one.

        Args:
            folder: The folder of the generation.
            update: Whether the file has the people of the previous generation.

        Raises:
            OSError: The file cannot be opened, created, read or written; every method may raise
                this.
        """
        self._path = folder / ALIASES
        self._update = update
        self._base = Database(self._path, _SCHEMA) if self._path.exists() else None

    def set_names(self, key: str, names: Names) -> None:
        """Replace the names of a person.

        Args:
            key: The id of the person in the dump.
            names: The names; a person of a single name, or of too many, is removed.
        """
        if not 1 < len(names) <= MOST_NAMES:
            self.remove(key)
            return
        self._base = self._base or Database(self._path, _SCHEMA)
        lines = "\n".join(f"{name}\t{written}" for name, written in names.items())
        number, before = self._find(key)
        if before == lines:
            return
        self._delete(key, number, before)
        self._query("INSERT INTO people (key, names) VALUES (?, ?)", key, lines)
        number, _ = self._find(key)
        for name in names:
            self._query("INSERT INTO aliases VALUES (?, ?)", name, number)

    def remove(self, key: str) -> None:
        """Remove the person of a key, if there is one."""
        number, lines = self._find(key)
        if lines:
            self._delete(key, number, lines)

    def _find(self, key: str) -> tuple[object, str]:
        found = self._query("SELECT number, names FROM people WHERE key = ?", key)
        return (found[0][0], str(found[0][1])) if found else (None, "")

    def _delete(self, key: str, number: object, lines: str) -> None:
        if self._update:
            self._query("INSERT OR IGNORE INTO was VALUES (?, ?)", key, lines)
        if lines:
            for name in parse_names(lines):
                self._query("DELETE FROM aliases WHERE name = ? AND person = ?", name, number)
            self._query("DELETE FROM people WHERE number = ?", number)

    @property
    def changed(self) -> int:
        """Return the number of people whose names differ from the previous generation."""
        counting = _CHANGED if self._update else "SELECT count(*) FROM people"
        found = self._query(counting)
        return int(str(found[0][0])) if found else 0

    def commit(self) -> None:
        """Make all changes so far durable."""
        if self._base is not None:
            self._base.commit()

    def close(self) -> None:
        """Close the file and discard uncommitted changes; a second call does nothing."""
        if self._base is not None:
            self._base.close()
            self._base = None

    def _query(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        return self._base.query(statement, *values) if self._base is not None else []
