"""Answers: is a file in UTF-16, and how does it become UTF-8 for the readers?

A spreadsheet's "Unicode text" and some programs' XML are UTF-16, in which not even a comma is
the byte that the readers look for. Constant memory.
"""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

CHUNK = 1 << 18
"""Bytes that are read at a time."""

_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UNMARKED = (
    (re.compile(rb"<\0[!-~]\0[!-~]\0"), "utf-16-le"),
    (re.compile(rb"\0<\0[!-~]\0[!-~]"), "utf-16-be"),
)
"""The beginning of XML without a byte-order mark, which its standard allows."""


def detect_utf16(beginning: bytes) -> str:
    """Give the codec of a file in UTF-16, ``utf-16-le``; empty for any other.

    Args:
        beginning: The first bytes of the file, six or more where it has them.
    """
    marked = (codec for mark, codec in _MARKS if beginning.startswith(mark))
    unmarked = (codec for start, codec in _UNMARKED if start.match(beginning))
    return next(marked, "") or next(unmarked, "")


def recode_beginning(beginning: bytes) -> bytes:
    """Give the first bytes of a file as UTF-8 has them, without a byte-order mark."""
    if codec := detect_utf16(beginning):
        text = beginning[: len(beginning) // 2 * 2].decode(codec, "replace")
        return text.removeprefix("\ufeff").encode("utf-8", "replace")
    return beginning.removeprefix(codecs.BOM_UTF8)


def recode_chunks(file: BinaryIO, encoding: str) -> Iterator[bytes]:
    """Give a file of an encoding as UTF-8, without a byte-order mark; no chunk is empty.

    Args:
        file: The file, at its beginning.
        encoding: As `detect_utf16` gives it.
    """
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    first = True
    while True:
        raw = file.read(CHUNK)
        text = decoder.decode(raw, final=not raw)
        if first and text:
            text, first = text.removeprefix("\ufeff"), False
        if text:
            yield text.encode("utf-8", "replace")
        if not raw:
            return
