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
from index.scanners.byte_window import CHUNK
from index.scanners.excerpts import DAMAGED_BYTES, decode_excerpt
from index.scanners.lenient_json import decode_leniently
from index.scanners.record_size import JSON_MARKS, MAX_RECORD, TOO_LONG, describe_excess

T = TypeVar("T")
Slices = Iterator[tuple[int, bytes, str]]
"""The byte offset of each record in its file, the bytes of the record, and why it is damaged beyond
what the bytes show; usually empty."""


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
    for number, (offset, raw, damage) in enumerate(find(stream), stream.records + 1):
        source = Source(dump, name, number, start + offset, "", licence)
        if reason := damage or describe_excess(raw, JSON_MARKS):
            yield Reject(source, reason, decode_excerpt(raw))
            continue
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
    while line := stream.file.readline(MAX_RECORD + 1):
        start, damage = offset, ""
        offset += len(line)
        if is_cut(line):
            line, damage = line[:DAMAGED_BYTES], TOO_LONG
            offset += skip_line(stream)
        text = line.removeprefix(b"\xef\xbb\xbf").strip() if start == 0 else line.strip()
        if text:
            yield start, text, damage


def is_cut(line: bytes) -> bool:
    """Return whether what was read of a line is over `MAX_RECORD` and not all of it."""
    return len(line) > MAX_RECORD and not line.endswith(b"\n")


def skip_line(stream: Stream) -> int:
    """Read to the end of a line that is too long; return the number of bytes read."""
    skipped = 0
    while part := stream.file.readline(CHUNK):
        skipped += len(part)
        if part.endswith(b"\n"):
            break
    return skipped
