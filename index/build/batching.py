"""Answers: in which parts is a file prepared, so that many records are done in one go?"""

from collections.abc import Iterator
from itertools import islice

from index.build.prepare import Batch
from index.dumps.streams import Stream
from index.formats.format import Format, is_line_based
from index.records import RawRecord, Reject, Source
from index.scanners.excerpts import EXCERPT
from index.scanners.json_lines import MAX_LINE, skip_line

AT_ONCE = 100
"""Records prepared in one go. What comes of them, some 300 kB, fits into a processor's cache and a
pipe; 400 at a time took a tenth longer (40,000 arXiv records, three runs)."""

MOST_LETTERS = 2_000_000
"""Characters of titles and abstracts in one go, so that a dump of accidents stays in memory."""

LINES_AT_ONCE = 1 << 17
"""Bytes of lines prepared in one go, some 90 records."""


def batches(
    stream: Stream, form: Format, limit: int | None
) -> Iterator[tuple[Batch | Reject, int]]:
    """Read a file in parts: whole lines that others read, or records.

    Args:
        stream: The file.
        form: Its format.
        limit: Records to read, or None for all.

    Yields:
        Each part, or a record that cannot be one, and how many records that is.
    """
    if is_line_based(form, stream):
        yield from _lines(stream, limit)
        return
    records: list[RawRecord] = []
    letters = 0
    for found in islice(form.read(stream), limit):
        if isinstance(found, Reject):
            yield found, 1
            continue
        records.append(found)
        letters += len(found.title) + len(found.abstract)
        if len(records) >= AT_ONCE or letters >= MOST_LETTERS:
            yield Batch(records=records), len(records)
            records, letters = [], 0
    if records:
        yield Batch(records=records), len(records)


def _lines(stream: Stream, limit: int | None) -> Iterator[tuple[Batch, int]]:
    """Cut a file of one record a line into parts of whole lines."""
    file = stream.inner_name
    number = offset = 0
    for found, size in _parts(stream):
        full = [line for line in found if not line.isspace()]
        if limit is not None and number + len(full) >= limit:
            full = found = full[: limit - number]  # noqa: PLW2901 - blank lines count for offsets only
        if full:
            place = Source(stream.dump, file, number, offset)
            yield Batch(lines=b"".join(found), place=place), len(full)
        number += len(full)
        offset += size
        if number == limit:
            return


def _parts(stream: Stream) -> Iterator[tuple[list[bytes], int]]:
    """Give some lines at a time and their bytes; one that is too long comes alone, cut short."""
    lines: list[bytes] = []
    size = 0
    while line := stream.file.readline(MAX_LINE):
        if len(line) == MAX_LINE and not line.endswith(b"\n"):
            yield lines, size
            lines, size = [], 0
            yield [line[:EXCERPT] + b"\n"], len(line) + skip_line(stream)
            continue
        lines.append(line)
        size += len(line)
        if size >= LINES_AT_ONCE:
            yield lines, size
            lines, size = [], 0
    yield lines, size
