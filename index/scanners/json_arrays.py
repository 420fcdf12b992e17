"""Find the records of a JSON file in an array or an envelope, in constant memory.

Handles an array, ``{"items": [...]}``, the pages of an API concatenated or listed in one file, and
records that span several lines. Undamaged stretches are cut by a fast decoder, the parts around
damage record by record. A damaged record is rejected alone: reading resumes at the next object that
looks like a record. `index.scanners.json_lines` finds records with one record to a line.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from typing import BinaryIO

import msgspec

from index.dumps.streams import Stream
from index.scanners.excerpts import DAMAGED_BYTES
from index.scanners.json_lines import Slices, find_lines
from index.scanners.lenient_json import parse_integer
from index.scanners.record_size import JSON_MARKS, MAX_RECORD, describe_excess

_CHUNK = 1 << 20
_OVERLAP = 1 << 10
"""Bytes searched again after reading more; no pattern matches more than this."""
_LITERAL = 16
"""Bytes before the end of the window in which a name, number or escape may be cut off."""

_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
_SPREAD = re.compile(r"\{\s*\n")
_BETWEEN = re.compile(r"[\s,\xef\xbb\xbf]*+", re.ASCII)
_BETWEEN_ARRAYS = re.compile(r"[\s,\[\]\xef\xbb\xbf]*+", re.ASCII)
_GAP = re.compile(rb"[\s,]*+")
_OBJECT = re.compile(r"\{(?=\s{0,99}\")")
_FIRST_KEY = re.compile(r"\{\s*(\"[^\"\\]{1,99}\")\s*:")
_GOES_ON = re.compile(r"\][\s\]}]*+,\s*+(?=\{)")
"""A superfluous bracket in a record: after the end of the array no object follows."""
_GOES_ON_IN_PAGE = re.compile(r"\][\s\]]*+,\s*+(?=\{)")
"""The same in a list of pages, in which the next page follows the end of this one."""
_DECODE = json.JSONDecoder(strict=False, parse_int=parse_integer).raw_decode
_DECODE_MANY = msgspec.json.Decoder(list[msgspec.Raw]).decode
_MOST_WASTED = 16
"""How many times the characters of a file may be decoded in vain before parts of it are skipped.
Chosen: a record that lacks a bracket costs twice `MAX_RECORD` once."""
_DEEP = 1 << 15
"""Characters that an attempt at objects nested too deeply counts for. Chosen."""
_TRIES = 4
"""Positions tried as the end of a stretch, since the last ones may lie inside a record, and as the
beginning of an envelope's array."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a format arranges its records.

    Attributes:
        array: The key of the array of records in an envelope, or several keys separated by
            ``|``; empty if the format has no envelope.
        marks: Keys of which every record has at least one, and objects inside a record none.
        depth: The greatest number of objects around the array in an envelope.
        wrappers: Keys that a record has if a file wraps each in a further object; they then mark
            the records, since the objects inside have the other marks.
    """

    array: str
    marks: frozenset[str]
    depth: int = 2
    wrappers: frozenset[str] = frozenset()

    @property
    def opening(self) -> re.Pattern[str]:
        """Return the pattern for the beginning of an envelope's array."""
        return re.compile(rf'"(?:{self.array})"\s*:\s*\[(?=\s*[{{\]])')


def make_finder(layout: Layout) -> Callable[[Stream], Slices]:
    """Return a function that finds the records of a file, as `read_json` expects it."""
    return partial(_find_records, layout)


def _find_records(layout: Layout, stream: Stream) -> Slices:
    if stream.start:  # part of a file of lines, whatever its first line looks like
        return find_lines(stream)
    head = stream.head().decode("utf-8", "replace").removeprefix("\ufeff").lstrip()
    paged = bool(layout.array) and _is_envelope(head, layout)
    if paged or head[:1] == "[" or _SPREAD.match(head):
        wrappers = frozenset(key for key in layout.wrappers if f'"{key}"' in head)
        layout = replace(layout, marks=wrappers or layout.marks)
        return _Window(stream.file, layout).find_records(paged=paged)
    return find_lines(stream)


def _is_envelope(head: str, layout: Layout) -> bool:
    """Return whether a file begins with an envelope, or with a list of envelopes.

    The array must be a value of the outermost object or of an object in it. An empty array may
    have its key elsewhere, so the first few are tried.
    """
    for found in islice(layout.opening.finditer(head), _TRIES):
        around = _STRING.sub("", head[: found.start()])
        depth = around.count("{") - around.count("}")
        lists = around.count("[") - around.count("]")
        if 1 <= depth <= layout.depth and lists == (head[:1] == "["):
            return True
    return False


class _Window:
    """The part of a file being scanned; the parts before it are dropped."""

    def __init__(self, file: BinaryIO, layout: Layout) -> None:
        self._file = file
        self._layout = layout
        self._text = ""  # one character per byte, since every pattern is ASCII
        self._at = self._counted = self._offset = 0
        self._ended = self._too_deep = False
        self._damage = ""  # why the last value is too large
        self._wasted = 0  # characters decoded in vain
        self._start: re.Pattern[str] | None = None
        self._joint = ""  # the text between two records and the beginning of the second
        self._after = -1  # where the last record ended, if that is still in the window
        self._undamaged = True  # whether to try the fast decoder on this text
        self._goes_on = _GOES_ON

    def find_records(self, *, paged: bool) -> Slices:
        """Yield the records of all arrays in the file; `paged` if the arrays are in envelopes."""
        listed = self._skip(_BETWEEN) == "["
        bracketed = paged or listed
        self._goes_on = _GOES_ON_IN_PAGE if paged and listed else _GOES_ON
        while not paged or (size := self._find(self._layout.opening)):
            self._at += size if paged else 0
            between = _BETWEEN if paged else _BETWEEN_ARRAYS
            yield from self._read_array(between, bracketed=bracketed)
            if not paged:
                break

    def _read_array(self, between: re.Pattern[str], *, bracketed: bool) -> Slices:
        """Yield the offset and bytes of each record to the end of the array or the file."""
        while character := self._skip(between):
            if character == "]" and self._is_end():
                return
            if character in "]:":  # the rest of a damaged record already yielded
                self._recover()
                continue
            if many := self._cut_many():
                yield from many
                continue
            between_two = self._text[self._after : self._at] if self._after > 0 else ""
            offset, size = self._count_bytes(), self._decode_value()[1]
            self._learn(between_two)
            found = self._text[self._at : self._at + (size or DAMAGED_BYTES)]
            yield offset, _encode(found), self._damage
            # If a record lacks a bracket, the rest of the file is parsed as part of it.
            if not size or (bracketed and self._is_unclosed(size)):
                self._at += 1
                self._recover()
            else:
                self._after = self._at = self._at + size

    def _learn(self, between: str) -> None:
        """Record how records begin and what separates two of them."""
        first = _FIRST_KEY.match(self._text, self._at)
        if first and not self._start:
            self._start = re.compile(rf"\{{\s{{0,99}}{re.escape(first[1])}\s{{0,99}}:")
        if first and not self._joint and between.strip() == ",":
            self._joint = "}" + between + first[0]

    def _cut_many(self) -> list[tuple[int, bytes, str]]:
        """Cut all but the last few records of the window; return none if one is damaged."""
        if not (self._undamaged and self._joint):
            return []
        end = min(len(self._text), self._at + 2 * _CHUNK)
        for _ in range(_TRIES):
            end = self._text.rfind(self._joint, self._at, end)
            if end < 0:
                break
            part = _encode(self._text[self._at : end + 1])
            try:
                found = _DECODE_MANY(b"[" + part + b"]")
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                continue
            offset = self._count_bytes()
            self._at = self._after = end + 1
            return list(_locate(part, found, offset))
        self._undamaged = False
        return []

    def _is_end(self) -> bool:
        """Return whether the bracket here ends the array of records."""
        while len(self._text) - self._at < _OVERLAP and not self._ended:
            self._fill()
        return not self._goes_on.match(self._text, self._at)

    def _is_unclosed(self, size: int) -> bool:
        """Return whether the file ends after a record, without closing the array."""
        while (rest := _BETWEEN.match(self._text, self._at + size)) and not self._ended:
            if rest.end() < len(self._text):
                return False
            self._fill()
        return rest is None or rest.end() == len(self._text)

    def _recover(self) -> None:
        """Move to the next object that looks like a record or begins as the first one did.

        Where much was decoded in vain, as in objects inside one another that are not closed, a part
        of the file is skipped, so that the time stays proportional to the length.
        """
        while self._find(self._start if self._too_deep and self._start else _OBJECT):
            if self._wasted > _MOST_WASTED * (self._count_bytes() + MAX_RECORD):
                self._at = min(self._at + _CHUNK, len(self._text))
                continue
            value, size = self._decode_value()
            if isinstance(value, dict) and self._layout.marks & value.keys():
                return
            begins = not size and self._start and self._start.match(self._text, self._at)
            if begins and not (self._layout.wrappers and self._is_wrapped()):
                return
            self._at += size or 1

    def _is_wrapped(self) -> bool:
        """Return whether the object here is the value of a key, and so no record of an array."""
        return self._text[max(0, self._at - _LITERAL) : self._at].rstrip().endswith(":")

    def _decode_value(self) -> tuple[object, int]:
        """Decode the value that starts here; return it and its length, 0 if it is damaged."""
        self._too_deep, self._damage = False, ""
        while True:
            cut = False
            try:
                value, end = _DECODE(self._text, self._at)
            except json.JSONDecodeError as error:
                near = error.pos >= len(self._text) - _LITERAL
                cut = near or error.msg.startswith("Unterminated string")
                self._wasted += (len(self._text) if cut else error.pos) - self._at
            except RecursionError:
                self._wasted += _DEEP
                self._too_deep = True  # and so are the values inside; do not try each of them
                return None, 0
            else:
                if end < len(self._text) or self._ended:
                    return value, end - self._at
                cut = True
            if cut and not self._ended:
                self._damage = describe_excess(_encode(self._text[self._at :]), JSON_MARKS)
            if not cut or self._ended or self._damage:
                return None, 0
            self._fill()

    def _skip(self, between: re.Pattern[str]) -> str:
        """Skip the separators between records; return the next character, empty at the end."""
        while True:
            found = between.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text) or self._ended:
                return self._text[self._at : self._at + 1]
            self._fill()

    def _find(self, pattern: re.Pattern[str]) -> int:
        """Move to the next match and return its length; return 0 at the end of the file."""
        while not (found := pattern.search(self._text, self._at)):
            if self._ended:
                self._at = len(self._text)
                return 0
            self._at = max(self._at, len(self._text) - _OVERLAP)
            self._fill()
        self._at = found.start()
        return len(found[0])

    def _count_bytes(self) -> int:
        """Return the number of bytes of the file before this position."""
        self._offset += self._at - self._counted
        self._counted = self._at
        return self._offset

    def _fill(self) -> None:
        """Read on; read twice as much each time that a record has not ended."""
        self._count_bytes()
        kept = self._text = self._text[self._at :]
        wanted = min(len(kept), MAX_RECORD + _CHUNK - len(kept))
        new = self._file.read(max(_CHUNK, wanted)).decode("latin-1")
        self._ended = not new
        self._text = kept + new
        self._at = self._counted = 0
        self._after, self._undamaged = -1, True


def _locate(part: bytes, found: list[msgspec.Raw], offset: int) -> Slices:
    at = 0
    for raw in map(bytes, found):
        at += len(_GAP.match(part, at)[0])  # type: ignore[index] # it also matches the empty text
        yield offset + at, raw, ""
        at += len(raw)


def _encode(text: str) -> bytes:
    return text.encode("latin-1")
