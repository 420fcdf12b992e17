"""Answers: what is said of a dump in the account of an index?"""

from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import file_digest, sha256
from pathlib import Path

from index.dumps.decompression import STDIN, shown_path
from index.settings import BuildSettings, Input
from index.store.manifest import Dump, now


def as_inputs(dumps: Sequence[Input | str]) -> tuple[Input, ...]:
    """Give dumps that are only named as inputs of which nothing else is known."""
    return tuple(Input(dump) if isinstance(dump, str) else dump for dump in dumps)


def settled(dump: Input, settings: BuildSettings) -> Input:
    """Give a dump with all that is known of it, from the settings where it does not say it."""
    return Input(
        dump.path,
        licence=dump.licence or settings.licence,
        date=dump.date or settings.date or _date_of(dump.path),
        columns={**settings.columns, **dump.columns},
    )


def described(dump: Input, size: int, records: int) -> Dump:
    """Describe a dump that was read.

    Args:
        dump: The dump, settled.
        size: Bytes that were read of it.
        records: Records that were read of it.
    """
    return Dump(
        name=shown_path(Path(dump.path).absolute().name) if dump.path != STDIN else "stdin",
        size=size,
        sha256=_digest(dump.path),
        date=dump.date,
        licence=dump.licence,
        records=records,
    )


def _date_of(path: str) -> str:
    """Give the day the dump was last written, today for standard input."""
    when = now() if path == STDIN else datetime.fromtimestamp(Path(path).stat().st_mtime, UTC)
    return f"{when:%Y-%m-%d}"


def _digest(path: str) -> str:
    """Give the SHA-256 of a file, or of a folder's files' digests in order."""
    root = Path(path)
    if path == STDIN or not (root.is_file() or root.is_dir()):
        return ""
    if root.is_file():
        with root.open("rb") as file:
            return file_digest(file, "sha256").hexdigest()
    whole = sha256()
    for inner in sorted(inner for inner in root.rglob("*") if inner.is_file()):
        whole.update(_digest(str(inner)).encode())
    return whole.hexdigest()
