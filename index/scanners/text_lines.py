"""Read the lines of a text file in any common encoding, in constant memory.

Files that people edit come in UTF-8 with or without a byte-order mark, in UTF-16 as spreadsheets
save it and in Windows-1252, and with any kind of line end.
"""

import codecs
import re
from collections.abc import Iterator
from functools import partial
from itertools import accumulate, repeat, starmap
from typing import NamedTuple

from index.dumps.streams import Stream
from index.records import Source
from index.scanners.encodings import CHUNK, detect_utf16, recode_beginning, recode_chunks
from index.scanners.record_size import MAX_CHARACTERS

MAX_LINE = MAX_CHARACTERS
"""Bytes of one line; a longer one is yielded in parts."""

_MULTIBYTE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)


class Line(NamedTuple):
    """One line.

    Attributes:
        offset: Where it starts in the file, in bytes; -1 in UTF-16, which is recoded first.
        text: The line, with a newline at its end unless the file ends without one.
    """

    offset: int
    text: str


def read_lines(stream: Stream) -> Iterator[Line]:
    """Yield the lines of a file with any kind of line end.

    Args:
        stream: The file.

    Yields:
        Each line, including blank ones.
    """
    return starmap(Line, read_line_pairs(stream))


def read_line_pairs(stream: Stream) -> Iterator[tuple[int, str]]:
    """Yield what `read_lines` does as plain pairs, which takes half the time."""
    wide = detect_utf16(stream.head(8))
    plain = iter(partial(stream.file.read, CHUNK), b"")
    chunks = recode_chunks(stream.file, wide) if wide else plain
    offset = 0
    for raws in _split_lines(chunks):
        unmarked = raws if offset else [raws[0].removeprefix(codecs.BOM_UTF8), *raws[1:]]
        offsets = [*accumulate(map(len, raws), initial=offset)]
        offset = offsets.pop()
        yield from zip(repeat(-1) if wide else offsets, _decode_lines(unmarked), strict=False)


def decode_beginning(beginning: bytes) -> str:
    """Decode the first bytes of a file as `read_lines` would."""
    return decode_line(recode_beginning(beginning))


def decode_line(raw: bytes) -> str:
    """Decode bytes as UTF-8 or, failing that, as Windows-1252.

    Bytes that hold a valid UTF-8 sequence elsewhere are damaged UTF-8 and not Windows-1252; there
    invalid bytes are replaced.
    """
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        encoding = "utf-8" if _MULTIBYTE.search(raw) else "cp1252"
        return raw.decode(encoding, "replace")


def make_source(stream: Stream, record: int, offset: int) -> Source:
    """Return the location of a record."""
    return Source(stream.dump, stream.inner_name, record, offset)


def _split_lines(chunks: Iterator[bytes]) -> Iterator[list[bytes]]:
    """Split bytes at each kind of line end; yield the lines that end in each chunk."""
    rest = b""
    for chunk in chunks:
        lines = (rest + chunk).splitlines(keepends=True)
        rest = b""
        if lines and not lines[-1].endswith(b"\n"):
            rest = lines.pop()
        if lines:
            yield lines
        if len(rest) > MAX_LINE:
            yield [rest]
            rest = b""
    if rest:
        yield [rest]


def _decode_lines(raws: list[bytes]) -> list[str]:
    """Decode lines, together if they are valid UTF-8, and unify their ends.

    Together takes half the time. Text has more kinds of line ends than bytes, so the lines are the
    same if they are as many.
    """
    joined = b"".join(raws)
    try:
        texts = joined.decode("utf-8").splitlines(keepends=True)
    except UnicodeDecodeError:
        texts = []
    if len(texts) != len(raws):
        texts = [decode_line(raw) for raw in raws]
    if b"\r" in joined:
        return [text.rstrip("\r\n") + "\n" * text.endswith(("\n", "\r")) for text in texts]
    return texts
