"""Answers: where does each line of a text file start, and what does it say?

Serves the formats that people keep in text files, where any encoding and any line end is met:
UTF-8 with or without its mark, UTF-16 as spreadsheets save it, and Windows-1252. Constant memory.
"""

import codecs
import re
from collections.abc import Iterator
from functools import partial
from typing import NamedTuple

from index.dumps.streams import Stream
from index.records import Source
from index.scanners.encodings import CHUNK, detect_utf16, recode_beginning, recode_chunks
from index.scanners.json_lines import inner_name

MAX_LINE = 16 << 20
"""Bytes of one line; a longer one is given in parts."""

EXCERPT = 200
"""Characters of a rejected record that are kept."""

_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_MAIL = re.compile(r"[^\s\"',;:<>{}()\[\]]+@|\b[Ee]-?mail|(?:^|\n)EM(?= )")


class Line(NamedTuple):
    """One line.

    Attributes:
        offset: Where it starts in the file, in bytes; -1 in UTF-16, which is read recoded.
        text: The line, with a newline at its end unless the file ends without one.
    """

    offset: int
    text: str


def read_lines(stream: Stream) -> Iterator[Line]:
    """Give the lines of a file, whatever ends them.

    Args:
        stream: The file.

    Yields:
        Each line, a blank one too.
    """
    wide = detect_utf16(stream.head(8))
    plain = iter(partial(stream.file.read, CHUNK), b"")
    chunks = recode_chunks(stream.file, wide) if wide else plain
    offset = 0
    for raw in _raw_lines(chunks):
        text = decode_line(raw.removeprefix(codecs.BOM_UTF8) if not offset else raw)
        yield Line(
            -1 if wide else offset, text.rstrip("\r\n") + "\n" * raw.endswith((b"\n", b"\r"))
        )
        offset += len(raw)


def decode_beginning(beginning: bytes) -> str:
    """Give the first bytes of a file as text, as `read_lines` would."""
    return decode_line(recode_beginning(beginning))


def decode_line(raw: bytes) -> str:
    """Give bytes as text: UTF-8, else Windows-1252, else UTF-8 with a sign for what is damaged.

    A text with other sequences that are UTF-8 is a damaged one and not Windows-1252.
    """
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        encoding = "utf-8" if _MULTIBYTE.search(raw) else "cp1252"
        return raw.decode(encoding, "replace")


def make_source(stream: Stream, record: int, offset: int) -> Source:
    """Say where a record stands."""
    return Source(stream.dump, inner_name(stream), record, offset)


def excerpt(text: str) -> str:
    """Give the beginning of a record, up to the first e-mail address, which is personal."""
    return _MAIL.split(text[:EXCERPT].strip(), maxsplit=1)[0]


def _raw_lines(chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Cut bytes at each kind of line end."""
    rest = b""
    for chunk in chunks:
        lines = (rest + chunk).splitlines(keepends=True)
        rest = b""
        if lines and (not lines[-1].endswith(b"\n")):
            rest = lines.pop()
        yield from lines
        if len(rest) > MAX_LINE:
            yield rest
            rest = b""
    if rest:
        yield rest
