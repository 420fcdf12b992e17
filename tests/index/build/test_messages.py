"""Check that batches and results survive the way between processes."""

from collections.abc import Sequence

import pytest

from index.build.messages import (
    Batch,
    LineBatch,
    Origin,
    Outcome,
    PaperBatch,
    PreparedRecord,
    RecordBatch,
    decode_prepared,
    encode,
    pack_batch,
)
from index.fields import WORK
from index.records import Paper, RawRecord, Reject, Source

ORIGIN = Origin("jsonl", "2026-01-02", "CC0-1.0", "2020-01-01")

BATCHES: dict[str, Batch] = {
    "records": RecordBatch(ORIGIN, [RawRecord(Source("x"), "jsonl", id=str(n)) for n in range(3)]),
    "lines": LineBatch(ORIGIN, b'{"id": 1}\n\n{"id": 2}\n', Source("x", "y", 7, 100)),
    "papers": PaperBatch([(f"p{n}", WORK, Paper(f"p{n}", "On Case")) for n in range(3)]),
}

RESULTS: list[Sequence[PreparedRecord]] = [
    [],
    [PreparedRecord(Outcome.KNOWN, "jsonl", content=-7)],
    [
        PreparedRecord(Outcome.REJECTED, "csl", reject=Reject(Source("x"), "has no title", "")),
        PreparedRecord(Outcome.DELETED, "oai", "a", moved="b"),
        PreparedRecord(Outcome.PERSON, "dblp", "c", names={"ada lee": "Ada Lee"}),
    ],
]


@pytest.mark.parametrize("name", BATCHES)
def test_a_batch_is_unpacked_to_an_equal_one(name: str) -> None:
    """A packed batch keeps its type and content, and knows how many records it has at most."""
    packed = pack_batch(BATCHES[name])
    assert packed.unpack() == BATCHES[name]
    assert packed.count == len(BATCHES[name]) == 3


@pytest.mark.parametrize("prepared", RESULTS, ids=len)
def test_results_are_decoded_to_equal_ones(prepared: Sequence[PreparedRecord]) -> None:
    """Outcomes and their fields survive; what a record does not have stays empty."""
    assert decode_prepared(encode(prepared)) == prepared
