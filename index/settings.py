"""Answers: where is the index, and how much is a build allowed?"""

import os
from pathlib import Path

from msgspec import Struct

ENVIRONMENT = "PAPERS_INDEX"
"""The environment variable that names the index for every command."""


class Input(Struct, frozen=True):
    """One dump and what is to be known of it.

    Attributes:
        path: A file, an archive or a folder, or ``-`` for standard input.
        licence: As in `BuildSettings`; empty takes what is said there.
        date: As in `BuildSettings`; empty takes what is said there.
        columns: As in `BuildSettings`, before what is said there.
    """

    path: str
    licence: str = ""
    date: str = ""
    columns: dict[str, str] = {}


class BuildSettings(Struct, frozen=True):
    """What a build may do.

    Attributes:
        engine: Name of the engine, see `index.engines`; empty takes the first that is installed.
        max_rejects: Share of rejected records, 0 to 1, above which the index is left as it is.
        keep: How many generations stay on disk, the new one included; at least 1.
        licence: Licence of the dump's records where they name none.
        date: The dump's date, ``YYYY-MM-DD``; empty takes the file's own.
        processes: How many prepare records beside the one that writes and one that reads large
            dumps; with 0 the one that writes does all, None is one for each processor.
        columns: Fields by the header of a table's column, for headers that are not known; the
            fields are those of `index.formats.table_columns`.
        since: Records that their dump says have not changed since this day, ``YYYY-MM-DD``, are
            skipped; empty takes all, and so does a record without a date.
        limit: Records that are read of each dump; None for all.
        dry_run: Read, count and report, and put nothing in use.
        resume: Go on with what an interrupted build of the same dumps left.
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


def index_directory(named: str | None = None) -> Path:
    """Say where the index is: as named, else as the environment says, else in the user's data.

    Args:
        named: A path given on the command line, or None.

    Returns:
        The directory; it need not exist.
    """
    chosen = named or os.environ.get(ENVIRONMENT)
    if chosen:
        return Path(chosen).expanduser()
    from platformdirs import user_data_path

    return user_data_path("papersearch", appauthor=False)
