"""Answers: where do papers and keys wait that are too many for memory?

In files of a folder that the builder removes. Both are written once, in order, and then read.
"""

from array import array
from collections.abc import Iterator
from pathlib import Path

import msgspec

from index.records import Paper

PARTS_BITS = 8
"""Keys are kept in 256 parts by their first bits, so that a part is sorted in memory."""

NUMBER_BITS = 28
"""Bits of a key that number the paper: of more than 268 million, later ones are not joined."""

MAX_PAPERS = 1 << NUMBER_BITS

_CODE_BITS = 64
HELD = 1 << 21
"""Numbers in memory before they are written, 16 MB."""


class PaperSpill:
    """Keeps papers in a file; eight bytes of each stay in memory."""

    def __init__(self, path: Path) -> None:
        """Open a new file.

        Args:
            path: Where; it must not exist.
        """
        self._file = path.open("xb+")
        self._ends = array("Q", [0])
        self._encode = msgspec.msgpack.Encoder().encode
        self._decode = msgspec.msgpack.Decoder(Paper).decode
        self._written = False

    def __len__(self) -> int:
        return len(self._ends) - 1

    def add(self, paper: Paper) -> int:
        """Append a paper.

        Returns:
            Its number, counted from 0.
        """
        if self._written:
            self._file.seek(0, 2)
            self._written = False
        self._ends.append(self._ends[-1] + self._file.write(self._encode(paper)))
        return len(self) - 1

    def bytes_of(self, number: int) -> bytes:
        """Give a paper as MessagePack, as an index keeps it."""
        if not self._written:
            self._file.flush()
            self._written = True
        start, end = self._ends[number], self._ends[number + 1]
        self._file.seek(start)
        return self._file.read(end - start)

    def __getitem__(self, number: int) -> Paper:
        return self._decode(self.bytes_of(number))

    def close(self) -> None:
        """Close the file."""
        self._file.close()


class NumberSpill:
    """Keeps 64-bit numbers, and gives them back sorted, part by part."""

    def __init__(self, folder: Path, most_held: int = HELD) -> None:
        """Start empty.

        Args:
            folder: Where the parts' files are made; it must not exist.
            most_held: Numbers that are kept in memory before they are written.
        """
        folder.mkdir()
        self._most_held = most_held
        self._folder = folder
        self._parts = [array("Q") for _ in range(1 << PARTS_BITS)]
        self._held = 0

    def add(self, code: int) -> None:
        """Add a number; its first eight bits choose the part."""
        self._parts[code >> (_CODE_BITS - PARTS_BITS)].append(code)
        self._held += 1
        if self._held >= self._most_held:
            self._write()

    def _write(self) -> None:
        for number, part in enumerate(self._parts):
            with (self._folder / str(number)).open("ab") as file:
                part.tofile(file)
            del part[:]
        self._held = 0

    def sorted_parts(self) -> Iterator[list[int]]:
        """Yield the numbers of each part, sorted, each part once and then forgotten."""
        for number, part in enumerate(self._parts):
            path = self._folder / str(number)
            if path.exists():
                part.frombytes(path.read_bytes())
                path.unlink()
            found = sorted(part)
            self._parts[number] = array("Q")
            yield found
