"""Read a dump piece by piece, a large one in a process of its own.

A piece holds some records, to be prepared elsewhere (`index.build.prepare`). When another process
unpacks and reads the dump, the one that writes only passes the pieces on. If that process fails,
the rest is read in this one.
"""

import os
import sys
from collections import Counter
from collections.abc import Generator, Iterator
from contextlib import suppress
from itertools import islice

import msgspec

from index.build.batching import read_batches
from index.build.messages import Batch, Origin, PackedBatch, pack_batch
from index.build.worker_process import WorkerProcess, read_message, serve, write_message
from index.dumps.digest import DumpDigest
from index.dumps.location import STDIN, format_path
from index.dumps.streams import measure_dump, open_dump, read_states
from index.errors import DUMP_ERRORS, DumpChanged, PapersearchError
from index.formats.registry import recognise_format
from index.formats.unknown_files import Description, describe_file
from index.records import Reject
from index.scanners.head import is_blank
from index.temporary_files import TemporaryFolderUnusable

LARGE = 1 << 20
"""Bytes from which on a dump is read in a process of its own: starting one takes as long as some
thousand records. Chosen."""


READING_ERRORS: dict[str, type[PapersearchError]] = {
    **DUMP_ERRORS,
    TemporaryFolderUnusable.__name__: TemporaryFolderUnusable,
}
"""What reading a dump raises, by name, for the process that reports its error to another."""


class Task(msgspec.Struct, array_like=True, frozen=True):
    """A dump to read.

    Attributes:
        path: The dump's path, as the system encodes it.
        columns: Fields by the header of a table's column.
        date: The dump's date.
        licence: The licence of records that name none.
        since: Records that have not changed since this day are skipped; empty for none.
        limit: Records to read, or None for all.
    """

    path: bytes
    columns: dict[str, str] = {}
    date: str = ""
    licence: str = ""
    since: str = ""
    limit: int | None = None


class Piece(msgspec.Struct, array_like=True, omit_defaults=True, frozen=True):
    """What was read next of a dump.

    Attributes:
        size: Bytes read of the dump, as it is stored, since the piece before.
        format: The short name of the file's format.
        records: Some records.
        reject: What is wrong with a record that could not be read.
        unread: The name of a file that is in no known format.
        blank: Whether that file holds nothing but white space.
        kind: What that file seems to be, and what to do about it.
        ended: Whether this is the last piece.
        sha256: Of the last piece: the digest of the whole dump, see `index.dumps.digest`.
        left_out: Of the last piece: how many files or members were left out, by the reason.
        failure: Why reading stopped: an error's class and its message.
    """

    size: int = 0
    format: str = ""
    records: PackedBatch | None = None
    reject: Reject | None = None
    unread: str = ""
    blank: bool = False
    kind: Description = Description("", "")
    ended: bool = False
    sha256: str = ""
    left_out: dict[str, int] = {}
    failure: tuple[str, str] | None = None


_encode = msgspec.msgpack.Encoder().encode
_decode_task = msgspec.msgpack.Decoder(Task).decode
_decode_piece = msgspec.msgpack.Decoder(Piece).decode


def read_dump(task: Task, *, in_process: bool) -> Generator[Piece, None, None]:
    """Yield the pieces of a dump; close the generator to end its process.

    Args:
        task: The dump.
        in_process: Whether a process may be started for it.

    Raises:
        DumpError: The dump cannot be used, or changed meanwhile.
    """
    path = os.fsdecode(task.path)
    states = read_states(path)
    yield from _read_anywhere(task, in_process=in_process)
    if read_states(path) != states:  # files were added to a folder, or a process died
        raise DumpChanged(path)


def _read_anywhere(task: Task, *, in_process: bool) -> Generator[Piece, None, None]:
    count = 0
    if in_process and _is_large(os.fsdecode(task.path)):
        for piece in _read_in_process(task):
            if piece.failure:
                kind, message = piece.failure
                raise READING_ERRORS[kind].from_message(message)
            yield piece
            if piece.ended:
                return
            count += 1
    yield from islice(read_pieces(task), count, None)


def _is_large(path: str) -> bool:
    """Return whether a dump is worth a process and can be read again should that fail."""
    return path != STDIN and (measure_dump(path) or 0) >= LARGE


def _read_in_process(task: Task) -> Iterator[Piece]:
    """Yield pieces from a process of its own, until it ends or fails."""
    with suppress(OSError):  # the system may refuse to start one
        process = WorkerProcess("index.build.dump_reader")
        try:
            with suppress(OSError, EOFError, msgspec.MsgspecError):
                process.send(_encode(task))
                while True:
                    yield _decode_piece(process.receive())
        finally:
            process.end()


def read_pieces(task: Task) -> Iterator[Piece]:
    """Read a dump in this process.

    Raises:
        DumpError: The dump cannot be used.
    """
    size = 0

    def count_bytes(count: int) -> None:
        nonlocal size
        size += count

    path, left, recognised = os.fsdecode(task.path), task.limit, False
    digest, left_out = DumpDigest(path), Counter[str]()
    for stream in open_dump(path, count_bytes, digest, left_out):
        form = recognise_format(stream, task.columns)
        if form is None:
            blank = is_blank(stream)
            described = Description("", "") if blank else describe_file(stream, task.columns)
            yield Piece(size, unread=stream.name, blank=blank, kind=described)
            size = 0
            continue
        recognised = True
        yield Piece(size, form.short_name)
        size = 0
        origin = Origin(form.short_name, task.date, task.licence, task.since)
        for found, count in read_batches(stream, form, origin, left):
            yield _make_piece(size, form.short_name, found)
            size = 0
            left = None if left is None else left - count
        if left is not None and left <= 0:
            break
    # Do not read a large file in no known format to its end: the build will fail.
    sha256 = digest.finish() if recognised else ""
    yield Piece(size, ended=True, sha256=sha256, left_out=dict(+left_out))


def _make_piece(size: int, form: str, found: Batch | Reject) -> Piece:
    if isinstance(found, Reject):
        return Piece(size, form, reject=found)
    return Piece(size, form, pack_batch(found))


def main() -> None:
    """Read the dump that the first message on standard input names; write its pieces."""
    with serve():
        task = _decode_task(read_message(sys.stdin.buffer))
        try:
            for piece in read_pieces(task):
                write_message(sys.stdout.buffer, _encode(piece))
        except tuple(READING_ERRORS.values()) as error:
            failure = (type(error).__name__, format_path(str(error)))
            write_message(sys.stdout.buffer, _encode(Piece(failure=failure)))


if __name__ == "__main__":
    main()
