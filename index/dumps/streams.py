"""Open one named dump as a sequence of plain byte streams.

A dump is a file, a folder, or ``-`` for standard input. The first bytes of a file decide how it
is unpacked, never its name. Layers are peeled off one by one and streamed; nothing is unpacked to
disk, except a zip archive that cannot be sought in, which goes to a temporary file.
"""

import io
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from typing import IO, BinaryIO

from index.dumps.decompression import decompress, find_compression
from index.dumps.digest import DumpDigest
from index.dumps.file_state import FileState, read_state
from index.dumps.folder_files import list_locations
from index.dumps.location import STDIN, FileLocation, translate_os_errors
from index.dumps.members import clean_name, find_omission
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
from index.dumps.tar_members import TAR_DAMAGED, is_tar, read_tar_members
from index.dumps.zip_members import ZIP_DAMAGED, is_zip, read_zip_members
from index.errors import DumpEmpty
from index.temporary_files import open_temporary_file

MAX_COMPRESSIONS = 3
"""How many layers of compression around one file are removed."""

MAX_ARCHIVES = 2
"""How deep archives are unpacked: an archive, and an archive in it."""


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
    path: str,
    on_bytes: OnBytes | None = None,
    digest: DumpDigest | None = None,
    left_out: Counter[str] | None = None,
) -> Iterator[Stream]:
    """Yield the files of one dump in order, without the empty ones.

    Args:
        path: A file, a folder, or ``-`` for standard input.
        on_bytes: Called with the number of bytes newly read of the dump as it is stored; at the
            end of the dump they add up to `measure_dump`.
        digest: Updated with all bytes that are read of the dump as it is stored.
        left_out: Counts the files and members that are left out, by `Omission`.

    Yields:
        The streams; of a folder, sorted by path, numbers in names by value. Lists of merged works
        (a folder ``merged_ids``) come last, in a folder and in a zip archive; a tar archive is
        streamed and keeps its own order.

    Raises:
        DumpMissing: There is no such file or folder.
        DumpEmpty: It holds no bytes at all, or all that it holds is left out.
        DumpTruncated: It is cut short or damaged; also raised by reading a stream.
        DumpChanged: A file of it is written, replaced or removed meanwhile; also raised by
            reading a stream.
        TemporaryFolderUnusable: There is no room for a zip archive that cannot be sought in.
        DumpUnreadable: The operating system refuses access; also raised by reading.
    """
    found, left_out = False, Counter() if left_out is None else left_out
    for stream in _open_files(path, on_bytes, digest, left_out):
        found = True
        yield stream
    if not found:
        raise DumpEmpty(path, members=left_out)


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


def _open_files(
    path: str, on_bytes: OnBytes | None, digest: DumpDigest | None, left_out: Counter[str]
) -> Iterator[Stream]:
    if path == STDIN:
        file = open_chunks(read_stdin(on_bytes, digest.add_file(path) if digest else None))
        yield from _unpack(file, FileLocation(path, "stdin", "stdin", left_out=left_out))
        return
    with translate_os_errors(path):
        locations = list_locations(path, left_out)
    for location in locations:
        own = digest.add_file(location.path) if digest else None
        with translate_os_errors(location.path):
            disk = DiskFile(location.path, on_bytes, own)
        with disk:
            file = open_disk_file(disk)  # a buffer that is freed before `disk` is closed warns
            yield from _unpack(file, replace(location, state=disk.state, left_out=left_out))
            disk.finish()


def _unpack(file: io.BufferedReader, location: FileLocation) -> Iterator[Stream]:
    """Decompress a file, then yield it, or the members that it holds as an archive."""
    name, layers, head = location.name, 0, read_head(file)
    while layers < MAX_COMPRESSIONS and (compression := find_compression(head)):
        file = open_chunks(decompress(file, compression, location))
        name = compression.suffix.sub("", name)
        layers, head = layers + 1, read_head(file)
    nestable = location.archives < MAX_ARCHIVES
    if nestable and is_zip(head):
        yield from _unpack_zip(file, location)
    elif nestable and is_tar(head):
        members = read_tar_members(file, location)
        yield from _unpack_members(members, location, TAR_DAMAGED)
    elif head:
        with file:
            yield Stream(location.dump, name, file)


def _unpack_zip(file: io.BufferedReader, location: FileLocation) -> Iterator[Stream]:
    with ExitStack() as stack:
        whole: IO[bytes] = file
        if not file.seekable():
            whole = stack.enter_context(_copy_file(file))
        yield from _unpack_members(read_zip_members(whole, location), location, ZIP_DAMAGED)


@contextmanager
def _copy_file(file: io.BufferedReader) -> Iterator[IO[bytes]]:
    """Copy a file that cannot be sought in to a temporary one."""
    with open_temporary_file() as whole:
        shutil.copyfileobj(file, whole, BUFFER_BYTES)
        whole.flush()
        yield whole


def _unpack_members(
    members: Iterator[tuple[str, IO[bytes]]], archive: FileLocation, reason: str
) -> Iterator[Stream]:
    for written, content in members:
        name = clean_name(written)
        if omission := find_omission(name):
            archive.leave_out(omission)
        else:
            location = archive.enter(name)
            yield from _unpack(open_chunks(read_member(content, location, reason)), location)
