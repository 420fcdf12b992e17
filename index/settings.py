"""Define the settings of a build, and find the index directory."""

import os
from pathlib import Path

from msgspec import Struct

ENVIRONMENT = "PAPERS_INDEX"
"""The environment variable that names the index for every command."""


class Input(Struct, frozen=True):
    """One dump with the settings of its own.

    Attributes:
        path: A file, an archive or a folder, or ``-`` for standard input.
        licence: As in `BuildSettings`, which applies if this is empty.
        date: As in `BuildSettings`, which applies if this is empty.
        columns: As in `BuildSettings`; takes precedence for a column named in both.
    """

    path: str
    licence: str = ""
    date: str = ""
    columns: dict[str, str] = {}


class BuildSettings(Struct, frozen=True):
    """The settings of a build, with their defaults.

    Attributes:
        engine: Name of the engine, see `index.engines`; empty for the first that is installed.
        max_rejects: Share of rejected records, 0 to 1, above which the build fails and the index
            does not change.
        keep: Number of generations to keep on disk, the new one included; at least 1.
        licence: Licence of the dump's records that state none: ``CC0-1.0``.
        date: The dump's date, ``YYYY-MM-DD``; empty for the date of the file.
        processes: Number of processes that prepare records, besides the one that writes and the
            one that reads large dumps; with 0 the writing process does everything; None for one
            per processor.
        columns: Fields by column header, for tables with unknown headers; the fields are those
            of `index.formats.table_columns`.
        since: Skip records that, by their dump, last changed before this day, ``YYYY-MM-DD``;
            empty to skip none. Records without a date are never skipped.
        limit: Number of records to read of each dump; None for all.
        dry_run: Read, count and report, but change nothing.
        resume: Continue an interrupted build of the same dumps.
    """

    engine: str = ""
    max_rejects: float = 0.05
    keep: int = 2
    licence: str = ""
    date: str = ""
    processes: int | None = None
    columns: dict[str, str] = {}
    since: str = ""
    limit: int | None = None
    dry_run: bool = False
    resume: bool = False


def expand_home(path: str) -> Path:
    """Return a path with its ``~`` replaced; as in a shell, that of an unknown user stays."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        return Path(path)


def index_directory(named: str | None = None) -> Path:
    """Return the index directory: the named one, else the environment's, else the user's own.

    Args:
        named: A path given on the command line, or None.

    Returns:
        The directory, which need not exist.
    """
    chosen = named or os.environ.get(ENVIRONMENT)
    if chosen:
        return expand_home(chosen)
    from platformdirs import user_data_path

    return user_data_path("papersearch", appauthor=False)
