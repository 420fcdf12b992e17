"""Check that a file of one record per line is read the same, whole or in batches."""

import json
from pathlib import Path

import pytest

from index.build import batching
from index.build.batching import read_batches
from index.build.messages import Batch, LineBatch, Origin, RecordBatch
from index.build.prepare import prepare_batch
from index.dumps.streams import open_dump
from index.formats.registry import recognise_format
from index.records import RawRecord, Reject
from tests.support import answer_records, json_samples
from tests.support.planted_samples import KINDS

SAMPLES = {
    "openalex": (json_samples.OPENALEX, "id"),
    "semantic_scholar": (json_samples.SEMANTIC_SCHOLAR, "corpusid"),
    "crossref": (json_samples.CROSSREF, "DOI"),
    "openreview": (json_samples.OPENREVIEW, "id"),
    "csl": (json_samples.CSL, "id"),
    "arxiv": (json_samples.ARXIV, "id"),
    "jsonl": (json_samples.OWN, "id"),
    "ads": (answer_records.ADS, "bibcode"),
    "europe_pmc": (answer_records.EUROPE_PMC, "id"),
}


def read_file(path: Path, limit: int | None = None) -> list[Batch]:
    """Read a file in batches."""
    found: list[Batch] = []
    for stream in open_dump(str(path)):
        form = recognise_format(stream)
        assert form is not None
        for batch, _ in read_batches(stream, form, Origin(form.short_name), limit):
            assert not isinstance(batch, Reject)
            found.append(batch)
    return found


def make_lines(source: str, count: int) -> list[bytes]:
    """Make records of a format, one per line; lines 4 and 7 are damaged, line 6 is blank."""
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
def test_lines_become_the_same_in_batches_of_any_size(
    source: str, size: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each line becomes what it becomes in the whole file; a damaged one, the same reject."""
    path = tmp_path / "d.jsonl"
    path.write_bytes(b"".join(make_lines(source, 20)))
    whole = json_samples.read_raw(path)
    good = [one for one in whole if isinstance(one, RawRecord)]
    bad = [one for one in whole if isinstance(one, Reject)]
    monkeypatch.setattr(batching, "BATCH_LINE_BYTES", size)
    found = read_file(path)
    assert all(isinstance(batch, LineBatch) for batch in found)
    assert (len(found) > 1) == (size < 1 << 17)
    prepared = [one for batch in found for one in prepare_batch(batch)]
    expected = list(prepare_batch(RecordBatch(Origin(source), good)))
    assert [one for one in prepared if not one.reject] == expected
    assert [one.reject for one in prepared if one.reject] == bad
    assert len(bad) == 2


def test_a_limit_ends_the_last_batch(tmp_path: Path) -> None:
    """With a limit, that many records are read; blank lines do not count."""
    path = tmp_path / "d.jsonl"
    path.write_bytes(b"".join(make_lines("csl", 20)))
    prepared = [one for batch in read_file(path, 7) for one in prepare_batch(batch)]
    assert len(prepared) == 7


@pytest.mark.parametrize("name", KINDS)
def test_only_files_of_one_record_a_line_are_split_into_lines(name: str, tmp_path: Path) -> None:
    """Of other files the records themselves are handed over."""
    kind = KINDS[name]
    path = tmp_path / kind.file
    path.parent.mkdir(parents=True, exist_ok=True)
    records = [kind.write(str(number), f"Good {number}", "2001") for number in range(3)]
    path.write_bytes(kind.head.encode() + kind.between.encode().join(records) + kind.tail.encode())
    line_based = kind.head == "" and records[0].startswith(b"{") and kind.between == "\n"
    assert {type(batch) for batch in read_file(path)} == {LineBatch if line_based else RecordBatch}


@pytest.mark.parametrize(
    ("name", "bound"), [("BATCH_RECORDS", 10), ("BATCH_CHARACTERS", 10 * len("On Case 10"))]
)
def test_records_are_batched_by_number_and_by_length(
    name: str, bound: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch ends at a number of records, or at a number of characters, whichever is first."""
    monkeypatch.setattr(batching, name, bound)
    path = tmp_path / "d.bib"
    entries = [f"@misc{{k{n}, title = {{On Case {n}}}}}\n" for n in range(10, 45)]
    path.write_text("".join(entries), "utf-8")
    assert [len(batch) for batch in read_file(path)] == [10, 10, 10, 5]
