"""Prepare the input of an engine, so that the engine alone can be timed.

The documents of a million papers do not fit into memory beside an engine, so they wait in a file.
"""

from collections.abc import Iterator
from hashlib import blake2b
from itertools import islice
from pathlib import Path

import msgspec

from index.dumps.streams import open_dump
from index.engines.document import Document, analyse_paper
from index.errors import RecordError
from index.formats.registry import recognise_format
from index.normalise.paper import normalise
from index.records import RawRecord

Ready = tuple[Document, bytes]
"""What `index.engines.engine.Writer.add` takes."""

AT_ONCE = 2_000
"""Papers read back at once, about 15 MB; chosen, not measured."""

_LENGTH = 8
"""Bytes that hold the length of the next piece of the file."""

_ENCODE = msgspec.msgpack.Encoder().encode
_DECODE = msgspec.msgpack.Decoder(list[Ready]).decode


def raw_records(dump: str) -> Iterator[RawRecord]:
    """Yield the records of a dump that are papers, without rejects."""
    for stream in open_dump(dump):
        form = recognise_format(stream)
        for found in form.read(stream) if form else ():
            if isinstance(found, RawRecord) and not found.deleted:
                yield found


def _make_documents(dump: str) -> Iterator[Ready]:
    """Yield the document and the bytes of every paper; of several with one id, the first."""
    seen = set()
    for raw in raw_records(dump):
        try:
            paper = normalise(raw)
        except RecordError:
            continue
        digest = blake2b(paper.id.encode("utf-8", "replace"), digest_size=8).digest()
        if digest not in seen:
            seen.add(digest)
            yield analyse_paper(paper), _ENCODE(paper)


def write_ready(dump: str, path: Path) -> int:
    """Write to a file what an engine gets for the papers of a dump.

    Args:
        dump: The dump to read.
        path: The file to write, about 5 kB for a paper with an abstract.

    Returns:
        The number of papers.
    """
    made, papers = _make_documents(dump), 0
    with path.open("wb") as file:
        while some := list(islice(made, AT_ONCE)):
            piece = _ENCODE(some)
            file.write(len(piece).to_bytes(_LENGTH, "big"))
            file.write(piece)
            papers += len(some)
    return papers


def read_ready(path: Path) -> Iterator[list[Ready]]:
    """Yield what `write_ready` wrote, in the same order and in pieces that fit into memory."""
    with path.open("rb") as file:
        while length := file.read(_LENGTH):
            yield _DECODE(file.read(int.from_bytes(length, "big")))
