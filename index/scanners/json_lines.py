"""Read JSON records, and find those in files with one record to a line.

`read_json` serves every JSON format; `index.scanners.json_arrays` finds the records of files with
an array or an envelope. A damaged record is rejected alone.
"""

from collections.abc import Callable, Iterator
from typing import TypeVar

import msgspec

from index.dumps.streams import Stream
from index.errors import RecordError
from index.records import RawRecord, Reject, Source
from index.scanners.excerpts import EXCERPT, decode_excerpt

MAX_LINE = 64 << 20
"""Bytes of one JSON line; a longer one is rejected without being kept in memory."""

T = TypeVar("T")
Slices = Iterator[tuple[int, bytes]]
"""The byte offset of each record in its file, and the bytes of the record."""


def read_json(
    stream: Stream,
    decode: Callable[[bytes], T],
    convert: Callable[[T, Source], RawRecord],
    find: Callable[[Stream], Slices],
    licence: str = "",
) -> Iterator[RawRecord | Reject]:
    """Read a file of JSON records through a typed decoder.

    Args:
        stream: The file.
        decode: Turns the bytes of a record into a typed record; raises msgspec's errors.
        convert: Turns a typed record and its source into a RawRecord; raises RecordError.
        find: Finds the records in the file.
        licence: The licence of every record of the format; empty if unknown.

    Yields:
        Each record, or a reject with the reason.
    """
    dump, name, start = stream.dump, stream.inner_name, stream.start
    for number, (offset, raw) in enumerate(find(stream), stream.records + 1):
        source = Source(dump, name, number, start + offset, "", licence)
        try:
            yield convert(_decode(raw, decode), source)
        except (msgspec.MsgspecError, UnicodeError, RecordError, RecursionError) as error:
            yield Reject(source, _describe(error), decode_excerpt(raw))


def _decode(raw: bytes, decode: Callable[[bytes], T]) -> T:
    try:
        return decode(raw)
    except UnicodeDecodeError:
        return decode(raw.decode("utf-8", "replace").encode())
    except msgspec.DecodeError:
        # Retry with invalid UTF-8 replaced; any other error is raised again.
        return decode(raw.decode("utf-8", "replace").encode())


def _describe(error: Exception) -> str:
    if isinstance(error, RecordError):
        return str(error)
    return f"is not a valid record: {error}"


def find_lines(stream: Stream) -> Slices:
    """Yield the offset and the bytes of every line that is not blank."""
    offset = 0
    while line := stream.file.readline(MAX_LINE):
        start = offset
        offset += len(line)
        if len(line) == MAX_LINE and not line.endswith(b"\n"):
            line = line[:EXCERPT]
            offset += skip_line(stream)
        text = line.removeprefix(b"\xef\xbb\xbf").strip() if start == 0 else line.strip()
        if text:
            yield start, text


def skip_line(stream: Stream) -> int:
    """Read to the end of a line that is too long; return the number of bytes read."""
    skipped = 0
    while part := stream.file.readline(MAX_LINE):
        skipped += len(part)
        if part.endswith(b"\n"):
            break
    return skipped
