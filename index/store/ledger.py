"""Answers: which records does a generation hold, and of which work is each?

A SQLite file, ``ledger``, that a build fills and an update starts from:

- ``records``: every record that became (a part of) a paper. ``number`` is its place in the order of
  coming and never given to another; ``key`` is its paper's id, with a tab and the part's name if it
  is only a part; ``content`` is a digest of what the dump says of it, wherever and whenever;
  ``work`` is the number of the first whole record of its work; ``kind`` its kind of dump.
- ``works``: of each work of several records (by its number) the ``lead``, the number of the record
  whose id the work has.
- ``bonds``: the pairs of records that speak of one work, as far as is known.
- ``gone``: during an update, the records of before that it took out.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from index.store.sqlite import Database

LEDGER = "ledger"
"""The file's name in a generation's folder."""

PART = "\t"
"""Stands between a paper's id and the name of a part; no id holds one."""

NO_WORK = -1
"""The work of a record that is no paper by itself, as long as that paper is not there."""

_SCHEMA = """
CREATE TABLE IF NOT EXISTS records (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, content INTEGER NOT NULL,
    work INTEGER NOT NULL, kind TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS records_content ON records (content);
CREATE TABLE IF NOT EXISTS works (number INTEGER PRIMARY KEY, lead INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS bonds (one INTEGER, other INTEGER, PRIMARY KEY (one, other))
    WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS bonds_other ON bonds (other);
CREATE TABLE IF NOT EXISTS gone (
    number INTEGER PRIMARY KEY, key TEXT NOT NULL, content INTEGER NOT NULL,
    work INTEGER NOT NULL, kind TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS gone_key ON gone (key);
CREATE TABLE IF NOT EXISTS counters (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
"""
_INDEX_OF_WORKS = "CREATE INDEX IF NOT EXISTS records_work ON records (work)"
_INSERT = "INSERT INTO records VALUES (?, ?, ?, ?, ?)"

_ASKED_AT_ONCE = 500
"""Keys looked up by one statement; SQLite takes at least 999 values."""

_NEXT = "next"


class LedgerRow(NamedTuple):
    """A line of the ledger."""

    number: int
    key: str
    content: int
    work: int
    kind: str


class Ledger:
    """The records of a generation, read or written by one process."""

    def __init__(self, path: Path, *, writable: bool = False) -> None:
        """Open a ledger.

        Args:
            path: The file; made if it is to be written and is not there.
            writable: Whether it is being made; else it is one that nobody changes any more.

        Raises:
            OSError: It cannot be opened, made, read or written; so says every method.
        """
        self._base = Database(path, _SCHEMA if writable else "")
        self._query, self._query_number = self._base.query, self._base.query_number
        self._free: set[str] = set()
        self._has_gone = writable and bool(self._query_number("SELECT count(*) FROM gone"))
        self.next = self._query_number(
            "SELECT coalesce(max(value), 0) FROM counters WHERE name = ?", _NEXT
        )

    def prefetch(self, keys: Sequence[str]) -> None:
        """Look up in one go which keys are free, so that `with_key` need not for each of them."""
        self._free = set(keys)
        for start in range(0, len(keys), _ASKED_AT_ONCE):
            some = keys[start : start + _ASKED_AT_ONCE]
            places = ",".join("?" * len(some))
            taken = self._query(f"SELECT key FROM records WHERE key IN ({places})", *some)  # noqa: S608 - nothing but question marks
            self._free.difference_update(row[0] for row in taken)

    def find_content(self, content: int) -> int | None:
        """Give the number of a record that says just this, or None."""
        found = self._query("SELECT number FROM records WHERE content = ? LIMIT 1", content)
        return found[0][0] if found else None

    def find_key(self, key: str) -> LedgerRow | None:
        """Give the record of a key, or None."""
        if key in self._free:
            return None
        return self._query_row("SELECT * FROM records WHERE key = ?", key)

    def find_removed(self, key: str, content: int) -> LedgerRow | None:
        """Give a record of before that this update took out and that said just this, or None."""
        if not self._has_gone:
            return None
        return self._query_row("SELECT * FROM gone WHERE key = ? AND content = ?", key, content)

    def find_number(self, number: int) -> LedgerRow | None:
        """Give the record of a number, or None if there is none any more."""
        return self._query_row("SELECT * FROM records WHERE number = ?", number)

    def _query_row(self, statement: str, *values: object) -> LedgerRow | None:
        found = self._query(statement, *values)
        return LedgerRow(*found[0]) if found else None

    def list_parts(self, paper_id: str) -> list[LedgerRow]:
        """Give the records that are parts of the paper of this id."""
        low, high = paper_id + PART, paper_id + chr(ord(PART) + 1)
        found = self._query("SELECT * FROM records WHERE key > ? AND key < ?", low, high)
        return [LedgerRow(*row) for row in found]

    def insert(self, key: str, content: int, kind: str, *, part: bool = False) -> int:
        """Enter a record, as a work of its own for now, or of none if it is a part.

        Args:
            key: Its key, which must be free.
            content: The digest of what the dump says.
            kind: Its kind of dump.
            part: Whether it is no paper by itself.

        Returns:
            Its number.
        """
        number, self.next = self.next, self.next + 1
        work = NO_WORK if part else number
        self._free.discard(key)
        self._base.queue(_INSERT, number, key, content, work, kind)
        return number

    def remove(self, record: LedgerRow, *, remember: bool) -> None:
        """Take a record out; `remember` if it was there before this update."""
        self._query("DELETE FROM records WHERE number = ?", record.number)
        if remember:
            self._has_gone = True
            self._query("INSERT INTO gone VALUES (?, ?, ?, ?, ?)", *record)

    def restore(self, record: LedgerRow) -> None:
        """Undo that a record of before was taken out."""
        self._query("DELETE FROM gone WHERE number = ?", record.number)
        self._free.discard(record.key)
        self._query(_INSERT, *record)

    def list_removed(self) -> Iterator[LedgerRow]:
        """Give the records of before that this update took out."""
        for row in self._query("SELECT * FROM gone ORDER BY number"):
            yield LedgerRow(*row)

    def list_missing(self, first: int) -> Iterator[int]:
        """Give the numbers from one on that no record has any more."""
        live = self._query_number("SELECT count(*) FROM records WHERE number >= ?", first)
        expected = first
        if live < self.next - first:
            for number, _ in self.list_keys(first):
                yield from range(expected, number)
                expected = number + 1
            yield from range(expected, self.next)

    def forget_removed(self) -> None:
        """Forget the records that were taken out, and their bonds."""
        for column in ("one", "other"):
            self._query(f"DELETE FROM bonds WHERE {column} IN (SELECT number FROM gone)")  # noqa: S608 - two names of ours
        self._query("DELETE FROM gone")

    def list_bound(self, number: int) -> list[int]:
        """Give the records that share a bond with one."""
        found = self._query(
            "SELECT other FROM bonds WHERE one = ? UNION SELECT one FROM bonds WHERE other = ?",
            number,
            number,
        )
        return [row[0] for row in found]

    def add_bonds(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Remember which records speak of one work."""
        self._base.run_many("INSERT OR IGNORE INTO bonds VALUES (?, ?)", pairs)

    def list_members(self, work: int) -> list[int]:
        """Give the numbers of a work's records, ascending."""
        return [row[0] for row in self._query(
            "SELECT number FROM records WHERE work = ? ORDER BY number", work
        )]  # fmt: skip

    def join_records(self, numbers: list[int], first: int, lead: int) -> None:
        """Make one work of records.

        Args:
            numbers: The records.
            first: The first of them that is a paper by itself, which numbers the work.
            lead: The one whose id the work has.
        """
        self._base.run_many(
            "UPDATE records SET work = ? WHERE number = ?", ((first, each) for each in numbers)
        )
        self._base.run_many("DELETE FROM works WHERE number = ?", ((each,) for each in numbers))
        if len(numbers) > 1:
            self._query("INSERT INTO works VALUES (?, ?)", first, lead)

    def dissolve_works(self, works: Iterable[int]) -> None:
        """Forget which works there were."""
        self._base.run_many("DELETE FROM works WHERE number = ?", ((each,) for each in works))

    def dissolve_all(self) -> None:
        """Make every record a work of its own again, as before any was matched."""
        self._query("DELETE FROM bonds")
        self._query("DELETE FROM works")
        self._query(
            "UPDATE records SET work = CASE WHEN instr(key, ?) THEN ? ELSE number END",
            PART,
            NO_WORK,
        )

    def detach(self, numbers: Iterable[int]) -> None:
        """Note that records are of no work: parts of a paper that is not there."""
        self._base.run_many(
            "UPDATE records SET work = ? WHERE number = ?", ((NO_WORK, each) for each in numbers)
        )

    def index_by_work(self) -> None:
        """Make `members` quick; done once, before the first work is joined."""
        self._query(_INDEX_OF_WORKS)

    def count_leaders(self, first: int) -> dict[str, int]:
        """Count, by kind, the records from a number on that are the first of their work."""
        return self._count_by_format(
            "SELECT kind, count(*) FROM records WHERE number >= ? AND number = work", first
        )

    def count_detached(self, first: int) -> dict[str, int]:
        """Count, by kind, the records from a number on that are of no work."""
        return self._count_by_format(
            "SELECT kind, count(*) FROM records WHERE number >= ? AND work < 0", first
        )

    def _count_by_format(self, statement: str, first: int) -> dict[str, int]:
        return {
            str(kind): count for kind, count in self._query(f"{statement} GROUP BY kind", first)
        }

    def count_papers(self) -> int:
        """Count the works, those of a single record too."""
        return self._query_number("SELECT count(*) FROM records WHERE number = work")

    def count_documents(self) -> int:
        """Count what the engine holds: every record, and works of several besides."""
        return self.count_records() + self._query_number("SELECT count(*) FROM works")

    def find_last_paper(self) -> str:
        """Give the key of the last record that is a paper, or an empty text."""
        found = self._query(
            "SELECT key FROM records WHERE number = work ORDER BY number DESC LIMIT 1"
        )
        return str(found[0][0]) if found else ""

    def count_changes(self, first: int) -> tuple[int, int, int]:
        """Count the records from a number on that are new, and changed, and those deleted."""
        fresh = self._query_number("SELECT count(*) FROM records WHERE number >= ?", first)
        gone = self._query_number("SELECT count(DISTINCT key) FROM gone")
        changed = self._query_number(
            "SELECT count(DISTINCT key) FROM gone WHERE key IN (SELECT key FROM records)"
        )
        return fresh - changed, changed, gone - changed

    def list_keys(self, first: int) -> Iterator[tuple[int, str]]:
        """Give number and key of every record from a number on."""
        at = first
        while rows := self._query(
            "SELECT number, key FROM records WHERE number >= ? ORDER BY number LIMIT 10000", at
        ):
            for number, key in rows:
                yield number, str(key)
            at = rows[-1][0] + 1

    def count_records(self) -> int:
        """Count the records."""
        return self._query_number("SELECT count(*) FROM records")

    def commit(self) -> None:
        """Make everything so far durable."""
        self._query("INSERT OR REPLACE INTO counters VALUES (?, ?)", _NEXT, self.next)
        self._base.commit()

    def close(self) -> None:
        """Close the file; what is not committed is lost."""
        self._base.close()
