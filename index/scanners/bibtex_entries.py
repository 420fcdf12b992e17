"""Read the entries of a BibTeX file one by one.

The file is cut into pieces before it is parsed: a line that opens an entry ends the one before. So
memory holds one entry at a time, and a damaged entry affects no other. Strings (``@string``) are
stored, substituted and concatenated (``#``).
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from index.dumps.streams import Stream
from index.records import Reject, Source
from index.scanners.bibtex_blocks import Block, parse_blocks
from index.scanners.excerpts import make_excerpt
from index.scanners.record_size import MAX_CHARACTERS, TOO_LONG_TEXT
from index.scanners.text_lines import make_source, read_lines

MAX_STRINGS = 8 << 20
"""Characters of strings (``@string``) that are stored; later strings are not substituted."""

ENTRY = 128
"""Characters that a string counts for beside its own, as it takes memory for its place."""

MAX_STRING = 10_000
"""Characters of one string, since strings built from strings grow exponentially."""

_USUAL = (
    "article|inproceedings|conference|book|incollection|inbook|misc|techreport|phdthesis|online"
)
OPENING = re.compile(rf"[ \t\ufeff]*@[ \t]*(?:[A-Za-z][\w-]*[ \t]*[{{(]|(?i:{_USUAL})[ \t]*$)")
"""The beginning of a line that opens an entry, whose brace may be on the next line."""

_INSIDE = re.compile(rf"(?<![\w.@])@(?i:{_USUAL})[ \t]*\{{")
"""The beginning of the first entry of a file after other text on its line."""


class BibEntry(NamedTuple):
    """One entry.

    Attributes:
        source: The location of the entry.
        type: The entry type in lower case, ``inproceedings``.
        key: The citation key as written, ``smith-2020``; may be empty.
        fields: The values by lower-case field name, without the enclosing braces or quotes.
    """

    source: Source
    type: str
    key: str
    fields: dict[str, str]


def find_entries(stream: Stream) -> Iterator[BibEntry | Reject]:
    """Yield every entry of a file, without strings, preambles and comments.

    Args:
        stream: The file.

    Yields:
        Each entry, or a reject with the reason.
    """
    strings: dict[str, str] = {}
    number = stored = 0
    for offset, text, complete in _cut_entries(stream):
        if not complete:
            number += 1
            yield Reject(make_source(stream, number, offset), TOO_LONG_TEXT, make_excerpt(text))
            continue
        for block in parse_blocks(text, strings):
            if block.type == "string":
                stored = _store_strings(block, strings, stored)
                continue
            number += 1
            source = make_source(stream, number, offset)
            if block.damage:
                yield Reject(source, f"is not valid BibTeX: {block.damage}", make_excerpt(text))
            else:
                yield BibEntry(source, block.type, block.key, _select_fields(block))


def _store_strings(block: Block, strings: dict[str, str], stored: int) -> int:
    """Add the strings of a block, and return how many characters are stored then."""
    for name, value in block.fields:
        stored += len(name) + min(len(value), MAX_STRING) + ENTRY
        if stored <= MAX_STRINGS:
            strings[name] = value[:MAX_STRING]
    return stored


def _select_fields(block: Block) -> dict[str, str]:
    """Return the fields of an entry; of a repeated field the first value that is not empty."""
    fields: dict[str, str] = {}
    for name, value in block.fields:
        if value:
            fields.setdefault(name, value)
    return fields


def _cut_entries(stream: Stream) -> Iterator[tuple[int, str, bool]]:
    """Cut a file before each line that opens an entry.

    Yields:
        The offset in bytes, the text, and whether the text is complete: it is cut short if it is
        longer than `MAX_CHARACTERS`.
    """
    lines: list[str] = []
    start = size = 0
    for offset, text in read_lines(stream):
        opening = "@" in text and (OPENING.match(text) or (not lines and _INSIDE.search(text)))
        if opening:
            if lines:
                yield start, "".join(lines), size <= MAX_CHARACTERS
            lines, start, size = [], offset, 0
        size += len(text)
        # Text before the first entry is a comment.
        if opening or (lines and size <= MAX_CHARACTERS):
            lines.append(text)
    if lines:
        yield start, "".join(lines), size <= MAX_CHARACTERS
