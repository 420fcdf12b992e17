"""Answers: what is in a generation, and what became of every record that was read?"""

from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import msgspec
from msgspec import Struct

from index.errors import GenerationCorrupt, GenerationOutdated
from index.fields import SCHEMA_VERSION
from index.records import Reject
from index.text.analyser import ANALYSER_VERSION

FORMAT_VERSION = 3
"""Version of the generation's files around the engine's own."""

MANIFEST = "manifest.json"
REPORT = "report.json"

S = TypeVar("S", bound=Struct)


class Dump(Struct, frozen=True):
    """One input of a build.

    Attributes:
        name: Its file name, without folders.
        size: Bytes on disk; of a pipe the bytes read.
        sha256: Of the bytes on disk, whether or not all were read; of a folder, of the digests of
            its files in the order of their paths; of a pipe, empty unless it was read to its end.
        date: ``YYYY-MM-DD``.
        licence: As given to the build, or empty.
        records: How many records were read from it.
    """

    name: str
    size: int
    sha256: str
    date: str
    licence: str
    records: int


class File(Struct, frozen=True):
    """One file of a generation: its path below the generation's folder, bytes, digest."""

    name: str
    size: int
    sha256: str


class Manifest(Struct, frozen=True):
    """What a generation is made of; written last, so that its presence means "complete".

    Attributes:
        name: The generation's.
        created: When, in UTC, ``2026-11-01T12:00:00Z``.
        papers: Works, those of a single record too: what a search for everything finds.
        documents: What the engine holds: every record, and works of several besides.
        records: Records that the papers are made of.
        probe: The id of a record that must be there, or empty.
        base: The generation that this one was made from by an update; empty for a build.
        replaced: The generation in whose place this one came; empty if there was none.
        The other fields say what made it, from what, and which files it has.
    """

    name: str
    created: str
    papers: int
    documents: int
    records: int
    probe: str
    engine: str
    engine_version: str
    dumps: tuple[Dump, ...]
    files: tuple[File, ...]
    code_version: str
    base: str = ""
    replaced: str = ""
    format_version: int = FORMAT_VERSION
    schema_version: int = SCHEMA_VERSION
    analyser: str = ANALYSER_VERSION


class _Versions(Struct):
    """What of a manifest every code can read, whatever else it was to say when it was written."""

    format_version: int
    schema_version: int
    analyser: str


class Counts(Struct):
    """What became of records; the parts add up to `read`.

    Attributes:
        read: Records met.
        indexed: Became a paper of its own.
        merged: Belongs to a paper that another record gave already.
        unchanged: Was in the index already, just so.
        skipped: Left out on purpose, such as a record that says it was deleted.
        rejected: Could not become a paper; each stands in the rejects.
    """

    read: int = 0
    indexed: int = 0
    merged: int = 0
    unchanged: int = 0
    skipped: int = 0
    rejected: int = 0

    def adds_up(self) -> bool:
        """Tell whether every record read is accounted for."""
        parts = self.indexed + self.merged + self.unchanged + self.skipped + self.rejected
        return self.read == parts

    def add(self, other: "Counts") -> None:
        """Add other counts to these."""
        for name in COUNTED:
            setattr(self, name, getattr(self, name) + getattr(other, name))


COUNTED = Counts.__struct_fields__


class Report(Counts, kw_only=True):
    """The account of a build or an update: the counts over all, and by kind of source.

    Attributes:
        new: Records that the index did not have; of a build all.
        changed: Records that the index had with another content.
        deleted: Records that the index had and has no more.
        people: People whose names the index did not have so; of a build all of several names.
        papers: Works in the index afterwards.
        seconds: How long it took.
        sources: The counts by kind of source.
        repairs: By kind of source, how many titles and abstracts each repair changed.
        unread_files: Files of the dumps that are in no known format.
        first_rejects: The first few, so that their reasons can be printed.
    """

    new: int = 0
    changed: int = 0
    deleted: int = 0
    people: int = 0
    papers: int = 0
    seconds: float = 0.0
    sources: dict[str, Counts] = msgspec.field(default_factory=dict)
    repairs: dict[str, dict[str, int]] = msgspec.field(default_factory=dict)
    unread_files: tuple[str, ...] = ()
    first_rejects: tuple[Reject, ...] = ()


def utc_now() -> datetime:
    """Give the present, in UTC."""
    return datetime.now(UTC)


def write_json(path: Path, record: Struct) -> None:
    """Write a record as indented JSON."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n")


def read_manifest(folder: Path) -> Manifest:
    """Read a generation's manifest and see that this code understands it.

    Raises:
        GenerationCorrupt: The manifest is missing or damaged.
        GenerationOutdated: Another format, schema or analyser made the generation.
    """
    found = _read(folder / MANIFEST, _Versions)
    for what, version, expected in (
        ("format", found.format_version, FORMAT_VERSION),
        ("schema", found.schema_version, SCHEMA_VERSION),
        ("analyser", found.analyser, ANALYSER_VERSION),
    ):
        if version != expected:
            raise GenerationOutdated(folder.name, f"{what} {version}", f"{what} {expected}")
    return _read(folder / MANIFEST, Manifest)


def read_report(folder: Path) -> Report:
    """Read the account of the build that made a generation.

    Raises:
        GenerationCorrupt: The report is missing or damaged.
    """
    return _read(folder / REPORT, Report)


def _read(path: Path, kind: type[S]) -> S:
    try:
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except OSError as error:
        reason = f"{path.name} cannot be read: {error.strerror}"
        raise GenerationCorrupt(path.parent.name, reason) from error
    except msgspec.MsgspecError as error:
        raise GenerationCorrupt(path.parent.name, f"{path.name} is damaged: {error}") from error
