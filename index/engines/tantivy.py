"""Answers: how does Tantivy keep papers?"""

import os
import shutil
import time
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import tantivy

from index.engines import memory as machine
from index.errors import GenerationCorrupt
from index.fields import FIELDS, ROW, WORK, Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.engines.document import Document

RECORD = "record"
"""The field that keeps the paper's bytes."""

SPLIT = "spaces"
"""The tokeniser's name: the analyser has already made the tokens."""

HEAP_BYTES = 900_000_000
"""The writer's memory, half of it for each of its threads. Source: a build of 1,000,000 arXiv
records took 320 s with one thread and 300 MB, 285 with one and 600, 252 with two and 900; with one
thread all waits for 10 s whenever that writes a full part. The engine merges parts eight at a time:
two threads and 800 MB made eight of these records, and took 319 s. Other numbers of records make
eight with 900; these were those at hand."""

LEAST_BYTES = 60_000_000
"""The same on a small machine; the engine refuses less than 15 MB for a thread."""

SHARE = 4
"""The writer takes a quarter of the memory that there is; a build has other things too. Chosen."""

THREADS = 2
"""Threads that index: while one writes what it holds, the other takes papers."""

_OPTIONS = {Kind.WORDS: "freq", Kind.POSITIONS: "position"}
_WHOLE = {Kind.EXACT, Kind.KEY, Kind.ORDER}
_COLUMNAR = {Kind.EXACT, Kind.ORDER}


def read_version() -> str:
    """Name the engine and its version, for the manifest."""
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
    """Teach an index, new or opened, how its words are split."""
    splitter = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
    index.register_tokenizer(SPLIT, splitter)


class TantivyWriter:
    """Takes papers into a Tantivy index."""

    def __init__(self, folder: "Path", memory: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._index = tantivy.Index(build_schema(), str(folder))
        register_tokenizer(self._index)
        self._writer = self._index.writer(memory, THREADS)

    def add(self, entry: "Document", record: bytes) -> None:
        """Take one paper: its analysed fields and its bytes for display."""
        document = tantivy.Document()
        for field, value in entry.texts:
            document.add_text(field, value)
        for field, number in entry.integers:
            document.add_integer(field, number)
        document.add_bytes(RECORD, record)
        try:
            self._writer.add_document(document)
        except ValueError as error:
            raise OSError(_describe_error(error)) from error

    def remove(self, paper_id: str) -> None:
        """Forget the papers of this id, if any were added before."""
        self._writer.delete_documents_by_term("id", paper_id)

    def commit(self) -> None:
        """Make everything so far durable, and go on."""
        try:
            self._writer.commit()
        except ValueError as error:
            raise OSError(_describe_error(error)) from error

    def close(self) -> None:
        """Make everything durable and searchable; the writer ends here."""
        self.commit()
        try:
            self._writer.wait_merging_threads()
        except ValueError as error:
            raise OSError(_describe_error(error)) from error

    def abort(self) -> None:
        """End the writer without making anything searchable."""
        with suppress(ValueError):  # a writer that failed has nothing left to undo
            self._writer.rollback()


def _describe_error(error: ValueError) -> str:
    """Say why writing failed; the engine has one kind of error for all, a full disk included."""
    return f"the engine says: {' '.join(str(error).split())}"


def open_writer(folder: "Path", memory: int | None = None) -> TantivyWriter:
    """Open a writer into a folder that is empty or that a writer made; as `EngineModule`."""
    machine.return_large_blocks()
    return TantivyWriter(folder, memory or choose_heap(machine.read_memory_limit()))


def choose_heap(there: int) -> int:
    """Give the bytes that a writer takes of so many; they are used only as papers come."""
    return max(LEAST_BYTES, min(HEAP_BYTES, there // SHARE))


@contextmanager
def open_index(folder: "Path") -> "Iterator[tantivy.Index]":
    """Open what a writer made, for as long as it takes to get a searcher.

    Tantivy locks a file even to read. Where that cannot be written, because the disk is
    read-only or another user built the index, it is opened through links from a folder of ours.

    Raises:
        ValueError: It cannot be opened; also OSError.
    """
    with ExitStack() as stack:
        if not all(os.access(path, os.W_OK) for path in (folder, *folder.glob(".*.lock"))):
            links = Path(mkdtemp(prefix="papers-"))
            stack.callback(_remove, links)
            for path in folder.absolute().iterdir():
                if path.suffix != ".lock":
                    (links / path.name).symlink_to(path)
            folder = links
        index = tantivy.Index.open(str(folder))
        register_tokenizer(index)
        yield index


def _remove(folder: Path) -> None:
    """Remove a folder of links, though the engine may just be making its lock in it."""
    for _ in range(10):
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.01)


class TantivyReader:
    """Gives papers back."""

    def __init__(self, index: tantivy.Index) -> None:
        self._schema, self._searcher = index.schema, index.searcher()

    def read_paper(self, paper_id: str, *, row: bool = False) -> bytes | None:
        """Give the bytes of the paper of this id, or None; as `index.engines.Reader`."""
        called = tantivy.Query.term_query(self._schema, "id", paper_id, "basic")
        other = tantivy.Query.term_query(self._schema, "dup", WORK if row else ROW, "basic")
        query = tantivy.Query.boolean_query(
            [(tantivy.Occur.Must, called), (tantivy.Occur.MustNot, other)]
        )
        hits = self._searcher.search(query, 1, count=False).hits
        return bytes(self._searcher.doc(hits[0][1]).get_first(RECORD) or b"") if hits else None

    def list_tokens(self, field: str, most: int) -> list[tuple[str, int]]:
        """Give tokens and how frequent they are; as `index.engines.Reader`."""
        return self._searcher.terms_with_prefix(field, "", limit=most)


@contextmanager
def open_reader(folder: "Path") -> "Iterator[TantivyReader]":
    """Open what a writer made, to read papers.

    Raises:
        GenerationCorrupt: It cannot be read.
    """
    try:
        with open_index(folder) as index:
            found = TantivyReader(index)
    except (ValueError, OSError) as error:
        raise GenerationCorrupt(folder.parent.name, f"the engine says: {error}") from error
    yield found


def probe(folder: "Path", paper_id: str) -> tuple[int, bytes | None]:
    """Open what a writer made; count its papers and give the bytes of one of them."""
    try:
        with open_index(folder) as index:
            searcher = index.searcher()
        query = tantivy.Query.term_query(index.schema, "id", paper_id)
        hits = searcher.search(query, 1).hits
        record = searcher.doc(hits[0][1]).get_first(RECORD) if hits else None
    except (ValueError, OSError) as error:
        raise GenerationCorrupt(folder.parent.name, f"the engine says: {error}") from error
    return searcher.num_docs, record
