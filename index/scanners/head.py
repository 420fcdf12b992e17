"""Parse the first bytes of a file once, for all formats that may recognise it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.dumps.streams import Stream
from index.scanners.encodings import detect_utf16, recode_beginning


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a file.

    Attributes:
        start: The first byte after any byte-order mark and white space, or ``b""``.
        keys: The JSON keys of the first records; empty if the file is not JSON. UTF-16 is never
            taken for JSON.
        beginning: The first bytes of the file as UTF-8, without byte-order mark and leading
            white space.
    """

    start: bytes
    keys: frozenset[str]
    beginning: bytes = b""


_KEY = re.compile(rb'"([^"\\]{1,60})"\s*:')
_TOKEN = re.compile(rb'"((?:[^"\\\n]|\\.)*+)"\s*+(:?)|\n\{|[{}]')


def parse_head(beginning: bytes) -> Head:
    """Parse the first bytes of a file."""
    text = recode_beginning(beginning).lstrip()
    start = text[:1]
    json = start in (b"{", b"[") and not detect_utf16(beginning)
    keys = _KEY.findall(text) if json else []
    return Head(start, frozenset(key.decode("utf-8", "replace") for key in keys), text)


def list_objects(head: Head) -> Iterator[set[bytes]]:
    """Yield the keys of each JSON object, without those of objects inside it, innermost first.

    An object that the beginning cuts off counts. A brace that begins a line closes all objects
    before it, so that a damaged line does not affect the next one.
    """
    around: list[set[bytes]] = []
    for token in _TOKEN.finditer(head.beginning):
        if token[2] and around:
            around[-1].add(token[1])
        elif token[0] == b"}" and around:
            yield around.pop()
        elif token[0].endswith(b"{"):
            if token[0] != b"{":
                yield from reversed(around)
                around.clear()
            around.append(set())
    yield from reversed(around)


def is_blank(stream: Stream) -> bool:
    """Return whether a file holds no records: only white space, or an empty array.

    White space at the beginning is consumed, so that what follows it can be described.
    """
    text = b""
    while (head := stream.head()) and not (text := head.removeprefix(b"\xef\xbb\xbf").strip()):
        stream.file.read(len(head))
    return not head or text.split() in ([b"[]"], [b"[", b"]"])
