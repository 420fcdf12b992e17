"""The file objects that the bytes of a dump pass through, from the disk to a buffer."""

import io
import sys
from collections.abc import Callable, Iterator
from typing import IO, TYPE_CHECKING

from index.dumps.digest import FileDigest
from index.dumps.file_state import FileState, read_state
from index.dumps.location import STDIN, FileLocation, translate_os_errors
from index.errors import DumpChanged

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

BUFFER_BYTES = 1 << 20
CHUNK_BYTES = 1 << 17
HEAD_BYTES = 1 << 16

OnBytes = Callable[[int], None]
"""Called with the number of bytes newly read of a dump as it is stored."""


class DiskFile(io.FileIO):
    """A stored file of the dump, which counts and hashes what is read of it.

    Attributes:
        state: The state of a regular file, which can be sought in and has a size; None for a pipe.
    """

    def __init__(self, path: str, on_bytes: OnBytes | None, digest: FileDigest | None) -> None:
        super().__init__(path)
        self.state = read_state(path, self.fileno())
        # A zip archive is read at random, parts of it twice: never count more than its size.
        self._left = self.state.size if self.state else sys.maxsize
        self._position = 0  # a pipe has no other
        self._path = path
        self._on_bytes = on_bytes
        self._digest = digest
        if digest is not None:
            digest.state = self.state

    # Both call `readinto`; those of `FileIO` would bypass it.
    read = io.RawIOBase.read  # type: ignore[assignment] # it takes no None, and gets none
    readall = io.RawIOBase.readall

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Read into a buffer, counting and hashing the bytes.

        Raises:
            DumpChanged: The file was written since it was opened, or ends before its size.
        """
        with translate_os_errors(self._path):
            start = self.tell() if self.state else self._position
            read = super().readinto(buffer) or 0
        if self.state is not None:
            self.state.check(self.fileno())
            if not read and start < self.state.size and memoryview(buffer).nbytes:
                raise DumpChanged(self._path)
        self._position = start + read
        if self._digest is not None:
            self._digest.update(start, memoryview(buffer)[:read])
        self._count(read)
        return read

    def finish(self) -> None:
        """Count the bytes that no reader asked for, so that the sum is the file's size.

        Raises:
            DumpChanged: The file was written, replaced or removed since it was opened.
        """
        if self.state is not None:
            self.state.check()
            self._count(self._left)
            if self._digest is not None and self._digest.end >= self.state.size:
                self._digest.complete = True

    def _count(self, read: int) -> None:
        read = min(read, self._left)
        self._left -= read
        if read and self._on_bytes is not None:
            self._on_bytes(read)


class Chunks(io.RawIOBase):
    """Chunks of bytes as a raw file, which fills every buffer it is given but the last."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        """Return True: the file can be read."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill a buffer; only the last one may stay partly empty."""
        room, done = memoryview(buffer), 0
        while done < len(room):
            self._rest = self._rest or memoryview(next(self._chunks, b""))
            size = min(len(self._rest), len(room) - done)
            if not size:
                break
            room[done : done + size] = self._rest[:size]
            self._rest = self._rest[size:]
            done += size
        return done

    def head(self, n: int) -> bytes:
        """Return the first bytes without consuming them."""
        start = bytearray(self._rest)
        while len(start) < n and (chunk := next(self._chunks, b"")):
            start += chunk
        self._rest = memoryview(bytes(start))
        return bytes(start[:n])

    def readall(self) -> bytes:
        """Return all bytes that are left."""
        rest, self._rest = self._rest, memoryview(b"")
        return b"".join((rest, *self._chunks))


def open_chunks(chunks: Iterator[bytes]) -> io.BufferedReader:
    """Return chunks of bytes as a buffered file."""
    return io.BufferedReader(Chunks(chunks), BUFFER_BYTES)


def open_disk_file(disk: DiskFile) -> io.BufferedReader:
    """Return a stored file with a buffer around it.

    A pipe returns fewer bytes than it is asked for and cannot be sought in, so it is read in
    chunks.
    """
    if disk.state:
        return io.BufferedReader(disk, BUFFER_BYTES)
    return open_chunks(iter(lambda: disk.read(BUFFER_BYTES), b""))


def read_head(file: io.BufferedReader) -> bytes:
    """Return the start of an unread file without consuming it.

    `peek` would copy the whole buffer.
    """
    if isinstance(file.raw, Chunks):
        return file.raw.head(HEAD_BYTES)
    head = file.read(HEAD_BYTES)
    file.seek(0)
    return head


def read_stdin(on_bytes: OnBytes | None, digest: FileDigest | None) -> Iterator[bytes]:
    """Yield standard input in chunks, counting and hashing them."""
    position, state = 0, _read_stdin_state()
    with translate_os_errors(STDIN):
        while chunk := sys.stdin.buffer.read(BUFFER_BYTES):
            if on_bytes is not None:
                on_bytes(len(chunk))
            if digest is not None:
                digest.update(position, memoryview(chunk))
            position += len(chunk)
            yield chunk
        if state is not None:
            state.check(sys.stdin.fileno())
        if digest is not None:
            digest.update(position, memoryview(b""))


def _read_stdin_state() -> FileState | None:
    """Return the state of the file that standard input reads; None if it is a pipe."""
    try:
        return read_state(STDIN, sys.stdin.fileno())
    except OSError:  # it is no file at all
        return None


def read_member(content: IO[bytes], location: FileLocation, reason: str) -> Iterator[bytes]:
    """Yield a member of an archive in chunks.

    Raises:
        DumpTruncated: The archive is damaged; the error says `reason`.
    """
    with location.translate_damage(reason):
        while chunk := content.read(CHUNK_BYTES):
            yield chunk
