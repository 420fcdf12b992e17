"""Keep which record has which identifier, so that references find the papers that they name.

The file ``identifiers`` has a column of digests, sorted, and one of the numbers of their records.
It exists only beside references, so that an index without them pays nothing.
"""

import struct
from collections.abc import Callable, Iterable
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from index.records import Paper
from index.references.identifiers import digest_paper
from index.references.reference_writer import IDENTIFIERS

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_WORKS = 4
"""Works with one identifier that a reference to it cites; an identifier of more identifies none of
them. Chosen: mostly they are versions of one work that were not recognised as such."""

_MAGIC = b"PAPIDEN1"
"""The form of the file and of the digests; a file of another form is made again."""

_HEADER = struct.Struct("<8sQ")

ReadPaper = Callable[[int], Paper]
"""Returns the record of a number."""


class Identifiers(NamedTuple):
    """Digests of identifiers, sorted, and the number of a record or work that has each."""

    digests: "NDArray[np.uint64]"
    numbers: "NDArray[np.int64]"

    def find(
        self, sources: "NDArray[np.int64]", digests: "NDArray[np.uint64]"
    ) -> "tuple[NDArray[np.int64], NDArray[np.int64]]":
        """Find who has identifiers.

        Args:
            sources: A number beside each digest.
            digests: The digests of the identifiers.

        Returns:
            Pairs: the number beside a digest, and the number that has this identifier.
        """
        low = np.searchsorted(self.digests, digests, "left")
        counts = np.searchsorted(self.digests, digests, "right") - low
        starts: NDArray[np.int64] = np.repeat(low - np.cumsum(counts) + counts, counts)
        found = self.numbers[starts + np.arange(len(starts))]
        return np.repeat(sources, counts), found

    def join_works(self, works: "NDArray[np.int64]") -> "Identifiers":
        """Return the works that have each identifier.

        Args:
            works: The work of each record by its number; -1 for none.
        """
        found = works[self.numbers]
        digests, found = self.digests[found >= 0], found[found >= 0]
        order = np.lexsort((found, digests))
        digests, found = digests[order], found[order]
        fresh: NDArray[np.bool_] = np.ones(len(digests), bool)
        fresh[1:] = (digests[1:] != digests[:-1]) | (found[1:] != found[:-1])
        digests, found = digests[fresh], found[fresh]
        _, group, counts = np.unique(digests, return_inverse=True, return_counts=True)
        few = counts[group] <= MOST_WORKS
        return Identifiers(digests[few], found[few])


def collect_identifiers(
    base: Identifiers | None, alive: "NDArray[np.bool_]", fresh: Iterable[int], read: ReadPaper
) -> Identifiers:
    """Collect the identifiers of all records.

    Args:
        base: Those of the generation before, or None.
        alive: For each number, whether there is a record.
        fresh: The numbers of the records that `base` does not have.
        read: Reads a record.
    """
    owned = ((digest, number) for number in fresh for digest in digest_paper(read(number)))
    flat = np.fromiter(chain.from_iterable(owned), np.uint64)
    digests, numbers = flat[::2], flat[1::2].astype(np.int64)
    if base is not None:
        kept = alive[base.numbers]
        digests = np.concatenate((base.digests[kept], digests))
        numbers = np.concatenate((base.numbers[kept], numbers))
    order = np.lexsort((numbers, digests))
    return Identifiers(digests[order], numbers[order])


def write_identifiers(folder: Path, found: Identifiers) -> None:
    """Write the file of a generation."""
    with (folder / IDENTIFIERS).open("wb") as file:
        file.write(_HEADER.pack(_MAGIC, len(found.digests)))
        file.write(found.digests.astype("<u8").tobytes())
        file.write(found.numbers.astype("<u4").tobytes())


def read_identifiers(folder: Path | None) -> Identifiers | None:
    """Read the file of a generation; None if there is none that can be used."""
    if folder is None or not (folder / IDENTIFIERS).is_file():
        return None
    content = (folder / IDENTIFIERS).read_bytes()
    magic, count = _HEADER.unpack_from(content.ljust(_HEADER.size, b"\0"))
    if magic != _MAGIC or len(content) != _HEADER.size + count * 12:
        return None
    digests = np.frombuffer(content, "<u8", count, _HEADER.size)
    numbers = np.frombuffer(content, "<u4", count, _HEADER.size + count * 8)
    return Identifiers(digests, numbers.astype(np.int64))
