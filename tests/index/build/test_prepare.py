"""Check what becomes of a record before it is written."""

import msgspec
import pytest

from index.build import prepare
from index.build.messages import (
    Batch,
    LineBatch,
    Origin,
    Outcome,
    PaperBatch,
    PreparedRecord,
    RecordBatch,
)
from index.build.prepare import PERSON, prepare_batch, prepare_one
from index.engines.document import analyse_paper
from index.fields import WORK
from index.records import Paper, RawAuthor, RawRecord, Reject, Source, decode_paper

ORIGIN = Origin("jsonl", "2026-01-02", "CC0-1.0", "2020-01-01")
HERE = Source("x.jsonl", record=1)
DATED = Source("x.jsonl", record=1, date="2026-01-02", licence="CC0-1.0")

RECORDS = [
    RawRecord(HERE, "jsonl", id="a", title="On Case"),
    RawRecord(HERE, "jsonl", id="b", title=""),
    RawRecord(HERE, "jsonl", id="c", title="Old", updated="2019-12-31"),
    RawRecord(HERE, "jsonl", id="d", title="New", updated="2020-01-01"),
    RawRecord(HERE, "jsonl", id=" e ", deleted=True, moved="a"),
    RawRecord(
        HERE, "jsonl", id="f", part=PERSON, authors=(RawAuthor("Ada Lee"), RawAuthor("A. Lee"))
    ),
]
LINES = b"".join(b'{"id": "p%d", "title": "On Case %d"}\n' % (n, n) for n in range(6))
PAPERS = [(f"p{n}", WORK, Paper(f"p{n}", f"On Case {n}")) for n in range(6)]

BATCHES: dict[str, Batch] = {
    "records": RecordBatch(ORIGIN, RECORDS),
    "lines": LineBatch(ORIGIN, LINES, HERE),
    "papers": PaperBatch(PAPERS),
}


def decode(prepared: PreparedRecord) -> Paper:
    """Return the paper in a prepared record."""
    return decode_paper(prepared.paper)


def test_every_record_has_one_outcome() -> None:
    """A record becomes a paper, a reject, a deletion or a person, or is skipped."""
    found = list(prepare_batch(BATCHES["records"]))
    assert [one.outcome for one in found] == [
        *(Outcome.PAPER, Outcome.REJECTED, Outcome.SKIPPED),
        *(Outcome.PAPER, Outcome.DELETED, Outcome.PERSON),
    ]
    assert {one.format for one in found} == {"jsonl"}
    assert decode(found[0]).shown.source == DATED
    assert found[1].reject == Reject(DATED, "has no title", "")
    assert (found[4].key, found[4].moved) == ("e", "a")
    assert sorted(found[5].names.values()) == ["A. Lee", "Ada Lee"]


def test_known_records_are_not_prepared() -> None:
    """A record whose digest is known is reported as such, and nothing else is said of it."""
    digests = [one.content for one in prepare_batch(BATCHES["lines"])]
    assert len(set(digests)) == 6
    found = list(prepare_batch(BATCHES["lines"], lambda content: content == digests[2]))
    assert [one.outcome for one in found].index(Outcome.KNOWN) == 2
    assert found[2] == PreparedRecord(Outcome.KNOWN, "jsonl", content=digests[2])


def test_a_digest_ignores_place_and_date() -> None:
    """The same record at another place or day has the same digest; a licence changes it."""
    moved = msgspec.structs.replace(RECORDS[0], source=Source("y", record=9), updated="2024-01-01")
    licensed = msgspec.structs.replace(RECORDS[0], source=Source(licence="MIT"))
    batch = RecordBatch(Origin("jsonl"), [RECORDS[0], moved, licensed])
    first, second, third = (one.content for one in prepare_batch(batch))
    assert first == second != third


@pytest.mark.parametrize("name", BATCHES)
def test_one_record_is_prepared_alone(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """One record of a batch becomes what it becomes with the others, which are left alone."""
    whole = list(prepare_batch(BATCHES[name]))
    calls: list[str] = []
    prepare_record = prepare.prepare_record

    def count_calls(raw: RawRecord | Reject, *arguments: object) -> PreparedRecord:
        calls.append(name)
        return prepare_record(raw, *arguments)  # type: ignore[arg-type] # passed on as they came

    monkeypatch.setattr(prepare, "prepare_record", count_calls)
    assert [prepare_one(BATCHES[name], at) for at in range(6)] == whole
    assert len(calls) == (0 if name == "papers" else 6)


def test_papers_are_written_again_with_their_role() -> None:
    """A paper that is written again has its value of ``dup``, and nothing to match it by."""
    first, *_ = prepare_batch(BATCHES["papers"])
    assert first.document == analyse_paper(PAPERS[0][2], WORK)
    assert decode(first) == PAPERS[0][2]
    assert first.matching_keys == PreparedRecord(Outcome.PAPER).matching_keys


def test_a_record_of_a_part_of_a_file_names_its_place_in_the_whole() -> None:
    """Its number and offset count from the start of the file, and so do those of a reject."""
    lines = b'{"id": "a", "title": "A"}\n\n{"id": 1}\n'
    good, bad = prepare_batch(LineBatch(Origin("jsonl"), lines, Source("x.jsonl", "", 7, 100)))
    assert decode(good).shown.source == Source("x.jsonl", record=8, offset=100)
    assert bad.reject is not None
    assert bad.reject.source == Source("x.jsonl", record=9, offset=127)
