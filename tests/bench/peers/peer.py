"""Define what is asked of every engine that this program is compared with.

This module and `worker` import the standard library alone, since a peer may run under another
Python than this program does.
"""

import importlib
import json
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

PEERS = {
    "tantivy": "tantivy:Tantivy",
    "whoosh": "whoosh:Whoosh",
    "fts5": "fts5:Fts5",
    "xapian": "xapian:Xapian",
    "bm25s": "bm25s:Bm25s",
    "opensearch": "opensearch:OpenSearch",
    "papersearch": "papersearch:InProcess",
    "papersearch-whoosh": "papersearch:OnWhoosh",
    "papersearch-http": "over_http:OverHttp",
    "papersearch-command": "as_command:AsCommand",
}
"""The module in this folder and the class of every peer, in the order of the tables."""

OPENSEARCH = "PAPERS_PEER_OPENSEARCH"
"""The environment variable with the address of a cluster; its index ``papers-peer`` is replaced."""

TITLE_WEIGHT = 3
"""How much more a word of the title counts than one elsewhere, for each peer that has weights;
chosen, the same for all."""

DEPTH = 10
"""Hits that a search fetches, with title and abstract."""


class Mode(StrEnum):
    """Whether a paper must have all of the words or any of them."""

    ALL = "all"
    ANY = "any"


class Paper(NamedTuple):
    """What a peer indexes of one paper: searched text in five fields, and two facets."""

    id: str
    title: str
    abstract: str
    authors: str
    topics: str
    places: str
    venue: str
    year: int | None


TEXTS = ("title", "abstract", "authors", "topics", "places")
"""The fields of `Paper` that are searched."""

COUNTED = ("venue", "year")
"""The fields of `Paper` whose values are counted."""

Counts = dict[str, dict[str, int]]
"""How many of the papers found have each value, by field; papers without a value do not count."""


class Found(NamedTuple):
    """The answer to a search.

    Attributes:
        ids: The ids of the best papers, best first.
        texts: The title and abstract of each.
        counts: Of all papers that match; empty if not asked for.
    """

    ids: list[str]
    texts: list[tuple[str, str]]
    counts: Counts


@dataclass(slots=True)
class Papers:
    """The papers of a file in the project's own format, one on each line.

    Attributes:
        path: The file.
        limit: The number of papers to read.
        reading: Processor seconds spent reading so far, which are not the peer's own.
        read: The number of papers read so far.
    """

    path: Path
    limit: int
    reading: float = field(default=0.0, init=False)
    read: int = field(default=0, init=False)

    def __iter__(self) -> Iterator[Paper]:
        with self.path.open(encoding="utf-8") as file:
            while self.read < self.limit:
                started = time.thread_time()
                line = file.readline()
                paper = parse_paper(json.loads(line)) if line else None
                self.reading += time.thread_time() - started
                if paper is None:
                    return
                self.read += 1
                yield paper


def parse_paper(record: dict[str, Any]) -> Paper:
    """Return what peers index of a record in the project's own format."""
    shows = record.get("appearances") or [record]
    authors = record.get("authors", ())
    places = (f"{show.get('venue') or ''} {show.get('year') or ''}" for show in shows)
    return Paper(
        id=str(record["id"]),
        title=record["title"],
        abstract=record.get("abstract") or "",
        authors="; ".join(one if isinstance(one, str) else one["name"] for one in authors),
        topics="; ".join(record.get("topics") or ()),
        places="; ".join(places),
        venue=shows[0].get("venue") or "",
        year=shows[0].get("year"),
    )


class Peer(ABC):
    """One engine, used as its own documentation recommends.

    Attributes:
        modes: What it can require of the words.
        typed: The mode of words that are just typed, by which its ranking is judged.
        sample: How many of the queries it answers; None for all.
    """

    modes: tuple[Mode, ...] = (Mode.ALL, Mode.ANY)
    typed = Mode.ANY
    sample: int | None = None

    @abstractmethod
    def build(self, folder: Path, papers: Papers) -> None:
        """Index all papers in an empty folder."""

    @abstractmethod
    def open(self, folder: Path) -> None:
        """Open what was built, with no answer kept from before."""

    @abstractmethod
    def search(self, words: list[str], mode: Mode, *, counts: bool) -> Found:
        """Find the best papers for words of letters and digits, in small letters."""

    def processor_seconds(self) -> float:
        """Return the processor time used so far, that of other processes of the peer included."""
        return time.process_time()

    def measure_bytes(self, folder: Path) -> int:
        """Return the size of what was built."""
        return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())

    def close(self) -> None:  # noqa: B027 - most peers have nothing to end
        """End what `open` started."""


def load_peer(name: str) -> Peer:
    """Return a peer by name.

    Raises:
        ImportError: Its package is not installed for this Python.
    """
    module, _, kind = PEERS[name].partition(":")
    found: Peer = getattr(importlib.import_module(f"tests.bench.peers.{module}"), kind)()
    return found
