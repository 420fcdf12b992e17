"""Answers: where does each record of a JSON file begin and end?

Serves every format that is JSON lines or one JSON array. A damaged record costs itself
and nothing else: lines are independent, and an array is picked up again at the next object.
"""

import json
import re
from collections.abc import Callable, Iterator
from typing import TypeVar

import msgspec

from index.errors import DumpUnreadable, RecordError
from index.records import RawRecord, Reject, Source
from index.streams import Stream

MAX_LINE = 64 << 20
"""Bytes of one JSON line; a longer one is rejected without being held in memory."""

MAX_ARRAY = 1 << 30
"""Bytes of one file that is a JSON array: it is read whole (JSON lines are not)."""

EXCERPT = 200
"""Characters of a rejected record that are kept."""

_PERSONAL = re.compile(
    r'"(?:authorids|e-?mail|gender|home_?page|linkedin|google_scholar|or_profile|position)"'
    r"|[^\s\"',;<>]+@",
    re.IGNORECASE,
)
"""Keys of dumps and e-mail addresses that are nowhere to be kept, not in an excerpt either."""

_MAX_PICK_UPS = 1_000
_NEXT_OBJECT = re.compile(r"\}\s*,\s*(?=\{)")

T = TypeVar("T")
Found = Iterator[tuple[Source, bytes]]


def read_json(
    stream: Stream,
    decode: Callable[[bytes], T],
    convert: Callable[[T, Source], RawRecord],
    find: Callable[[Stream], Found] | None = None,
) -> Iterator[RawRecord | Reject]:
    """Read a file of JSON records, lines or array, through a typed decoder.

    Args:
        stream: The file.
        decode: Bytes of one record to a typed record; raises msgspec's errors.
        convert: A typed record and its source to ours; raises RecordError.
        find: Finds the records in the file, if they are not just lines or an array.

    Yields:
        A record, or a reject that says what is wrong with it.
    """
    for source, raw in (find or json_records)(stream):
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


def json_records(stream: Stream) -> Found:
    """Give the source and the bytes of every record of a JSON file."""
    first = stream.head(4096).removeprefix(b"\xef\xbb\xbf").lstrip()[:1]
    return _array(stream) if first == b"[" else _lines(stream)


def _lines(stream: Stream) -> Found:
    number = offset = 0
    while line := stream.file.readline(MAX_LINE):
        start = offset
        offset += len(line)
        if len(line) == MAX_LINE and not line.endswith(b"\n"):
            line = line[:EXCERPT]
            offset += _pass_over(stream)
        text = line.removeprefix(b"\xef\xbb\xbf").strip() if start == 0 else line.strip()
        if text:
            number += 1
            yield Source(stream.dump, inner_name(stream), number, start), text


def _pass_over(stream: Stream) -> int:
    passed = 0
    while part := stream.file.readline(MAX_LINE):
        passed += len(part)
        if part.endswith(b"\n"):
            break
    return passed


def _array(stream: Stream) -> Found:
    content = stream.file.read(MAX_ARRAY + 1)
    if len(content) > MAX_ARRAY:
        raise DumpUnreadable(stream.name, "one JSON array of over 1 GiB; make it JSON lines")
    try:
        records = msgspec.json.decode(content.removeprefix(b"\xef\xbb\xbf"), type=list[msgspec.Raw])
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        yield from _pick_up(stream, content.decode("utf-8", "surrogateescape"))
        return
    offset = 0
    for number, record in enumerate(records, 1):
        raw = bytes(record)
        offset = content.find(raw, offset)
        yield Source(stream.dump, inner_name(stream), number, offset), raw
        offset += len(raw)


def _pick_up(stream: Stream, content: str) -> Found:
    """Read a damaged array object by object; a damaged one comes as it stands."""
    decoder = json.JSONDecoder()
    at, number, damaged = content.find("{"), 0, 0
    counted = offset = 0
    while at >= 0:
        number += 1
        offset += len(_bytes(content[counted:at]))
        counted = at
        source = Source(stream.dump, inner_name(stream), number, offset)
        try:
            end = decoder.raw_decode(content, at)[1]
        except (ValueError, RecursionError):
            damaged += 1
            found = _NEXT_OBJECT.search(content, at) if damaged < _MAX_PICK_UPS else None
            yield source, _bytes(content[at : at + EXCERPT])
            at = found.end() if found else -1
        else:
            yield source, _bytes(content[at:end])
            at = content.find("{", end)


def _bytes(text: str) -> bytes:
    """Give back the bytes as they stand in the file, those that are no UTF-8 too."""
    return text.encode("utf-8", "surrogateescape")


def inner_name(stream: Stream) -> str:
    """Give the file's path inside its dump; nothing where the dump is the file."""
    return "" if stream.name == stream.dump else stream.name
