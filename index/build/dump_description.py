"""Complete what is known of a dump before it is read, and describe it afterwards."""

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from index.dumps.location import STDIN, format_path
from index.dumps.streams import measure_dump
from index.settings import BuildSettings, Input
from index.store.manifest import Dump, utc_now


def make_inputs(dumps: Sequence[Input | str]) -> tuple[Input, ...]:
    """Return the dumps as inputs, turning each bare path into one without further facts."""
    return tuple(Input(dump) if isinstance(dump, str) else dump for dump in dumps)


def complete_input(dump: Input, settings: BuildSettings) -> Input:
    """Return a dump with its missing facts filled in: from the settings, the date from the file."""
    return Input(
        dump.path,
        licence=dump.licence or settings.licence,
        date=dump.date or settings.date or _find_date(dump.path),
        columns={**settings.columns, **dump.columns},
    )


def describe_dump(dump: Input, read: int, sha256: str, records: int) -> Dump:
    """Return the manifest's entry of a dump that was read.

    Args:
        dump: The dump, completed.
        read: Bytes that were read of it; its size if it came through a pipe.
        sha256: The digest of the whole dump.
        records: Records that were read of it.
    """
    size = measure_dump(dump.path)
    return Dump(
        name=format_path(Path(dump.path).absolute().name) if dump.path != STDIN else "stdin",
        size=read if size is None else size,
        sha256=sha256,
        date=dump.date,
        licence=dump.licence,
        records=records,
    )


def _find_date(path: str) -> str:
    """Return the day on which the dump was last written; for standard input, today."""
    when = utc_now() if path == STDIN else datetime.fromtimestamp(Path(path).stat().st_mtime, UTC)
    return f"{when:%Y-%m-%d}"
