"""Answers: where does each row of a CSV or TSV file begin, and which cells does it have?

A quoted cell may go over many lines. A quote that is never closed would swallow the rest of the
file: such a row is given up, its first line only, and reading goes on at the second.
"""

import csv
import re
from collections import deque
from collections.abc import Iterator
from typing import NamedTuple

from index.dumps.streams import Stream
from index.scanners.text_lines import Line, read_lines

DELIMITERS = "\t;,|"
MAX_ROW = 16 << 20
"""Characters of one row, after which its quote is taken to be open by mistake."""

MAX_ROW_LINES = 2_000
"""Lines of one row, after which its quote is taken to be open by mistake."""

_SAID = re.compile(r"sep=(.)\s*$", re.IGNORECASE)
"""A first line by which spreadsheets name the delimiter."""


class Row(NamedTuple):
    """One row.

    Attributes:
        offset: Where it starts in the file, in bytes; -1 if unknown.
        text: As written.
        cells: What it says, or None where its quotes do not match.
    """

    offset: int
    text: str
    cells: list[str] | None


def split_cells(text: str, delimiter: str, *, strict: bool = False) -> list[str]:
    """Cut one row into cells.

    Raises:
        csv.Error: A quoted cell is damaged; only where `strict`.
    """
    if '"' not in text:
        return [cell.strip() for cell in text.rstrip("\n").split(delimiter)]
    reader = csv.reader([text], delimiter=delimiter, skipinitialspace=True, strict=strict)
    return [cell.strip() for cell in next(reader, [])]


def parse_sep_line(text: str) -> str:
    """Give the delimiter that a first line ``sep=;`` names, or nothing."""
    said = _SAID.match(text)
    return said[1] if said else ""


def read_rows(stream: Stream, delimiter: str) -> Iterator[Row]:
    """Give the rows of a file, its header too; blank ones are passed over.

    Args:
        stream: The file.
        delimiter: One character between cells.

    Yields:
        Each row, whole or as far as it can be read.
    """
    csv.field_size_limit(MAX_ROW)  # of the whole process; its own limit is 131,072 characters
    lines = read_lines(stream)
    back: deque[Line] = deque()
    quoting = _Quoting(delimiter)
    while first := back.popleft() if back else next(lines, None):
        if not first.text.strip():
            continue
        taken, size = [first], len(first.text)
        inside = quoting.left_open(first.text, inside=False)
        while inside and size < MAX_ROW and len(taken) < MAX_ROW_LINES:
            following = back.popleft() if back else next(lines, None)
            if following is None:
                break
            taken.append(following)
            size += len(following.text)
            inside = quoting.left_open(following.text, inside=True)
        row = _row(taken, delimiter) if not inside else Row(first.offset, first.text, None)
        if row.cells is None:
            back.extendleft(reversed(taken[1:]))
        yield row


def _row(lines: list[Line], delimiter: str) -> Row:
    text = "".join(line.text for line in lines)
    try:
        # Of several lines the quotes have to match exactly: else two rows are taken for one.
        cells = split_cells(text, delimiter, strict=len(lines) > 1)
    except csv.Error:
        return Row(lines[0].offset, lines[0].text, None)
    return Row(lines[0].offset, text, cells)


class _Quoting:
    """Tells line by line whether a quoted cell goes on."""

    def __init__(self, delimiter: str) -> None:
        between = re.escape(delimiter)
        self._quoted = re.compile(rf'(?:^|{between}) *"(?:[^"]++|"")*+("?)')
        self._rest = re.compile(r'(?:[^"]++|"")*+("?)')

    def left_open(self, text: str, *, inside: bool) -> bool:
        """Tell whether a line ends inside a quoted cell.

        Args:
            text: The line.
            inside: Whether it begins inside one.
        """
        at = 0
        if inside:
            rest = self._rest.match(text)
            if rest is None or not rest[1]:
                return True
            at = rest.end()
        elif '"' not in text:
            return False
        return any(not cell[1] for cell in self._quoted.finditer(text, at))
