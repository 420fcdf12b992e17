"""Read the rows of a CSV or TSV file and split them into cells.

A quoted cell may span many lines. An unclosed quote would take the rest of the file into one
row; such a row is reported as damaged, and reading resumes at its second line.
"""

import csv
import re
from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from io import StringIO
from itertools import islice
from typing import NamedTuple

from index.dumps.streams import Stream
from index.scanners.excerpts import EXCERPT
from index.scanners.record_size import MAX_CHARACTERS, TOO_LONG_TEXT
from index.scanners.text_lines import Line, read_lines

DELIMITERS = "\t;,|"
MAX_ROW_LINES = 2_000
"""Lines of one row; in a longer one a quote is assumed to be missing, as in one of more than
`MAX_CHARACTERS`."""

FEW_ROW_LINES = 50
"""The same among lines that were read in search of the end of a row before, so that no line is
read 2,000 times. Chosen: an abstract has fewer."""

MAX_CELLS = 250_000
"""Delimiters in one row, also in its quoted cells. Chosen: 15,000 authors with their addresses have
75,000 commas."""

TOO_MANY_CELLS = f"has over {MAX_CELLS:,} delimiters"

_SEP_LINE = re.compile(r"sep=(.)\s*$", re.IGNORECASE)
"""The first line in which spreadsheets declare the delimiter."""


class Row(NamedTuple):
    """One row.

    Attributes:
        offset: Where it starts in the file, in bytes; -1 if unknown.
        text: The row as written.
        cells: The contents of its cells, or None if its quotes do not match or it is too large.
        damage: Why it is too large; else empty.
    """

    offset: int
    text: str
    cells: list[str] | None
    damage: str = ""


def split_cells(text: str, delimiter: str, *, strict: bool = False) -> list[str]:
    """Split one row into cells.

    Args:
        text: The row.
        delimiter: The character between cells.
        strict: Whether to fail on a damaged quoted cell.

    Returns:
        The contents of the cells, without surrounding white space.

    Raises:
        csv.Error: A quoted cell is damaged and `strict` is set.
    """
    if '"' not in text:
        return [cell.strip() for cell in text.rstrip("\n").split(delimiter)]
    reader = csv.reader([text], delimiter=delimiter, skipinitialspace=True, strict=strict)
    return [cell.strip() for cell in next(reader, [])]


def split_beginning(text: str, delimiter: str, count: int = 2) -> list[list[str]]:
    """Split the first rows of a text into cells, without blank rows; fewer if they are damaged.

    Args:
        text: The beginning of a file.
        delimiter: The character between cells.
        count: The number of rows.
    """
    rows: list[list[str]] = []
    lines = (line for line in StringIO(text, newline=None) if line.strip())
    with suppress(csv.Error):
        for row in islice(csv.reader(lines, delimiter=delimiter, skipinitialspace=True), count):
            rows.append([cell.strip() for cell in row])  # noqa: PERF401 - kept if the next fails
    return rows


def parse_sep_line(text: str) -> str:
    """Return the delimiter that a first line such as ``sep=;`` declares; empty if none."""
    declared = _SEP_LINE.match(text)
    return declared[1] if declared else ""


def read_rows(stream: Stream, delimiter: str) -> Iterator[Row]:
    """Yield the rows of a file, including its header and without blank rows.

    Args:
        stream: The file.
        delimiter: The character between cells.

    Yields:
        Each row; of a damaged one only the first line, without cells.
    """
    csv.field_size_limit(MAX_CHARACTERS)  # for the whole process; the default is 131,072 characters
    lines = read_lines(stream)
    pushed_back: deque[Line] = deque()
    quoting = _Quoting(delimiter)
    while first := pushed_back.popleft() if pushed_back else next(lines, None):
        if not first.text.strip():
            continue
        if not first.text.endswith("\n") and _skip_parts(lines):
            yield Row(first.offset, first.text[:EXCERPT], None, TOO_LONG_TEXT)
            continue
        taken, size = [first], len(first.text)
        most = FEW_ROW_LINES if pushed_back else MAX_ROW_LINES
        inside = quoting.ends_inside(first.text, inside=False)
        while inside and size < MAX_CHARACTERS and len(taken) < most:
            following = pushed_back.popleft() if pushed_back else next(lines, None)
            if following is None:
                break
            taken.append(following)
            size += len(following.text)
            inside = quoting.ends_inside(following.text, inside=True)
        row = _parse_row(taken, delimiter) if not inside else Row(first.offset, first.text, None)
        if row.cells is None:
            pushed_back.extendleft(reversed(taken[1:]))
        yield row


def _skip_parts(lines: Iterator[Line]) -> bool:
    """Skip the other parts of a line that is yielded in parts; return whether there are any."""
    part = None
    for part in lines:
        if part.text.endswith("\n"):
            break
    return part is not None


def _parse_row(lines: list[Line], delimiter: str) -> Row:
    text = "".join(line.text for line in lines)
    if len(text) > MAX_CELLS and text.count(delimiter) > MAX_CELLS:
        return Row(lines[0].offset, lines[0].text[:EXCERPT], None, TOO_MANY_CELLS)
    try:
        # In a row of several lines quotes must match exactly, else two rows would be read as one.
        cells = split_cells(text, delimiter, strict=len(lines) > 1)
    except csv.Error:
        return Row(lines[0].offset, lines[0].text, None)
    return Row(lines[0].offset, text, cells)


class _Quoting:
    """Decides line by line whether a quoted cell continues on the next."""

    def __init__(self, delimiter: str) -> None:
        quoted = r' *"(?:[^"]++|"")*+("?)'
        self._first = re.compile(quoted)
        # A pattern that begins with one character is found fast; an alternative to it is not.
        self._later = re.compile(re.escape(delimiter) + quoted)
        self._rest = re.compile(r'(?:[^"]++|"")*+("?)')

    def ends_inside(self, text: str, *, inside: bool) -> bool:
        """Return whether a line ends inside a quoted cell.

        Args:
            text: The line.
            inside: Whether the line begins inside a quoted cell.
        """
        if not inside and '"' not in text:
            return False
        begun = (self._rest if inside else self._first).match(text)
        if begun and not begun[1]:
            return True
        at = begun.end() if begun else 0
        if text.find('"', at) < 0:
            return False
        return any(not cell[1] for cell in self._later.finditer(text, at))
