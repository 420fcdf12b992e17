"""Keep papers in Tantivy, a compiled engine."""

import os
import shutil
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
import tantivy

from index.engines import memory as machine
from index.engines.damage import DamageReporter
from index.engines.engine import CheckedReader
from index.fields import FIELDS, ROW, WORK, Kind
from index.temporary_files import link_temporarily

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from index.engines.document import Document

RECORD = "record"
"""The field that stores the paper's bytes."""

SPLIT = "spaces"
"""The name of the tokeniser, which only splits at spaces: the analyser has made the tokens."""

HEAP_BYTES = 900_000_000
"""The writer's memory in bytes, shared by its threads. Measured on a build of 1,000,000 arXiv
records: 320 s with one thread and 300 MB, 285 s with one and 600 MB, 252 s with two and 900 MB.
With one thread the build waits 10 s whenever the thread writes a full segment. Tantivy merges eight
segments at a time: two threads and 800 MB made eight segments of these records, and took 319 s.
With 900 MB, other numbers of records reach eight; only these were measured."""

LEAST_BYTES = 60_000_000
"""The least memory of a writer, for small machines; Tantivy requires 15 MB per thread."""

SHARE = 4
"""The writer takes a quarter of the available memory, since a build needs the rest. Chosen."""

THREADS = 2
"""Indexing threads: while one writes its segment, the other takes papers."""

_OPTIONS = {Kind.WORDS: "freq", Kind.POSITIONS: "position"}
_WHOLE = {Kind.EXACT, Kind.KEY, Kind.ORDER}
_COLUMNAR = {Kind.EXACT, Kind.ORDER}


def read_version() -> str:
    """Return the name and version of the engine, for the manifest."""
    from importlib.metadata import version as installed_version

    return f"tantivy {installed_version('tantivy')}"


def build_schema() -> tantivy.Schema:
    """Build the schema from the table of fields."""
    builder = tantivy.SchemaBuilder()
    for name, kind in FIELDS.items():
        if kind is Kind.INTEGER:
            builder.add_integer_field(name, indexed=True, fast=True)
        elif kind in _WHOLE:
            fast = kind in _COLUMNAR
            builder.add_text_field(name, fast=fast, tokenizer_name="raw", index_option="basic")
        else:
            builder.add_text_field(name, tokenizer_name=SPLIT, index_option=_OPTIONS[kind])
    builder.add_bytes_field(RECORD, stored=True)
    return builder.build()


def register_tokenizer(index: tantivy.Index) -> None:
    """Register the tokeniser that splits at spaces with an index, new or opened."""
    splitter = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(SPLIT, splitter)


class TantivyWriter:
    """Adds papers to a Tantivy index."""

    def __init__(self, folder: "Path", memory: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._index = tantivy.Index(build_schema(), str(folder))
        register_tokenizer(self._index)
        self._writer = self._index.writer(memory, THREADS)

    def add(self, document: "Document", record: bytes) -> None:
        """Add one paper: its analysed fields, and its bytes for display."""
        added = tantivy.Document()
        for field, value in document.texts:
            added.add_text(field, value)
        for field, number in document.integers:
            added.add_integer(field, number)
        added.add_bytes(RECORD, record)
        try:
            self._writer.add_document(added)
        except ValueError as error:
            raise OSError(_describe_error(error)) from error

    def remove(self, paper_id: str) -> None:
        """Remove the papers of this id that were added before, if any."""
        self._writer.delete_documents_by_term("id", paper_id)

    def commit(self) -> None:
        """Make all changes so far durable, and continue."""
        try:
            self._writer.commit()
        except ValueError as error:
            raise OSError(_describe_error(error)) from error

    def close(self) -> None:
        """Make all changes durable and searchable, and end the writer."""
        self.commit()
        try:
            self._writer.wait_merging_threads()
        except ValueError as error:
            raise OSError(_describe_error(error)) from error

    def abort(self) -> None:
        """End the writer and discard what was not committed."""
        with suppress(ValueError):  # a writer that failed has nothing to roll back
            self._writer.rollback()


def _describe_error(error: ValueError) -> str:
    """Return why writing failed; Tantivy raises ValueError for every cause, even a full disk."""
    return f"engine error: {' '.join(str(error).split())}"


def open_writer(folder: "Path", memory: int | None = None) -> TantivyWriter:
    """Open a writer on a new folder, or on one that a writer made; see `EngineModule`."""
    machine.return_large_blocks()
    return TantivyWriter(folder, memory or choose_heap(machine.read_memory_limit()))


def choose_heap(available: int) -> int:
    """Return the bytes that a writer may take of those available; it uses them as papers come."""
    return max(LEAST_BYTES, min(HEAP_BYTES, available // SHARE))


@contextmanager
def open_index(folder: "Path") -> "Iterator[tantivy.Index]":
    """Open a folder that a writer made, for as long as it takes to get a searcher.

    Tantivy locks a file even to read. If the folder is not writable, because the disk is read-only
    or another user built the index, it is opened through links in a temporary folder.

    Raises:
        ValueError: The index is damaged.
        OSError: The files cannot be read.
        TemporaryFolderUnusable: The links cannot be made.
    """
    with ExitStack() as stack:
        if not all(os.access(path, os.W_OK) for path in (folder, *folder.glob(".*.lock"))):
            files = [path for path in folder.absolute().iterdir() if path.suffix != ".lock"]
            folder = link_temporarily(files, "papers-")
            stack.callback(_remove_links, folder)
        index = tantivy.Index.open(str(folder))
        register_tokenizer(index)
        yield index


def _remove_links(folder: Path) -> None:
    """Remove a folder of links, retrying since Tantivy may be creating its lock file there."""
    for _ in range(10):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.01)


def is_damage(error: BaseException) -> bool:
    """Return whether an exception is a sign of damaged files.

    Tantivy raises ValueError for every cause. Where it does not expect damage, an assertion fails:
    a PanicException, which is no Exception and whose class cannot be imported.
    """
    if isinstance(error, ValueError):
        return not str(error).startswith("An invalid argument")
    return isinstance(error, OSError | msgspec.MsgspecError) or not isinstance(
        error, Exception | KeyboardInterrupt | SystemExit | GeneratorExit
    )


class TantivyReader:
    """Reads papers from a Tantivy index; without a `CheckedReader` raises what Tantivy raises."""

    def __init__(self, index: tantivy.Index) -> None:
        self._schema, self._searcher = index.schema, index.searcher()

    def read_paper(self, paper_id: str, *, row: bool = False) -> bytes | None:
        """Return the bytes of the paper of this id, or None; see `index.engines.engine.Reader`."""
        wanted = tantivy.Query.term_query(self._schema, "id", paper_id, "basic")
        other = tantivy.Query.term_query(self._schema, "dup", WORK if row else ROW, "basic")
        query = tantivy.Query.boolean_query(
            [(tantivy.Occur.Must, wanted), (tantivy.Occur.MustNot, other)]
        )
        hits = self._searcher.search(query, 1, count=False).hits
        return bytes(self._searcher.doc(hits[0][1]).get_first(RECORD) or b"") if hits else None

    def list_tokens(self, field: str, most: int, prefix: str = "") -> list[tuple[str, int]]:
        """Return tokens with their document counts; see `index.engines.engine.Reader`."""
        return self._searcher.terms_with_prefix(field, prefix, limit=most)

    def find_records(self, field: str, tokens: "Sequence[str]", most: int) -> list[bytes]:
        """Return records with a phrase; see `index.engines.engine.Reader`."""
        work = tantivy.Query.term_query(self._schema, "dup", WORK, "basic")
        query = tantivy.Query.boolean_query(
            [
                (tantivy.Occur.Must, self._match_phrase(field, tokens)),
                (tantivy.Occur.MustNot, work),
            ]
        )
        hits = self._searcher.search(query, most, count=False).hits
        return [bytes(self._searcher.doc(hit[1]).get_first(RECORD) or b"") for hit in hits]

    def count_phrase(self, field: str, tokens: "Sequence[str]") -> int:
        """Count the documents with a phrase; see `index.engines.engine.Reader`."""
        found = self._searcher.search(self._match_phrase(field, tokens), 1, count=True)
        return int(found.count)  # type: ignore[attr-defined]  # missing in its stubs

    def _match_phrase(self, field: str, tokens: "Sequence[str]") -> tantivy.Query:
        if len(tokens) == 1:
            return tantivy.Query.term_query(self._schema, field, tokens[0], "basic")
        return tantivy.Query.phrase_query(self._schema, field, list(tokens))


@contextmanager
def open_reader(folder: "Path") -> "Iterator[CheckedReader]":
    """Open a folder that a writer made, to read papers.

    Raises:
        GenerationCorrupt: The index cannot be read, now or later.
    """
    reporter = DamageReporter(folder.parent.name, is_damage)
    yield CheckedReader(reporter.call(_open_reader, folder), reporter)


def _open_reader(folder: "Path") -> TantivyReader:
    with open_index(folder) as index:
        return TantivyReader(index)


def probe(folder: "Path", paper_id: str) -> tuple[int, bytes | None]:
    """Return the number of papers in a folder, and the bytes of one of them or None.

    Raises:
        GenerationCorrupt: The index cannot be read.
    """
    return DamageReporter(folder.parent.name, is_damage).call(_probe, folder, paper_id)


def _probe(folder: "Path", paper_id: str) -> tuple[int, bytes | None]:
    with open_index(folder) as index:
        searcher = index.searcher()
    query = tantivy.Query.term_query(index.schema, "id", paper_id)
    hits = searcher.search(query, 1).hits
    record = searcher.doc(hits[0][1]).get_first(RECORD) if hits else None
    return searcher.num_docs, record
