"""Answers: which names have the people that dumps tell of?

A SQLite file, ``aliases``, that is made when the first person of two names or more comes:

- ``people``: of each the ``key``, which is the id in the dump, and the ``names``, one a line: its
  author key, a tab, and the name as the dump writes it, a homonym's number with it;
- ``aliases``: whose name each author key is; a name of several people tells of none of them.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from index.names.parser import make_author_key, parse_name
from index.people.aliases import ALIASES, parse_names
from index.store.sqlite import Database
from index.text.cleaning import clean_name

MOST_NAMES = 50
"""Names of one person; a page that has more stands for several people. Chosen."""

LONGEST_NAME = 200
"""Characters; what is longer is no name. Chosen."""

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
"""Names as a dump writes them, by their author keys."""


def key_names(names: Iterable[str]) -> dict[str, str]:
    """Key the names of one person; of several spellings of one key the first is kept."""
    found: dict[str, str] = {}
    for name in names:
        written = clean_name(name[: LONGEST_NAME + 1])
        if len(written) <= LONGEST_NAME and (key := make_author_key(parse_name(written))):
            found.setdefault(key, " ".join(written.split()))
    return found


class AliasWriter:
    """The people of a generation in the making."""

    def __init__(self, folder: Path, *, update: bool = False) -> None:
        """Go on with what the folder holds.

        Args:
            folder: The generation's.
            update: The people in it are those of the generation before.

        Raises:
            OSError: The file cannot be opened, made, read or written; so says every method.
        """
        self._path = folder / ALIASES
        self._update = update
        self._base = Database(self._path, _SCHEMA) if self._path.exists() else None

    def set_names(self, key: str, names: Names) -> None:
        """Take the names of a person in the place of those there were.

        Args:
            key: The person's id in the dump.
            names: The names; a person of one name, or of too many, is forgotten.
        """
        if not 1 < len(names) <= MOST_NAMES:
            self.remove(key)
            return
        self._base = self._base or Database(self._path, _SCHEMA)
        told = "\n".join(f"{name}\t{written}" for name, written in names.items())
        number, was = self._find(key)
        if was == told:
            return
        self._delete(key, number, was)
        self._query("INSERT INTO people (key, names) VALUES (?, ?)", key, told)
        number, _ = self._find(key)
        for name in names:
            self._query("INSERT INTO aliases VALUES (?, ?)", name, number)

    def remove(self, key: str) -> None:
        """Forget a person, if there is one of this key."""
        number, was = self._find(key)
        if was:
            self._delete(key, number, was)

    def _find(self, key: str) -> tuple[object, str]:
        found = self._query("SELECT number, names FROM people WHERE key = ?", key)
        return (found[0][0], str(found[0][1])) if found else (None, "")

    def _delete(self, key: str, number: object, told: str) -> None:
        if self._update:
            self._query("INSERT OR IGNORE INTO was VALUES (?, ?)", key, told)
        if told:
            for name in parse_names(told):
                self._query("DELETE FROM aliases WHERE name = ? AND person = ?", name, number)
            self._query("DELETE FROM people WHERE number = ?", number)

    @property
    def changed(self) -> int:
        """Return how many people have other names than in the generation before."""
        counting = _CHANGED if self._update else "SELECT count(*) FROM people"
        found = self._query(counting)
        return int(str(found[0][0])) if found else 0

    def commit(self) -> None:
        """Make everything so far durable."""
        if self._base is not None:
            self._base.commit()

    def close(self) -> None:
        """Close the file; what is not committed is lost. A second time does nothing."""
        if self._base is not None:
            self._base.close()
            self._base = None

    def _query(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        return self._base.query(statement, *values) if self._base is not None else []
