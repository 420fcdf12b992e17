"""Tell which papers of a generation cite which.

The files are `index.references.citation_file` and the ledger, in which the numbers of works have
their ids. Without the first one, no paper cites any.
"""

import logging
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from heapq import nsmallest
from itertools import islice
from pathlib import Path

from index.references.citation_file import CITATIONS, Columns, Direction, map_citations
from index.store.integrity import VERIFY
from index.store.ledger import LEDGER
from index.store.ledger_tables import PART

MOST_LISTED = 1_000
"""Papers that `CitationIndex.read` lists in each direction unless asked for fewer. Chosen."""

_TOGETHER = 500
"""Numbers that one statement looks up; SQLite accepts at least 999 values."""

_WORK = "SELECT work FROM records WHERE key = ?"
_IDS = """
SELECT records.number, lead.key FROM records LEFT JOIN works ON works.number = records.number
    JOIN records lead ON lead.number = coalesce(works.lead, records.number)
    WHERE records.number IN ({})
"""
_RECORDS = "SELECT key FROM records WHERE NOT instr(key, ?) AND work IN ({})"


@dataclass(frozen=True, slots=True)
class Citations:
    """What a paper cites and what cites it, within the index.

    Attributes:
        references: The ids of works that it cites, those cited most often in this index first.
        cited_by: The ids of works that cite it, likewise.
        references_here: How many works of the index it cites; `references` may list fewer.
        references_total: How many references the dumps name, in the index or not.
        cited_by_total: How many works of the index cite it; `cited_by` may list fewer.
    """

    references: tuple[str, ...] = ()
    cited_by: tuple[str, ...] = ()
    references_here: int = 0
    references_total: int = 0
    cited_by_total: int = 0

    def __bool__(self) -> bool:
        """Return whether anything is known."""
        return bool(self.references_total or self.cited_by_total)


class CitationIndex:
    """The citations of one generation; false if it has none. Safe to share between threads."""

    def __init__(self, folder: Path) -> None:
        """Remember the files of a generation without opening them."""
        self._folder = folder
        self._exists = (folder / CITATIONS).is_file()
        self._warned = False

    def __bool__(self) -> bool:
        """Return whether any dump of the generation names references."""
        return self._exists

    @cached_property
    def _columns(self) -> Columns | None:
        """The columns of the file, mapped when they are first needed."""
        try:
            return map_citations(self._folder / CITATIONS) if self._exists else None
        except (OSError, ValueError) as error:
            self._warn(error)
            return None

    def read(self, paper_id: str, most: int = MOST_LISTED) -> Citations:
        """Return what a work cites and what cites it; nothing if the id is that of no work.

        Args:
            paper_id: The id of the work, or of one of its records.
            most: The most ids to list in each direction.
        """
        columns = self._columns
        if columns is None:
            return Citations()
        try:
            with closing(self._open_ledger()) as ledger:
                return _read_citations(ledger, columns, paper_id, most)
        except (sqlite3.Error, ValueError, IndexError) as error:
            self._warn(error)
            return Citations()

    def list_records(
        self, papers: Iterable[str], direction: Direction, most: int
    ) -> tuple[int, tuple[str, ...]]:
        """List the records of the works that cite some works, or that these cite.

        Args:
            papers: The ids of the works.
            direction: Which side to list.
            most: The most works whose records are listed.

        Returns:
            The number of works, and the ids of their records; of more works than `most`, none.
        """
        columns = self._columns
        if columns is None:
            return 0, ()
        try:
            with closing(self._open_ledger()) as ledger:
                starts = [_find_work(ledger, one, columns) for one in papers]
                found = {n for one in starts if one >= 0 for n in columns.list(one, direction)}
                return len(found), tuple(_list_records(ledger, found) if len(found) <= most else ())
        except (sqlite3.Error, ValueError, IndexError) as error:
            self._warn(error)
            return 0, ()

    def _open_ledger(self) -> sqlite3.Connection:
        path = (self._folder / LEDGER).absolute()
        return sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)

    def _warn(self, error: Exception) -> None:
        """Log once that searches go on as if no citations were known, since a file is damaged."""
        if self._warned:
            return
        self._warned = True
        message = "Searching without citations: %s or %s is damaged (%s). %s"
        logging.getLogger(__name__).warning(message, CITATIONS, LEDGER, error, VERIFY)


def _read_citations(
    ledger: sqlite3.Connection, columns: Columns, paper_id: str, most: int
) -> Citations:
    work = _find_work(ledger, paper_id, columns)
    if work < 0:
        return Citations()
    cited, citing = (columns.list(work, side) for side in Direction)
    best = [nsmallest(most, side, key=columns.rank) for side in (cited, citing)]
    ids = dict(_list_ids(ledger, {*best[0], *best[1]}))
    references, cited_by = (tuple(ids[one] for one in side if one in ids) for side in best)
    return Citations(references, cited_by, len(cited), columns.named[work], len(citing))


def _find_work(ledger: sqlite3.Connection, paper_id: str, columns: Columns) -> int:
    """Return the number of the work of a paper; -1 if there is none."""
    row = ledger.execute(_WORK, (paper_id,)).fetchone()
    return row[0] if row and row[0] < len(columns.named) else -1


def _list_ids(ledger: sqlite3.Connection, works: Iterable[int]) -> Iterator[tuple[int, str]]:
    for some in _split(works):
        yield from ledger.execute(_IDS.format(",".join("?" * len(some))), some)


def _list_records(ledger: sqlite3.Connection, works: Iterable[int]) -> Iterator[str]:
    for some in _split(works):
        found = ledger.execute(_RECORDS.format(",".join("?" * len(some))), (PART, *some))
        yield from (row[0] for row in found)


def _split(works: Iterable[int]) -> Iterator[tuple[int, ...]]:
    numbers = iter(sorted(works))
    while some := tuple(islice(numbers, _TOGETHER)):
        yield some
