"""Detect UTF-16 and recode it as UTF-8 for the readers, in constant memory.

Spreadsheets write "Unicode text" and some programs write XML in UTF-16, where even a comma is
not the byte that the readers search for.
"""

import codecs
import re
from collections.abc import Iterator
from typing import BinaryIO

CHUNK = 1 << 18
"""Bytes read at a time."""

_MARKS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_UNMARKED = (
    (re.compile(rb"[<@%]\0[ -~]\0[ -~]\0"), "utf-16-le"),
    (re.compile(rb"\0[<@%]\0[ -~]\0[ -~]"), "utf-16-be"),
)
"""How XML and BibTeX begin without a byte-order mark, which the standard of XML allows."""


def detect_utf16(beginning: bytes) -> str:
    """Return the codec of a file in UTF-16, such as ``utf-16-le``.

    Args:
        beginning: The first six bytes of the file or more.

    Returns:
        The codec's name in Python; empty if the file is not UTF-16.
    """
    marked = (codec for mark, codec in _MARKS if beginning.startswith(mark))
    unmarked = (codec for start, codec in _UNMARKED if start.match(beginning))
    return next(marked, "") or next(unmarked, "")


def recode_beginning(beginning: bytes) -> bytes:
    """Recode the first bytes of a file as UTF-8, without a byte-order mark."""
    if codec := detect_utf16(beginning):
        text = beginning[: len(beginning) // 2 * 2].decode(codec, "replace")
        return text.removeprefix("\ufeff").encode("utf-8", "replace")
    return beginning.removeprefix(codecs.BOM_UTF8)


def recode_chunks(file: BinaryIO, encoding: str) -> Iterator[bytes]:
    """Yield the contents of a file as UTF-8, without a byte-order mark.

    Args:
        file: The file, at its beginning.
        encoding: The codec that `detect_utf16` returned.

    Yields:
        Chunks of at least one byte.
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
