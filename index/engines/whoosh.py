"""Answers: how does Whoosh keep papers?

Whoosh is pure Python: slower than compiled engines, and there wherever Python is.
"""

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

from index.errors import GenerationCorrupt
from index.fields import FIELDS, ROW, WORK, Kind

if TYPE_CHECKING:
    from pathlib import Path

    from whoosh.reading import IndexReader

    from index.engines.document import Document

RECORD = "record"
"""The field that keeps the paper's bytes."""

LENGTH = "_length"
"""Ends the name of the column that keeps how many tokens a paper has in a field: Whoosh's own
lengths are rounded."""

POOL_BYTES = 256_000_000
"""The writer's memory before it sorts on disk, in Whoosh's own estimate. Chosen, not measured."""

TOKENS = {Kind.WORDS, Kind.POSITIONS}
_COLUMNAR = {Kind.EXACT, Kind.INTEGER, Kind.ORDER}
_LEAST = -(2**62)
_DIGITS = 20
_PACK = msgspec.msgpack.Encoder().encode


class Field(FieldType):
    """A field of `index.fields`; takes the list of its values, already analysed."""

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
        """Give (token, frequency, weight, positions) for each token, as Whoosh asks for them."""
        encode = _choose_format(self.kind).encode
        for token, places in _find_positions(value, self.kind).items():
            yield token.encode(), len(places), float(len(places)), encode(places)

    def to_column_value(self, value: list[str] | list[int]) -> bytes:
        """Give the values as the column keeps them."""
        return _PACK(value)


def _choose_format(kind: str) -> formats.Positions | formats.Existence:
    return formats.Positions() if kind == Kind.POSITIONS else formats.Existence()


def _find_positions(values: list[str] | list[int], kind: str) -> dict[str, list[int]]:
    """Give the places of every token; a whole value is a token."""
    if kind in TOKENS:
        found = [token for value in values for token in str(value).split(" ")]
    else:
        found = [encode_number(v) if isinstance(v, int) else v for v in values]
    places: dict[str, list[int]] = {}
    for at, token in enumerate(found):
        places.setdefault(token, []).append(at)
    return places


def encode_number(number: int) -> str:
    """Write a number so that tokens are in the order of numbers; 62 bits and a sign."""
    return f"{max(number, _LEAST) - _LEAST:0{_DIGITS}}"


def read_version() -> str:
    """Name the engine and its version, for the manifest."""
    from importlib.metadata import version as installed_version

    return f"whoosh3 {installed_version('whoosh3')}"


def build_schema() -> Schema:
    """Build the schema from the table of fields."""
    fields: dict[str, FieldType] = {name: Field(kind) for name, kind in FIELDS.items()}
    for name, kind in FIELDS.items():
        if kind in TOKENS:
            fields[name + LENGTH] = COLUMN(columns.NumericColumn("I"))
    return Schema(**fields, **{RECORD: COLUMN(columns.VarBytesColumn())})


# The first paper of a segment has every column, though empty: where a segment lacks one, Whoosh
# takes the next segment's values for those of this one.
_EMPTY_COLUMNS: dict[str, list[str] | list[int]] = {
    name: [] for name, kind in FIELDS.items() if kind in _COLUMNAR
}
_EMPTY_LENGTHS = {name + LENGTH: 0 for name, kind in FIELDS.items() if kind in TOKENS}


class WhooshWriter:
    """Takes papers into a Whoosh index."""

    def __init__(self, folder: "Path", memory: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._megabytes = max(1, memory // 1_000_000)
        there = index.exists_in(str(folder))
        self._index = (
            index.open_dir(str(folder)) if there else index.create_in(str(folder), build_schema())
        )
        self._writer = self._index.writer(limitmb=self._megabytes)
        self._at_start = True
        self._added = self._index.doc_count_all()
        self._removed: dict[str, int] = {}

    def add(self, entry: "Document", record: bytes) -> None:
        """Take one paper: its analysed fields and its bytes for display."""
        values: dict[str, list[str] | list[int]] = {}
        for field, value in (*entry.texts, *entry.integers):
            values.setdefault(field, []).append(value)  # type: ignore[arg-type]  # one kind a field
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
        """Forget the papers of this id, if any were added before."""
        self._removed[paper_id] = self._added

    def commit(self) -> None:
        """Make everything so far durable, and go on."""
        self._finish()
        self._writer = self._index.writer(limitmb=self._megabytes)
        self._at_start = True

    def close(self) -> None:
        """Make everything durable and searchable; the writer ends here."""
        self._finish()
        self._index.close()

    def _finish(self) -> None:
        self._writer.commit(merge=False)
        if self._removed:
            self._forget()
            self._removed.clear()

    def _forget(self) -> None:
        """Delete what was removed; Whoosh deletes only what it has committed."""
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
        """End the writer without making anything searchable."""
        # A writer that failed, for a full disk perhaps, may fail again when it is ended.
        with suppress(Exception):
            self._writer.cancel()
        self._index.close()


def open_writer(folder: "Path", memory: int | None = None) -> WhooshWriter:
    """Open a writer into a folder that is empty or that a writer made; as `EngineModule`."""
    return WhooshWriter(folder, memory or POOL_BYTES)


class _Storage(FileStorage):
    """A folder of files, closed again where they turn out to be damaged."""

    def __init__(self, folder: str) -> None:
        super().__init__(folder, readonly=True)  # type: ignore[no-untyped-call]
        self._files: list[StructFile] = []

    def open_file(self, name: str, **options: object) -> StructFile:
        """Open a file, as Whoosh asks for it."""
        file: StructFile = super().open_file(name, **options)  # type: ignore[no-untyped-call]
        self._files.append(file)
        return file

    def close(self) -> None:
        """Close what is still open."""
        for file in self._files:
            with suppress(Exception):  # closed already, or lent to a map of memory
                file.close()


@contextmanager
def open_index(folder: "Path") -> "Generator[IndexReader]":
    """Open what a writer made, for as long as it is read.

    Raises:
        GenerationCorrupt: It cannot be read. Whoosh has no error of its own for damage.
    """
    storage: FileStorage = _Storage(str(folder))
    try:
        with storage.open_index().reader() as reader:
            yield reader
    except Exception as error:
        said = " ".join(f"{type(error).__name__}: {error}".split())
        raise GenerationCorrupt(folder.parent.name, f"the engine says: {said[:200]}") from error
    finally:
        storage.close()


def probe(folder: "Path", paper_id: str) -> tuple[int, bytes | None]:
    """Open what a writer made; count its papers and give the bytes of one of them."""
    with open_index(folder) as reader:
        number = find_number(reader, paper_id)
        column = reader.column_reader(RECORD, translate=False)
        return reader.doc_count(), None if number is None else bytes(column[number])


class WhooshReader:
    """Gives papers back."""

    def __init__(self, found: "IndexReader") -> None:
        self._reader = found
        self._records = found.column_reader(RECORD, translate=False)

    def read_paper(self, paper_id: str, *, row: bool = False) -> bytes | None:
        """Give the bytes of the paper of this id, or None; as `index.engines.Reader`."""
        others = self._numbers("dup", WORK if row else ROW)
        number = next((each for each in self._numbers("id", paper_id) if each not in others), None)
        return None if number is None else bytes(self._records[number])

    def list_tokens(self, field: str, most: int) -> list[tuple[str, int]]:
        """Give tokens and how frequent they are; as `index.engines.Reader`."""
        counted = (
            (token.decode(), int(self._reader.doc_frequency(field, token)))
            for token in self._reader.lexicon(field)
        )
        return nlargest(most, counted, key=itemgetter(1))

    def _numbers(self, field: str, value: str) -> list[int]:
        if (field, value.encode()) not in self._reader:
            return []
        return list(self._reader.postings(field, value).all_ids())


@contextmanager
def open_reader(folder: "Path") -> "Generator[WhooshReader]":
    """Open what a writer made, to read papers.

    Raises:
        GenerationCorrupt: It cannot be read.
    """
    stack = ExitStack()
    found = WhooshReader(stack.enter_context(open_index(folder)))
    try:
        yield found
    finally:
        stack.close()  # whatever failed in between is no damage of the index


def find_number(reader: "IndexReader", paper_id: str) -> int | None:
    """Give the number of the paper of this id, or None."""
    if ("id", paper_id.encode()) not in reader:
        return None
    found: int | None = next(reader.postings("id", paper_id).all_ids(), None)
    return found
