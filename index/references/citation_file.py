"""Define the file of citations within an index, and map it into memory.

The file ``citations`` has both directions: for every work, by its number in the ledger, the works
that it cites and those that cite it, as numbers of 32 bits. Reading it needs no library.
"""

import mmap
import struct
from collections.abc import Sequence
from enum import Enum
from pathlib import Path
from typing import NamedTuple

CITATIONS = "citations"
"""The file's name in a generation's folder."""

_MAGIC = b"PAPCITE1"
_HEADER = struct.Struct("<8sQQ")
_WIDTH = 4

NAMED, CITED_ENDS, CITING_ENDS, CITED, CITING = range(5)
"""The columns: how many references the dumps name of a work; where its works end in the two lists;
the works that works cite; the works that cite works."""


class Direction(Enum):
    """The two directions of a citation: the works that a work cites, and those that cite it."""

    CITED = "cited"
    CITING = "citing"


class Columns(NamedTuple):
    """The columns of the file, numbers of 32 bits each."""

    named: Sequence[int]
    cited_ends: Sequence[int]
    citing_ends: Sequence[int]
    cited: Sequence[int]
    citing: Sequence[int]

    def list(self, work: int, direction: Direction) -> Sequence[int]:
        """Return the works that a work cites, or those that cite it, ascending."""
        ends, works = (
            (self.cited_ends, self.cited)
            if direction is Direction.CITED
            else (self.citing_ends, self.citing)
        )
        return works[ends[work - 1] if work else 0 : ends[work]]

    def rank(self, work: int) -> tuple[int, int]:
        """Return a key that sorts works: those cited by the most others first."""
        start = self.citing_ends[work - 1] if work else 0
        return start - self.citing_ends[work], work


def write_citations(path: Path, columns: Sequence[bytes]) -> None:
    """Write the file.

    Args:
        path: The file.
        columns: The bytes of each column, little-endian.
    """
    works, edges = len(columns[NAMED]) // _WIDTH, len(columns[CITED]) // _WIDTH
    with path.open("wb") as file:
        file.write(_HEADER.pack(_MAGIC, works, edges))
        file.writelines(columns)


def map_citations(path: Path) -> Columns | None:
    """Map the file into memory.

    Returns:
        Its columns; None if there is no such file.

    Raises:
        ValueError: The file is damaged.
        OSError: It cannot be read.
    """
    try:
        with path.open("rb") as file:
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except FileNotFoundError:
        return None
    if len(mapped) < _HEADER.size:
        raise ValueError(f"{path.name} is too short")
    magic, works, edges = _HEADER.unpack_from(mapped)
    lengths = (works, works, works, edges, edges)
    if magic != _MAGIC or len(mapped) != _HEADER.size + sum(lengths) * _WIDTH:
        raise ValueError(f"{path.name} has another form")
    view, columns, at = memoryview(mapped), [], _HEADER.size
    for length in lengths:
        columns.append(view[at : at + length * _WIDTH].cast("I"))
        at += length * _WIDTH
    return Columns(*columns)
