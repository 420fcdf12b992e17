"""Answers: where does each record of a JSON file begin and end?

Serves every format that is JSON: here is what makes records of the bytes, and the finding of
lines; `json_envelopes` finds what is in an array or an envelope. A damaged record costs itself.
"""

import re
from collections.abc import Callable, Iterator
from typing import TypeVar

import msgspec

from index.dumps.streams import Stream
from index.errors import RecordError
from index.records import RawRecord, Reject, Source

MAX_LINE = 64 << 20
"""Bytes of one JSON line; a longer one is rejected without being held in memory."""

EXCERPT = 200
"""Characters of a rejected record that are kept."""

_PERSONAL = re.compile(
    r'"(?:authorids|e-?mail|gender|home_?page|linkedin|google_scholar|or_profile|position)"'
    r"|[^\s\"',;<>]+@",
    re.IGNORECASE,
)
"""Keys of dumps and e-mail addresses that are nowhere to be kept, not in an excerpt either."""

T = TypeVar("T")
Slices = Iterator[tuple[int, bytes]]
"""Where each record starts in its file, in bytes, and the record itself."""


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
        decode: Bytes of one record to a typed record; raises msgspec's errors.
        convert: A typed record and its source to ours; raises RecordError.
        find: Finds the records in the file.
        licence: That of every record of the format, or nothing.

    Yields:
        A record, or a reject that says what is wrong with it.
    """
    dump, name, start = stream.dump, inner_name(stream), stream.start
    for number, (offset, raw) in enumerate(find(stream), stream.records + 1):
        source = Source(dump, name, number, start + offset, "", licence)
        try:
            yield convert(_decode(raw, decode), source)
        except (msgspec.MsgspecError, UnicodeError, RecordError, RecursionError) as error:
            yield Reject(source, _reason(error), _excerpt(raw))


def _decode(raw: bytes, decode: Callable[[bytes], T]) -> T:
    try:
        return decode(raw)
    except UnicodeDecodeError:
        return decode(raw.decode("utf-8", "replace").encode())
    except msgspec.DecodeError:
        # A byte that is no UTF-8 is replaced; whatever else is wrong fails again.
        return decode(raw.decode("utf-8", "replace").encode())


def _excerpt(raw: bytes) -> str:
    """Give the beginning of a record, up to the first thing that is a person's own."""
    return _PERSONAL.split(raw[:EXCERPT].decode("utf-8", "replace"), maxsplit=1)[0]


def _reason(error: Exception) -> str:
    if isinstance(error, RecordError):
        return str(error)
    return f"is no valid record: {error}"


def find_lines(stream: Stream) -> Slices:
    """Give the offset and the bytes of every line that is not blank."""
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
    """Read to the end of a line that is too long; give the bytes passed over."""
    passed = 0
    while part := stream.file.readline(MAX_LINE):
        passed += len(part)
        if part.endswith(b"\n"):
            break
    return passed


def inner_name(stream: Stream) -> str:
    """Give the file's path inside its dump; nothing where the dump is the file."""
    return "" if stream.name == stream.dump else stream.name
