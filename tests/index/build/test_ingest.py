"""Check what becomes of records that change while they are read, and when work is committed."""

import json
from pathlib import Path
from typing import Any

import pytest

from index.build import ingest
from index.build.operations import add, build
from index.normalise.paper import normalise
from index.records import Paper, RawRecord
from index.settings import BuildSettings
from tests.support.json_samples import OWN

SETTINGS = BuildSettings(date="2024-01-02", processes=0)


def write_dump(path: Path, *records: dict[str, Any]) -> str:
    """Write records and return the path."""
    path.write_text("".join(json.dumps(record) + "\n" for record in records), "utf-8")
    return str(path)


def make_record(number: int, title: str = "On Case") -> dict[str, Any]:
    """Make a record."""
    return OWN | {"id": f"p{number}", "title": f"{title} {number}", "ids": {}}


@pytest.fixture
def normalised(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list to which the title of every record is added that is repaired."""
    found: list[str] = []

    def record_call(raw: RawRecord, *arguments: Any) -> Paper:  # noqa: ANN401 - passed on
        found.append(raw.title)
        return normalise(raw, *arguments)

    monkeypatch.setattr("index.build.prepare.normalise", record_call)
    return found


def test_a_record_that_changed_meanwhile_is_prepared_alone(
    tmp_path: Path, normalised: list[str]
) -> None:
    """A known record that an earlier one of the dump replaced is prepared, its batch is not."""
    index = tmp_path / "index"
    records = [make_record(n) for n in range(50)]
    build(index, (write_dump(tmp_path / "1.jsonl", *records),), SETTINGS)
    normalised.clear()
    changed = [make_record(7, "On Another Case"), *records]
    _, report = add(index, (write_dump(tmp_path / "2.jsonl", *changed),), SETTINGS)
    assert normalised == ["On Another Case 7", "On Case 7"]
    assert (report.read, report.new, report.changed) == (51, 0, 0)
    assert report.adds_up()


@pytest.mark.parametrize(("seconds", "share", "commits"), [(60.0, 0.025, 0), (0.0, 1e9, 3)])
def test_work_is_committed_now_and_then(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    seconds: float,
    share: float,
    commits: int,
) -> None:
    """After the time between two commits the next batch is followed by one, and not before."""
    calls: list[int] = []
    commit = ingest.Ingester.commit

    def count_commits(self: ingest.Ingester) -> None:
        calls.append(1)
        commit(self)

    monkeypatch.setattr(ingest.Ingester, "commit", count_commits)
    monkeypatch.setattr(ingest, "COMMIT_SECONDS", seconds)
    monkeypatch.setattr(ingest, "COMMIT_SHARE", share)
    monkeypatch.setattr("index.build.batching.BATCH_LINE_BYTES", 1)
    dump = write_dump(tmp_path / "d.jsonl", make_record(1), make_record(2))
    build(tmp_path / "index", (dump,), SETTINGS)
    assert len(calls) == commits  # after each of two batches, and after the dump


@pytest.mark.parametrize("processes", [0, 1])
def test_odd_values_are_counted(tmp_path: Path, processes: int) -> None:
    """The report counts the records in which a field held a value of an unexpected type."""
    odd = [
        make_record(1) | {"authors": "Ann Lee", "citations": "many"},
        make_record(2) | {"authors": ["Ann Lee", {"name": ["Bo Li"], "affiliations": 5}]},
        make_record(3) | {"authors": {"name": "Cy Do"}, "citations": 10**30, "title": ["Title"]},
    ]
    dump = write_dump(tmp_path / "d.jsonl", make_record(4), *odd)
    report = build(tmp_path / "index", (dump,), BuildSettings(processes=processes))[1]
    assert (report.indexed, report.rejected) == (4, 0)
    assert report.odd_values == {
        "jsonl": {"authors": 2, "citations": 2, "authors.name": 1, "authors.affiliations": 1,
                  "title": 1},
    }  # fmt: skip
