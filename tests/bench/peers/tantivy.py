"""Search with Tantivy alone: its own English stemmer, its query parser and its aggregations."""

from pathlib import Path
from typing import Any

import tantivy

from tests.bench.peers.peer import (
    COUNTED,
    DEPTH,
    TEXTS,
    TITLE_WEIGHT,
    Counts,
    Found,
    Mode,
    Paper,
    Papers,
    Peer,
)

HEAP = 512_000_000
"""Bytes that the writer buffers; chosen, the default is 128 MB."""

MOST_VALUES = 65_000
"""Values counted of each facet: Tantivy's own limit of buckets is 65,000."""

_COUNTED = {name: {"terms": {"field": name, "size": MOST_VALUES}} for name in COUNTED}


class Tantivy(Peer):
    """The engine below this program, without the program."""

    def build(self, folder: Path, papers: Papers) -> None:
        """Write, commit, and wait for merges."""
        index = tantivy.Index(_make_schema(), path=str(folder))
        writer = index.writer(HEAP)
        for paper in papers:
            writer.add_document(_make_document(paper))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> None:
        """Open the index."""
        self._index = tantivy.Index.open(str(folder))
        self._searcher = self._index.searcher()

    def search(self, words: list[str], mode: Mode, *, counts: bool) -> Found:
        """Parse, search, fetch, and aggregate on request."""
        query = self._index.parse_query(
            " ".join(words),
            list(TEXTS),
            field_boosts={"title": TITLE_WEIGHT},
            conjunction_by_default=mode is Mode.ALL,
        )
        hits = [self._searcher.doc(at) for _, at in self._searcher.search(query, DEPTH).hits]
        return Found(
            [str(hit.get_first("id")) for hit in hits],
            [(str(hit.get_first("title")), str(hit.get_first("abstract"))) for hit in hits],
            self._count(query) if counts else {},
        )

    def _count(self, query: tantivy.Query) -> Counts:
        told: dict[str, Any] = self._searcher.aggregate(query, _COUNTED)
        return {
            name: {_write_key(one["key"]): one["doc_count"] for one in told[name]["buckets"]}
            for name in COUNTED
        }


def _write_key(key: str | float) -> str:
    return key if isinstance(key, str) else str(int(key))


def _make_schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    for name in TEXTS:
        stored = name in {"title", "abstract"}
        builder.add_text_field(name, stored=stored, tokenizer_name="en_stem")
    builder.add_text_field("venue", fast=True, tokenizer_name="raw")
    builder.add_unsigned_field("year", fast=True)
    return builder.build()


def _make_document(paper: Paper) -> tantivy.Document:
    document = tantivy.Document()
    for name in ("id", *TEXTS):
        document.add_text(name, getattr(paper, name))
    if paper.venue:
        document.add_text("venue", paper.venue)
    if paper.year is not None:
        document.add_unsigned("year", paper.year)
    return document
