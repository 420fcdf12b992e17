"""Split a file into batches, so that many records are prepared in one go."""

from collections.abc import Iterator
from itertools import islice

from index.build.messages import Batch, LineBatch, Origin, RecordBatch
from index.dumps.streams import Stream
from index.formats.format import Format, is_line_based
from index.normalise.record_bounds import bound_record
from index.records import RawRecord, Reject, Source
from index.scanners.excerpts import DAMAGED_BYTES, decode_excerpt
from index.scanners.json_lines import is_cut, skip_line
from index.scanners.record_size import MAX_RECORD, TOO_LONG

BATCH_RECORDS = 100
"""Records prepared in one go. What they become, some 300 kB, fits into a processor's cache and a
pipe; 400 at a time took a tenth longer (40,000 arXiv records, three runs)."""

BATCH_CHARACTERS = 2_000_000
"""Characters of titles and abstracts in one go, which bounds memory if a dump's are very long."""

BATCH_BYTES = 2_000_000
"""Bytes of the dump in one go, since other fields may be long."""

AUTHOR = 100
"""Characters that an author counts for."""

BATCH_LINE_BYTES = 1 << 17
"""Bytes of lines prepared in one go, some 90 records."""


def read_batches(
    stream: Stream, form: Format, origin: Origin, limit: int | None
) -> Iterator[tuple[Batch | Reject, int]]:
    """Read a file in batches: of whole lines, to be read elsewhere, or of records.

    Args:
        stream: The file.
        form: Its format.
        origin: What is known of its dump.
        limit: Records to read, or None for all.

    Yields:
        Each batch with its number of records, or a reject and 1.
    """
    if is_line_based(form, stream):
        yield from _read_lines(stream, origin, limit)
        return
    records: list[RawRecord] = []
    characters = 0
    for found in islice(form.read(stream), limit):
        if isinstance(found, Reject):
            yield found, 1
            continue
        records.append(bound_record(found))
        characters += len(found.title) + len(found.abstract) + AUTHOR * len(found.authors)
        long = found.source.offset - records[0].source.offset >= BATCH_BYTES
        if long or len(records) >= BATCH_RECORDS or characters >= BATCH_CHARACTERS:
            yield RecordBatch(origin, records), len(records)
            records, characters = [], 0
    if records:
        yield RecordBatch(origin, records), len(records)


def _read_lines(
    stream: Stream, origin: Origin, limit: int | None
) -> Iterator[tuple[LineBatch | Reject, int]]:
    """Split a file of one record per line into batches of whole lines."""
    file = stream.inner_name
    number = offset = 0
    for lines, size, whole in _group_lines(stream):
        if not whole:
            source = Source(stream.dump, file, number + 1, offset)
            yield Reject(source, TOO_LONG, decode_excerpt(lines[0])), 1
            number, offset = number + 1, offset + size
            if number == limit:
                return
            continue
        full = [line for line in lines if not line.isspace()]
        kept = lines  # with the blank lines, which count for the offsets
        if limit is not None and number + len(full) >= limit:
            kept = full = full[: limit - number]
        if full:
            location = Source(stream.dump, file, number, offset)
            yield LineBatch(origin, b"".join(kept), location), len(full)
        number += len(full)
        offset += size
        if number == limit:
            return


def _group_lines(stream: Stream) -> Iterator[tuple[list[bytes], int, bool]]:
    """Yield groups of lines, their bytes, and whether they are whole.

    A line that is too long comes alone, cut short; other long ones come alone, too.
    """
    lines: list[bytes] = []
    size = 0
    while line := stream.file.readline(MAX_RECORD + 1):
        if len(line) >= BATCH_LINE_BYTES:
            yield lines, size, True
            lines, size = [], 0
        if is_cut(line):
            line, length = line[:DAMAGED_BYTES], len(line) + skip_line(stream)
            yield [line], length, False
            continue
        lines.append(line)
        size += len(line)
        if size >= BATCH_LINE_BYTES:
            yield lines, size, True
            lines, size = [], 0
    yield lines, size, True
