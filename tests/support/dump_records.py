"""Make dumps, and read their records, in tests."""

import io
from pathlib import Path

from index.dumps.streams import Stream, open_dump
from index.formats.registry import recognise_format
from index.normalise.paper import normalise
from index.records import Paper, RawRecord, Reject
from tests.support.paths import SAMPLE


def make_stream(content: str | bytes, name: str = "d") -> Stream:
    """Return content as a file of a dump."""
    raw = content.encode() if isinstance(content, str) else content
    return Stream(name, name, io.BufferedReader(io.BytesIO(raw)))


def read_records(path: Path, short_name: str) -> list[RawRecord | Reject]:
    """Read a dump as a build does; every file of it must be recognised as the named format."""
    found: list[RawRecord | Reject] = []
    for stream in open_dump(str(path)):
        form = recognise_format(stream)
        assert form is not None
        assert form.short_name == short_name
        found += form.read(stream)
    return found


def read_papers(path: Path, short_name: str) -> list[Paper]:
    """Read the papers of a dump without rejects and leave out what is skipped."""
    return normalise_all(read_records(path, short_name))


def normalise_all(found: list[RawRecord | Reject]) -> list[Paper]:
    """Return the papers among records, of which none may be a reject."""
    assert not [one for one in found if isinstance(one, Reject)]
    return [normalise(one) for one in found if isinstance(one, RawRecord) and not one.deleted]


def write_sample(folder: Path, papers: int) -> str:
    """Write the first papers of the sample to a file, and return its path."""
    dump = folder / f"first-{papers}.jsonl"
    dump.write_bytes(b"".join(SAMPLE.read_bytes().splitlines(keepends=True)[:papers]))
    return str(dump)
