"""Define the manifest and the report of a generation, and read and write them."""

from datetime import UTC, datetime
from pathlib import Path
from stat import S_ISREG
from typing import TypeVar

import msgspec
from msgspec import Struct

from index.errors import GenerationCorrupt, GenerationOutdated
from index.fields import SCHEMA_VERSION
from index.records import Reject
from index.text.analyser import ANALYSER_VERSION

FORMAT_VERSION = 6
"""Version of the files of a generation, apart from those of the engine."""

MANIFEST = "manifest.json"
REPORT = "report.json"
GLUED = "glued"
"""The name under which abstracts with repaired words (`index.build.word_repair`) are counted among
the repairs, beside the rules of `index.text.rules`."""
"""The names of the two files in the folder of a generation."""

S = TypeVar("S", bound=Struct)


class Dump(Struct, frozen=True):
    """One input of a build.

    Attributes:
        name: The file name, without folders.
        size: Number of bytes on disk; for a pipe, of bytes read.
        sha256: Digest of the bytes on disk, whether or not all were read; for a folder, of the
            digests of its files in the order of their paths; for a pipe, empty unless it was read
            to its end.
        date: The date of the dump, ``YYYY-MM-DD``.
        licence: As given to the build, or empty.
        records: Number of records read from it.
    """

    name: str
    size: int
    sha256: str
    date: str
    licence: str
    records: int


class File(Struct, frozen=True):
    """One file of a generation: its path within the folder, its size in bytes, its digest."""

    name: str
    size: int
    sha256: str


class Manifest(Struct, frozen=True):
    """The contents of a generation; written last, so that its presence means "complete".

    Attributes:
        name: The name of the generation.
        created: When it was made, in UTC: ``2026-11-01T12:00:00Z``.
        papers: Number of works, those of a single record included: all that a search can find.
        documents: Number of documents in the engine: every record, and every work of several.
        records: Number of records that the papers are made of.
        probe: The id of a paper that the engine must find; empty if there is none.
        engine: The name of the engine.
        engine_version: The name and version of the engine.
        dumps: The inputs of the build, those of its base included.
        files: All files of the generation but the manifest.
        code_version: The version of Papersearch that made it.
        base: The generation that an update started from; empty for a build.
        replaced: The generation that this one replaced; empty if there was none.
        format_version: `FORMAT_VERSION` when it was made.
        schema_version: `index.fields.SCHEMA_VERSION` when it was made.
        analyser: `index.text.analyser.ANALYSER_VERSION` when it was made.
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
    """The versions in a manifest, readable whatever else the version that wrote it put in."""

    format_version: int
    schema_version: int
    analyser: str


class Counts(Struct):
    """Numbers of records by outcome; the outcomes add up to `read`.

    Attributes:
        read: Records read.
        indexed: Records that became a paper of their own.
        merged: Records of a paper that another record had made already.
        unchanged: Records that the index already had, with the same content.
        skipped: Records left out on purpose, such as deletions.
        rejected: Records that could not become a paper; each is listed in the rejects.
    """

    read: int = 0
    indexed: int = 0
    merged: int = 0
    unchanged: int = 0
    skipped: int = 0
    rejected: int = 0

    def adds_up(self) -> bool:
        """Return whether the outcomes add up to the records read."""
        outcomes = self.indexed + self.merged + self.unchanged + self.skipped + self.rejected
        return self.read == outcomes

    def add(self, other: "Counts") -> None:
        """Add other counts to these."""
        for name in COUNTED:
            setattr(self, name, getattr(self, name) + getattr(other, name))


COUNTED = Counts.__struct_fields__
"""The names of the counts."""


class Report(Counts, kw_only=True):
    """The outcome of a build or an update: the counts in total and by format.

    Attributes:
        new: Records that the index did not have; all of them for a build.
        changed: Records that the index had with other content.
        deleted: Records that were removed from the index.
        people: People with new or changed names; for a build, all people of several names.
        citations: Citations that dumps list apart from papers and that the index did not have, or
            that were removed with their papers.
        papers: Works in the index afterwards.
        seconds: Duration of the run.
        sources: The counts by format.
        repairs: By format, the number of titles and abstracts that each repair changed; that of
            words has the name `GLUED`.
        odd_values: By format, the number of records in which a field held a value of an
            unexpected type, so that it was converted or dropped.
        unread_files: Files of the dumps that are in no known format.
        left_out: How many files of folders and members of archives were left out, by the reason,
            such as ``encrypted``, ``link`` or ``hidden``.
        first_rejects: The first rejects, so that their reasons can be printed.
    """

    new: int = 0
    changed: int = 0
    deleted: int = 0
    people: int = 0
    citations: int = 0
    papers: int = 0
    seconds: float = 0.0
    sources: dict[str, Counts] = msgspec.field(default_factory=dict)
    repairs: dict[str, dict[str, int]] = msgspec.field(default_factory=dict)
    odd_values: dict[str, dict[str, int]] = msgspec.field(default_factory=dict)
    unread_files: tuple[str, ...] = ()
    left_out: dict[str, int] = msgspec.field(default_factory=dict)
    first_rejects: tuple[Reject, ...] = ()


def utc_now() -> datetime:
    """Return the current time in UTC."""
    return datetime.now(UTC)


def write_json(path: Path, record: Struct) -> None:
    """Write a record as indented JSON."""
    path.write_bytes(msgspec.json.format(msgspec.json.encode(record), indent=2) + b"\n")


def read_manifest(folder: Path) -> Manifest:
    """Read the manifest of a generation, and check that this code can read its files.

    Raises:
        GenerationCorrupt: The manifest is missing or damaged.
        GenerationOutdated: Another format, schema or analyser made the generation.
    """
    versions = _read(folder / MANIFEST, _Versions)
    for what, version, expected in (
        ("format", versions.format_version, FORMAT_VERSION),
        ("schema", versions.schema_version, SCHEMA_VERSION),
        ("analyser", versions.analyser, ANALYSER_VERSION),
    ):
        if version != expected:
            raise GenerationOutdated(folder.name, f"{what} {version}", f"{what} {expected}")
    return _read(folder / MANIFEST, Manifest)


def read_report(folder: Path) -> Report:
    """Read the report of the build that made a generation.

    Raises:
        GenerationCorrupt: The report is missing or damaged.
    """
    return _read(folder / REPORT, Report)


def _read(path: Path, kind: type[S]) -> S:
    try:
        # A pipe would block, and a device may have no end.
        if not S_ISREG(path.stat().st_mode):
            raise GenerationCorrupt(path.parent.name, f"{path.name} is not a file")
        return msgspec.json.decode(path.read_bytes(), type=kind)
    except OSError as error:
        reason = f"{path.name} cannot be read: {error.strerror}"
        raise GenerationCorrupt(path.parent.name, reason) from error
    except msgspec.MsgspecError as error:
        raise GenerationCorrupt(path.parent.name, f"{path.name} is damaged: {error}") from error
