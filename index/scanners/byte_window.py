"""Search a file that does not fit into memory for patterns of bytes."""

import re
from typing import BinaryIO

CHUNK = 1 << 18
"""Bytes read at a time."""

OVERLAP = 1 << 10
"""Bytes searched again after reading more; no pattern may match more than this."""


class ByteWindow:
    """The part of a file in memory; positions count bytes from the beginning of the file."""

    def __init__(self, file: BinaryIO) -> None:
        """Start with an empty window.

        Args:
            file: The uncompressed bytes, at their beginning.
        """
        self._file = file
        self._held = b""
        self._start = 0
        self.ended = False

    @property
    def end(self) -> int:
        """Return the position at which the window ends."""
        return self._start + len(self._held)

    def part(self, start: int, stop: int) -> bytes:
        """Return the bytes from `start` up to `stop`, as far as they are in the window."""
        return self._held[start - self._start : max(start, stop) - self._start]

    def forget(self, before: int) -> None:
        """Drop the bytes before a position, but only if they exceed a chunk: it copies the rest."""
        if before - self._start > CHUNK:
            self._held = self._held[before - self._start :]
            self._start = before

    def search(self, pattern: re.Pattern[bytes], at: int, limit: int) -> re.Match[bytes] | None:
        """Find a pattern; read on until it matches, the file ends or the window reaches `limit`.

        Args:
            pattern: The pattern; it matches at most `OVERLAP` bytes.
            at: The position where the search begins.
            limit: The position where reading on stops.

        Returns:
            The match, which may lie beyond `limit`, or None; `span` returns its position.
        """
        while True:
            found = pattern.search(self._held, at - self._start)
            # At the edge of the window a name may continue: `<book` may become `<booktitle`.
            if found and (self.ended or found.end() < len(self._held)):
                return found
            if self.ended or self.end >= limit:
                return None
            at = max(at, self.end - OVERLAP)
            more = self._file.read(CHUNK)
            self._held += more
            self.ended = not more

    def span(self, found: re.Match[bytes]) -> tuple[int, int]:
        """Return the start and end of a match; call it before `forget`."""
        return found.start() + self._start, found.end() + self._start
