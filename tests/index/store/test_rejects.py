"""Check that rejects are written and read in order, and that failures are not hidden."""

from pathlib import Path

import pytest

from index.records import Reject, Source
from index.store.rejects import SHOWN, RejectWriter, read_rejects


def make_reject(number: int) -> Reject:
    """Make a reject."""
    return Reject(Source("a.jsonl", record=number), "has no title", f'{{"id": "é{number}\\n"}}')


@pytest.mark.parametrize("count", [0, 1, SHOWN, SHOWN + 1, 5_000])
def test_rejects_are_read_as_written(tmp_path: Path, count: int) -> None:
    """All rejects come back in order, and the first few are remembered."""
    rejects = [make_reject(number) for number in range(count)]
    with RejectWriter(tmp_path) as writer:
        for reject in rejects:
            writer.add(reject)
    assert list(read_rejects(tmp_path)) == rejects
    assert writer.first == rejects[:SHOWN]


def fail_after(writer: RejectWriter, reject: Reject) -> None:
    """Write a reject, then fail."""
    with writer:
        writer.add(reject)
        raise LookupError(reject.source.record)


def test_a_failed_block_keeps_its_rejects(tmp_path: Path) -> None:
    """The error of the block is raised, and the file is complete up to there."""
    with pytest.raises(LookupError, match="7"):
        fail_after(RejectWriter(tmp_path), make_reject(7))
    assert list(read_rejects(tmp_path)) == [make_reject(7)]
