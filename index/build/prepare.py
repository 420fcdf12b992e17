"""Turn raw records into what the engine and the ledger store of them.

The functions are pure, except that they look records up in a ledger. They run in processes beside
the one that writes (`index.build.worker_pool`), on a batch of records at a time.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from hashlib import blake2b
from io import BytesIO
from itertools import islice
from operator import attrgetter

from msgspec.structs import replace

from index.build.messages import (
    Batch,
    LineBatch,
    Origin,
    Outcome,
    PaperBatch,
    PreparedRecord,
    RecordBatch,
    encode,
)
from index.dumps.streams import Stream
from index.engines.document import analyse_paper, make_part
from index.errors import RecordError
from index.fields import PART as PART_VALUE
from index.formats.registry import find_format
from index.normalise.paper import normalise
from index.normalise.record_bounds import bound_record
from index.people.alias_writer import key_names
from index.records import RECORD, Paper, RawRecord, Reject
from index.references.identifiers import pack_references
from index.scanners.excerpts import make_excerpt
from index.store.ledger_tables import PART
from index.works.matcher import make_matching_keys

PERSON = "person"
"""The part that is not a part of a paper: the names of one person, as if they were its authors."""

CITATION = "citation"
"""The part that is not a part of a paper either: what the paper of its id cites."""

_APART = {"source", "updated", "odd", "references"}
_get_content = attrgetter(*(name for name in RawRecord.__struct_fields__ if name not in _APART))

IsKnown = Callable[[int], bool]
"""Returns whether a digest is that of a record that the index has."""


def prepare_batch(batch: Batch, is_known: IsKnown | None = None) -> Iterator[PreparedRecord]:
    """Repair and analyse the records of a batch.

    Args:
        batch: The records.
        is_known: Finds the records of which only this is to be reported: that the index has
            them; None for none.

    Yields:
        What became of each, in order.
    """
    if isinstance(batch, PaperBatch):
        for key, dup, paper in batch.papers:
            yield _prepare_rewritten(key, dup, paper)
        return
    for raw in _read_records(batch):
        yield prepare_record(raw, batch.origin, is_known)


def prepare_one(batch: Batch, at: int) -> PreparedRecord:
    """Repair and analyse one record of a batch.

    Args:
        batch: The records.
        at: The position of the record, counted from 0.
    """
    if isinstance(batch, PaperBatch):
        return _prepare_rewritten(*batch.papers[at])
    return prepare_record(next(islice(_read_records(batch), at, None)), batch.origin)


def _read_records(batch: RecordBatch | LineBatch) -> Iterator[RawRecord | Reject]:
    if isinstance(batch, RecordBatch):
        return iter(batch.records)
    start = batch.location
    name = start.file or start.dump
    stream = Stream(start.dump, name, BytesIO(batch.lines), start.record, start.offset)
    found = find_format(batch.origin.format).read(stream)
    return (one if isinstance(one, Reject) else bound_record(one) for one in found)


def prepare_record(
    raw: RawRecord | Reject, origin: Origin, is_known: IsKnown | None = None
) -> PreparedRecord:
    """Repair and analyse one record.

    Args:
        raw: The record, or the reject in its place.
        origin: The dump it comes from.
        is_known: As in `prepare_batch`.
    """
    if isinstance(raw, Reject):
        return PreparedRecord(Outcome.REJECTED, origin.format, reject=raw)
    if (other := _prepare_without_paper(raw, origin.since)) is not None:
        return other
    content = _digest_record(raw)
    if is_known is not None and is_known(content):
        return PreparedRecord(Outcome.KNOWN, raw.format, content=content)
    whole = _add_origin(raw, origin)
    repairs: Counter[str] = Counter()
    try:
        paper = normalise(whole, repairs)
    except RecordError as error:
        reject = Reject(whole.source, str(error), make_excerpt(raw.title))
        return PreparedRecord(Outcome.REJECTED, raw.format, reject=reject)
    key = f"{paper.id}{PART}{raw.part}" if raw.part else paper.id
    prepared = prepare_paper(paper, key, content, raw.format)
    prepared.repairs = dict(repairs)
    prepared.odd = whole.odd
    if raw.references:
        prepared.references = pack_references(raw.references)
    return prepared


def _add_origin(raw: RawRecord, origin: Origin) -> RawRecord:
    """Return a record with the dump's date, and with its licence if the record has none."""
    source, licence = raw.source, raw.source.licence or origin.licence
    if source.date == origin.date and source.licence == licence:
        return raw
    return replace(raw, source=replace(source, date=origin.date, licence=licence))


def _prepare_without_paper(raw: RawRecord, since: str) -> PreparedRecord | None:
    """Prepare a deletion, a skipped record, a person or a citation; return None for a paper."""
    if raw.deleted:
        key, moved = _format_key(raw.id), _format_key(raw.moved)
        return PreparedRecord(Outcome.DELETED, raw.format, key, moved=moved)
    if since and "" < raw.updated < since:
        return PreparedRecord(Outcome.SKIPPED, raw.format)
    if raw.part == PERSON:
        names = key_names(author.name for author in raw.authors)
        return PreparedRecord(Outcome.PERSON, raw.format, _format_key(raw.id), names=names)
    if raw.part == CITATION:
        cited = pack_references(raw.references)
        return PreparedRecord(Outcome.CITATION, raw.format, _format_key(raw.id), references=cited)
    return None


def _format_key(text: str) -> str:
    """Return an id in the form that `normalise` gives it."""
    return " ".join(text.split())


def prepare_paper(paper: Paper, key: str, content: int, form: str) -> PreparedRecord:
    """Analyse a paper, or a part of one, as a record of its own.

    Args:
        paper: The paper.
        key: Its key in the ledger.
        content: The digest of what the dump says of it.
        form: The short name of its format.
    """
    encoded = encode(paper)
    document = analyse_paper(paper) if paper.title else make_part(key)
    keys = make_matching_keys(paper, document.title_exact.split())
    return PreparedRecord(Outcome.PAPER, form, key, content, document, encoded, keys)


def prepare_alias(old: str, new: str) -> PreparedRecord:
    """Return a record of our own, which says that a paper was once known under another id."""
    paper = Paper(id=new, title="", ids={RECORD: old})
    key = f"{new}{PART}{old}"
    return prepare_paper(paper, key, _digest(key.encode("utf-8", "replace")), "")


def _prepare_rewritten(key: str, dup: str, paper: Paper) -> PreparedRecord:
    document = make_part(key) if dup == PART_VALUE else analyse_paper(paper, dup)
    return PreparedRecord(Outcome.PAPER, key=key, document=document, paper=encode(paper))


def _digest_record(raw: RawRecord) -> int:
    """Digest what a dump says of a paper, regardless of its place in the dump and of the date."""
    content = (raw.source.licence, _get_content(raw))
    return _digest(encode((*content, raw.references) if raw.references else content))


def _digest(content: bytes) -> int:
    """Return the first 8 bytes of a BLAKE2b digest as a signed number."""
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "big", signed=True)
