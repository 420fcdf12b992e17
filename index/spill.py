"""Answers: where do records and keys wait that are too many for memory?

In files of a folder that the builder removes. They are written once, in order, and then read.
"""

import os
from array import array
from collections.abc import Iterator
from pathlib import Path

PARTS_BITS = 8
"""Keys are kept in 256 parts by their first bits, so that a part is sorted in memory."""

PARTS = 1 << PARTS_BITS

_CODE_BITS = 64
HELD = 1 << 21
"""Numbers in memory before they are written, 16 MB."""

_BUFFER = 1 << 20
_WIDTH = 8


class Spill:
    """Keeps byte strings in a file, by number; eight bytes of each stay in memory."""

    def __init__(self, path: Path, count: int = 0) -> None:
        """Open a file.

        Args:
            path: Where; a second file with the suffix ``.ends`` says where each string ends.
            count: How many strings of an earlier time to keep, of those that were synced then.
        """
        self._ends_path = path.with_suffix(".ends")
        self._ends = array("Q", [0])
        if count:
            with self._ends_path.open("rb") as file:
                self._ends.fromfile(file, count)
            os.truncate(self._ends_path, count * _WIDTH)
            os.truncate(path, self._ends[-1])
        mode = "ab" if count else "wb"
        self._file = path.open(mode, buffering=_BUFFER)
        self._ends_file = self._ends_path.open(mode)
        self._reader = os.open(path, os.O_RDONLY)
        self._synced, self._written = count, self._ends[-1]

    def __len__(self) -> int:
        return len(self._ends) - 1

    def add(self, content: bytes) -> int:
        """Append a string.

        Returns:
            Its number, counted from 0.
        """
        self._file.write(content)
        self._ends.append(self._ends[-1] + len(content))
        return len(self) - 1

    def __getitem__(self, number: int) -> bytes:
        start, end = self._ends[number], self._ends[number + 1]
        if end > self._written:
            self._file.flush()
            self._written = self._ends[-1]
        return os.pread(self._reader, end - start, start)

    def sync(self) -> None:
        """Make all strings so far durable."""
        self._ends[self._synced + 1 :].tofile(self._ends_file)
        self._synced = len(self)
        for file in (self._file, self._ends_file):
            file.flush()
            os.fsync(file.fileno())

    def close(self) -> None:
        """Close the files; they stay. A second time does nothing."""
        if not self._file.closed:
            self._file.close()
            self._ends_file.close()
            os.close(self._reader)


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
        self._parts = [array("Q") for _ in range(PARTS)]
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
