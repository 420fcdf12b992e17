"""Answers: through which layers do the bytes of a dump pass before they are plain?

The file on disk, its compressions, and the buffers between them. Each layer blames the place in
the dump where it fails, so that an error names the member of the archive.
"""

import bz2
import io
import lzma
import os
import re
import stat
import struct
import sys
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, NoReturn, Protocol

import zstandard

from index.errors import DumpMissing, DumpTruncated, DumpUnreadable

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

STDIN = "-"
BUFFER_BYTES = 1 << 20
CHUNK_BYTES = 1 << 17
HEAD_BYTES = 1 << 16
# The most compressed bytes given to a decoder at once. It bounds a decompression bomb: the
# densest zstd block has 4 bytes and unpacks to 128 KiB, so 4 KiB give at most 128 MiB.
FEED_BYTES = 1 << 12
WINDOW_BYTES = 1 << 31  # what a decoder may hold; the largest window of ``zstd --long=31``
MAGIC_BYTES = 10  # the longest, that of bzip2

DAMAGE = (
    *(OSError, EOFError, ValueError, struct.error, zlib.error, lzma.LZMAError),
    *(zstandard.ZstdError, zipfile.BadZipFile, tarfile.TarError),
)


def shown_path(path: str) -> str:
    """Give a path or name as it can be written: one that is no UTF-8 keeps a mark in its place."""
    return os.fsencode(path).decode("utf-8", "replace")


@dataclass(frozen=True, slots=True)
class Place:
    """Where in a dump a file stands: for the names of its streams and for its errors."""

    path: str
    dump: str
    name: str
    prefix: str = ""  # what the names of its members start with, if it is an archive
    archives: int = 0  # how many archives it is in

    def inside(self, member: str) -> "Place":
        """Give the place of a member of the archive that stands here."""
        name = self.prefix + member
        return Place(self.path, self.dump, name, f"{name}/", self.archives + 1)

    def fail(self, reason: str, cause: Exception | None = None) -> NoReturn:
        """Say that the dump is damaged here."""
        where = f", in {self.name}" if self.archives else ""
        raise DumpTruncated(self.path, reason + where) from cause

    @contextmanager
    def blamed(self, reason: str) -> Iterator[None]:
        """Turn whatever damage does to a library into one error about this place."""
        try:
            yield
        except DAMAGE as error:
            self.fail(reason, error)


class DiskFile(io.FileIO):
    """A file of the dump as it is stored, which counts what is read of it."""

    def __init__(self, path: str, on_bytes: Callable[[int], None] | None) -> None:
        super().__init__(path)
        state = os.fstat(self.fileno())
        self.regular = stat.S_ISREG(state.st_mode)
        # A zip archive is read here and there, some of it twice: no more than all is counted.
        self._left = state.st_size if self.regular else sys.maxsize
        self._path = path
        self._on_bytes = on_bytes

    # Both go through `readinto`; those of `FileIO` would pass it by.
    read = io.RawIOBase.read  # type: ignore[assignment] # it takes no None, and gets none
    readall = io.RawIOBase.readall

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Read into a buffer, counting the bytes."""
        with readable_place(self._path):
            read = super().readinto(buffer) or 0
        self._count(read)
        return read

    def finish(self) -> None:
        """Count what nobody asked for, so that the sum is the file's size."""
        if self.regular:
            self._count(self._left)

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
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill a buffer, but for the last."""
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
        """Give the first bytes without consuming them."""
        start = bytearray(self._rest)
        while len(start) < n and (chunk := next(self._chunks, b"")):
            start += chunk
        self._rest = memoryview(bytes(start))
        return bytes(start[:n])

    def readall(self) -> bytes:
        """Give all that is left."""
        rest, self._rest = self._rest, memoryview(b"")
        return b"".join((rest, *self._chunks))


def buffered(chunks: Iterator[bytes]) -> io.BufferedReader:
    """Make a buffered file of chunks of bytes."""
    return io.BufferedReader(Chunks(chunks), BUFFER_BYTES)


def first_bytes(file: io.BufferedReader) -> bytes:
    """Return the start of a file that nothing was read of; `peek` would copy the whole buffer."""
    if isinstance(file.raw, Chunks):
        return file.raw.head(HEAD_BYTES)
    head = file.read(HEAD_BYTES)
    file.seek(0)
    return head


def read_stdin(on_bytes: Callable[[int], None] | None) -> Iterator[bytes]:
    """Yield standard input in chunks, counted."""
    with readable_place(STDIN):
        while chunk := sys.stdin.buffer.read(BUFFER_BYTES):
            if on_bytes is not None:
                on_bytes(len(chunk))
            yield chunk


def read_member(content: IO[bytes], place: Place, reason: str) -> Iterator[bytes]:
    """Yield a member of an archive in chunks."""
    with place.blamed(reason):
        while chunk := content.read(CHUNK_BYTES):
            yield chunk


@contextmanager
def readable_place(path: str) -> Iterator[None]:
    """Turn the operating system's refusals into errors about the dump."""
    try:
        yield
    except (FileNotFoundError, NotADirectoryError) as error:
        raise DumpMissing(path) from error
    except OSError as error:
        raise DumpUnreadable(path, (error.strerror or str(error)).lower()) from error


class _Decoder(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class _Compression:
    name: str
    magic: re.Pattern[bytes]
    suffix: re.Pattern[str]
    decoder: Callable[[], _Decoder]  # reads one frame


_COMPRESSIONS = (
    _Compression(
        "gzip",
        re.compile(rb"\x1f\x8b\x08"),
        re.compile(r"\.gz(ip)?$", re.IGNORECASE),
        lambda: zlib.decompressobj(16 + zlib.MAX_WBITS),
    ),
    _Compression(
        "bzip2",
        re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)"),
        re.compile(r"\.bz2?$", re.IGNORECASE),
        bz2.BZ2Decompressor,
    ),
    _Compression(
        "xz",
        re.compile(rb"\xfd7zXZ\0"),
        re.compile(r"\.xz$", re.IGNORECASE),
        lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=WINDOW_BYTES),
    ),
    _Compression(
        "zstd",  # its second form is a frame to be skipped
        re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"),
        re.compile(r"\.zstd?$", re.IGNORECASE),
        lambda: zstandard.ZstdDecompressor(max_window_size=WINDOW_BYTES).decompressobj(),
    ),
)


def compression_of(head: bytes) -> _Compression | None:
    """Tell from its first bytes how a file is compressed, if it is."""
    return next((each for each in _COMPRESSIONS if each.magic.match(head)), None)


def decompress(
    source: io.BufferedReader, compression: _Compression, place: Place
) -> Iterator[bytes]:
    """Yield what all frames of a compressed file hold, one after the other."""
    data = source.read(FEED_BYTES)
    while data:
        if not compression.magic.match(data):
            place.fail(f"other bytes follow the {compression.name} data")
        decoder = compression.decoder()
        while not decoder.eof:
            # Not all decoders tell that their input is cut short: they just want more.
            if not data:
                place.fail(f"the {compression.name} data end too early")
            try:
                plain = decoder.decompress(data)
            except DAMAGE as error:
                place.fail(f"the {compression.name} data are damaged", error)
            for start in range(0, len(plain), BUFFER_BYTES):
                yield plain[start : start + BUFFER_BYTES]  # no copy, unless it is a bomb
            del plain  # before the next is made
            data = decoder.unused_data if decoder.eof else source.read(FEED_BYTES)
        data = _past_padding(data, source)


def _past_padding(data: bytes, source: io.BufferedReader) -> bytes:
    """Return the first bytes of the next frame; none if only zeros are left."""
    data = data.lstrip(b"\0")
    while len(data) < MAGIC_BYTES and (more := source.read(FEED_BYTES)):
        data = (data + more).lstrip(b"\0")
    return data
