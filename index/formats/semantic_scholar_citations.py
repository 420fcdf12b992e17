"""Read the ``citations`` dataset of Semantic Scholar: a line for each paper that cites another.

Each line becomes a record that is no paper, which says what the paper of its id cites, wherever the
two papers are. Lines without a cited paper that is known say nothing.
"""

from collections.abc import Iterator

import msgspec
from msgspec import Struct

from index.dumps.streams import Stream
from index.formats.semantic_scholar_words import LICENCE, NAME
from index.records import Integer, RawRecord, Reject, Source
from index.scanners.head import Head
from index.scanners.json_arrays import Layout, make_finder
from index.scanners.json_lines import read_json

_PART = "citation"
"""The `part` of a record that says what a paper cites, see `index.records.RawRecord`."""


class Citation(Struct):
    """One line, with the keys that are read."""

    citingcorpusid: Integer | str | None = None
    citedcorpusid: Integer | str | None = None


_DECODER = msgspec.json.Decoder(Citation)
_LAYOUT = Layout("data", frozenset({"citingcorpusid"}))


def recognises_citations(head: Head) -> bool:
    """Return whether a file is in this dataset."""
    return head.start in (b"{", b"[") and {"citingcorpusid", "citedcorpusid"} <= head.keys


def read_citations(stream: Stream) -> Iterator[RawRecord | Reject]:
    """Yield what each line says."""
    return read_json(stream, _DECODER, convert, make_finder(_LAYOUT), LICENCE)


def convert(found: Citation, source: Source) -> RawRecord:
    """Convert one line to a raw record."""
    if not found.citingcorpusid or not found.citedcorpusid:
        return RawRecord(source=source, format=NAME, part=_PART)
    cited = f"s2:{found.citedcorpusid}"
    name = f"s2:{found.citingcorpusid}"
    return RawRecord(source=source, format=NAME, id=name, part=_PART, references=(cited,))
