"""Answers: how far is a build?"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from index.build.ingest import OnProgress
from index.dumps.streams import measure_dump

REFRESH_RECORDS = 500
"""Records, at least, between two counts that are written; writing one costs more than a record."""


@contextmanager
def bar(dumps: tuple[str, ...], *, shown: bool) -> Iterator[OnProgress]:
    """Show a bar of bytes with rate and time left, and the count of records, on a terminal.

    Args:
        dumps: Whose sizes make the whole.
        shown: Whether it is wanted at all.

    Yields:
        What a build tells its progress.
    """
    if not (shown and sys.stderr.isatty()):
        yield lambda _bytes, _records: None
        return
    from tqdm import tqdm

    sizes = [measure_dump(dump) for dump in dumps]
    total = None if None in sizes else sum(size or 0 for size in sizes)
    counted = written = 0
    with tqdm(total=total, unit="B", unit_scale=True, desc="building", leave=False) as shown_bar:

        def watch(count: int, records: int) -> None:
            nonlocal counted, written
            if count:
                shown_bar.update(count)
            counted += records
            if counted - written >= REFRESH_RECORDS:
                written = counted
                shown_bar.set_postfix_str(f"{counted:,} records", refresh=False)

        yield watch
