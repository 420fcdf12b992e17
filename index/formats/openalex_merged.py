"""Read OpenAlex's lists of works that were merged into other works.

``merged_ids/works/*.csv.gz`` has lines of ``merge_date,id,merge_into_id``.
"""

from collections.abc import Iterator

from index.dumps.streams import Stream
from index.normalise.dates import parse_day
from index.normalise.raw_values import last_segment
from index.records import RawRecord, Reject, Source

NAME = "openalex"

LICENCE = "CC0-1.0"

HEADER = b"merge_date,id,merge_into_id"
"""The first line of such a list."""

_MAX_ROW = 1 << 12


def read_merged_works(stream: Stream) -> Iterator[RawRecord | Reject]:
    """Yield a deleted record for each merged work, with the id that it has moved to."""
    number = offset = 0
    while line := stream.file.readline(_MAX_ROW):
        source = Source(stream.dump, stream.inner_name, number, offset, licence=LICENCE)
        offset += len(line)
        row = line.decode("utf-8", "replace").replace('"', "").strip()
        day, merged, target = (*map(last_segment, row.split(",")), "", "")[:3]
        if number and merged and merged != target:
            yield RawRecord(
                source=source,
                format=NAME,
                id=f"{NAME}:{merged}",
                deleted=True,
                moved=f"{NAME}:{target}" if target else "",
                updated=parse_day(day),
            )
        elif number and row:
            yield Reject(source, "is not a line of a list of merged ids", row[:200])
        number += bool(row)
