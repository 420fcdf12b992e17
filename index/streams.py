"""Answers: how does one named dump become a sequence of plain byte streams?

A dump is a file, a folder, or ``-`` for standard input. What a file is packed in is told by its
first bytes, never by its name. Layers are peeled one by one and streamed; nothing is unpacked to
disk but a zip archive that cannot be sought in, which goes to a temporary file.
"""

import bz2
import io
import lzma
import os
import re
import shutil
import stat
import struct
import sys
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, TYPE_CHECKING, BinaryIO, NoReturn, Protocol, Self

import zstandard

from index.errors import DumpEmpty, DumpMissing, DumpTruncated, DumpUnreadable

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
MAX_COMPRESSIONS = 3  # layers around one file
MAX_ARCHIVES = 2  # an archive, and an archive in it
TAR_BLOCK = 512
MAGIC_BYTES = 10  # the longest, that of bzip2

_ZIP = re.compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)")
_PASSED_OVER = re.compile(r"\..*|README.*|LICENSE.*|.*\.(?:md|md5|sha256|dtd)", re.DOTALL)
_TAR_DAMAGED = "the tar archive ends too early or is damaged"
_ZIP_DAMAGED = "the zip archive ends too early or is damaged"
_DAMAGE = (
    *(OSError, EOFError, ValueError, struct.error, zlib.error, lzma.LZMAError),
    *(zstandard.ZstdError, zipfile.BadZipFile, tarfile.TarError),
)


@dataclass(frozen=True, slots=True)
class Stream:
    """One file of a dump, decompressed; valid until the iterator is asked for the next.

    Attributes:
        dump: The dump's base file name, ``paperlists.tar.zst``; ``stdin`` for ``-``.
        name: The path inside the dump without the suffix of a compression,
            ``paperlists/iclr/iclr2024.json``; the file's own name for a plain file. Members of
            an archive in a folder or archive follow its name: ``2024.zip/iclr.json``.
        file: The plain bytes, buffered. Reading raises `DumpTruncated` or `DumpUnreadable`
            where the dump is damaged.
    """

    dump: str
    name: str
    file: BinaryIO

    def head(self, n: int = HEAD_BYTES) -> bytes:
        """Return the first bytes without consuming them; to be asked before reading.

        Args:
            n: How many bytes, at most 1 MiB.

        Returns:
            `n` bytes, fewer only if the file has fewer.
        """
        if isinstance(self.file, io.BufferedReader) and not self.file.seekable():
            return self.file.peek(n)[:n]
        start = self.file.tell()
        head = self.file.read(n)
        self.file.seek(start)
        return head


def open_dump(path: str, on_bytes: Callable[[int], None] | None = None) -> Iterator[Stream]:
    """Yield the files of one dump in order; empty files are passed over.

    Args:
        path: A file, a folder, or ``-`` for standard input.
        on_bytes: Called with the number of bytes newly consumed of the dump as it is stored;
            at the end of the dump they add up to `dump_size`.

    Yields:
        The streams; of a folder, sorted by path. In folders and archives, hidden files and those
        that go with a dump (README, LICENSE, check sums, DTDs) are passed over.

    Raises:
        DumpMissing: There is no such file or folder.
        DumpEmpty: It holds no bytes at all.
        DumpTruncated: It is cut short or damaged; also raised by reading a stream.
        DumpUnreadable: The operating system or an encryption bars it; also raised by reading.
    """
    found = False
    for stream in _dump_streams(path, on_bytes):
        found = True
        yield stream
    if not found:
        raise DumpEmpty(path)


def dump_size(path: str) -> int | None:
    """Return the bytes of a dump as it is stored, None where only reading would tell.

    Raises:
        DumpMissing: There is no such file or folder.
        DumpUnreadable: The operating system does not let us look.
    """
    if path == STDIN:
        return None
    with _readable(path):
        found = [Path(place.path).stat() for place in _places(path)]
    if not all(stat.S_ISREG(entry.st_mode) for entry in found):
        return None
    return sum(entry.st_size for entry in found)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a dump a file stands: for the names of its streams and for its errors."""

    path: str
    dump: str
    name: str
    prefix: str = ""  # what the names of its members start with, if it is an archive
    archives: int = 0  # how many archives it is in

    def inside(self, member: str) -> "_Place":
        name = self.prefix + member
        return _Place(self.path, self.dump, name, f"{name}/", self.archives + 1)

    def fail(self, reason: str, cause: Exception | None = None) -> NoReturn:
        where = f", in {self.name}" if self.archives else ""
        raise DumpTruncated(self.path, reason + where) from cause

    @contextmanager
    def blamed(self, reason: str) -> Iterator[None]:
        try:
            yield
        except _DAMAGE as error:
            self.fail(reason, error)


def _dump_streams(path: str, on_bytes: Callable[[int], None] | None) -> Iterator[Stream]:
    if path == STDIN:
        file = _buffered(_read_stdin(on_bytes))
        yield from _streams(file, _Place(path, "stdin", "stdin"))
        return
    with _readable(path):
        places = _places(path)
    for place in places:
        with _readable(place.path):
            disk = _DiskFile(place.path, on_bytes)
        with disk:
            # A pipe gives less than it is asked for, and its start cannot be read twice.
            pipe = iter(partial(disk.read, BUFFER_BYTES), b"")
            file = io.BufferedReader(disk, BUFFER_BYTES) if disk.regular else _buffered(pipe)
            yield from _streams(file, place)
            disk.finish()


def _places(path: str) -> list[_Place]:
    root = Path(path)
    dump = root.absolute().name
    if not root.is_dir():
        return [_Place(path, dump, dump)]
    names = sorted(name for name in _names(root) if not _passed_over(name))
    return [_Place(str(root / name), dump, str(name), f"{name}/") for name in names]


def _names(folder: Path) -> Iterator[PurePosixPath]:
    """Yield the files under a folder; links to folders are not followed, so nothing cycles."""

    def give_up(error: OSError) -> None:
        raise error

    for top, folders, files in os.walk(folder, onerror=give_up):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for file in (Path(top, name) for name in files):
            # A link to nowhere is kept: that a part of the dump is missing has to be told.
            if file.is_file() or file.is_symlink():
                yield PurePosixPath(file.relative_to(folder).as_posix())


def _passed_over(name: PurePosixPath) -> bool:
    hidden = any(part.startswith(".") for part in name.parts)
    return hidden or _PASSED_OVER.fullmatch(name.name) is not None


def _streams(file: io.BufferedReader, place: _Place) -> Iterator[Stream]:
    """Peel the compressions off a file, then yield it, or what it holds as an archive."""
    name, layers, head = place.name, 0, _first_bytes(file)
    while layers < MAX_COMPRESSIONS and (compression := _compression(head)):
        file = _buffered(_decompress(file, compression, place))
        name = compression.suffix.sub("", name)
        layers, head = layers + 1, _first_bytes(file)
    nestable = place.archives < MAX_ARCHIVES
    if nestable and _ZIP.match(head):
        yield from _zip_streams(file, place)
    elif nestable and _is_tar(head):
        yield from _tar_streams(file, place)
    elif head:
        with file:
            yield Stream(place.dump, name, file)


def _tar_streams(file: io.BufferedReader, place: _Place) -> Iterator[Stream]:
    with place.blamed(_TAR_DAMAGED):
        # `ignore_zeros` reads on after the end mark: to the end of the compressed data, which
        # checks them, and into a second archive where two were joined.
        tar = tarfile.open(  # noqa: SIM115 - closed by the next `with`
            fileobj=file,
            mode="r|",
            tarinfo=_TarHeader,
            ignore_zeros=True,
            encoding="utf-8",
            errors="replace",
        )
    end = 0
    with tar:
        while member := _next_member(tar, place):
            end = tar.offset
            content = tar.extractfile(member) if member.isfile() else None
            if content is not None:
                yield from _member_streams(content, member.name, place, _TAR_DAMAGED)
        if tar.offset == end:
            place.fail("the tar archive has no end mark")


def _next_member(tar: tarfile.TarFile, place: _Place) -> tarfile.TarInfo | None:
    with place.blamed(_TAR_DAMAGED):
        member = tar.next()
    tar.members = []  # type: ignore[attr-defined] # else it grows by 1 KiB a member
    return member


class _TarHeader(tarfile.TarInfo):
    """A header that tells of damage, where `tarfile` takes a damaged one for the end."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        try:
            header = super().frombuf(buf, encoding, errors)
        except (tarfile.EOFHeaderError, tarfile.EmptyHeaderError):  # type: ignore[attr-defined]
            raise
        except tarfile.HeaderError as error:
            raise tarfile.ReadError(str(error)) from error
        # Long names and the like are read whole: they must not be a way to fill the memory.
        if header.size > BUFFER_BYTES and header.type in b"xgXLK":
            message = "oversized header"
            raise tarfile.ReadError(message)
        return header


def _is_tar(head: bytes) -> bool:
    if head[257:262] == b"ustar":
        return True
    try:
        tarfile.TarInfo.frombuf(head[:TAR_BLOCK], "utf-8", "replace")
    except tarfile.HeaderError:
        return len(head) >= 2 * TAR_BLOCK and not head[: 2 * TAR_BLOCK].strip(b"\0")
    return True


def _zip_streams(file: io.BufferedReader, place: _Place) -> Iterator[Stream]:
    with ExitStack() as stack:
        whole: IO[bytes] = file
        if not file.seekable():
            with _readable(place.path):
                whole = stack.enter_context(tempfile.TemporaryFile())
                shutil.copyfileobj(file, whole, BUFFER_BYTES)
        with place.blamed(_ZIP_DAMAGED), _supported(place):
            archive = stack.enter_context(zipfile.ZipFile(whole))
        for member in archive.infolist():
            if member.is_dir() or stat.S_ISLNK(member.external_attr >> 16):
                continue
            with place.blamed(_ZIP_DAMAGED), _supported(place):
                content = archive.open(member)
            with content:
                yield from _member_streams(content, member.filename, place, _ZIP_DAMAGED)


@contextmanager
def _supported(place: _Place) -> Iterator[None]:
    try:
        yield
    except RuntimeError as error:  # encrypted, or packed in a way that `zipfile` does not know
        raise DumpUnreadable(place.path, str(error)) from error


def _member_streams(
    content: IO[bytes], name: str, archive: _Place, reason: str
) -> Iterator[Stream]:
    path = PurePosixPath(name.lstrip("/"))
    if not _passed_over(path):
        place = archive.inside(str(path))
        yield from _streams(_buffered(_read_member(content, place, reason)), place)


# From here on: the layers that the bytes of a stream pass through.


class _DiskFile(io.FileIO):
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
        with _readable(self._path):
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


class _Chunks(io.RawIOBase):
    """Chunks of bytes as a raw file, which fills every buffer it is given but the last."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
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
        start = bytearray(self._rest)
        while len(start) < n and (chunk := next(self._chunks, b"")):
            start += chunk
        self._rest = memoryview(bytes(start))
        return bytes(start[:n])

    def readall(self) -> bytes:
        rest, self._rest = self._rest, memoryview(b"")
        return b"".join((rest, *self._chunks))


def _buffered(chunks: Iterator[bytes]) -> io.BufferedReader:
    return io.BufferedReader(_Chunks(chunks), BUFFER_BYTES)


def _first_bytes(file: io.BufferedReader) -> bytes:
    """Return the start of a file that nothing was read of; `peek` would copy the whole buffer."""
    if isinstance(file.raw, _Chunks):
        return file.raw.head(HEAD_BYTES)
    head = file.read(HEAD_BYTES)
    file.seek(0)
    return head


def _read_stdin(on_bytes: Callable[[int], None] | None) -> Iterator[bytes]:
    with _readable(STDIN):
        while chunk := sys.stdin.buffer.read(BUFFER_BYTES):
            if on_bytes is not None:
                on_bytes(len(chunk))
            yield chunk


def _read_member(content: IO[bytes], place: _Place, reason: str) -> Iterator[bytes]:
    with place.blamed(reason):
        while chunk := content.read(CHUNK_BYTES):
            yield chunk


@contextmanager
def _readable(path: str) -> Iterator[None]:
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


def _compression(head: bytes) -> _Compression | None:
    return next((each for each in _COMPRESSIONS if each.magic.match(head)), None)


def _decompress(
    source: io.BufferedReader, compression: _Compression, place: _Place
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
            except _DAMAGE as error:
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
