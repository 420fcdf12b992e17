"""Answers: what does an engine, and what does the ledger get of a dump's record?

Pure but for looking records up in a ledger; it is done in processes beside the one that writes
(`index.build.worker_pool`), many records at a time.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from enum import StrEnum
from hashlib import blake2b
from io import BytesIO
from operator import attrgetter

import msgspec
from msgspec.structs import replace

from index.dumps.streams import Stream
from index.engines.document import Document, analyse_paper, make_part
from index.errors import RecordError
from index.fields import PART as PART_VALUE
from index.formats.registry import find_format
from index.normalise.paper import normalise
from index.people.alias_writer import key_names
from index.records import RECORD, Paper, RawRecord, Reject, Source
from index.scanners.excerpts import make_excerpt
from index.store.ledger import PART
from index.works.matcher import MatchingKeys, make_matching_keys

PERSON = "person"
"""The part that is no part of a paper: the names of one person, as if they were its authors."""

_NOWHERE = Source()
_NO_ENTRY = Document("")
_NO_MARKS = MatchingKeys()
_ENCODE = msgspec.msgpack.Encoder().encode
_SAID = attrgetter(*(n for n in RawRecord.__struct_fields__ if n not in {"source", "updated"}))


class Batch(msgspec.Struct, array_like=True, omit_defaults=True):
    """Records to prepare in one go: as they were read, or lines yet to be read, or papers.

    Attributes:
        kind: The format's name.
        date: The dump's date.
        licence: Of records that name none.
        since: Records that have not changed since this day are skipped; empty for none.
        records: As a reader gave them.
        lines: Whole lines of a file of one record a line.
        place: Where the lines stand; the number is of the record before them.
        papers: Papers to be written, with their key in the ledger and their value of ``dup``.
    """

    kind: str = ""
    date: str = ""
    licence: str = ""
    since: str = ""
    records: list[RawRecord] = []
    lines: bytes = b""
    place: Source = _NOWHERE
    papers: list[tuple[str, str, Paper]] = []

    def __len__(self) -> int:
        """Count the records, as far as that is known before they are read."""
        return len(self.records) + len(self.papers) + self.lines.count(b"\n")


BATCH = msgspec.msgpack.Decoder(Batch).decode
"""Reads a batch's bytes."""


class Packed(msgspec.Struct, array_like=True, frozen=True):
    """A batch as it goes from process to process.

    Attributes:
        message: Its bytes.
        count: How many records, as far as that is known.
    """

    message: bytes
    count: int

    @property
    def batch(self) -> Batch:
        """Return the batch."""
        return BATCH(self.message)


def packed(batch: Batch) -> Packed:
    """Pack a batch."""
    return Packed(_ENCODE(batch), len(batch))


class Outcome(StrEnum):
    """What a record turned out to be."""

    PAPER = "paper"
    KNOWN = "known"
    DELETED = "deleted"
    PERSON = "person"
    SKIPPED = "skipped"
    REJECTED = "rejected"


class Ready(msgspec.Struct, array_like=True, omit_defaults=True):
    """What became of one record.

    Attributes:
        outcome: What it is.
        kind: Its kind of dump.
        key: Its key in the ledger; of a deleted one the key of what is to go; a person's id.
        content: A digest of what the dump says of it.
        entry: What the engine is given, of a paper.
        record: The paper as bytes.
        marks: What it is matched by.
        repairs: How many texts each repair changed.
        reject: What is wrong with a rejected one.
        moved: The id under which a deleted one lives on.
        names: A person's names, see `index.people.alias_writer.key_names`.
    """

    outcome: Outcome
    kind: str = ""
    key: str = ""
    content: int = 0
    entry: Document = _NO_ENTRY
    record: bytes = b""
    marks: MatchingKeys = _NO_MARKS
    repairs: dict[str, int] = {}
    reject: Reject | None = None
    moved: str = ""
    names: dict[str, str] = {}


Done = tuple[Packed, list[Ready]]
"""A batch, and what became of each of its records."""

Known = Callable[[int], bool]
"""Tells whether a digest is that of a record that the index has."""


def prepared(batch: Batch, known: Known | None = None) -> Iterator[Ready]:
    """Repair and analyse records, one after the other.

    Args:
        batch: The records.
        known: Tells of which records nothing but that is to be said; None for none.

    Yields:
        What became of each, in order.
    """
    for given in batch.papers:
        yield _written(*given)
    for one in batch.records or _read(batch):
        yield _prepared(one, batch, known)


def _read(batch: Batch) -> Iterator[RawRecord | Reject]:
    if not batch.lines:
        return iter(())
    place = batch.place
    name = place.file or place.dump
    stream = Stream(place.dump, name, BytesIO(batch.lines), place.record, place.offset)
    return find_format(batch.kind).read(stream)


def _prepared(found: RawRecord | Reject, batch: Batch, known: Known | None) -> Ready:
    if isinstance(found, Reject):
        return Ready(Outcome.REJECTED, batch.kind, reject=found)
    if (other := _no_paper(found, batch.since)) is not None:
        return other
    content = _content(found)
    if known is not None and known(content):
        return Ready(Outcome.KNOWN, found.kind, content=content)
    whole = _placed(found, batch)
    repairs: Counter[str] = Counter()
    try:
        paper = normalise(whole, repairs)
    except RecordError as error:
        reject = Reject(whole.source, str(error), make_excerpt(found.title))
        return Ready(Outcome.REJECTED, found.kind, reject=reject)
    key = f"{paper.id}{PART}{found.part}" if found.part else paper.id
    ready = as_record(paper, key, content, found.kind)
    ready.repairs = dict(repairs)
    return ready


def _placed(found: RawRecord, batch: Batch) -> RawRecord:
    """Give a record that says of which day and licence it is."""
    source, licence = found.source, found.source.licence or batch.licence
    if source.date == batch.date and source.licence == licence:
        return found
    return replace(found, source=replace(source, date=batch.date, licence=licence))


def _no_paper(found: RawRecord, since: str) -> Ready | None:
    """Give what became of a record from which no paper is made, or None."""
    if found.deleted:
        return Ready(Outcome.DELETED, found.kind, _key(found.id), moved=_key(found.moved))
    if since and "" < found.updated < since:
        return Ready(Outcome.SKIPPED, found.kind)
    if found.part == PERSON:
        names = key_names(author.name for author in found.authors)
        return Ready(Outcome.PERSON, found.kind, _key(found.id), names=names)
    return None


def _key(text: str) -> str:
    """Write an id as `normalise` does."""
    return " ".join(text.split())


def as_record(paper: Paper, key: str, content: int, kind: str) -> Ready:
    """Give a paper, or a part of one, as a record of its own."""
    record = _ENCODE(paper)
    written = analyse_paper(paper) if paper.title else make_part(key)
    found = make_matching_keys(paper, written.title_exact.split())
    return Ready(Outcome.PAPER, kind, key, content, written, record, found)


def alias(old: str, new: str) -> Ready:
    """Give what says that a paper was once known under another id; no dump's own record."""
    paper = Paper(id=new, title="", ids={RECORD: old})
    key = f"{new}{PART}{old}"
    return as_record(paper, key, _digest(key.encode("utf-8", "replace")), "")


def _written(key: str, dup: str, paper: Paper) -> Ready:
    written = make_part(key) if dup == PART_VALUE else analyse_paper(paper, dup)
    return Ready(Outcome.PAPER, key=key, entry=written, record=_ENCODE(paper))


def _content(found: RawRecord) -> int:
    """Digest what a dump says of a paper, wherever in it and on whatever day."""
    return _digest(_ENCODE((found.source.licence, _SAID(found))))


def _digest(content: bytes) -> int:
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "big", signed=True)
