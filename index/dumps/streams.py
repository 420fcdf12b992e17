"""Answers: how does one named dump become a sequence of plain byte streams?

A dump is a file, a folder, or ``-`` for standard input. What a file is packed in is told by its
first bytes, never by its name. Layers are peeled one by one and streamed; nothing is unpacked to
disk but a zip archive that cannot be sought in, which goes to a temporary file.
"""

import io
import os
import re
import shutil
import stat
import tarfile
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, BinaryIO, Self

from index.dumps.decompression import (
    BUFFER_BYTES,
    HEAD_BYTES,
    STDIN,
    DiskFile,
    Place,
    buffered,
    compression_of,
    decompress,
    first_bytes,
    read_member,
    read_stdin,
    readable_place,
    shown_path,
)
from index.errors import DumpEmpty, DumpUnreadable

MAX_COMPRESSIONS = 3  # layers around one file
MAX_ARCHIVES = 2  # an archive, and an archive in it
TAR_BLOCK = 512

_ZIP = re.compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)")
_PASSED_OVER = re.compile(r"\..*|README.*|LICENSE.*|.*\.(?:md|md5|sha256|dtd)", re.DOTALL)
_DIGITS = re.compile(r"([0-9]+)")
_MERGED = "merged_ids"
"""The folder in which a snapshot of OpenAlex names works that are now another."""

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
        records: Records of the file that stand before these bytes, where they are not all of it.
        start: Where these bytes start in the file.
    """

    dump: str
    name: str
    file: BinaryIO
    records: int = 0
    start: int = 0

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
        The streams; of a folder, sorted by path, numbers in names by their size. What a dump says
        of merged works (a folder ``merged_ids``) comes after all else, in a folder and in a zip
        archive; a tar archive is streamed, and keeps the order in which it was packed. Hidden
        files and those that go with a dump (README, LICENSE, check sums, DTDs) are passed over.

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
    with readable_place(path):
        found = [Path(place.path).stat() for place in _places(path)]
    if not all(stat.S_ISREG(entry.st_mode) for entry in found):
        return None
    return sum(entry.st_size for entry in found)


def _dump_streams(path: str, on_bytes: Callable[[int], None] | None) -> Iterator[Stream]:
    if path == STDIN:
        file = buffered(read_stdin(on_bytes))
        yield from _streams(file, Place(path, "stdin", "stdin"))
        return
    with readable_place(path):
        places = _places(path)
    for place in places:
        with readable_place(place.path):
            disk = DiskFile(place.path, on_bytes)
        with disk:
            # A pipe gives less than it is asked for, and its start cannot be read twice.
            pipe = iter(partial(disk.read, BUFFER_BYTES), b"")
            file = io.BufferedReader(disk, BUFFER_BYTES) if disk.regular else buffered(pipe)
            yield from _streams(file, place)
            disk.finish()


def _places(path: str) -> list[Place]:
    root = Path(path)
    dump = shown_path(root.absolute().name)
    if not root.is_dir():
        return [Place(path, dump, dump)]
    names = sorted((name for name in _names(root) if not _passed_over(name)), key=_order)
    return [
        Place(str(root / name), dump, shown, f"{shown}/")
        for name, shown in ((name, shown_path(str(name))) for name in names)
    ]


def _order(name: PurePosixPath) -> tuple[bool, list[list[str | int]], PurePosixPath]:
    """Order paths as a reader of their names would: ``part_2`` before ``part_10``."""
    # Text and numbers take turns in each part, so that like is compared with like.
    pieces = map(_DIGITS.split, name.parts)
    parts = [[int(s) if at % 2 else s for at, s in enumerate(piece)] for piece in pieces]
    return _MERGED in name.parts, parts, name


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


def _streams(file: io.BufferedReader, place: Place) -> Iterator[Stream]:
    """Peel the compressions off a file, then yield it, or what it holds as an archive."""
    name, layers, head = place.name, 0, first_bytes(file)
    while layers < MAX_COMPRESSIONS and (compression := compression_of(head)):
        file = buffered(decompress(file, compression, place))
        name = compression.suffix.sub("", name)
        layers, head = layers + 1, first_bytes(file)
    nestable = place.archives < MAX_ARCHIVES
    if nestable and _ZIP.match(head):
        yield from _zip_streams(file, place)
    elif nestable and _is_tar(head):
        yield from _tar_streams(file, place)
    elif head:
        with file:
            yield Stream(place.dump, name, file)


def _tar_streams(file: io.BufferedReader, place: Place) -> Iterator[Stream]:
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


def _next_member(tar: tarfile.TarFile, place: Place) -> tarfile.TarInfo | None:
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


def _zip_streams(file: io.BufferedReader, place: Place) -> Iterator[Stream]:
    with ExitStack() as stack:
        whole: IO[bytes] = file
        if not file.seekable():
            with readable_place(place.path):
                whole = stack.enter_context(tempfile.TemporaryFile())
                shutil.copyfileobj(file, whole, BUFFER_BYTES)
        with place.blamed(_ZIP_DAMAGED), _supported(place):
            archive = stack.enter_context(zipfile.ZipFile(whole))
        members = archive.infolist()
        members.sort(key=lambda one: _MERGED in PurePosixPath(one.filename).parts)
        for member in members:
            if member.is_dir() or stat.S_ISLNK(member.external_attr >> 16):
                continue
            with place.blamed(_ZIP_DAMAGED), _supported(place):
                content = archive.open(member)
            with content:
                yield from _member_streams(content, member.filename, place, _ZIP_DAMAGED)


@contextmanager
def _supported(place: Place) -> Iterator[None]:
    try:
        yield
    except RuntimeError as error:  # encrypted, or packed in a way that `zipfile` does not know
        raise DumpUnreadable(place.path, str(error)) from error


def _member_streams(content: IO[bytes], name: str, archive: Place, reason: str) -> Iterator[Stream]:
    path = PurePosixPath(name.lstrip("/"))
    if not _passed_over(path):
        place = archive.inside(str(path))
        yield from _streams(buffered(read_member(content, place, reason)), place)
