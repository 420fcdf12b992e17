"""Answers: where does each record of an XML file begin and end?

The bytes are searched for the tags of records, without parsing what is between them. So a
damaged record is bounded by the next one's start tag, several documents joined into one file
read as one, and only one record at a time is held. No DOCTYPE ever reaches the parser.

Every start tag of a record becomes one piece. Only those count for nothing that stand between
records inside a comment or DOCTYPE that holds whole elements: so records are commented out. Any
other comment, CDATA or instruction that a record begins in was never closed, and is plain text.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from index.scanners.byte_window import CHUNK, OVERLAP, ByteWindow
from index.scanners.excerpts import EXCERPT

MAX_RECORD = 16 << 20
"""Bytes of one record; a longer one is rejected without being held in memory."""

DAMAGED_BYTES = 4 * EXCERPT
"""Bytes kept of a piece that is damaged as a whole: an excerpt in UTF-8."""

_ENCODING = re.compile(rb"""\sencoding\s*=\s*["']([A-Za-z][\w.:-]{0,39})["']""")
_SUBSET = b"["
_SECTION_ENDS = {b"!--": rb"-->", b"![CDATA[": rb"\]\]>", b"?": rb"\?>", b"!DOCTYPE": rb"[\[>]",
                 _SUBSET: rb"\]\s{0,99}>"}  # fmt: skip
_MAY_HOLD_RECORDS = (b"!--", b"!DOCTYPE")
"""Sections in which records between others are out of use: commented out, or an entity."""

_TAG = re.compile(rb"<")
_TAG_END = re.compile(rb"/?[<>]")
_LONGEST_END = 128


@dataclass(frozen=True, slots=True)
class Layout:
    """What is taken out of a file, by the names of elements without their prefixes.

    Attributes:
        records: Each is one record, numbered from 1 over the file; they do not nest.
        context: Read whole for what they say about the records after them; not numbered.
        openings: Elements around records, of which only the start tag is read; not numbered.
    """

    records: tuple[str, ...]
    context: tuple[str, ...] = ()
    openings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Piece:
    """One element as it stands in the file.

    Attributes:
        number: The record's number from 1; 0 for context and openings.
        offset: Where it starts, in bytes of the file.
        content: Its bytes, its end tag without white space; the first `DAMAGED_BYTES` of them where
            there is damage.
        encoding: A Python codec for them.
        opened: It is an opening: a start tag alone.
        damage: What is wrong with it as a whole, or empty.
    """

    number: int
    offset: int
    content: bytes
    encoding: str
    opened: bool = False
    damage: str = ""


def find_pieces(file: BinaryIO, layout: Layout) -> Iterator[Piece]:
    """Give every element that the layout names, in the order of the file.

    Args:
        file: The plain bytes, in an encoding of which ASCII is a part.
        layout: The elements to take out.

    Yields:
        The pieces. Those that were never opened, or are over `MAX_RECORD`, have `damage`;
        what is wrong inside one only parsing will tell.
    """
    return _Scanner(file, layout).pieces()


class _Scanner:
    """The state of one reading: how far it is, and what was declared."""

    def __init__(self, file: BinaryIO, layout: Layout) -> None:
        self._window = ByteWindow(file)
        self._layout = layout
        self._encoding = "utf-8"
        self._number = 0
        self._at = 0
        self._overlong = ""
        self._endless: dict[bytes, int] = {}
        self._token, self._sections = _patterns(layout)

    def pieces(self) -> Iterator[Piece]:
        """Go from token to token outside records."""
        while not self._window.ended or self._at < self._window.end:
            found = self._window.search(self._token, self._at, self._at + CHUNK)
            if not found:
                done = self._window.ended
                self._at = self._window.end if done else max(self._at, self._window.end - OVERLAP)
            else:
                yield from self._piece_at(found)
            self._window.forget(self._at)

    def _piece_at(self, found: re.Match[bytes]) -> Iterator[Piece]:
        start, stop = self._window.span(found)
        if found["section"]:
            self._at = self._section(found["section"], start, stop)
            return
        name = found["name"].decode()
        if found["end"]:
            yield from self._stray(name, start, stop)
        elif name in self._layout.openings:
            yield self._opening(start, stop)
        else:
            yield self._whole(name, start, stop)

    def _section(self, kind: bytes, start: int, stop: int) -> int:
        """Pass over a comment and the like; one that is never closed counts as plain text."""
        limit = start + MAX_RECORD
        whole = kind in _MAY_HOLD_RECORDS
        end = self._end_of(kind, stop, limit, whole=whole)
        if end and self._window.part(end - 1, end) == b"[":
            end = self._end_of(_SUBSET, end, limit, whole=whole)
        declaration = self._window.part(start, min(end, start + DAMAGED_BYTES))
        if declaration.startswith(b"<?xml"):
            named = _ENCODING.search(declaration)
            self._encoding = _codec(named[1].decode()) if named else "utf-8"
        return end or stop

    def _end_of(self, kind: bytes, stop: int, limit: int, *, whole: bool = False) -> int:
        """Find where a section ends, or 0 where it was never closed.

        What begins a record in it tells that it was not, and so does its own beginning; with
        `whole` it may hold whole elements. What is known to hold no end is passed over.
        """
        at, inside = max(stop, self._endless.get(kind, 0)), list[bytes]()
        while found := self._window.search(self._sections[kind], at, limit):
            begin, at = self._window.span(found)
            if found["close"]:
                self._endless[kind] = begin if inside else self._endless.get(kind, 0)
                return 0 if inside else at
            if not self._may_stand_inside(found, inside if whole else None, at):
                self._endless[kind] = begin
                return 0
        self._endless[kind] = max(stop, self._window.end - _LONGEST_END)
        return 0

    def _may_stand_inside(
        self, found: re.Match[bytes], inside: list[bytes] | None, stop: int
    ) -> bool:
        """Tell whether a section may hold a tag that ends at `stop`.

        Where it may hold whole elements, those are kept that are open `inside`.
        """
        name, ends = found["name"], found["end"]
        if name is None:
            return False
        if inside is None:
            return bool(ends) or name.decode() not in self._layout.records
        if ends:
            return bool(inside) and inside.pop() == name
        if not self._is_empty(stop):
            inside.append(name)
        return True

    def _is_empty(self, stop: int) -> int:
        """Give where an element ends whose start tag is its end tag too, else 0."""
        found = self._window.search(_TAG_END, stop, stop + CHUNK)
        return self._window.span(found)[1] if found and found[0] == b"/>" else 0

    def _stray(self, name: str, start: int, stop: int) -> Iterator[Piece]:
        """Tell of an end without a beginning: the start tag of that record is damaged."""
        before, self._at = self._at, stop
        expected, self._overlong = self._overlong, ""
        if name in self._layout.records and name != expected:
            lost = self._window.part(before, start)
            content = lost.lstrip(b"> \t\r\n")
            damage = f"ends with </{name}>, but does not begin"
            yield self._piece(name, start - len(content), content[:DAMAGED_BYTES], damage)

    def _opening(self, start: int, stop: int) -> Piece:
        found = self._window.search(_TAG, stop, start + MAX_RECORD)
        self._at = self._window.span(found)[0] if found else self._window.end
        return Piece(0, start, self._window.part(start, self._at), self._encoding, opened=True)

    def _whole(self, name: str, start: int, stop: int) -> Piece:
        """Go on to the end of a record, or to the beginning of the next one."""
        self._overlong = ""
        if empty := self._is_empty(stop):
            return self._until(name, start, empty)
        limit, self._at = start + MAX_RECORD, stop
        while found := self._window.search(self._token, self._at, limit):
            begin, end = self._window.span(found)
            self._at = end
            if begin >= limit:
                break
            if found["section"]:
                # One that a record begins in was never closed.
                self._at = self._end_of(found["section"], end, limit) or end
            elif not found["end"]:
                return self._until(name, start, begin)
            elif found["name"].decode() == name:
                return self._until(name, start, end, b">")
        if self._window.end < limit:
            return self._until(name, start, self._window.end)
        self._at, self._overlong = limit, name
        content = self._window.part(start, start + DAMAGED_BYTES)
        return self._piece(name, start, content, f"is over {MAX_RECORD >> 20} MiB long")

    def _until(self, name: str, start: int, stop: int, end: bytes = b"") -> Piece:
        self._at = stop
        return self._piece(name, start, self._window.part(start, stop) + end, "")

    def _piece(self, name: str, start: int, content: bytes, damage: str) -> Piece:
        numbered = name in self._layout.records
        self._number += numbered
        number = self._number if numbered else 0
        return Piece(number, start, content, self._encoding, damage=damage)


def _patterns(layout: Layout) -> tuple[re.Pattern[bytes], dict[bytes, re.Pattern[bytes]]]:
    """Give what is searched for: tags and sections; inside a section its end, or what tells."""
    prefix = r"(?:[A-Za-z_][\w.-]{0,40}:)?"
    names = _named((*layout.records, *layout.context, *layout.openings))
    kinds = [kind.decode() for kind in _SECTION_ENDS if kind != _SUBSET]
    token = rf"<(?:(?P<section>{'|'.join(map(re.escape, kinds))})|(?P<end>/?){prefix}{names})"
    begun = rf"<(?P<end>/?){prefix}{names}"
    sections = {
        kind: re.compile(rf"(?P<close>{end.decode()})|{begun}{_again(kind)}".encode())
        for kind, end in _SECTION_ENDS.items()
    }
    return re.compile(token.encode()), sections


def _again(kind: bytes) -> str:
    """Give a section's own beginning, which it cannot hold; a subset has none of its own."""
    return "" if kind == _SUBSET else rf"|<{re.escape(kind.decode())}"


def _named(names: tuple[str, ...]) -> str:
    return rf"(?P<name>{'|'.join(map(re.escape, names))})(?=[\s/>]|\Z)"


def _codec(declared: str) -> str:
    """Give the declared encoding if it can be the file's, whose tags are plain ASCII."""
    try:
        codec = codecs.lookup(declared).name
        b"<a>\xff".decode(codec, "replace")
        return codec if "<a>".encode(codec) == b"<a>" else "utf-8"
    except (LookupError, UnicodeError):
        return "utf-8"
