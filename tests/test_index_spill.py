"""Answers: do papers and keys that wait on disk come back as they were?"""

from pathlib import Path

import pytest

from index.records import Author, Paper
from index.spill import NumberSpill, PaperSpill

PAPERS = [Paper(id="1", title="One"), Paper(id="2", title="Two", authors=(Author("Ada"),))]


def test_papers_are_kept(tmp_path: Path) -> None:
    """A paper that waits on disk comes back the same, also between additions."""
    spill = PaperSpill(tmp_path / "papers")
    for number, one in enumerate([*PAPERS, PAPERS[0]]):
        assert spill.add(one) == number
        assert spill[number] == one
        assert spill[0] == PAPERS[0]
    spill.close()


@pytest.mark.parametrize("most_held", [1, 3, 1_000])
def test_numbers_come_back_sorted(tmp_path: Path, most_held: int) -> None:
    """Numbers come back sorted and none is lost, written or not."""
    numbers = [(n * 0x9E3779B97F4A7C15) % 2**64 for n in range(50)] + [0, 0, 2**64 - 1]
    spill = NumberSpill(tmp_path / "numbers", most_held)
    for number in numbers:
        spill.add(number)
    assert [n for part in spill.sorted_parts() for n in part] == sorted(numbers)
