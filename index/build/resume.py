"""Answers: which interrupted build can be gone on with?

One that read the same dumps with the same settings. A build notes both in the file ``plan`` of its
folder before it begins; a dump from standard input is gone, so a build of one cannot be resumed.
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
"""The file's name in the folder of a generation in the making."""


class Plan(msgspec.Struct, frozen=True):
    """What a build was to do.

    Attributes:
        engine: The engine's name.
        inputs: The dumps.
        files: (path, size in bytes, time of the last change in ns) of every file of theirs.
        licence: As in the settings, and so the others.
        format_version: Of the files that are made; a plan of before has none.
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


def plan(inputs: tuple[Input, ...], engine: str, settings: BuildSettings) -> Plan:
    """Say what a build is to do."""
    files = tuple(entry for dump in inputs for entry in _files(dump.path))
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


def _files(path: str) -> list[tuple[str, int, int]]:
    root = Path(path)
    if path == STDIN:
        return []
    found = sorted(inner for inner in root.rglob("*") if inner.is_file()) or [root]
    return [
        (format_path(str(each)), each.stat().st_size, each.stat().st_mtime_ns) for each in found
    ]


def note(folder: Path, planned: Plan) -> None:
    """Note in a folder what is to be built there, once, if it could be done a second time."""
    if all(dump.path != STDIN for dump in planned.inputs) and not (folder / PLAN).exists():
        (folder / PLAN).write_bytes(msgspec.json.encode(planned))


def resumable(directory: Path, planned: Plan) -> Path | None:
    """Give the folder of an interrupted build of the same plan, or None."""
    for folder in reversed(list_leftovers(directory)):
        try:
            noted = msgspec.json.decode((folder / PLAN).read_bytes(), type=Plan)
        except (OSError, msgspec.MsgspecError):
            continue
        if noted == planned and (folder / LEDGER).exists():
            return folder
    return None
