"""Parse the entries of a BibTeX file and the values of their fields.

The file is cut into entries before it is parsed: a line that opens an entry ends the one before.
So memory holds one entry at a time, and a damaged entry is rejected alone. Strings (``@string``)
are stored, substituted and concatenated (``#``). Two mistakes are repaired: a missing comma
between fields, and a missing closing brace at the end of an entry.
"""

import logging
import re
from collections.abc import Iterator
from typing import NamedTuple

from bibtexparser.model import Block, Entry, ParsingFailedBlock, String
from bibtexparser.splitter import Splitter

from index.dumps.streams import Stream
from index.records import Reject, Source
from index.scanners.excerpts import make_excerpt
from index.scanners.text_lines import make_source, read_lines

MAX_ENTRY = 32 << 20
"""Characters of one entry; a longer one is rejected without being stored in memory."""

MAX_STRINGS = 16 << 20
"""Characters of strings (``@string``) that are stored; later strings are not substituted."""

MAX_STRING = 10_000
"""Characters of one string, since strings built from strings grow exponentially."""

OPENING = re.compile(r"[ \t]*@[ \t]*([A-Za-z]\w*)[ \t]*[{(]")
"""The beginning of a line that opens an entry."""

_NO_ENTRY = ("@comment", "@preamble")
_NEXT_FIELD = re.compile(r"\s*,?\s*([A-Za-z][\w-]*)\s*=\s*", re.DOTALL)
_SWALLOWED = re.compile(r"[,\n]\s*[A-Za-z][\w-]*\s*=\s*[{\"\d]")
"""A field inside the value of another, whose closing brace is missing somewhere."""

_BRACE = re.compile(r"[{}]")
_BRACE_OR_QUOTE = re.compile(r"[{}\"]")
_WORD = re.compile(r"[^\s#,{}\"=]+")
_JOIN = re.compile(r"\s*#\s*")

Strings = dict[str, str]


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
    # Rejects report the damage; the parser would also log it to the terminal.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL + 1)
    strings: Strings = {}
    number = stored = 0
    for offset, text, complete in _cut_entries(stream):
        if not complete:
            number += 1
            reason = f"is an entry of over {MAX_ENTRY >> 20} MiB"
            yield Reject(make_source(stream, number, offset), reason, make_excerpt(text))
            continue
        for block in _parse_blocks(text):
            if isinstance(block, String):
                value = _read_value(block.value, strings)[0][:MAX_STRING]
                stored += len(block.key) + len(value)
                if stored <= MAX_STRINGS:
                    strings[block.key.lower()] = value
                continue
            number += 1
            source = make_source(stream, number, offset)
            if isinstance(block, Entry):
                fields = _read_fields(block, strings)
                yield BibEntry(source, block.entry_type.lower(), block.key.strip(), fields)
            else:
                yield Reject(source, _describe(block), make_excerpt(block.raw or text))


def _cut_entries(stream: Stream) -> Iterator[tuple[int, str, bool]]:
    """Cut a file before each line that opens an entry.

    Yields:
        The offset in bytes, the text, and whether the text is complete: it is cut short if it is
        longer than `MAX_ENTRY`.
    """
    lines: list[str] = []
    start = size = 0
    for offset, text in read_lines(stream):
        opening = "@" in text and OPENING.match(text)
        if opening:
            if lines:
                yield start, "".join(lines), size <= MAX_ENTRY
            lines, start, size = [], offset, 0
        size += len(text)
        # Text before the first entry is a comment.
        if opening or (lines and size <= MAX_ENTRY):
            lines.append(text)
    if lines:
        yield start, "".join(lines), size <= MAX_ENTRY


def _parse_blocks(text: str) -> Iterator[Entry | String | ParsingFailedBlock]:
    """Yield the entries, strings and failures of a piece, but no comments and preambles."""
    for block in Splitter(text).split().blocks:
        known = _unwrap(block)
        if isinstance(known, ParsingFailedBlock):
            if (known.raw or text).lstrip().lower().startswith(_NO_ENTRY):
                continue
            known = _close(known, text)
        if isinstance(known, Entry | String | ParsingFailedBlock):
            yield known


def _unwrap(block: Block) -> Block:
    """Return the entry behind a complaint that its key or a field is repeated."""
    while isinstance(block, ParsingFailedBlock) and block.ignore_error_block is not None:
        block = block.ignore_error_block
    return block


def _close(failed: ParsingFailedBlock, text: str) -> Block:
    """Close an entry whose last brace is missing, unless a value contains other fields."""
    raw = failed.raw or ""
    if "end of file" not in _find_reason(failed) or not text.rstrip().endswith(raw.rstrip()):
        return failed
    (closed, *more) = map(_unwrap, Splitter(f"{raw.rstrip()}\n}}").split().blocks)
    if more or not isinstance(closed, Entry) or not closed.fields:
        return failed
    return failed if any(_SWALLOWED.search(field.value) for field in closed.fields) else closed


def _describe(failed: ParsingFailedBlock) -> str:
    return f"is not valid BibTeX: {_find_reason(failed)}"


def _find_reason(failed: ParsingFailedBlock) -> str:
    reason = str(getattr(failed.error, "abort_reason", failed.error))
    return " ".join(reason.split())[:200].rstrip(".")


def _read_fields(entry: Entry, strings: Strings) -> dict[str, str]:
    """Return the fields of an entry; of a repeated field the first value that is not empty."""
    fields: dict[str, str] = {}
    for field in entry.fields:
        name, rest = field.key.lower(), str(field.value)
        while True:
            value, end = _read_value(rest, strings)
            if value:
                fields.setdefault(name, value)
            following = _NEXT_FIELD.match(rest, end)
            if not following:
                break
            name, rest = following[1].lower(), rest[following.end() :]  # a comma is missing
    return fields


def _read_value(written: str, strings: Strings) -> tuple[str, int]:
    """Return a value with its parts concatenated, and the position of its end."""
    parts: list[str] = []
    at = size = 0
    while at < len(written):
        part, at = _read_part(written, at, strings)
        size += len(part)
        if size <= MAX_ENTRY:
            parts.append(part)
        joined = _JOIN.match(written, at)
        if not joined:
            break
        at = joined.end()
    return "".join(parts).strip(), at


def _read_part(written: str, at: int, strings: Strings) -> tuple[str, int]:
    opening = written[at]
    if opening == "{":
        end = _find_brace(written, at + 1)
        return written[at + 1 : end], end + 1
    if opening == '"':
        end = _find_quote(written, at + 1)
        return written[at + 1 : end], end + 1
    word = _WORD.match(written, at)
    if not word:
        return written[at:], len(written)
    return strings.get(word[0].lower(), word[0]), word.end()


def _find_brace(text: str, at: int) -> int:
    depth = 1
    for brace in _BRACE.finditer(text, at):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.start()
    return len(text)


def _find_quote(text: str, at: int) -> int:
    """Find the quote that ends a value: the first outside braces, else the last one."""
    depth = 0
    for sign in _BRACE_OR_QUOTE.finditer(text, at):
        if sign[0] != '"':
            depth += 1 if sign[0] == "{" else -1
        elif depth <= 0:
            return sign.start()
    last = text.rfind('"', at)
    return last if last >= 0 else len(text)
