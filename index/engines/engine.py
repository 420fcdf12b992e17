"""Define what an engine must do to keep papers, and load engines by name.

An engine stores the fields of `index.fields` and the bytes of each paper, nothing else. The rest
of the index knows engines only by name and through `Writer` and `Reader`.
"""

from contextlib import suppress
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Protocol, cast

from index.engines.errors import EngineMissing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from contextlib import AbstractContextManager
    from pathlib import Path

    from index.engines.damage import DamageReporter
    from index.engines.document import Document

ENGINES = ("tantivy", "whoosh", "opensearch")
"""The engines by name, in order of preference; each is a module of this package."""

LOCAL_ENGINES = ENGINES[:2]
"""The engines that need nothing but this machine, of which one is the default."""


class Writer(Protocol):
    """Adds papers to the engine folder of one generation, which may already contain some."""

    def add(self, document: "Document", record: bytes) -> None:
        """Add one paper: its analysed fields, and its bytes for display."""

    def remove(self, paper_id: str) -> None:
        """Remove the papers of this id that were added before, if any."""

    def commit(self) -> None:
        """Make all changes so far durable, and continue."""

    def close(self) -> None:
        """Make all changes durable and searchable, and end the writer."""

    def abort(self) -> None:
        """End the writer and discard what was not committed."""


class Reader(Protocol):
    """Reads papers from a folder that no writer has open."""

    def read_paper(self, paper_id: str, *, row: bool = False) -> bytes | None:
        """Return the bytes of the paper of this id, or None.

        Args:
            paper_id: The id of the paper.
            row: Return the record of this id rather than the work that it is part of.
        """

    def list_tokens(self, field: str, most: int, prefix: str = "") -> "Iterable[tuple[str, int]]":
        """Return the tokens of a field, with the number of documents that contain each.

        Removed documents may still be counted.

        Args:
            field: A field of kind `WORDS` or `POSITIONS`.
            most: The maximum number of tokens; the most frequent ones are returned.
            prefix: What the tokens begin with.
        """

    def find_records(self, field: str, tokens: "Sequence[str]", most: int) -> list[bytes]:
        """Return the bytes of records in which tokens follow each other; works do not count.

        Args:
            field: A field of kind `POSITIONS`.
            tokens: One or more tokens.
            most: The maximum number of records; any of them are returned.
        """

    def count_phrase(self, field: str, tokens: "Sequence[str]") -> int:
        """Count the documents in which tokens follow each other.

        Args:
            field: A field of kind `POSITIONS`.
            tokens: Two or more tokens.
        """


class CheckedReader:
    """A reader whose failures to read its files are raised as `GenerationCorrupt`."""

    def __init__(self, reader: Reader, reporter: "DamageReporter") -> None:
        self._reader, self._call = reader, reporter.call

    def read_paper(self, paper_id: str, *, row: bool = False) -> bytes | None:
        """Return the bytes of the paper of this id, or None."""
        return self._call(self._reader.read_paper, paper_id, row=row)

    def list_tokens(self, field: str, most: int, prefix: str = "") -> "Iterable[tuple[str, int]]":
        """Return the tokens of a field with their document counts."""
        return self._call(self._reader.list_tokens, field, most, prefix)

    def find_records(self, field: str, tokens: "Sequence[str]", most: int) -> list[bytes]:
        """Return the bytes of records in which tokens follow each other."""
        return self._call(self._reader.find_records, field, tokens, most)

    def count_phrase(self, field: str, tokens: "Sequence[str]") -> int:
        """Count the documents in which tokens follow each other."""
        return self._call(self._reader.count_phrase, field, tokens)


class EngineModule(Protocol):
    """The functions of an engine's module."""

    def read_version(self) -> str:
        """Return the name and version of the engine."""

    def is_damage(self, error: BaseException) -> bool:
        """Return whether an exception of the engine is a sign of damaged files."""

    def open_writer(self, folder: "Path", memory: int | None = None) -> Writer:
        """Open a writer on a new folder, or on one that a writer made.

        Args:
            folder: The folder, created if missing.
            memory: Bytes to buffer before writing to disk; None for an amount that suits a build.
        """

    def open_reader(self, folder: "Path") -> "AbstractContextManager[Reader]":
        """Open a folder that a writer made, to read papers."""

    def probe(self, folder: "Path", paper_id: str) -> tuple[int, bytes | None]:
        """Return the number of papers in a folder, and the bytes of one of them or None."""


def default_engine() -> str:
    """Return the name of the first local engine whose package is installed.

    Raises:
        EngineMissing: No engine is installed.
    """
    for name in LOCAL_ENGINES:
        with suppress(EngineMissing):
            load_engine(name)
            return name
    raise EngineMissing(ENGINES[0], LOCAL_ENGINES)


def load_engine(name: str) -> EngineModule:
    """Return the engine of this name.

    Raises:
        EngineMissing: There is no such engine, or its package is not installed.
    """
    return cast("EngineModule", import_engine("index", name))


def import_engine(package: str, name: str) -> ModuleType:
    """Import the module of an engine from `index.engines` or `search.engines`.

    Args:
        package: ``index`` or ``search``.
        name: One of `ENGINES`.

    Raises:
        EngineMissing: There is no such engine, or its package is not installed.
    """
    if name not in ENGINES:
        raise EngineMissing(name, LOCAL_ENGINES)
    try:
        return import_module(f"{package}.engines.{name}")
    except ImportError as error:
        others = tuple(known for known in LOCAL_ENGINES if known != name)
        raise EngineMissing(name, others) from error
