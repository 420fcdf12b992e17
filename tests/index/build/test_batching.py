"""Answers: is a file of one record a line read alike, whole and in parts?"""

import json
from pathlib import Path

import pytest

from index.build import batching as batches
from index.build.batching import batches as parts
from index.build.prepare import Batch, prepared
from index.dumps.streams import open_dump
from index.formats.registry import recognise_format
from index.records import RawRecord, Reject
from tests.support import json_samples
from tests.support.planted_samples import KINDS

SAMPLES = {
    "openalex": (json_samples.OPENALEX, "id"),
    "semantic_scholar": (json_samples.SEMANTIC_SCHOLAR, "corpusid"),
    "crossref": (json_samples.CROSSREF, "DOI"),
    "openreview": (json_samples.OPENREVIEW, "id"),
    "csl": (json_samples.CSL, "id"),
    "arxiv": (json_samples.ARXIV, "id"),
    "jsonl": (json_samples.OWN, "id"),
}


def read(path: Path, limit: int | None = None) -> list[Batch]:
    """Read a file in parts."""
    found: list[Batch] = []
    for stream in open_dump(str(path)):
        form = recognise_format(stream)
        assert form is not None
        for batch, _ in parts(stream, form, limit):
            assert isinstance(batch, Batch)
            batch.kind = form.short_name
            found.append(batch)
    return found


def lines_of(source: str, count: int) -> list[bytes]:
    """Write records of a format, one a line; the damaged ones are told by their place."""
    record, key = SAMPLES[source]
    lines = []
    for number in range(count):
        changed = record | {
            key: number if isinstance(record[key], int) else f"{record[key]}{number}"
        }
        lines.append(json.dumps(changed).encode() + b"\n")
    lines[3] = b"{\n"
    lines[5] = b"\n"
    lines[6] = lines[6][:40] + b"\n"
    return lines


@pytest.mark.parametrize("source", SAMPLES)
@pytest.mark.parametrize("size", [1, 500, 1 << 17])
def test_parts_of_lines(
    source: str, size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However long the parts are, each line becomes the same, a damaged one too."""
    path = tmp_path / "d.jsonl"
    path.write_bytes(b"".join(lines_of(source, 20)))
    whole = json_samples.read_raw(path)
    good = [one for one in whole if isinstance(one, RawRecord)]
    bad = [one for one in whole if isinstance(one, Reject)]
    monkeypatch.setattr(batches, "LINES_AT_ONCE", size)
    found = read(path)
    assert all(batch.lines for batch in found)
    assert (len(found) > 1) == (size < 1 << 17)
    made = [ready for batch in found for ready in prepared(batch)]
    assert [one for one in made if not one.reject] == list(prepared(Batch(source, records=good)))
    assert [one.reject for one in made if one.reject] == bad
    assert len(bad) == 2


def test_a_limit_ends_the_last_part(tmp_path: Path) -> None:
    """So many records are read and no more; blank lines are none."""
    path = tmp_path / "d.jsonl"
    path.write_bytes(b"".join(lines_of("csl", 20)))
    made = [ready for batch in read(path, 7) for ready in prepared(batch)]
    assert len(made) == 7


@pytest.mark.parametrize("name", KINDS)
def test_lines_are_read_apart_where_a_line_is_a_record(name: str, tmp_path: Path) -> None:
    """Of other files the records are handed over."""
    kind = KINDS[name]
    path = tmp_path / kind.file
    path.parent.mkdir(parents=True, exist_ok=True)
    records = [kind.write(str(number), f"Good {number}", "2001") for number in range(3)]
    path.write_bytes(kind.head.encode() + kind.between.encode().join(records) + kind.tail.encode())
    by_line = kind.head == "" and records[0].startswith(b"{") and kind.between == "\n"
    assert {bool(batch.lines) for batch in read(path)} == {by_line}
