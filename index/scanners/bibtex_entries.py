"""Answers: which entries does a BibTeX file hold, and what stands in their fields?

The file is cut into entries before the parser sees it: a line that opens an entry ends the
one before. So memory is that of one entry, and a damaged entry costs itself only. Strings
(``@string``) are remembered, put in and joined (``#``). What is mended: a comma forgotten
between fields, a closing brace forgotten at an entry's end.
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
"""Characters of one entry; a longer one is rejected without being held in memory."""

MAX_STRINGS = 16 << 20
"""Characters of strings (``@string``) that are remembered; later ones stay as their names."""

MAX_STRING = 10_000
"""Characters of one string: strings made of strings could grow without end."""

OPENING = re.compile(r"[ \t]*@[ \t]*([A-Za-z]\w*)[ \t]*[{(]")
"""The beginning of a line that opens an entry."""

_NO_ENTRY = ("@comment", "@preamble")
_NEXT_FIELD = re.compile(r"\s*,?\s*([A-Za-z][\w-]*)\s*=\s*", re.DOTALL)
_SWALLOWED = re.compile(r"[,\n]\s*[A-Za-z][\w-]*\s*=\s*[{\"\d]")
"""A field inside a field: its closing brace is missing, and no one knows where."""

_BRACE = re.compile(r"[{}]")
_BRACE_OR_QUOTE = re.compile(r"[{}\"]")
_WORD = re.compile(r"[^\s#,{}\"=]+")
_JOIN = re.compile(r"\s*#\s*")

Strings = dict[str, str]


class BibEntry(NamedTuple):
    """One entry.

    Attributes:
        source: Where it stands.
        type: In lower case, ``inproceedings``.
        key: As written, ``smith-2020``; may be empty.
        fields: Their values by lower-case name, without enclosing braces or quotes.
    """

    source: Source
    type: str
    key: str
    fields: dict[str, str]


def find_entries(stream: Stream) -> Iterator[BibEntry | Reject]:
    """Give every entry of a file; strings, preambles and comments are none.

    Args:
        stream: The file.

    Yields:
        An entry, or a reject that says what is wrong with it.
    """
    # Damage is told by rejects; the parser would tell it on the terminal too.
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL + 1)
    strings: Strings = {}
    number = kept = 0
    for offset, text, whole in _pieces(stream):
        if not whole:
            number += 1
            reason = f"is an entry of over {MAX_ENTRY >> 20} MiB"
            yield Reject(make_source(stream, number, offset), reason, make_excerpt(text))
            continue
        for block in _blocks(text):
            if isinstance(block, String):
                value = _read(block.value, strings)[0][:MAX_STRING]
                kept += len(block.key) + len(value)
                if kept <= MAX_STRINGS:
                    strings[block.key.lower()] = value
                continue
            number += 1
            source = make_source(stream, number, offset)
            if isinstance(block, Entry):
                fields = _fields(block, strings)
                yield BibEntry(source, block.entry_type.lower(), block.key.strip(), fields)
            else:
                yield Reject(source, _why(block), make_excerpt(block.raw or text))


def _pieces(stream: Stream) -> Iterator[tuple[int, str, bool]]:
    """Cut a file before each line that opens an entry; what is too long is not whole."""
    lines: list[str] = []
    start = size = 0
    for offset, text in read_lines(stream):
        opening = "@" in text and OPENING.match(text)
        if opening:
            if lines:
                yield start, "".join(lines), size <= MAX_ENTRY
            lines, start, size = [], offset, 0
        size += len(text)
        # What stands before the first entry is a comment.
        if opening or (lines and size <= MAX_ENTRY):
            lines.append(text)
    if lines:
        yield start, "".join(lines), size <= MAX_ENTRY


def _blocks(text: str) -> Iterator[Entry | String | ParsingFailedBlock]:
    """Give what counts in a piece, each entry of a key by itself."""
    for block in Splitter(text).split().blocks:
        known = _unwrapped(block)
        if isinstance(known, ParsingFailedBlock):
            if (known.raw or text).lstrip().lower().startswith(_NO_ENTRY):
                continue
            known = _closed(known, text)
        if isinstance(known, Entry | String | ParsingFailedBlock):
            yield known


def _unwrapped(block: Block) -> Block:
    """Give the entry of which the parser only says that its key or a field is there twice."""
    while isinstance(block, ParsingFailedBlock) and block.ignore_error_block is not None:
        block = block.ignore_error_block
    return block


def _closed(failed: ParsingFailedBlock, text: str) -> Block:
    """Mend an entry whose last brace is missing, where no field has swallowed the next."""
    raw = failed.raw or ""
    if "end of file" not in _reason(failed) or not text.rstrip().endswith(raw.rstrip()):
        return failed
    (mended, *more) = map(_unwrapped, Splitter(f"{raw.rstrip()}\n}}").split().blocks)
    if more or not isinstance(mended, Entry) or not mended.fields:
        return failed
    return failed if any(_SWALLOWED.search(field.value) for field in mended.fields) else mended


def _why(failed: ParsingFailedBlock) -> str:
    return f"is no valid BibTeX: {_reason(failed)}"


def _reason(failed: ParsingFailedBlock) -> str:
    reason = str(getattr(failed.error, "abort_reason", failed.error))
    return " ".join(reason.split())[:200].rstrip(".")


def _fields(entry: Entry, strings: Strings) -> dict[str, str]:
    """Give an entry's fields; of one that stands there twice the first that says anything."""
    fields: dict[str, str] = {}
    for field in entry.fields:
        name, rest = field.key.lower(), str(field.value)
        while True:
            value, end = _read(rest, strings)
            if value:
                fields.setdefault(name, value)
            following = _NEXT_FIELD.match(rest, end)
            if not following:
                break
            name, rest = following[1].lower(), rest[following.end() :]  # a comma was forgotten
    return fields


def _read(written: str, strings: Strings) -> tuple[str, int]:
    """Read a value, its parts joined, and say where it ends."""
    parts: list[str] = []
    at = size = 0
    while at < len(written):
        part, at = _part(written, at, strings)
        size += len(part)
        if size <= MAX_ENTRY:
            parts.append(part)
        joined = _JOIN.match(written, at)
        if not joined:
            break
        at = joined.end()
    return "".join(parts).strip(), at


def _part(written: str, at: int, strings: Strings) -> tuple[str, int]:
    opening = written[at]
    if opening == "{":
        end = _matching(written, at + 1)
        return written[at + 1 : end], end + 1
    if opening == '"':
        end = _closing_quote(written, at + 1)
        return written[at + 1 : end], end + 1
    word = _WORD.match(written, at)
    if not word:
        return written[at:], len(written)
    return strings.get(word[0].lower(), word[0]), word.end()


def _matching(text: str, at: int) -> int:
    depth = 1
    for brace in _BRACE.finditer(text, at):
        depth += 1 if brace[0] == "{" else -1
        if not depth:
            return brace.start()
    return len(text)


def _closing_quote(text: str, at: int) -> int:
    """Find the quote that ends a value: the first outside braces, else the last of all."""
    depth = 0
    for sign in _BRACE_OR_QUOTE.finditer(text, at):
        if sign[0] != '"':
            depth += 1 if sign[0] == "{" else -1
        elif depth <= 0:
            return sign.start()
    last = text.rfind('"', at)
    return last if last >= 0 else len(text)
