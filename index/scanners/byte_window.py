"""Answers: where in a file too big for memory does a pattern of bytes stand?"""

import re
from typing import BinaryIO

CHUNK = 1 << 18
"""Bytes that are read at a time."""

OVERLAP = 1 << 10
"""Bytes looked at again when more are read: nothing that is searched for is longer."""


class ByteWindow:
    """The part of a file that is held; places are counted from the file's beginning."""

    def __init__(self, file: BinaryIO) -> None:
        """Hold nothing yet.

        Args:
            file: The plain bytes, at their beginning.
        """
        self._file = file
        self._held = b""
        self._start = 0
        self.ended = False

    @property
    def end(self) -> int:
        """Where the held part ends."""
        return self._start + len(self._held)

    def part(self, start: int, stop: int) -> bytes:
        """Give the bytes from `start` to before `stop`, as far as they are held."""
        return self._held[start - self._start : max(start, stop) - self._start]

    def forget(self, before: int) -> None:
        """Drop what stands before a place; done now and then, since it copies the rest."""
        if before - self._start > CHUNK:
            self._held = self._held[before - self._start :]
            self._start = before

    def search(self, pattern: re.Pattern[bytes], at: int, limit: int) -> re.Match[bytes] | None:
        """Find a pattern, reading on until it is found, the file ends or `limit` is held.

        Args:
            pattern: What is searched for; no longer than `OVERLAP`.
            at: Where the search begins.
            limit: A place; what is not found before it may be somewhere behind it.

        Returns:
            What was found, perhaps behind `limit`, or None; `span` tells where.
        """
        while True:
            found = pattern.search(self._held, at - self._start)
            # At the edge a name may still go on: `<book` may become `<booktitle`.
            if found and (self.ended or found.end() < len(self._held)):
                return found
            if self.ended or self.end >= limit:
                return None
            at = max(at, self.end - OVERLAP)
            more = self._file.read(CHUNK)
            self._held += more
            self.ended = not more

    def span(self, found: re.Match[bytes]) -> tuple[int, int]:
        """Give the places of what was found; to be asked before anything is dropped."""
        return found.start() + self._start, found.end() + self._start
