"""Read CSV and TSV tables of papers.

`table_columns` finds out which column holds which field; columns that the user assigns with
``--map`` take precedence. A row with more cells than the header is rejected, unless a program is
known to write it so. After a quote that is never closed, so is a row with fewer, which may be a
line of an abstract.
"""

import re
from collections.abc import Iterator, Mapping
from functools import partial

from index.dumps.streams import Stream
from index.errors import ColumnMissing
from index.formats.format import Format
from index.formats.table_columns import (
    MAX_LINES_BEFORE,
    Columns,
    find_columns,
    find_missing,
)
from index.formats.table_records import NAME, convert_row
from index.records import RawRecord, Reject
from index.scanners.excerpts import make_excerpt
from index.scanners.head import Head
from index.scanners.table_rows import (
    DELIMITERS,
    parse_sep_line,
    read_rows,
    split_beginning,
)
from index.scanners.text_lines import decode_beginning, make_source

_ROW_NAMES = 3
"""Rows that must begin with their number if the header has no column for it."""

_FUNDING = "Funding Text 1"

FORMULA = re.compile(r"['\s]*[=+@-]")
"""The beginning of a cell that a spreadsheet would run as a formula; the apostrophe hides it."""


def read(stream: Stream, assigned: Mapping[str, str]) -> Iterator[RawRecord | Reject]:
    """Read a table.

    Args:
        stream: The file.
        assigned: Fields by header, as the user assigned them.

    Yields:
        A record for each row, or a reject with the reason.

    Raises:
        ColumnMissing: The table lacks a column that the user assigned.
    """
    found = _find_header(decode_beginning(stream.head()), assigned)
    if found is None:  # pragma: no cover - only a recognised file is read
        return
    header, delimiter, columns = found
    if missing := find_missing(columns, assigned):
        raise ColumnMissing(stream.name, missing[0], columns.headers)
    number, begun, damaged = 0, False, False
    for row in read_rows(stream, delimiter):
        if row.cells == header:
            begun = True  # the header, which joined tables repeat
        elif begun and (row.cells is None or any(row.cells)):  # spreadsheets end in empty rows
            number += 1
            source = make_source(stream, number, row.offset)
            cells = row.cells and _align_funding(show_formulas(row.cells), columns)
            reason = row.damage or _describe_damage(cells, len(columns.headers), damaged=damaged)
            damaged = bool(reason) and (damaged or row.cells is None)
            if reason:
                yield Reject(source, reason, make_excerpt(row.text))
            else:
                yield convert_row(cells or [], columns, source)


def _find_header(text: str, assigned: Mapping[str, str]) -> tuple[list[str], str, Columns] | None:
    """Find the header among the first rows.

    Of several delimiters the one that finds a header first wins, then the one with most fields.

    Returns:
        The header's cells, the delimiter and the columns, or None if there is no header.
    """
    options = []
    for delimiter in parse_sep_line(text.partition("\n")[0]) or DELIMITERS:
        rows = split_beginning(text, delimiter, MAX_LINES_BEFORE + 1 + _ROW_NAMES)
        for at, cells in enumerate(rows[: MAX_LINES_BEFORE + 1]):
            if columns := find_columns(cells, assigned):
                if _have_row_names(rows[at + 1 :], len(cells)):
                    columns = find_columns(["", *cells], assigned) or columns
                options.append((-at, len(columns.places), cells, delimiter, columns))
                break
    return max(options, key=lambda option: option[:2])[2:] if options else None


def _have_row_names(rows: list[list[str]], width: int) -> bool:
    """Return whether the first rows have one cell more than the header: their number, as R writes.

    A row with an unquoted delimiter is longer too, but not all of the first rows are.
    """
    numbers = [cells[0] for cells in rows[:_ROW_NAMES] if len(cells) == width + 1]
    return numbers == ["1", "2", "3"]


def show_formulas(cells: list[str]) -> list[str]:
    """Drop the apostrophe that keeps a spreadsheet from running a cell: ``'=1+1``."""
    return [cell[1:] if cell[:1] == "'" and FORMULA.match(cell, 1) else cell for cell in cells]


def _align_funding(cells: list[str], columns: Columns) -> list[str]:
    """Drop the cells for which the header lacks a column ``Funding Text 2``, as in Scopus."""
    extra = len(cells) - len(columns.headers)
    if extra > 0 and cells[-1].startswith("2-s2.0-") and _FUNDING in columns.headers:
        at = columns.headers.index(_FUNDING) + 1
        return cells[:at] + cells[at + extra :]
    return cells


def _describe_damage(cells: list[str] | None, width: int, *, damaged: bool) -> str:
    """Return what is wrong with a row, or an empty string.

    Args:
        cells: The cells of the row, or None if its quotes do not match.
        width: The number of cells in the header.
        damaged: Whether all rows since one with an unclosed quote were rejected.
    """
    if cells is None:
        return "has a quoted cell that is never closed"
    if any(cells[width:]):
        return f"has {len(cells):,} cells where the header has {width:,}"
    if damaged and len(cells) < width:
        return f"has {len(cells):,} cells of {width:,}, after a quoted cell that is not closed"
    return ""


def _recognises(head: Head, assigned: Mapping[str, str]) -> bool:
    if head.start in (b"", b"{", b"[", b"<", b"@"):
        return False
    return _find_header(decode_beginning(head.beginning), assigned) is not None


def make_table_format(assigned: Mapping[str, str]) -> Format:
    """Return the format of tables.

    Args:
        assigned: Fields by header, as the user assigned them; `table_columns` lists the fields.
    """
    return Format(
        NAME,
        "CSV or TSV",
        partial(_recognises, assigned=assigned),
        partial(read, assigned=assigned),
    )
