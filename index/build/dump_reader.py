"""Answers: what stands next in a dump, and which process reads it?

A dump becomes pieces: some records at a time, to be prepared elsewhere (`index.build.prepare`). A
large one is unpacked and read in a process of its own, so that the one that writes has only to
pass its pieces on. Should that process fail, the rest is read here.
"""

import os
import sys
from collections.abc import Generator, Iterator
from contextlib import suppress
from itertools import islice

import msgspec

from index.build.batching import batches
from index.build.prepare import Packed, packed
from index.build.worker_process import Peer, read_message, serving, write_message
from index.dumps.digest import DumpDigest
from index.dumps.location import STDIN, format_path
from index.dumps.streams import measure_dump, open_dump
from index.errors import DUMP_ERRORS, DumpError
from index.formats.registry import recognise_format
from index.records import Reject
from index.scanners.head import is_blank

LARGE = 1 << 20
"""Bytes from which on a dump is read in a process of its own: starting one takes as long as some
thousand records. Chosen."""


class Task(msgspec.Struct, array_like=True, frozen=True):
    """What is to be read.

    Attributes:
        path: The dump's, as the system has it.
        columns: Fields by the header of a table's column.
        date: The dump's date.
        licence: Of records that name none.
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
    """What was read next; the last one has `ended`.

    Attributes:
        size: Bytes read of the dump, as it is stored, since the piece before.
        kind: The format's name.
        records: Some records, as `index.build.prepare.Packed`.
        reject: What is wrong with a record that cannot be one.
        unread: The name of a file that is in no known format.
        blank: Whether that file holds nothing at all.
        ended: Whether nothing follows.
        sha256: Of the last piece: the digest of the whole dump, see `index.dumps.digest`.
        failure: Why nothing follows: an error's class and its sentence.
    """

    size: int = 0
    kind: str = ""
    records: Packed | None = None
    reject: Reject | None = None
    unread: str = ""
    blank: bool = False
    ended: bool = False
    sha256: str = ""
    failure: tuple[str, str] | None = None


_ENCODE = msgspec.msgpack.Encoder().encode
_TASK = msgspec.msgpack.Decoder(Task).decode
_PIECE = msgspec.msgpack.Decoder(Piece).decode


def read(task: Task, *, apart: bool) -> Generator[Piece, None, None]:
    """Give the pieces of a dump; to be closed.

    Args:
        task: What to read.
        apart: Whether a process may be started for it.

    Raises:
        DumpError: It cannot be used.
    """
    count = 0
    if apart and _is_large(os.fsdecode(task.path)):
        for piece in _read_apart(task):
            if piece.failure:
                kind, message = piece.failure
                raise DUMP_ERRORS[kind].from_message(message)
            yield piece
            if piece.ended:
                return
            count += 1
    yield from islice(pieces(task), count, None)


def _is_large(path: str) -> bool:
    """Tell whether a dump is, and could be read from its start again."""
    return path != STDIN and (measure_dump(path) or 0) >= LARGE


def _read_apart(task: Task) -> Iterator[Piece]:
    """Give pieces as long as a process of its own gives any."""
    with suppress(OSError):  # the system lets us start no more of them
        peer = Peer("index.build.dump_reader")
        try:
            with suppress(OSError, EOFError, msgspec.MsgspecError):
                peer.send(_ENCODE(task))
                while True:
                    yield _PIECE(peer.receive())
        finally:
            peer.end()


def pieces(task: Task) -> Iterator[Piece]:
    """Read a dump here.

    Raises:
        DumpError: It cannot be used.
    """
    size = 0

    def read_so_far(count: int) -> None:
        nonlocal size
        size += count

    path, left, recognised = os.fsdecode(task.path), task.limit, False
    digest = DumpDigest(path)
    for stream in open_dump(path, read_so_far, digest):
        form = recognise_format(stream, task.columns)
        recognised = recognised or form is not None
        if form is None:
            yield Piece(size, unread=stream.name, blank=is_blank(stream))
            size = 0
            continue
        yield Piece(size, form.short_name)
        size = 0
        for found, count in batches(stream, form, left):
            if isinstance(found, Reject):
                yield Piece(size, form.short_name, reject=found)
            else:
                found.kind, found.since = form.short_name, task.since
                found.date, found.licence = task.date, task.licence
                yield Piece(size, form.short_name, packed(found))
            size = 0
            left = None if left is None else left - count
        if left is not None and left <= 0:
            break
    # Do not read a large file in no known format to its end: the build will fail.
    yield Piece(size, ended=True, sha256=digest.finish() if recognised else "")


def main() -> None:
    """Read the dump that standard input names, for the process that asks."""
    with serving():
        task = _TASK(read_message(sys.stdin.buffer))
        try:
            for piece in pieces(task):
                write_message(sys.stdout.buffer, _ENCODE(piece))
        except DumpError as error:
            failure = (type(error).__name__, format_path(str(error)))
            write_message(sys.stdout.buffer, _ENCODE(Piece(failure=failure)))


if __name__ == "__main__":
    main()
