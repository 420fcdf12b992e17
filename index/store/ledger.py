"""Keep the list of the records of a generation, with the work that each belongs to.

The ledger is a SQLite file that a build fills and an update starts from. Its tables:

- ``records``: every record that became a paper or part of one. ``number`` counts the records as
  they came and is never reused; ``key`` is the id of the paper, followed by a tab and the name of
  the part if the record is only a part; ``content`` is a digest of what the dump says, whatever the
  dump or its date; ``work`` is the number of the first whole record of the work; ``kind`` is the
  format; ``added`` is when the index first had it, in seconds (`index.store.first_appearance`).
- ``works``: for each work of several records (by its number) the ``lead``, the number of the record
  that gives the work its id.
- ``bonds``: the known pairs of records of one work.
- ``gone``: during an update, the records of the previous generation that it removed.
- ``counters``: the number of the next record.
"""

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from index.store.ledger_tables import PART, SCHEMA, LedgerRow
from index.store.sqlite import Database

LEDGER = "ledger"
"""The file's name in a generation's folder."""

NO_WORK = -1
"""The work of a part whose paper is missing."""

_INSERT = "INSERT INTO records VALUES (?, ?, ?, ?, ?, ?)"
_BOUND = "SELECT other FROM bonds WHERE one = ? UNION SELECT one FROM bonds WHERE other = ?"

_ADDED = "SELECT added FROM records WHERE key = ?"
_FIRST_ADDED = """
SELECT min(added) FROM records WHERE work = (SELECT work FROM records WHERE key = ?)
    AND NOT instr(key, ?)
"""
_PAPER_IDS = (
    "SELECT lead.key FROM records LEFT JOIN works ON works.number = records.number"
    " JOIN records lead ON lead.number = coalesce(works.lead, records.number)"
    " WHERE records.number >= ? AND records.number < ? AND records.number = records.work"
    " ORDER BY records.number"
)

_KEYS_PER_QUERY = 500
"""Number of keys that one statement looks up; SQLite accepts at least 999 values."""

_NEXT = "next"


class Ledger:
    """The ledger of a generation, read or written by one process.

    Attributes:
        next: The number of the next record.
    """

    def __init__(self, path: Path, *, writable: bool = False) -> None:
        """Open a ledger.

        Args:
            path: The file; created if missing and `writable`.
            writable: Open a ledger that is being made; otherwise one that no longer changes.

        Raises:
            OSError: The file cannot be opened, created, read or written; every method may raise
                this.
        """
        self._base = Database(path, SCHEMA if writable else "")
        self._query, self._query_number = self._base.query, self._base.query_number
        self._free: set[str] = set()
        self._has_removed = writable and bool(self._query_number("SELECT count(*) FROM gone"))
        self.next = self._query_number(
            "SELECT coalesce(max(value), 0) FROM counters WHERE name = ?", _NEXT
        )

    def prefetch(self, keys: Sequence[str]) -> None:
        """Query many keys at once, so that `find_key` knows those that are free."""
        self._free = set(keys)
        for start in range(0, len(keys), _KEYS_PER_QUERY):
            some = keys[start : start + _KEYS_PER_QUERY]
            places = ",".join("?" * len(some))
            taken = self._query(f"SELECT key FROM records WHERE key IN ({places})", *some)  # noqa: S608 - only question marks
            self._free.difference_update(row[0] for row in taken)

    def find_content(self, content: int) -> int | None:
        """Return the number of a record with this content, or None."""
        found = self._query("SELECT number FROM records WHERE content = ? LIMIT 1", content)
        return found[0][0] if found else None

    def find_key(self, key: str) -> LedgerRow | None:
        """Return the record of a key, or None."""
        if key in self._free:
            return None
        return self._query_row("SELECT * FROM records WHERE key = ?", key)

    def find_removed(self, key: str, content: int) -> LedgerRow | None:
        """Return the record of this key and content that this update removed, or None."""
        if not self._has_removed:
            return None
        return self._query_row("SELECT * FROM gone WHERE key = ? AND content = ?", key, content)

    def find_number(self, number: int) -> LedgerRow | None:
        """Return the record of a number, or None if it was removed."""
        return self._query_row("SELECT * FROM records WHERE number = ?", number)

    def _query_row(self, statement: str, *values: object) -> LedgerRow | None:
        found = self._query(statement, *values)
        return LedgerRow(*found[0]) if found else None

    def list_parts(self, paper_id: str) -> list[LedgerRow]:
        """Return the records that are parts of the paper of this id."""
        low, high = paper_id + PART, paper_id + chr(ord(PART) + 1)
        found = self._query("SELECT * FROM records WHERE key > ? AND key < ?", low, high)
        return [LedgerRow(*row) for row in found]

    def insert(
        self, key: str, content: int, form: str, *, part: bool = False, added: int = 0
    ) -> int:
        """Insert a record as a work of its own, or of no work if it is a part.

        Args:
            key: Its key, which must be free.
            content: The digest of what the dump says.
            form: The name of its format.
            part: Whether it is no paper by itself.
            added: When the index first had it, in seconds.

        Returns:
            Its number.
        """
        number, self.next = self.next, self.next + 1
        work = NO_WORK if part else number
        self._free.discard(key)
        self._base.queue(_INSERT, number, key, content, work, form, added)
        return number

    def remove(self, record: LedgerRow, *, remember: bool) -> None:
        """Remove a record; `remember` it if it is of the previous generation."""
        self._query("DELETE FROM records WHERE number = ?", record.number)
        if remember:
            self._has_removed = True
            self._query("INSERT INTO gone VALUES (?, ?, ?, ?, ?, ?)", *record)

    def restore(self, record: LedgerRow) -> None:
        """Undo the removal of a record of the previous generation."""
        self._query("DELETE FROM gone WHERE number = ?", record.number)
        self._free.discard(record.key)
        self._query(_INSERT, *record)

    def list_removed(self) -> Iterator[LedgerRow]:
        """Yield the records of the previous generation that this update removed."""
        for row in self._query("SELECT * FROM gone ORDER BY number"):
            yield LedgerRow(*row)

    def list_missing(self, first: int) -> Iterator[int]:
        """Yield the numbers from `first` on whose records were removed."""
        live = self._query_number("SELECT count(*) FROM records WHERE number >= ?", first)
        expected = first
        if live < self.next - first:
            for number, _ in self.list_keys(first):
                yield from range(expected, number)
                expected = number + 1
            yield from range(expected, self.next)

    def forget_removed(self) -> None:
        """Delete the removed records from the table ``gone``, and their bonds."""
        for column in ("one", "other"):
            self._query(f"DELETE FROM bonds WHERE {column} IN (SELECT number FROM gone)")  # noqa: S608 - two column names
        self._query("DELETE FROM gone")

    def list_bound(self, number: int) -> list[int]:
        """Return the records that share a bond with one."""
        return [row[0] for row in self._query(_BOUND, number, number)]

    def add_bonds(self, pairs: Iterable[tuple[int, int]]) -> None:
        """Add pairs of records of one work."""
        self._base.execute_many("INSERT OR IGNORE INTO bonds VALUES (?, ?)", pairs)

    def list_members(self, work: int) -> list[int]:
        """Return the numbers of the records of a work, ascending."""
        statement = "SELECT number FROM records WHERE work = ? ORDER BY number"
        return [row[0] for row in self._query(statement, work)]

    def find_added(self, key: str, *, work: bool) -> int:
        """Return when the index first had a record; with `work`, any whole record of its work."""
        if not work:
            return self._query_number(_ADDED, key)
        return self._query_number(_FIRST_ADDED, key, PART)

    def join_records(self, numbers: list[int], first: int, lead: int) -> None:
        """Join records into one work.

        Args:
            numbers: The records.
            first: The first of them that is a paper by itself; its number becomes the work's.
            lead: The record that gives the work its id.
        """
        self._base.execute_many(
            "UPDATE records SET work = ? WHERE number = ?", ((first, each) for each in numbers)
        )
        self._base.execute_many("DELETE FROM works WHERE number = ?", ((each,) for each in numbers))
        if len(numbers) > 1:
            self._query("INSERT INTO works VALUES (?, ?)", first, lead)

    def dissolve_works(self, works: Iterable[int]) -> None:
        """Remove works, leaving their records unassigned until they are joined again."""
        self._base.execute_many("DELETE FROM works WHERE number = ?", ((each,) for each in works))

    def dissolve_all(self) -> None:
        """Make every record a work of its own again, as before matching."""
        self._query("DELETE FROM bonds")
        self._query("DELETE FROM works")
        statement = "UPDATE records SET work = CASE WHEN instr(key, ?) THEN ? ELSE number END"
        self._query(statement, PART, NO_WORK)

    def detach(self, numbers: Iterable[int]) -> None:
        """Assign records to no work, as parts of a paper that is missing."""
        self._base.execute_many(
            "UPDATE records SET work = ? WHERE number = ?", ((NO_WORK, each) for each in numbers)
        )

    def index_by_work(self) -> None:
        """Create the index that `list_members` needs; call it once, before works are joined."""
        self._query("CREATE INDEX IF NOT EXISTS records_work ON records (work)")

    def count_leaders(self, first: int) -> dict[str, int]:
        """Count the records from `first` on that number their work, by format."""
        return self._count_by_format(
            "SELECT kind, count(*) FROM records WHERE number >= ? AND number = work", first
        )

    def count_detached(self, first: int) -> dict[str, int]:
        """Count the records from `first` on that belong to no work, by format."""
        return self._count_by_format(
            "SELECT kind, count(*) FROM records WHERE number >= ? AND work < 0", first
        )

    def _count_by_format(self, statement: str, first: int) -> dict[str, int]:
        return {
            str(form): count for form, count in self._query(f"{statement} GROUP BY kind", first)
        }

    def count_papers(self) -> int:
        """Count the works, those of a single record included."""
        return self._query_number("SELECT count(*) FROM records WHERE number = work")

    def count_documents(self) -> int:
        """Count the documents of the engine: every record, and every work of several."""
        return self.count_records() + self._query_number("SELECT count(*) FROM works")

    def find_last_paper(self) -> str:
        """Return the key of the last record that is a paper, or an empty string."""
        found = self._query(
            "SELECT key FROM records WHERE number = work ORDER BY number DESC LIMIT 1"
        )
        return str(found[0][0]) if found else ""

    def count_changes(self, first: int) -> tuple[int, int, int]:
        """Count the new and the changed records from `first` on, and the removed ones."""
        fresh = self._query_number("SELECT count(*) FROM records WHERE number >= ?", first)
        gone = self._query_number("SELECT count(DISTINCT key) FROM gone")
        changed = self._query_number(
            "SELECT count(DISTINCT key) FROM gone WHERE key IN (SELECT key FROM records)"
        )
        return fresh - changed, changed, gone - changed

    def list_sample(self, step: int) -> list[int]:
        """Return the numbers of about one in `step` records, chosen by what the dumps say."""
        statement = "SELECT number FROM records WHERE content % ? = 0 ORDER BY number"
        return [row[0] for row in self._query(statement, step)]

    def list_keys(self, first: int) -> Iterator[tuple[int, str]]:
        """Yield the number and key of every record from `first` on."""
        at = first
        while rows := self._query(
            "SELECT number, key FROM records WHERE number >= ? ORDER BY number LIMIT 10000", at
        ):
            for number, key in rows:
                yield number, str(key)
            at = rows[-1][0] + 1

    def list_paper_ids(self, first: int, end: int) -> list[str]:
        """List the ids of the works whose number is from `first` on and below `end`."""
        return [str(row[0]) for row in self._query(_PAPER_IDS, first, end)]

    def count_records(self) -> int:
        """Count the records."""
        return self._query_number("SELECT count(*) FROM records")

    def commit(self) -> None:
        """Make all changes so far durable."""
        self._query("INSERT OR REPLACE INTO counters VALUES (?, ?)", _NEXT, self.next)
        self._base.commit()

    def close(self) -> None:
        """Close the file and discard uncommitted changes."""
        self._base.close()
