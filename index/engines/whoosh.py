"""Keep papers in Whoosh, which is pure Python: slower than a compiled engine, but portable."""

from collections.abc import Generator
from contextlib import ExitStack, contextmanager, suppress
from heapq import nlargest
from operator import itemgetter
from typing import TYPE_CHECKING

import msgspec
from whoosh import columns, formats, index
from whoosh.fields import COLUMN, FieldType, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.filedb.structfile import StructFile
from whoosh.query.compound import AndNot
from whoosh.query.positional import Phrase
from whoosh.query.terms import Term
from whoosh.searching import Searcher

from index.engines.damage import DamageReporter
from index.engines.engine import CheckedReader
from index.fields import FIELDS, ROW, WORK, Kind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from whoosh.reading import IndexReader

    from index.engines.document import Document

RECORD = "record"
"""The field that stores the paper's bytes."""

LENGTH = "_length"
"""Suffix of the columns with the number of tokens in a field; Whoosh's own lengths are rounded."""

POOL_BYTES = 256_000_000
"""The writer's memory in bytes before it sorts on disk, by Whoosh's own estimate. Chosen."""

TOKENS = {Kind.WORDS, Kind.POSITIONS}
_COLUMNAR = {Kind.EXACT, Kind.INTEGER, Kind.ORDER}
_LEAST = -(2**62)
_DIGITS = 20
_PACK = msgspec.msgpack.Encoder().encode


class Field(FieldType):
    """A field of `index.fields`, indexed from the list of its analysed values."""

    def __init__(self, kind: str) -> None:
        self.kind = kind
        self.indexed = kind != Kind.ORDER
        self.format = _choose_format(kind)
        self.column_type = columns.VarBytesColumn() if kind in _COLUMNAR else None

    def index(
        self,
        value: list[str] | list[int],
        **_: object,
    ) -> Generator[tuple[bytes, int, float, bytes]]:
        """Yield (token, frequency, weight, positions) for each token; called by Whoosh."""
        encode = _choose_format(self.kind).encode
        for token, positions in _find_positions(value, self.kind).items():
            count = len(positions)
            yield token.encode(), count, float(count), encode(positions)

    def to_column_value(self, value: list[str] | list[int]) -> bytes:
        """Return the values as the column stores them; called by Whoosh."""
        return _PACK(value)


def _choose_format(kind: str) -> formats.Positions | formats.Existence:
    return formats.Positions() if kind == Kind.POSITIONS else formats.Existence()


def _find_positions(values: list[str] | list[int], kind: str) -> dict[str, list[int]]:
    """Return the positions of every token; in a field of whole values each value is a token."""
    if kind in TOKENS:
        tokens = [token for value in values for token in str(value).split(" ")]
    else:
        tokens = [encode_number(v) if isinstance(v, int) else v for v in values]
    positions: dict[str, list[int]] = {}
    for position, token in enumerate(tokens):
        positions.setdefault(token, []).append(position)
    return positions


def encode_number(number: int) -> str:
    """Encode a number of 62 bits and a sign as a token, so that tokens sort like the numbers."""
    return f"{max(number, _LEAST) - _LEAST:0{_DIGITS}}"


def read_version() -> str:
    """Return the name and version of the engine, for the manifest."""
    from importlib.metadata import version as installed_version

    return f"whoosh3 {installed_version('whoosh3')}"


def build_schema() -> Schema:
    """Build the schema from the table of fields."""
    fields: dict[str, FieldType] = {name: Field(kind) for name, kind in FIELDS.items()}
    for name, kind in FIELDS.items():
        if kind in TOKENS:
            fields[name + LENGTH] = COLUMN(columns.NumericColumn("I"))
    return Schema(**fields, **{RECORD: COLUMN(columns.VarBytesColumn())})


# The first paper of a segment gets every column, even if empty: if a segment lacks a column, Whoosh
# reads the values of the next segment instead.
_EMPTY_COLUMNS: dict[str, list[str] | list[int]] = {
    name: [] for name, kind in FIELDS.items() if kind in _COLUMNAR
}
_EMPTY_LENGTHS = {name + LENGTH: 0 for name, kind in FIELDS.items() if kind in TOKENS}


class WhooshWriter:
    """Adds papers to a Whoosh index."""

    def __init__(self, folder: "Path", memory: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._megabytes = max(1, memory // 1_000_000)
        exists = index.exists_in(str(folder))
        self._index = (
            index.open_dir(str(folder)) if exists else index.create_in(str(folder), build_schema())
        )
        self._writer = self._index.writer(limitmb=self._megabytes)
        self._at_start = True
        self._added = self._index.doc_count_all()
        self._removed: dict[str, int] = {}

    def add(self, document: "Document", record: bytes) -> None:
        """Add one paper: its analysed fields, and its bytes for display."""
        values: dict[str, list[str] | list[int]] = {}
        for field, value in (*document.texts, *document.integers):
            values.setdefault(field, []).append(value)  # type: ignore[arg-type]  # a field holds one type
        lengths = {
            field + LENGTH: sum(str(value).count(" ") + 1 for value in found)
            for field, found in values.items()
            if FIELDS[field] in TOKENS
        }
        if self._at_start:
            values, lengths = _EMPTY_COLUMNS | values, _EMPTY_LENGTHS | lengths
            self._at_start = False
        self._writer.add_document(**values, **lengths, **{RECORD: record})
        self._added += 1

    def remove(self, paper_id: str) -> None:
        """Remove the papers of this id that were added before, if any."""
        self._removed[paper_id] = self._added

    def commit(self) -> None:
        """Make all changes so far durable, and continue."""
        self._finish()
        self._writer = self._index.writer(limitmb=self._megabytes)
        self._at_start = True

    def close(self) -> None:
        """Make all changes durable and searchable, and end the writer."""
        self._finish()
        self._index.close()

    def _finish(self) -> None:
        self._writer.commit(merge=False)
        if self._removed:
            self._delete_removed()
            self._removed.clear()

    def _delete_removed(self) -> None:
        """Delete the removed papers; Whoosh deletes only committed documents."""
        with self._index.reader() as reader:
            gone = [
                number
                for paper_id, before in self._removed.items()
                if ("id", paper_id.encode()) in reader
                for number in reader.postings("id", paper_id).all_ids()
                if number < before
            ]
        writer = self._index.writer()
        for number in gone:
            writer.delete_document(number)
        writer.commit(merge=False)

    def abort(self) -> None:
        """End the writer and discard what was not committed."""
        # A writer that failed, for example on a full disk, may fail again when it is cancelled.
        with suppress(Exception):
            self._writer.cancel()
        self._index.close()


def open_writer(folder: "Path", memory: int | None = None) -> WhooshWriter:
    """Open a writer on a new folder, or on one that a writer made; see `EngineModule`."""
    return WhooshWriter(folder, memory or POOL_BYTES)


class _Storage(FileStorage):
    """A folder whose files can be closed even if Whoosh finds them damaged and stops."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder, readonly=True)  # type: ignore[no-untyped-call]
        self._files: list[StructFile] = []

    def open_file(self, name: str, **options: object) -> StructFile:
        """Open a file; called by Whoosh."""
        file: StructFile = super().open_file(name, **options)  # type: ignore[no-untyped-call]
        self._files.append(file)
        return file

    def close(self) -> None:
        """Close the files that are still open."""
        for file in self._files:
            with suppress(Exception):  # already closed, or still memory-mapped
                file.close()


def is_damage(error: BaseException) -> bool:
    """Return whether an exception is a sign of damage; Whoosh has no error of its own for it."""
    return isinstance(error, Exception)


@contextmanager
def open_index(folder: "Path") -> "Generator[IndexReader]":
    """Open a folder that a writer made, for the duration of the block; see `is_damage`."""
    storage: FileStorage = _Storage(str(folder))
    try:
        with storage.open_index().reader() as reader:
            yield reader
    finally:
        storage.close()


def probe(folder: "Path", paper_id: str) -> tuple[int, bytes | None]:
    """Return the number of papers in a folder, and the bytes of one of them or None.

    Raises:
        GenerationCorrupt: The index cannot be read.
    """
    return DamageReporter(folder.parent.name, is_damage).call(_probe, folder, paper_id)


def _probe(folder: "Path", paper_id: str) -> tuple[int, bytes | None]:
    with open_index(folder) as reader:
        number = next(iter(Term("id", paper_id).docs(Searcher(reader))), None)
        column = reader.column_reader(RECORD, translate=False)
        return reader.doc_count(), None if number is None else bytes(column[number])


class WhooshReader:
    """Reads papers from a Whoosh index."""

    def __init__(self, found: "IndexReader") -> None:
        self._reader = found
        self._searcher = Searcher(found)
        self._records = found.column_reader(RECORD, translate=False)

    def read_paper(self, paper_id: str, *, row: bool = False) -> bytes | None:
        """Return the bytes of the paper of this id, or None; see `index.engines.engine.Reader`."""
        others = self._list_numbers("dup", WORK if row else ROW)
        number = next(
            (each for each in self._list_numbers("id", paper_id) if each not in others), None
        )
        return None if number is None else bytes(self._records[number])

    def list_tokens(self, field: str, most: int, prefix: str = "") -> list[tuple[str, int]]:
        """Return tokens with their document counts; see `index.engines.engine.Reader`."""
        counted = (
            (token.decode(), int(self._reader.doc_frequency(field, token)))
            for token in self._reader.expand_prefix(field, prefix)
        )
        return nlargest(most, counted, key=itemgetter(1))

    def find_records(self, field: str, tokens: "Sequence[str]", most: int) -> list[bytes]:
        """Return records with a phrase; see `index.engines.engine.Reader`."""
        wanted = AndNot(Phrase(field, list(tokens)), Term("dup", WORK))
        return [bytes(self._records[number]) for number in wanted.docs(self._searcher)][:most]

    def count_phrase(self, field: str, tokens: "Sequence[str]") -> int:
        """Count the documents with a phrase; see `index.engines.engine.Reader`."""
        return len(list(Phrase(field, list(tokens)).docs(self._searcher)))

    def _list_numbers(self, field: str, value: str) -> list[int]:
        return list(Term(field, value).docs(self._searcher))


@contextmanager
def open_reader(folder: "Path") -> "Generator[CheckedReader]":
    """Open a folder that a writer made, to read papers.

    Raises:
        GenerationCorrupt: The index cannot be read, now or later.
    """
    reporter = DamageReporter(folder.parent.name, is_damage)
    with ExitStack() as stack:
        reader = reporter.call(_open_reader, folder, stack)
        yield CheckedReader(reader, reporter)


def _open_reader(folder: "Path", stack: ExitStack) -> WhooshReader:
    return WhooshReader(stack.enter_context(open_index(folder)))
