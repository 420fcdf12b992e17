"""Find an interrupted build that can be resumed.

It must have read the same dumps with the same settings. A build writes both to the file ``plan``
in its folder before it starts. Standard input cannot be read again, so a build from it cannot be
resumed.
"""

from pathlib import Path

import msgspec
from msgspec.structs import replace

from index.dumps.location import STDIN, format_path
from index.settings import BuildSettings, Input
from index.store.history import list_leftovers
from index.store.ledger import LEDGER
from index.store.manifest import FORMAT_VERSION

PLAN = "plan"
"""The name of the file in the folder of an unfinished generation."""


class Plan(msgspec.Struct, frozen=True):
    """What a build is to read, and how.

    Attributes:
        engine: The engine's name.
        inputs: The dumps.
        files: (path, size in bytes, time of the last change in ns) of each of their files.
        licence: As in the settings, like the fields after it.
        format_version: The version of the files that are written; 0 in plans that lack it.
    """

    engine: str
    inputs: tuple[Input, ...]
    files: tuple[tuple[str, int, int], ...]
    licence: str
    date: str
    columns: dict[str, str]
    since: str
    limit: int | None
    format_version: int = 0


def make_plan(inputs: tuple[Input, ...], engine: str, settings: BuildSettings) -> Plan:
    """Return the plan of a build."""
    files = tuple(entry for dump in inputs for entry in _list_files(dump.path))
    return Plan(
        engine,
        tuple(replace(dump, path=format_path(dump.path)) for dump in inputs),
        files,
        settings.licence,
        settings.date,
        settings.columns,
        settings.since,
        settings.limit,
        FORMAT_VERSION,
    )


def _list_files(path: str) -> list[tuple[str, int, int]]:
    root = Path(path)
    if path == STDIN:
        return []
    found = sorted(inner for inner in root.rglob("*") if inner.is_file()) or [root]
    return [
        (format_path(str(each)), each.stat().st_size, each.stat().st_mtime_ns) for each in found
    ]


def write_plan(folder: Path, plan: Plan) -> None:
    """Write the plan of a build to its folder, if it can be resumed and has none yet."""
    if all(dump.path != STDIN for dump in plan.inputs) and not (folder / PLAN).exists():
        (folder / PLAN).write_bytes(msgspec.json.encode(plan))


def find_resumable(directory: Path, plan: Plan) -> Path | None:
    """Return the folder of the last interrupted build with the same plan, or None."""
    for folder in reversed(list_leftovers(directory)):
        if not (folder / PLAN).is_file():  # a pipe would block
            continue
        try:
            found = msgspec.json.decode((folder / PLAN).read_bytes(), type=Plan)
        except (OSError, msgspec.MsgspecError):
            continue
        if found == plan and (folder / LEDGER).exists():
            return folder
    return None
