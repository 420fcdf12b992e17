"""The messages between the processes of a build: batches of records, and what became of them."""

from collections.abc import Callable
from enum import StrEnum

import msgspec

from index.engines.document import Document
from index.records import Paper, RawRecord, Reject, Source
from index.works.matcher import MatchingKeys

_NO_DOCUMENT = Document("")
_NO_KEYS = MatchingKeys()


class Origin(msgspec.Struct, array_like=True, frozen=True):
    """What is known of the dump that a batch of records comes from.

    Attributes:
        format: The short name of the format.
        date: The dump's date, ``YYYY-MM-DD``.
        licence: The licence of records that name none.
        since: Records that have not changed since this day are skipped; empty for none.
    """

    format: str = ""
    date: str = ""
    licence: str = ""
    since: str = ""


class RecordBatch(msgspec.Struct, array_like=True, frozen=True, tag="records"):
    """Records that a reader has read.

    Attributes:
        origin: The dump they come from.
        records: The records in the order of the file.
    """

    origin: Origin
    records: list[RawRecord]

    def __len__(self) -> int:
        """Return the number of records."""
        return len(self.records)


class LineBatch(msgspec.Struct, array_like=True, frozen=True, tag="lines"):
    """Whole lines of a file that has one record per line, yet to be read.

    Attributes:
        origin: The dump they come from.
        lines: The lines.
        location: Where they start: the dump, the file, the offset of the first line, and the
            number of the record before it.
    """

    origin: Origin
    lines: bytes
    location: Source

    def __len__(self) -> int:
        """Return the number of lines, blank ones included: it bounds that of the records."""
        return self.lines.count(b"\n")


class PaperBatch(msgspec.Struct, array_like=True, frozen=True, tag="papers"):
    """Papers to be written again, because the works of their records have changed.

    Attributes:
        papers: Each with its key in the ledger and its value of the field ``dup``.
    """

    papers: list[tuple[str, str, Paper]]

    def __len__(self) -> int:
        """Return the number of papers."""
        return len(self.papers)


Batch = RecordBatch | LineBatch | PaperBatch
"""What is prepared in one go."""

encode = msgspec.msgpack.Encoder().encode
decode_batch: Callable[[bytes], Batch] = msgspec.msgpack.Decoder(Batch).decode


class PackedBatch(msgspec.Struct, array_like=True, frozen=True):
    """A batch as it goes from process to process.

    Attributes:
        message: Its bytes.
        count: How many records it holds, at most.
    """

    message: bytes
    count: int

    def unpack(self) -> Batch:
        """Decode the batch."""
        return decode_batch(self.message)


def pack_batch(batch: Batch) -> PackedBatch:
    """Encode a batch, so that it can be sent."""
    return PackedBatch(encode(batch), len(batch))


class Outcome(StrEnum):
    """What a record turned out to be."""

    PAPER = "paper"
    KNOWN = "known"
    DELETED = "deleted"
    PERSON = "person"
    CITATION = "citation"
    SKIPPED = "skipped"
    REJECTED = "rejected"


class PreparedRecord(msgspec.Struct, array_like=True, omit_defaults=True):
    """What became of one record.

    Attributes:
        outcome: What it turned out to be.
        format: The short name of its format.
        key: Its key in the ledger; of a deletion, the key of the record that is to go; of a
            person, the person's id; of a citation, the id of the citing paper.
        content: A digest of what the dump says of it.
        document: Of a paper, what the engine indexes.
        paper: Of a paper, its encoded form.
        matching_keys: Of a paper, what it is matched by.
        repairs: How many texts each repair changed.
        reject: Of a rejected record, what is wrong with it.
        moved: Of a deletion, the id under which the paper lives on.
        names: Of a person, the names, see `index.people.alias_writer`.
        odd: Of a paper, the fields of the dump with a value of an unexpected type.
        references: Of a paper or a citation, what it cites, see `index.references.identifiers`.
    """

    outcome: Outcome
    format: str = ""
    key: str = ""
    content: int = 0
    document: Document = _NO_DOCUMENT
    paper: bytes = b""
    matching_keys: MatchingKeys = _NO_KEYS
    repairs: dict[str, int] = {}
    reject: Reject | None = None
    moved: str = ""
    names: dict[str, str] = {}
    odd: tuple[str, ...] = ()
    references: bytes = b""


decode_prepared = msgspec.msgpack.Decoder(list[PreparedRecord]).decode

PreparedBatch = tuple[PackedBatch, list[PreparedRecord]]
"""A batch, and what became of each of its records, in order."""
