"""Cut an XML file into its records without parsing it.

The bytes are searched for the tags of records. So a damaged record ends at the start tag of the
next, several documents concatenated in one file are read as one, and only one record is in memory
at a time. No DOCTYPE ever reaches the parser.

Every start tag of a record becomes one piece, except those in a comment or DOCTYPE between records
that contains whole elements: these are commented out. Any other comment, CDATA section or
processing instruction in which a record begins was never closed and is treated as text.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from index.scanners.byte_window import CHUNK, OVERLAP, ByteWindow
from index.scanners.excerpts import DAMAGED_BYTES
from index.scanners.record_size import MAX_RECORD, TOO_LONG, XML_MARKS, describe_excess

_ENCODING = re.compile(rb"""\sencoding\s*=\s*["']([A-Za-z][\w.:-]{0,39})["']""")
_SUBSET = b"["
_SECTION_ENDS = {b"!--": rb"-->", b"![CDATA[": rb"\]\]>", b"?": rb"\?>", b"!DOCTYPE": rb"[\[>]",
                 _SUBSET: rb"\]\s{0,99}>"}  # fmt: skip
_MAY_HOLD_RECORDS = (b"!--", b"!DOCTYPE")
"""Sections that may hide records between others: comments and declarations of entities."""

_TAG = re.compile(rb"<")
_TAG_END = re.compile(rb"/?[<>]")
_LONGEST_END = 128


@dataclass(frozen=True, slots=True)
class Layout:
    """The elements to take from a file, by their names without prefixes.

    Attributes:
        records: Elements that are one record each, numbered from 1; they do not nest.
        context: Elements that describe the records after them; read whole, not numbered.
        openings: Elements around records; only the start tag is read, not numbered.
        parts: Elements that belong to the record before them; read whole, not numbered. One inside
            a record is read with it.
    """

    records: tuple[str, ...]
    context: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """One element, unparsed.

    Attributes:
        number: The record's number from 1; 0 for context, openings and parts.
        offset: Where it starts in the file, in bytes.
        content: Its bytes, with white space removed from its end tag; the first `DAMAGED_BYTES`
            of them if it is damaged.
        encoding: The Python codec of the content.
        opened: Whether it is an opening, that is, a start tag alone.
        damage: The reason why it cannot be parsed at all, or empty.
        part: Whether it belongs to the record before it.
    """

    number: int
    offset: int
    content: bytes
    encoding: str
    opened: bool = False
    damage: str = ""
    part: bool = False


def find_pieces(file: BinaryIO, layout: Layout) -> Iterator[Piece]:
    """Yield every element that the layout names, in the order of the file.

    Args:
        file: The uncompressed bytes, in an encoding that includes ASCII.
        layout: The elements to take.

    Yields:
        The pieces. Those without a start tag and those over `MAX_RECORD` have `damage`; other
        damage only shows when a piece is parsed.
    """
    return _Scanner(file, layout).find_pieces()


class _Scanner:
    """The state of one pass over a file: the position and the declared encoding."""

    def __init__(self, file: BinaryIO, layout: Layout) -> None:
        self._window = ByteWindow(file)
        self._layout = layout
        self._encoding = "utf-8"
        self._number = 0
        self._at = 0
        self._overlong = ""
        self._endless: dict[bytes, int] = {}
        self._token, self._sections = _make_patterns(layout)

    def find_pieces(self) -> Iterator[Piece]:
        """Yield the pieces, moving from token to token outside records."""
        while not self._window.ended or self._at < self._window.end:
            found = self._window.search(self._token, self._at, self._at + CHUNK)
            if not found:
                done = self._window.ended
                self._at = self._window.end if done else max(self._at, self._window.end - OVERLAP)
            else:
                yield from self._read_pieces(found)
            self._window.forget(self._at)

    def _read_pieces(self, found: re.Match[bytes]) -> Iterator[Piece]:
        start, stop = self._window.span(found)
        if found["section"]:
            self._at = self._skip_section(found["section"], start, stop)
            return
        name = found["name"].decode()
        if found["end"]:
            yield from self._reject_end_tag(name, start, stop)
        elif name in self._layout.openings:
            yield self._read_opening(start, stop)
        else:
            yield self._read_record(name, start, stop)

    def _skip_section(self, kind: bytes, start: int, stop: int) -> int:
        """Return the end of a comment or other section; an unclosed one is treated as text."""
        limit = start + MAX_RECORD
        whole = kind in _MAY_HOLD_RECORDS
        end = self._find_end(kind, stop, limit, whole=whole)
        if end and self._window.part(end - 1, end) == b"[":
            end = self._find_end(_SUBSET, end, limit, whole=whole)
        declaration = self._window.part(start, min(end, start + DAMAGED_BYTES))
        if declaration.startswith(b"<?xml"):
            named = _ENCODING.search(declaration)
            self._encoding = _find_codec(named[1].decode()) if named else "utf-8"
        return end or stop

    def _find_end(self, kind: bytes, stop: int, limit: int, *, whole: bool = False) -> int:
        """Return the end of a section, or 0 if it was never closed.

        A section was never closed if a record begins in it, or another section of its kind. With
        `whole` it may contain whole elements. A stretch known to contain no end is skipped.
        """
        at, inside = max(stop, self._endless.get(kind, 0)), list[bytes]()
        while found := self._window.search(self._sections[kind], at, limit):
            begin, at = self._window.span(found)
            if found["close"]:
                self._endless[kind] = begin if inside else self._endless.get(kind, 0)
                return 0 if inside else at
            if not self._may_contain(found, inside if whole else None, at):
                self._endless[kind] = begin
                return 0
        self._endless[kind] = max(stop, self._window.end - _LONGEST_END)
        return 0

    def _may_contain(self, found: re.Match[bytes], inside: list[bytes] | None, stop: int) -> bool:
        """Return whether a section may contain a tag that ends at `stop`.

        `inside` lists the open elements of a section that may contain whole elements; this
        method updates it.
        """
        name, ends = found["name"], found["end"]
        if name is None:
            return False
        if inside is None:
            return bool(ends) or name.decode() not in self._layout.records
        if ends:
            return bool(inside) and inside.pop() == name
        if not self._end_of_empty(stop):
            inside.append(name)
        return True

    def _end_of_empty(self, stop: int) -> int:
        """Return the end of an empty element (``<a/>``), or 0 if the element is not empty."""
        found = self._window.search(_TAG_END, stop, stop + CHUNK)
        return self._window.span(found)[1] if found and found[0] == b"/>" else 0

    def _reject_end_tag(self, name: str, start: int, stop: int) -> Iterator[Piece]:
        """Report an end tag without a start tag: the start tag of the record is damaged."""
        before, self._at = self._at, stop
        expected, self._overlong = self._overlong, ""
        if name in self._layout.records and name != expected:
            lost = self._window.part(before, start)
            content = lost.lstrip(b"> \t\r\n")
            damage = f"ends with </{name}>, but does not begin"
            yield self._make_piece(name, start - len(content), content[:DAMAGED_BYTES], damage)

    def _read_opening(self, start: int, stop: int) -> Piece:
        found = self._window.search(_TAG, stop, start + MAX_RECORD)
        self._at = self._window.span(found)[0] if found else self._window.end
        return Piece(0, start, self._window.part(start, self._at), self._encoding, opened=True)

    def _read_record(self, name: str, start: int, stop: int) -> Piece:
        """Read to the end of a record, or to the start of the next if the end is missing."""
        self._overlong = ""
        if empty := self._end_of_empty(stop):
            return self._cut(name, start, empty)
        limit, self._at = start + MAX_RECORD, stop
        while found := self._window.search(self._token, self._at, limit):
            begin, end = self._window.span(found)
            self._at = end
            if begin >= limit:
                break
            if found["section"]:
                # A section in which a record begins was never closed.
                self._at = self._find_end(found["section"], end, limit) or end
            elif found["name"].decode() == name and found["end"]:
                return self._cut(name, start, end, b">")
            elif not found["end"] and not self._holds(name, found["name"].decode()):
                return self._cut(name, start, begin)
        if self._window.end < limit:
            return self._cut(name, start, self._window.end)
        self._at, self._overlong = limit, name
        content = self._window.part(start, start + DAMAGED_BYTES)
        return self._make_piece(name, start, content, TOO_LONG)

    def _holds(self, name: str, inner: str) -> bool:
        """Return whether an element may contain another one that the layout names."""
        return name in self._layout.records and inner in self._layout.parts

    def _cut(self, name: str, start: int, stop: int, end: bytes = b"") -> Piece:
        self._at = stop
        content = self._window.part(start, stop)
        if damage := describe_excess(content, XML_MARKS):
            return self._make_piece(name, start, content[:DAMAGED_BYTES], damage)
        return self._make_piece(name, start, content + end, "")

    def _make_piece(self, name: str, start: int, content: bytes, damage: str) -> Piece:
        numbered = name in self._layout.records
        self._number += numbered
        number = self._number if numbered else 0
        return Piece(
            number, start, content, self._encoding, False, damage, name in self._layout.parts
        )


def _make_patterns(layout: Layout) -> tuple[re.Pattern[bytes], dict[bytes, re.Pattern[bytes]]]:
    """Return the pattern of tags and sections, and by section that of its end or of a tag."""
    prefix = r"(?:[A-Za-z_][\w.-]{0,40}:)?"
    names = _match_names((*layout.records, *layout.context, *layout.openings, *layout.parts))
    kinds = [kind.decode() for kind in _SECTION_ENDS if kind != _SUBSET]
    token = rf"<(?:(?P<section>{'|'.join(map(re.escape, kinds))})|(?P<end>/?){prefix}{names})"
    tag = rf"<(?P<end>/?){prefix}{names}"
    sections = {
        kind: re.compile(rf"(?P<close>{end.decode()})|{tag}{_match_start(kind)}".encode())
        for kind, end in _SECTION_ENDS.items()
    }
    return re.compile(token.encode()), sections


def _match_start(kind: bytes) -> str:
    """Return the pattern of a section's own start, which it cannot contain."""
    return "" if kind == _SUBSET else rf"|<{re.escape(kind.decode())}"


def _match_names(names: tuple[str, ...]) -> str:
    return rf"(?P<name>{'|'.join(map(re.escape, names))})(?=[\s/>]|\Z)"


def _find_codec(declared: str) -> str:
    """Return the declared encoding if tags in it are ASCII, as in the file; else UTF-8."""
    try:
        codec = codecs.lookup(declared).name
        b"<a>\xff".decode(codec, "replace")
        return codec if "<a>".encode(codec) == b"<a>" else "utf-8"
    except (LookupError, UnicodeError):
        return "utf-8"
