"""Read RIS files, Web of Science's field-tagged files and those of RefWorks.

The file is cut into records at each ``TY`` (Web of Science: ``PT``), so a missing ``ER`` is
harmless and a damaged record affects no other. A tag that is not known costs nothing but itself.
Tools that remove duplicates write files without ``TY``; these are cut at ``ER``.
"""

import re
from collections.abc import Iterator

from index.dumps.streams import Stream
from index.formats import web_of_science
from index.formats.format import Format
from index.formats.ris_records import convert
from index.formats.ris_tags import (
    LAYOUT,
    REFWORKS,
    is_refworks,
    is_web_of_science,
    lacks_types,
    parse_ris,
    recognises,
    split_refworks_line,
    split_wos_line,
)
from index.names.author_lists import invert_names
from index.records import RawRecord, Reject
from index.scanners.excerpts import make_excerpt
from index.scanners.head import parse_head
from index.scanners.record_size import TOO_LONG_TEXT
from index.scanners.tagged_records import CutRecord, cut_records, parse_fields
from index.scanners.text_lines import decode_beginning, make_source

NAME = "ris"

_AUTHOR = re.compile(r"^(?:AU|A1) {1,2}- (.+?)\s*$", re.MULTILINE)
_MIN_NAMES = 4
"""Names at the beginning of a file that must all have the family name first to say that the file
writes them so; chosen."""


def read(stream: Stream) -> Iterator[RawRecord | Reject]:
    """Read a file of RIS records, or of Web of Science's or RefWorks'.

    Args:
        stream: The file.

    Yields:
        A record, or a reject with the reason.
    """
    head = stream.head()
    beginning = parse_head(head).beginning
    refworks, untyped = is_refworks(beginning), lacks_types(beginning)
    names = _AUTHOR.findall(decode_beginning(head))
    inverted = len(names) >= _MIN_NAMES and bool(invert_names(names))
    cut = cut_records(stream, REFWORKS if refworks else LAYOUT)
    for number, record in enumerate(cut, 1):
        source = make_source(stream, number, record.offset)
        if reason := _describe_damage(record, untyped=untyped):
            yield Reject(source, reason, make_excerpt("".join(record.lines[:20])))
        elif refworks:
            fields = parse_fields(record.lines, split_refworks_line)
            yield convert(fields, source, NAME, inverted=inverted)
        elif is_web_of_science(record.lines[0]):
            fields = parse_fields(record.lines, split_wos_line)
            yield web_of_science.convert(fields, source, NAME)
        else:
            yield convert(parse_ris(record.lines), source, NAME, inverted=inverted)


def _describe_damage(record: CutRecord, *, untyped: bool) -> str:
    if not record.begun and not untyped:
        return "does not begin with TY or PT"
    return "" if record.whole else TOO_LONG_TEXT


FORMAT = Format(NAME, "RIS or Web of Science", recognises, read)
