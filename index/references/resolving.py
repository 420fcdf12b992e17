"""Resolve the references of a generation to works within it.

All records are resolved again at the end of every build and update that has references, since a
reference may cite a paper that came later, and works change.
"""

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from index.references.citation_file import CITATIONS, write_citations
from index.references.identifier_file import (
    Identifiers,
    ReadPaper,
    collect_identifiers,
    read_identifiers,
    write_identifiers,
)
from index.references.identifiers import FURTHER
from index.references.reference_writer import REFERENCES, SCHEMA
from index.store.ledger import LEDGER
from index.store.sqlite import Database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

TOGETHER = 20_000
"""Rows of references that are resolved at once, some megabytes. Chosen."""

_NUMBER = 2**32
"""Above any number of a record."""

_WORKS = "SELECT number, work FROM records WHERE number >= ? ORDER BY number LIMIT ?"
_CITED = "SELECT number, digests FROM cited WHERE number >= ? ORDER BY number LIMIT ?"
_CITATIONS = """
SELECT citing, cited FROM citations WHERE (citing, cited) > (?, ?) ORDER BY citing, cited LIMIT ?
"""
_LOWEST = -(1 << 63)


def resolve_references(
    folder: Path, base: Path | None, numbers: tuple[int, int], read: ReadPaper
) -> None:
    """Write which works of a generation cite which; do nothing if it has no references.

    Args:
        folder: The folder of the generation, its ledger and its references committed.
        base: The folder of the generation that an update started from, or None.
        numbers: The number of the first record that `base` does not have, and the ledger's next.
        read: Reads a record.

    Raises:
        OSError: A file cannot be read or written.
    """
    if not (folder / REFERENCES).exists():
        return
    first, length = numbers
    works, alive = _read_works(folder, length)
    references = Database(folder / REFERENCES, SCHEMA)
    try:
        if not _drop_dead(references, alive):
            references.close()
            (folder / REFERENCES).unlink()
            return
        known = read_identifiers(base)
        fresh = range(first if known else 0, length)
        owned = collect_identifiers(known, alive, (n for n in fresh if alive[n]), read)
        write_identifiers(folder, owned)
        _write_citations(folder, _Resolver(works, owned.join_works(works)), references)
        references.commit()
    finally:
        references.close()


def _read_works(folder: Path, length: int) -> "tuple[NDArray[np.int64], NDArray[np.bool_]]":
    """Return the work of each record by its number, and whether there is a record."""
    works: NDArray[np.int64] = np.full(length, -1, np.int64)
    alive: NDArray[np.bool_] = np.zeros(length, bool)
    ledger = Database(folder / LEDGER)
    try:
        at = 0
        while rows := ledger.query(_WORKS, at, TOGETHER):
            numbers, found = np.array(rows, np.int64).T
            works[numbers], alive[numbers] = found, True
            at = rows[-1][0] + 1
    finally:
        ledger.close()
    return works, alive


def _drop_dead(references: Database, alive: "NDArray[np.bool_]") -> bool:
    """Delete the references of removed records; return whether any references are left."""
    numbers = [row[0] for row in references.query("SELECT number FROM cited")]
    dead = [number for number in numbers if not alive[number]]
    references.execute_many("DELETE FROM cited WHERE number = ?", ((each,) for each in dead))
    others = references.query_number("SELECT count(*) FROM (SELECT 1 FROM citations LIMIT 1)")
    return len(numbers) > len(dead) or others > 0


class _Resolver:
    """Resolves references to pairs of works."""

    def __init__(self, works: "NDArray[np.int64]", owners: Identifiers) -> None:
        self._works, self._owners = works, owners
        self._pairs: list[NDArray[np.int64]] = []
        self._in_records: NDArray[np.int64] = np.zeros(len(works), np.int64)
        self._apart: NDArray[np.int64] = np.zeros(len(works), np.int64)

    def add_records(self, numbers: "NDArray[np.int64]", blobs: list[bytes]) -> None:
        """Add what records cite."""
        digests = np.frombuffer(b"".join(blobs), "<u8")
        lengths = np.fromiter(map(len, blobs), np.int64) >> 3
        works: NDArray[np.int64] = np.repeat(self._works[numbers], lengths)
        rows: NDArray[np.int64] = np.repeat(np.arange(len(numbers)), lengths)
        whole = (digests & np.uint64(FURTHER)) == 0
        counts = np.bincount(rows[whole], minlength=len(numbers))
        found = self._works[numbers]
        np.maximum.at(self._in_records, found[found >= 0], counts[found >= 0])
        self._add(works, digests)

    def add_citations(self, citing: "NDArray[np.uint64]", cited: "NDArray[np.uint64]") -> None:
        """Add citations that dumps list apart from papers."""
        rows = np.arange(len(citing))
        found, works = self._owners.find(rows, citing)
        self._apart += np.bincount(works, minlength=len(self._apart))
        self._add(works, cited[found])

    @property
    def named(self) -> "NDArray[np.int64]":
        """Return how many references dumps name of each work: of its records, the most."""
        return np.maximum(self._in_records, self._apart)

    def _add(self, works: "NDArray[np.int64]", digests: "NDArray[np.uint64]") -> None:
        citing, cited = self._owners.find(works, digests & ~np.uint64(FURTHER))
        real = (citing >= 0) & (citing != cited)
        self._pairs.append(np.unique(citing[real] * _NUMBER + cited[real]))

    def list_edges(self) -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
        """Return the pairs of works, each once, by the citing work."""
        pairs = np.unique(np.concatenate([np.zeros(0, np.int64), *self._pairs]))
        return pairs // _NUMBER, pairs % _NUMBER


def _write_citations(folder: Path, resolver: _Resolver, references: Database) -> None:
    for numbers, blobs in _read_cited(references):
        resolver.add_records(numbers, blobs)
    for citing, cited in _read_apart(references):
        resolver.add_citations(citing, cited)
    citing, cited = resolver.list_edges()
    length = len(resolver.named)
    order = np.lexsort((citing, cited))
    counts = [np.bincount(side, minlength=length) for side in (citing, cited)]
    named = np.maximum(resolver.named, counts[0])
    columns = (named, *map(np.cumsum, counts), cited, citing[order])
    packed = [column.astype("<u4").tobytes() for column in columns]
    write_citations(folder / CITATIONS, packed)


def _read_cited(references: Database) -> "Iterator[tuple[NDArray[np.int64], list[bytes]]]":
    at = 0
    while rows := references.query(_CITED, at, TOGETHER):
        numbers, blobs = zip(*rows, strict=True)
        yield np.array(numbers, np.int64), list(blobs)
        at = numbers[-1] + 1


def _read_apart(references: Database) -> "Iterator[tuple[NDArray[np.uint64], NDArray[np.uint64]]]":
    last = (_LOWEST, _LOWEST)
    while rows := references.query(_CITATIONS, *last, TOGETHER):
        yield tuple(np.array(rows, np.int64).T.astype(np.uint64))
        last = rows[-1]
