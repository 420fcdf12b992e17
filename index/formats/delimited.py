"""Read CSV and TSV tables of papers.

`table_columns` finds out which column holds which field; columns that the user assigns with
``--map`` take precedence. A row with more cells than the header is rejected. After a quote that is
never closed, so is a row with fewer, which may be a line of an abstract.
"""

import csv
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
from index.scanners.table_rows import DELIMITERS, Row, parse_sep_line, read_rows, split_cells
from index.scanners.text_lines import decode_beginning, make_source


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
            reason = _describe_damage(row, len(header), damaged=damaged)
            damaged = bool(reason) and (damaged or row.cells is None)
            if reason:
                yield Reject(source, reason, make_excerpt(row.text))
            else:
                yield convert_row(row.cells or [], columns, source)


def _find_header(text: str, assigned: Mapping[str, str]) -> tuple[list[str], str, Columns] | None:
    """Find the header among the first lines.

    Of several delimiters the one that finds the most fields wins.

    Returns:
        The header's cells, the delimiter and the columns, or None if there is no header.
    """
    stated = ""
    for line in text.splitlines()[: MAX_LINES_BEFORE + 1]:
        options = []
        for delimiter in stated or DELIMITERS:
            cells = _split_cells(line, delimiter)
            if columns := find_columns(cells, assigned):
                options.append((len(columns.places), cells, delimiter, columns))
        if options:
            return max(options, key=lambda option: option[0])[1:]
        if '"' in line:
            return None  # the quoted text could contain the header
        stated = stated or parse_sep_line(line)
    return None


def _split_cells(line: str, delimiter: str) -> list[str]:
    try:
        return split_cells(line, delimiter)
    except csv.Error:
        return []


def _describe_damage(row: Row, width: int, *, damaged: bool) -> str:
    """Return what is wrong with a row, or an empty string.

    Args:
        row: The row.
        width: The number of cells in the header.
        damaged: Whether all rows since one with an unclosed quote were rejected.
    """
    if row.cells is None:
        return "has a quoted cell that is never closed"
    if any(row.cells[width:]):
        return f"has {len(row.cells):,} cells where the header has {width:,}"
    if damaged and len(row.cells) < width:
        return f"has {len(row.cells):,} cells of {width:,}, after a quoted cell that is not closed"
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
