"""Find when the index first had a record, across rebuilds and updates.

The ledger has for each record the time at which the build or update began that first brought it. An
update keeps these times with the ledger that it copies. A build from nothing looks them up by key
in the ledger of the generation that it replaces.
"""

import logging
import re
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path

from index.store.ledger import LEDGER
from index.store.sqlite import Database

KEYS_PER_QUERY = 500
"""Number of keys that one statement looks up; SQLite accepts at least 999 values."""

_NAME = re.compile(r"(\d{8}T\d{6})\d{0,6}Z?(?:-[0-9a-f]{0,8})?")
_HAS_COLUMN = "SELECT count(*) FROM pragma_table_info('records') WHERE name = 'added'"
_OF_WORK = """
SELECT min(added) FROM records WHERE work = (SELECT work FROM records WHERE key = ?)
"""


@lru_cache(16)
def parse_generation_time(name: str) -> int | None:
    """Return the second at which a generation was begun, from its name.

    Args:
        name: ``20261129T072719123456Z-1f2e3d4c``, or a beginning of it that has the time.

    Returns:
        Seconds since 1970; None if the text is no such name.
    """
    found = _NAME.fullmatch(name)
    if not found:
        return None
    try:
        return int(datetime.strptime(found[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC).timestamp())
    except ValueError:
        return None


class Arrivals:
    """Decides when a record that a build stores first came."""

    def __init__(self, now: int, earlier: Path | None = None) -> None:
        """Open the ledger of the generation that is replaced, if there is one.

        Args:
            now: When this build began, in seconds since 1970.
            earlier: The folder of the generation that a build from nothing replaces, or None. One
                whose ledger is missing or damaged counts as none, since a build repairs an index.
        """
        self._now, self._known = now, dict[str, int]()
        self._base: Database | None = None
        self._select = ""
        if earlier is not None and (earlier / LEDGER).is_file():
            self._open(earlier)

    def _open(self, earlier: Path) -> None:
        base = None
        try:
            base = Database(earlier / LEDGER)
            # Versions before this one kept no times: all their records came by its own.
            then = parse_generation_time(earlier.name) or self._now
            column = "added" if base.query_number(_HAS_COLUMN) else str(then)
            self._select = f"SELECT key, {column} FROM records WHERE key IN"  # noqa: S608 - a name or a number
        except OSError as error:
            self._give_up(error, base)
        else:
            self._base = base

    def prefetch(self, keys: Sequence[str]) -> None:
        """Query many keys at once, so that `find` knows when they came."""
        self._known = {}
        if self._base is None:
            return
        try:
            for start in range(0, len(keys), KEYS_PER_QUERY):
                some = keys[start : start + KEYS_PER_QUERY]
                found = self._base.query(f"{self._select} ({','.join('?' * len(some))})", *some)
                self._known.update(found)
        except OSError as error:
            self._give_up(error, self._base)

    def find(self, key: str) -> int:
        """Return when a record first came, in seconds: now, unless it was prefetched and known."""
        return self._known.get(key, self._now)

    def _give_up(self, error: OSError, base: Database | None) -> None:
        message = "Papers count as new: the index to replace cannot be read (%s)."
        logging.getLogger(__name__).warning(message, error)
        self._base = None
        if base is not None:
            base.close()

    def close(self) -> None:
        """Close the ledger; a second call does nothing."""
        if self._base is not None:
            self._base.close()


class FirstAppearances:
    """Tells when the works of a generation first came; safe to share between threads.

    The file is opened for each call, and nothing is cached: 50 works take 1 ms, or 7 if the file
    was not read before.
    """

    def __init__(self, folder: Path) -> None:
        """Remember the ledger of a generation without opening it."""
        self._path = folder / LEDGER

    def find(self, ids: Sequence[str]) -> dict[str, datetime]:
        """Return when works first came, in UTC.

        Args:
            ids: The ids of papers.

        Returns:
            The earliest time of any record of each work; ids that are unknown, and all ids if the
            ledger cannot be read, are left out.
        """
        uri = f"{self._path.absolute().as_uri()}?mode=ro&immutable=1"
        try:
            with closing(sqlite3.connect(uri, uri=True)) as base:
                found = {one: base.execute(_OF_WORK, (one,)).fetchone()[0] for one in ids}
        except sqlite3.Error:
            return {}
        return {one: datetime.fromtimestamp(at, UTC) for one, at in found.items() if at}
