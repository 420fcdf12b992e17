"""Read JSON records, and find those in files with one record to a line.

`read_json` serves every JSON format; `index.scanners.json_arrays` finds the records of files with
an array or an envelope. A damaged record is rejected alone.
"""

import json
from collections.abc import Callable, Iterator
from typing import TypeVar

import msgspec
from msgspec.json import Decoder
from msgspec.structs import replace

from index.dumps.streams import Stream
from index.errors import RecordError
from index.records import RawRecord, Reject, Source
from index.scanners.excerpts import EXCERPT, decode_excerpt
from index.scanners.lenient_json import decode_leniently

MAX_LINE = 64 << 20
"""Bytes of one JSON line; a longer one is rejected without being kept in memory."""

T = TypeVar("T")
Slices = Iterator[tuple[int, bytes]]
"""The byte offset of each record in its file, and the bytes of the record."""


def read_json(
    stream: Stream,
    decoder: Decoder[T],
    convert: Callable[[T, Source], RawRecord],
    find: Callable[[Stream], Slices],
    licence: str = "",
) -> Iterator[RawRecord | Reject]:
    """Read a file of JSON records through a typed decoder.

    A record with a value of another type is decoded again, value by value, so that nothing but
    this value is lost (`index.scanners.lenient_json`).

    Args:
        stream: The file.
        decoder: Decodes the bytes of a record as a struct.
        convert: Turns such a struct and its source into a RawRecord; raises RecordError.
        find: Finds the records in the file.
        licence: The licence of every record of the format; empty if unknown.

    Yields:
        Each record, or a reject with the reason.
    """
    dump, name, start = stream.dump, stream.inner_name, stream.start
    decode, kind = decoder.decode, decoder.type
    for number, (offset, raw) in enumerate(find(stream), stream.records + 1):
        source = Source(dump, name, number, start + offset, "", licence)
        try:
            yield convert(decode(raw), source)
        except RecordError as error:
            yield Reject(source, str(error), decode_excerpt(raw))
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
            yield _read_leniently(raw, kind, convert, source)


def _read_leniently(
    raw: bytes, kind: type[T], convert: Callable[[T, Source], RawRecord], source: Source
) -> RawRecord | Reject:
    try:
        decoded, odd = decode_leniently(raw, kind)
        return replace(convert(decoded, source), odd=odd)
    except (msgspec.MsgspecError, RecordError, RecursionError, json.JSONDecodeError) as error:
        return Reject(source, _describe(error), decode_excerpt(raw))


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
