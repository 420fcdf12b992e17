"""Look at the first bytes of a file, once for all formats."""

import re
from dataclasses import dataclass

from index.dumps.streams import Stream
from index.scanners.encodings import detect_utf16, recode_beginning


@dataclass(frozen=True, slots=True)
class Head:
    """The beginning of a file, looked at once for all formats.

    Attributes:
        start: The first byte that is no white space or byte-order mark, or ``b""``.
        keys: The JSON keys of the first records; empty where the file is no JSON.
        beginning: The first bytes of the file, without a byte-order mark and white space; of
            one in UTF-16 as UTF-8 has them, and without keys: JSON is never in UTF-16.
    """

    start: bytes
    keys: frozenset[str]
    beginning: bytes = b""


_KEY = re.compile(rb'"([^"\\]{1,60})"\s*:')


def parse_head(beginning: bytes) -> Head:
    """Look at the first bytes of a file."""
    text = recode_beginning(beginning).lstrip()
    start = text[:1]
    json = start in (b"{", b"[") and not detect_utf16(beginning)
    keys = _KEY.findall(text) if json else []
    return Head(start, frozenset(key.decode("utf-8", "replace") for key in keys), text)


def is_blank(stream: Stream) -> bool:
    """Tell whether a file holds no records at all: white space, or an empty array."""
    return stream.head().removeprefix(b"\xef\xbb\xbf").split() in ([], [b"[]"], [b"[", b"]"])
