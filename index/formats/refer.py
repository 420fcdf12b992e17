"""Read the tagged formats of EndNote, Refer and NASA ADS, whose tags begin with ``%``.

EndNote's records begin with their kind (``%0``) and those of NASA ADS with their number (``%R``).
Refer, and sites that write ``%0`` elsewhere, separate records by blank lines: the first tag of a
file tells them apart. The tags are translated to those of RIS, as far as they have a meaning here.
"""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from index.dumps.streams import Stream
from index.formats.format import Format
from index.formats.ris_records import convert
from index.names.author_lists import invert_names
from index.records import RawRecord, Reject
from index.scanners.excerpts import make_excerpt
from index.scanners.head import Head, parse_head
from index.scanners.record_size import TOO_LONG_TEXT
from index.scanners.tagged_records import Layout, cut_records, parse_fields
from index.scanners.text_lines import decode_beginning, make_source

NAME = "refer"

_LINE = re.compile(r"%([^\s%\\])(?:\s(.*)|$)", re.DOTALL)
_AUTHOR = re.compile(r"^%A (.+?)\s*$", re.MULTILINE)
_MIN_NAMES = 4
"""Names at the beginning of a file that must all have the family name first to say that the file
writes them so; chosen, as for RIS."""

_ENDNOTE = {
    "0": "TY", "A": "AU", "B": "T2", "D": "PY", "E": "A2", "G": "LA", "I": "PB", "J": "JF",
    "K": "KW", "M": "AN", "N": "IS", "O": "J2", "P": "SP", "Q": "TT", "R": "DO", "S": "T3",
    "T": "TI", "U": "UR", "V": "VL", "W": "DP", "X": "AB", "Y": "A3", "Z": "N1", "2": "C2",
    "7": "ET", "8": "DA", "9": "M3", "?": "A4", "@": "SN", "!": "ST", "]": "C7", ">": "L1",
    "~": "DB",
}  # fmt: skip
_ADS = {
    "R": "BC", "T": "TI", "A": "AU", "J": "JF", "V": "VL", "D": "PY", "P": "SP", "L": "EP",
    "K": "KW", "U": "UR", "B": "AB", "Y": "N1", "X": "N1", "E": "A2",
}  # fmt: skip
"""NASA ADS uses some letters otherwise: ``%B`` is the abstract, ``%L`` the last page."""

_FIRST = re.compile(rb"(?:^|[\r\n])%([0-9A-Z@]) ([^\r\n]*)[\r\n]+%[^\s%\\] ")
_TITLE = re.compile(rb"[\r\n]%T \S|^%T \S")
_BIBCODE = re.compile(rb"[12]\d{3}[A-Za-z].{13}[A-Z.:][ \t]*$")
_HEAD_BYTES = 4096
"""The first record begins within this many bytes; a site may write something before it."""


class _Dialect(NamedTuple):
    """One of these formats.

    Attributes:
        tags: The tags of RIS.
        begins: Matches the first line of a record.
        opens: Matches what begins a record after a blank line; None if nothing else does.
    """

    tags: Mapping[str, str]
    begins: re.Pattern[str]
    opens: re.Pattern[str] | None = None

    def split(self, text: str) -> tuple[str, str] | None:
        """Split a line into its tag in RIS and its text; other tags keep their sign."""
        found = _LINE.match(text)
        return (self.tags.get(found[1], f"%{found[1]}"), found[2] or "") if found else None


_NEVER = re.compile(r"(?!)")
_DIALECTS = {
    "endnote": _Dialect(_ENDNOTE, re.compile(r"%0(?: |\s*$)")),
    "ads": _Dialect(_ADS, re.compile(r"%R ")),
    "refer": _Dialect(_ENDNOTE, _NEVER, re.compile(r"%[^\s%\\] ")),
}


def read(stream: Stream) -> Iterator[RawRecord | Reject]:
    """Read a file of records.

    Args:
        stream: The file.

    Yields:
        A record, or a reject with the reason.
    """
    head = stream.head()
    dialect = _DIALECTS[_find_dialect(parse_head(head).beginning)]
    names = _AUTHOR.findall(decode_beginning(head))
    inverted = len(names) >= _MIN_NAMES and bool(invert_names(names))
    layout = Layout(dialect.begins, dialect.split, frozenset(("TI",)), opens=dialect.opens)
    for number, record in enumerate(cut_records(stream, layout), 1):
        source = make_source(stream, number, record.offset)
        if record.begun and record.whole:
            fields = parse_fields(record.lines, dialect.split)
            yield convert(fields, source, NAME, inverted=inverted)
        else:
            reason = "does not begin with %0 or %R"
            if record.begun:
                reason = TOO_LONG_TEXT
            yield Reject(source, reason, make_excerpt("".join(record.lines[:20])))


def _find_dialect(beginning: bytes) -> str:
    found = _FIRST.search(beginning[:_HEAD_BYTES])
    if found is None:
        return "refer"
    if found[1] == b"R" and _BIBCODE.match(found[2]):
        return "ads"
    return "endnote" if found[1] == b"0" else "refer"


def _recognises(head: Head) -> bool:
    if head.start in (b"", b"{", b"[", b"<", b"@"):
        return False
    return bool(_FIRST.search(head.beginning[:_HEAD_BYTES]) and _TITLE.search(head.beginning))


FORMAT = Format(NAME, "EndNote or Refer", _recognises, read)
