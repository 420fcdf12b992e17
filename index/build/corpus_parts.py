"""Define what a corpus works with: the engine's side, and the batches of papers to write again."""

from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from index.build.messages import PackedBatch, PaperBatch, PreparedBatch, pack_batch
from index.engines.document import Document
from index.records import Paper

BATCH_PAPERS = 200
"""Papers that are analysed in one go."""

Prepare = Callable[[PackedBatch], Iterator[PreparedBatch]]
"""Takes a batch, and yields those that are ready by now."""

Drain = Callable[[], Iterator[PreparedBatch]]
"""Yields the batches that are still being prepared."""

Rewritten = tuple[str, str, Paper]
"""A paper to be written again: its key in the ledger, its value of ``dup``, the paper."""


class Papers(Protocol):
    """Holds the papers of a finished generation."""

    def read_paper(self, paper_id: str, *, row: bool = False) -> bytes | None:
        """Return the bytes of a paper; with `row`, those of the record behind a work."""


class Sink(Protocol):
    """Takes the papers; see `index.engines.engine.Writer`."""

    def add(self, entry: Document, record: bytes) -> None:
        """Add a paper."""

    def remove(self, paper_id: str) -> None:
        """Remove the papers of this id."""

    def commit(self) -> None:
        """Make everything so far durable."""


def batch_papers(papers: Iterable[Rewritten]) -> Iterator[PackedBatch]:
    """Yield papers to be written again in batches of `BATCH_PAPERS`."""
    waiting: list[Rewritten] = []
    for paper in papers:
        waiting.append(paper)
        if len(waiting) >= BATCH_PAPERS:
            yield pack_batch(PaperBatch(waiting))
            waiting = []
    if waiting:
        yield pack_batch(PaperBatch(waiting))
