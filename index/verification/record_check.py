"""Check that every record is found, decodes, and is what its work is made of."""

from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from index.engines.document import Document, analyse_paper, make_part
from index.engines.engine import Reader
from index.fields import FIELDS, ROW, WORK, Kind
from index.records import Paper, decode_paper
from index.store.ledger import LEDGER
from index.store.ledger_tables import PART
from index.store.sqlite import Database
from index.verification.faults import Faults
from index.works.matcher import make_matching_keys
from index.works.merge import merge_records

TOGETHER = 1_000
"""Rows of the ledger that are read at once. Chosen."""

TOKENISED = frozenset(name for name, kind in FIELDS.items() if kind in {Kind.WORDS, Kind.POSITIONS})
"""The fields whose tokens an engine can list."""

COUNTED = ("venue", "year", "type", "status", "source", "language")
"""The facets whose values are counted; each is named like its field."""

_ROWS = """
SELECT number, key, work, (SELECT lead FROM works WHERE works.number = records.work)
FROM records WHERE number >= ? ORDER BY number LIMIT ?
"""
_MEMBERS = "SELECT key FROM records WHERE work = ? ORDER BY number"
_MASK = (1 << 64) - 1

OnRecords = Callable[[int, int], None]
"""Called with the number of records checked, and of all."""


class _Row(NamedTuple):
    number: int
    key: str
    work: int
    lead: int | None


class Tally:
    """What all records have together, to compare with what the files of the generation say.

    Attributes:
        tokens: For each field of `TOKENISED`, in how many documents each token is.
        values: For each facet of `COUNTED`, how many papers have each value.
        keys: The number of matching keys, and the sum of their codes, modulo 2**64.
    """

    def __init__(self) -> None:
        self.tokens: dict[str, Counter[str]] = {name: Counter() for name in sorted(TOKENISED)}
        self.values: dict[str, Counter[str]] = {name: Counter() for name in COUNTED}
        self.keys = (0, 0)

    def add_document(self, document: Document) -> None:
        """Count the tokens of a document, and the values of a paper."""
        fields: dict[str, set[str]] = {}
        for field, value in document.texts:
            if field in TOKENISED:
                fields.setdefault(field, set()).update(value.split(" "))
        for field, tokens in fields.items():
            self.tokens[field].update(tokens)
        if document.dup != ROW:
            for name, counts in self.values.items():
                given = getattr(document, name)
                found = [given] if isinstance(given, str) else given
                counts.update({str(value) for value in found if value})

    def add_keys(self, number: int, paper: Paper) -> None:
        """Count the matching keys of a record."""
        keys = memoryview(make_matching_keys(paper).keys).cast("I")
        count, total = self.keys
        total += (sum(keys) << 32) + len(keys) * number
        self.keys = (count + len(keys), total & _MASK)


class RecordCheck:
    """Reads every record and every work of a generation."""

    def __init__(self, folder: Path, reader: Reader, faults: Faults) -> None:
        """Open the ledger.

        Args:
            folder: The folder of the generation.
            reader: Reads its papers.
            faults: Takes what is wrong.

        Raises:
            OSError: The ledger cannot be read; `run` may raise this too.
        """
        self._ledger = Database(folder / LEDGER)
        self._reader, self._faults = reader, faults
        self.tally = Tally()

    def run(self, watch: OnRecords) -> None:
        """Check all records, and close the ledger."""
        count = self._ledger.query_number("SELECT count(*) FROM records")
        try:
            for done, row in enumerate(self._list_rows(), 1):
                with self._faults.catch(f"record '{row.key}'"):
                    self._check_row(row)
                watch(done, count)
        finally:
            self._ledger.close()

    def _list_rows(self) -> Iterator[_Row]:
        at = 0
        while rows := self._ledger.query(_ROWS, at, TOGETHER):
            yield from (_Row(*row) for row in rows)
            at = rows[-1][0] + 1

    def _check_row(self, row: _Row) -> None:
        paper = self._read(row.key, row=True)
        self.tally.add_keys(row.number, paper)
        if PART in row.key:
            self.tally.add_document(make_part(row.key))
            return
        if paper.id != row.key:
            self._faults.add(f"record '{row.key}'", f"the engine holds '{paper.id}' in its place")
        if row.lead is None and row.work != row.number:
            self._faults.add(f"record '{row.key}'", f"its work {row.work} is not in the ledger")
        self.tally.add_document(analyse_paper(paper, "" if row.lead is None else ROW))
        if row.lead == row.number:
            self._check_work(row)

    def _check_work(self, row: _Row) -> None:
        """Check that a work of several records is what these make."""
        keys = [str(found[0]) for found in self._ledger.query(_MEMBERS, row.work)]
        work = self._read(row.key, row=False)
        self.tally.add_document(analyse_paper(work, WORK))
        if merge_records([self._read(key, row=True) for key in keys]) != work:
            listed = ", ".join(keys)
            self._faults.add(f"paper '{row.key}'", f"it is not what its records make ({listed})")

    def _read(self, key: str, *, row: bool) -> Paper:
        """Return a stored paper.

        Raises:
            LookupError: The engine does not find it.
            PaperCorrupt: It does not decode.
        """
        stored = self._reader.read_paper(key, row=row)
        if stored is None:
            message = "the ledger lists it, but the engine does not find it"
            raise LookupError(message)
        return decode_paper(stored)
