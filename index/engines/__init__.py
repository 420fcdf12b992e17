"""Answers: what must an engine do to keep papers?

An engine stores what `index.fields` describes and nothing else; the rest of the index
knows engines only through `Writer` and by name.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Protocol, cast

from index.errors import EngineMissing

if TYPE_CHECKING:
    from pathlib import Path

    from index.entries import Entry

ENGINES = ("tantivy",)
"""The engines by name, the default first; each is a module of this package."""


class Writer(Protocol):
    """Takes papers into one generation's engine folder."""

    def add(self, entry: "Entry", record: bytes) -> None:
        """Take one paper: its analysed fields and its bytes for display."""

    def remove(self, paper_id: str) -> None:
        """Forget the paper of this id, if it was added before."""

    def close(self) -> None:
        """Make everything durable and searchable; the writer ends here."""

    def abort(self) -> None:
        """End the writer without making anything searchable."""


class EngineModule(Protocol):
    """What a module of this package offers."""

    def version(self) -> str:
        """Name the engine and its version."""

    def writer(self, folder: "Path") -> Writer:
        """Open a writer into an empty folder."""

    def probe(self, folder: "Path", paper_id: str) -> tuple[int, bytes | None]:
        """Open what a writer made; count its papers and give the bytes of one of them."""


def engine(name: str) -> EngineModule:
    """Give the engine of this name.

    Raises:
        EngineMissing: No such engine, or its package is not installed.
    """
    if name not in ENGINES:
        raise EngineMissing(name, ENGINES)
    try:
        return cast("EngineModule", import_module(f"index.engines.{name}"))
    except ImportError as error:
        raise EngineMissing(name, ENGINES) from error
