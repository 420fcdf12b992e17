"""Answers: what must an engine do to keep papers?

An engine stores what `index.fields` describes and nothing else; the rest of the index
knows engines only through `Writer` and by name.
"""

from contextlib import suppress
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Protocol, cast

from index.errors import EngineMissing

if TYPE_CHECKING:
    from collections.abc import Iterable
    from contextlib import AbstractContextManager
    from pathlib import Path

    from index.engines.document import Document

ENGINES = ("tantivy", "whoosh")
"""The engines by name, the first choice first; each is a module of this package."""


class Writer(Protocol):
    """Takes papers into one generation's engine folder, which may hold some."""

    def add(self, entry: "Document", record: bytes) -> None:
        """Take one paper: its analysed fields and its bytes for display."""

    def remove(self, paper_id: str) -> None:
        """Forget the papers of this id, if any were added before."""

    def commit(self) -> None:
        """Make everything so far durable, and go on."""

    def close(self) -> None:
        """Make everything durable and searchable; the writer ends here."""

    def abort(self) -> None:
        """End the writer without making anything searchable."""


class Reader(Protocol):
    """Gives papers back, of a folder that nobody writes."""

    def read_paper(self, paper_id: str, *, row: bool = False) -> bytes | None:
        """Give the bytes of the paper of this id, or None.

        Args:
            paper_id: Its id.
            row: Give the record of this id, and not the work that is made of it and others.
        """

    def list_tokens(self, field: str, most: int) -> "Iterable[tuple[str, int]]":
        """Give the tokens of a field and in how many documents each stands.

        Documents that were removed may still count, so a token may be of none.

        Args:
            field: Of those whose values are tokens.
            most: So many tokens at most, the most frequent ones.
        """


class EngineModule(Protocol):
    """What a module of this package offers."""

    def read_version(self) -> str:
        """Name the engine and its version."""

    def open_writer(self, folder: "Path", memory: int | None = None) -> Writer:
        """Open a writer into a folder that is empty or that a writer made.

        Args:
            folder: The folder; made if it is not there.
            memory: Bytes for what is not written yet; None takes what suits a build.
        """

    def open_reader(self, folder: "Path") -> "AbstractContextManager[Reader]":
        """Open what a writer made, to read papers."""

    def probe(self, folder: "Path", paper_id: str) -> tuple[int, bytes | None]:
        """Open what a writer made; count its papers and give the bytes of one of them."""


def default_engine() -> str:
    """Name the first engine whose package is installed.

    Raises:
        EngineMissing: None is.
    """
    for name in ENGINES:
        with suppress(EngineMissing):
            load_engine(name)
            return name
    raise EngineMissing(ENGINES[0], ENGINES)


def load_engine(name: str) -> EngineModule:
    """Give the engine of this name.

    Raises:
        EngineMissing: No such engine, or its package is not installed.
    """
    return cast("EngineModule", import_engine("index", name))


def import_engine(package: str, name: str) -> ModuleType:
    """Import the module of an engine from the engines of ``index`` or of ``search``.

    Raises:
        EngineMissing: No such engine, or its package is not installed.
    """
    others = tuple(known for known in ENGINES if known != name)
    if len(others) == len(ENGINES):
        raise EngineMissing(name, ENGINES)
    try:
        return import_module(f"{package}.engines.{name}")
    except ImportError as error:
        raise EngineMissing(name, others) from error
