"""Open one named dump as a sequence of plain byte streams.

A dump is a file, a folder, or ``-`` for standard input. The first bytes of a file decide how it
is unpacked, never its name. Layers are peeled off one by one and streamed; nothing is unpacked to
disk, except a zip archive that cannot be sought in, which goes to a temporary file.
"""

import io
import re
import shutil
import stat
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import IO, BinaryIO, Self

from index.dumps.decompression import decompress, find_compression
from index.dumps.digest import DumpDigest
from index.dumps.file_state import FileState, read_state
from index.dumps.folder_files import is_ignored, list_locations, lists_merged_works
from index.dumps.location import STDIN, FileLocation, translate_os_errors
from index.dumps.raw_files import (
    BUFFER_BYTES,
    HEAD_BYTES,
    DiskFile,
    OnBytes,
    open_chunks,
    open_disk_file,
    read_head,
    read_member,
    read_stdin,
)
from index.errors import DumpEmpty, DumpUnreadable

MAX_COMPRESSIONS = 3
"""How many layers of compression around one file are removed."""

MAX_ARCHIVES = 2
"""How deep archives are unpacked: an archive, and an archive in it."""

TAR_BLOCK = 512

_ZIP = re.compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)")
_TAR_DAMAGED = "the tar archive ends too early or is damaged"
_ZIP_DAMAGED = "the zip archive ends too early or is damaged"


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
        records: How many records of the file precede these bytes, if they are a part of it.
        start: The offset of these bytes in the file.
    """

    dump: str
    name: str
    file: BinaryIO
    records: int = 0
    start: int = 0

    @property
    def inner_name(self) -> str:
        """Return the path inside the dump; empty if the dump is the file itself."""
        return "" if self.name == self.dump else self.name

    def head(self, n: int = HEAD_BYTES) -> bytes:
        """Return the first bytes without consuming them; call it before reading.

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


def open_dump(
    path: str, on_bytes: OnBytes | None = None, digest: DumpDigest | None = None
) -> Iterator[Stream]:
    """Yield the files of one dump in order, without the empty ones.

    Args:
        path: A file, a folder, or ``-`` for standard input.
        on_bytes: Called with the number of bytes newly read of the dump as it is stored; at the
            end of the dump they add up to `measure_dump`.
        digest: Updated with all bytes that are read of the dump as it is stored.

    Yields:
        The streams; of a folder, sorted by path, numbers in names by value. Lists of merged works
        (a folder ``merged_ids``) come last, in a folder and in a zip archive; a tar archive is
        streamed and keeps its own order. Hidden files and those that accompany a dump (README,
        LICENSE, check sums, DTDs) are left out.

    Raises:
        DumpMissing: There is no such file or folder.
        DumpEmpty: It holds no bytes at all.
        DumpTruncated: It is cut short or damaged; also raised by reading a stream.
        DumpChanged: A file of it is written, replaced or removed meanwhile; also raised by
            reading a stream.
        DumpUnreadable: The operating system or an encryption bars access; also raised by reading.
    """
    found = False
    for stream in _open_files(path, on_bytes, digest):
        found = True
        yield stream
    if not found:
        raise DumpEmpty(path)


def measure_dump(path: str) -> int | None:
    """Return the size of a dump as it is stored, in bytes; None if only reading would tell.

    Raises:
        DumpMissing: There is no such file or folder.
        DumpUnreadable: The operating system refuses access.
    """
    if path == STDIN:
        return None
    sizes = [state.size if state else None for state in read_states(path)]
    return None if None in sizes else sum(size or 0 for size in sizes)


def read_states(path: str) -> list[FileState | None]:
    """Return the states of a dump's files in reading order, to tell whether they change.

    Args:
        path: A file, a folder, or ``-`` for standard input, which has none.

    Raises:
        DumpMissing: There is no such file or folder.
        DumpUnreadable: The operating system refuses access.
    """
    if path == STDIN:
        return []
    with translate_os_errors(path):
        return [read_state(location.path) for location in list_locations(path)]


def _open_files(path: str, on_bytes: OnBytes | None, digest: DumpDigest | None) -> Iterator[Stream]:
    if path == STDIN:
        file = open_chunks(read_stdin(on_bytes, digest.add_file(path) if digest else None))
        yield from _unpack(file, FileLocation(path, "stdin", "stdin"))
        return
    with translate_os_errors(path):
        locations = list_locations(path)
    for location in locations:
        own = digest.add_file(location.path) if digest else None
        with translate_os_errors(location.path):
            disk = DiskFile(location.path, on_bytes, own)
        with disk:
            file = open_disk_file(disk)  # a buffer that is freed before `disk` is closed warns
            yield from _unpack(file, replace(location, state=disk.state))
            disk.finish()


def _unpack(file: io.BufferedReader, location: FileLocation) -> Iterator[Stream]:
    """Decompress a file, then yield it, or the members that it holds as an archive."""
    name, layers, head = location.name, 0, read_head(file)
    while layers < MAX_COMPRESSIONS and (compression := find_compression(head)):
        file = open_chunks(decompress(file, compression, location))
        name = compression.suffix.sub("", name)
        layers, head = layers + 1, read_head(file)
    nestable = location.archives < MAX_ARCHIVES
    if nestable and _ZIP.match(head):
        yield from _unpack_zip(file, location)
    elif nestable and _is_tar(head):
        yield from _unpack_tar(file, location)
    elif head:
        with file:
            yield Stream(location.dump, name, file)


def _unpack_tar(file: io.BufferedReader, location: FileLocation) -> Iterator[Stream]:
    with location.translate_damage(_TAR_DAMAGED):
        # `ignore_zeros` makes it read past the end mark: to the end of the compressed data, which
        # verifies them, and into a second archive where two were concatenated.
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
        while member := _read_next_header(tar, location):
            end = tar.offset
            content = tar.extractfile(member) if member.isfile() else None
            if content is not None:
                yield from _unpack_member(content, member.name, location, _TAR_DAMAGED)
        if tar.offset == end:
            location.fail("the tar archive has no end mark")


def _read_next_header(tar: tarfile.TarFile, location: FileLocation) -> tarfile.TarInfo | None:
    with location.translate_damage(_TAR_DAMAGED):
        member = tar.next()
    tar.members = []  # type: ignore[attr-defined] # it would grow by 1 KiB a member
    return member


class _TarHeader(tarfile.TarInfo):
    """A header that raises on damage, where `tarfile` takes a damaged one for the end."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        try:
            header = super().frombuf(buf, encoding, errors)
        except (tarfile.EOFHeaderError, tarfile.EmptyHeaderError):  # type: ignore[attr-defined]
            raise
        except tarfile.HeaderError as error:
            raise tarfile.ReadError(str(error)) from error
        # Long names and the like are read whole; limit them, so that they cannot exhaust memory.
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


def _unpack_zip(file: io.BufferedReader, location: FileLocation) -> Iterator[Stream]:
    with ExitStack() as stack:
        whole: IO[bytes] = file
        if not file.seekable():
            with translate_os_errors(location.path):
                whole = stack.enter_context(tempfile.TemporaryFile())
                shutil.copyfileobj(file, whole, BUFFER_BYTES)
        with location.translate_damage(_ZIP_DAMAGED), _translate_unsupported(location):
            archive = stack.enter_context(zipfile.ZipFile(whole))
        members = archive.infolist()
        members.sort(key=lambda one: lists_merged_works(PurePosixPath(one.filename)))
        for member in members:
            if member.is_dir() or stat.S_ISLNK(member.external_attr >> 16):
                continue
            with location.translate_damage(_ZIP_DAMAGED), _translate_unsupported(location):
                content = archive.open(member)
            with content:
                yield from _unpack_member(content, member.filename, location, _ZIP_DAMAGED)


@contextmanager
def _translate_unsupported(location: FileLocation) -> Iterator[None]:
    try:
        yield
    except RuntimeError as error:  # encrypted, or compressed by a method that `zipfile` lacks
        raise DumpUnreadable(location.path, str(error)) from error


def _unpack_member(
    content: IO[bytes], name: str, archive: FileLocation, reason: str
) -> Iterator[Stream]:
    path = PurePosixPath(name.lstrip("/"))
    if not is_ignored(path):
        location = archive.enter(str(path))
        yield from _unpack(open_chunks(read_member(content, location, reason)), location)
