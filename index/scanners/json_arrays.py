"""Answers: where does each record of a JSON file begin and end, if an envelope is around them?

Serves an array, ``{"items": [...]}``, pages of an API joined into one file, and records written
over several lines, in constant memory. Sound stretches are cut by a fast decoder, what is around
damage record by record: a damaged one costs itself, and reading goes on at the next object that
looks like a record. One record a line is left to `json_records`.
"""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

import msgspec

from index.dumps.streams import Stream
from index.scanners.excerpts import EXCERPT
from index.scanners.json_lines import Slices, find_lines

MAX_RECORD = 16 << 20
"""Bytes of one record; what is longer is taken for damage."""

_CHUNK = 1 << 20
_OVERLAP = 1 << 10
"""Bytes looked at again when more are read: no sign that is searched for is longer."""
_LITERAL = 16
"""Bytes before the end of what was read in which a name, number or escape may be cut."""

_STRING = re.compile(r'"(?:[^"\\]|\\.)*+"?', re.DOTALL)
_SPREAD = re.compile(r"\{\s*\n")
_BETWEEN = re.compile(r"[\s,\xef\xbb\xbf]*+", re.ASCII)
_BETWEEN_ARRAYS = re.compile(r"[\s,\[\]\xef\xbb\xbf]*+", re.ASCII)
_GAP = re.compile(rb"[\s,]*+")
_OBJECT = re.compile(r"\{(?=\s{0,99}[\"}])")
_FIRST_KEY = re.compile(r"\{\s*(\"[^\"\\]{1,99}\")\s*:")
_GOES_ON = re.compile(r"\][\s\]}]*+,\s*+(?=\{)")
"""A bracket too much in a record: behind the end of an array there is no further object."""
_DECODE = json.JSONDecoder(strict=False).raw_decode
_SEVERAL = msgspec.json.Decoder(list[msgspec.Raw]).decode
_TRIES = 4
"""Places at which a stretch of records may end that are tried: the last ones can be within one."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a format lays out its records.

    Attributes:
        array: The key of an envelope under which the array of records stands; empty if the
            format knows none.
        marks: Keys of which every record has one; the objects inside a record have none.
    """

    array: str
    marks: frozenset[str]

    @property
    def opening(self) -> re.Pattern[str]:
        """Return what the array of an envelope begins with."""
        return re.compile(rf'"{self.array}"\s*:\s*\[(?=\s*[{{\]])')


def make_finder(layout: Layout) -> Callable[[Stream], Slices]:
    """Give a function that finds the records of a file, to be handed to `read_json`."""
    return partial(_records, layout)


def _records(layout: Layout, stream: Stream) -> Slices:
    if stream.start:  # a part of a file of lines, whatever its first line looks like
        return find_lines(stream)
    head = stream.head().decode("utf-8", "replace").removeprefix("\ufeff").lstrip()
    paged = bool(layout.array) and _is_envelope(head, layout)
    if paged or head[:1] == "[" or _SPREAD.match(head):
        return _Window(stream.file, layout).records(paged=paged)
    return find_lines(stream)


def _is_envelope(head: str, layout: Layout) -> bool:
    """Tell whether the array stands in the outer object, or in one of its own (``message``)."""
    found = layout.opening.search(head)
    if head[:1] != "{" or not found:
        return False
    around = _STRING.sub("", head[: found.start()])
    depth = around.count("{") - around.count("}")
    return depth in (1, 2) and around.count("[") == around.count("]")


class _Window:
    """The part of a file that is being looked at; what was read is forgotten."""

    def __init__(self, file: BinaryIO, layout: Layout) -> None:
        self._file = file
        self._layout = layout
        self._text = ""  # each byte as a character: the signs looked for are ASCII
        self._at = self._counted = self._offset = 0
        self._ended = self._too_deep = False
        self._start: re.Pattern[str] | None = None
        self._joint = ""  # what stands between two records, with the beginning of the second
        self._after = -1  # where the last record ended, if that is still in the text
        self._sound = True  # whether the text is worth being cut by the fast decoder

    def records(self, *, paged: bool) -> Slices:
        """Give the records of all arrays in the file; `paged` where they are in envelopes."""
        bracketed = paged or self._pass(_BETWEEN) == "["
        while not paged or (size := self._find(self._layout.opening)):
            self._at += size if paged else 0
            between = _BETWEEN if paged else _BETWEEN_ARRAYS
            yield from self._array(between, bracketed=bracketed)
            if not paged:
                break

    def _array(self, between: re.Pattern[str], *, bracketed: bool) -> Slices:
        """Give offset and bytes of each record up to the array's end, or the file's."""
        while sign := self._pass(between):
            if sign == "]" and self._is_end():
                return
            if sign in "]:":  # what is left of a damaged record that was given
                self._recover()
                continue
            if several := self._several():
                yield from several
                continue
            between_two = self._text[self._after : self._at] if self._after > 0 else ""
            offset, size = self._count(), self._value()[1]
            self._learn(between_two)
            yield offset, _bytes(self._text[self._at : self._at + (size or EXCERPT)])
            # A bracket missing inside a record makes the rest of the file a part of it.
            if not size or (bracketed and self._is_unclosed(size)):
                self._at += 1
                self._recover()
            else:
                self._after = self._at = self._at + size

    def _learn(self, between: str) -> None:
        """See how records begin, and what stands between two of them."""
        first = _FIRST_KEY.match(self._text, self._at)
        if first and not self._start:
            self._start = re.compile(rf"\{{\s{{0,99}}{re.escape(first[1])}\s{{0,99}}:")
        if first and not self._joint and between.strip() == ",":
            self._joint = "}" + between + first[0]

    def _several(self) -> list[tuple[int, bytes]]:
        """Pass over all records but the last few of the text and give them; none at damage."""
        if not (self._sound and self._joint):
            return []
        end = len(self._text)
        for _ in range(_TRIES):
            end = self._text.rfind(self._joint, self._at, end)
            if end < 0:
                break
            part = _bytes(self._text[self._at : end + 1])
            try:
                found = _SEVERAL(b"[" + part + b"]")
            except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
                continue
            offset = self._count()
            self._at = self._after = end + 1
            return list(_placed(part, found, offset))
        self._sound = False
        return []

    def _is_end(self) -> bool:
        """Tell whether the bracket here is the end of the array of records."""
        while len(self._text) - self._at < _OVERLAP and not self._ended:
            self._fill()
        return not _GOES_ON.match(self._text, self._at)

    def _is_unclosed(self, size: int) -> bool:
        """Tell whether the file ends after a record without the end of the array."""
        while (rest := _BETWEEN.match(self._text, self._at + size)) and not self._ended:
            if rest.end() < len(self._text):
                return False
            self._fill()
        return rest is None or rest.end() == len(self._text)

    def _recover(self) -> None:
        """Go to the next object that looks like a record, or begins as the first one did."""
        while self._find(self._start if self._too_deep and self._start else _OBJECT):
            value, size = self._value()
            if isinstance(value, dict) and self._layout.marks & value.keys():
                return
            if not size and self._start and self._start.match(self._text, self._at):
                return
            self._at += size or 1

    def _value(self) -> tuple[object, int]:
        """Decode what starts here; give it and its characters, none if it is damaged."""
        self._too_deep = False
        while True:
            cut = False
            try:
                value, end = _DECODE(self._text, self._at)
            except json.JSONDecodeError as error:
                near = error.pos >= len(self._text) - _LITERAL
                cut = near or error.msg.startswith("Unterminated string")
            except RecursionError:
                self._too_deep = True  # and so is what is inside: not looked at piece by piece
                return None, 0
            except ValueError:
                pass  # a number of thousands of digits
            else:
                if end < len(self._text) or self._ended:
                    return value, end - self._at
                cut = True
            if not cut or self._ended or len(self._text) - self._at > MAX_RECORD:
                return None, 0
            self._fill()

    def _pass(self, between: re.Pattern[str]) -> str:
        """Pass over what is between records; give the sign that follows, or nothing."""
        while True:
            found = between.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text) or self._ended:
                return self._text[self._at : self._at + 1]
            self._fill()

    def _find(self, sign: re.Pattern[str]) -> int:
        """Go to the next sign and give its length; at the end of the file there is none."""
        while not (found := sign.search(self._text, self._at)):
            if self._ended:
                self._at = len(self._text)
                return 0
            self._at = max(self._at, len(self._text) - _OVERLAP)
            self._fill()
        self._at = found.start()
        return len(found[0])

    def _count(self) -> int:
        """Give the bytes of the file before this place."""
        self._offset += self._at - self._counted
        self._counted = self._at
        return self._offset

    def _fill(self) -> None:
        """Read on, twice as much each time that a record has not ended."""
        self._count()
        kept = self._text[self._at :]
        new = self._file.read(max(_CHUNK, len(kept)))
        self._ended = not new
        self._text = kept + new.decode("latin-1")
        self._at = self._counted = 0
        self._after, self._sound = -1, True


def _placed(part: bytes, found: list[msgspec.Raw], offset: int) -> Slices:
    at = 0
    for raw in map(bytes, found):
        at += len(_GAP.match(part, at)[0])  # type: ignore[index] # it matches nothing, too
        yield offset + at, raw
        at += len(raw)


def _bytes(text: str) -> bytes:
    return text.encode("latin-1")
