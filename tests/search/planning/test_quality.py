"""Answers: do the judged questions still get the answers that were reached before?"""

from pathlib import Path

import pytest

from search.answers.searcher import Searcher
from tests.bench.data import JUDGED
from tests.bench.floor import fallen
from tests.bench.quality import documents, measured, write_judged


@pytest.mark.parametrize("name", JUDGED)
def test_quality_does_not_fall(tmp_path: Path, name: str) -> None:
    """nDCG@10, AP and R@100 of a judged collection are not below the recorded floor."""
    dump = documents(name)
    if not dump.exists():
        pytest.skip(f"the judged collection {name} is not there; see tests/bench/README.md")
    figures = measured(name, Searcher(write_judged(name, tmp_path)))
    assert set(figures) == {name, f"{name} with feedback"}
    assert fallen(figures) == []


def test_a_fall_is_noticed() -> None:
    """A figure below the floor is told in a sentence, one above is not."""
    told = fallen({"cranfield": {"nDCG@10": 0.1, "AP": 1.0, "R@100": 1.0}})
    assert len(told) == 1
    assert told[0].startswith("cranfield: nDCG@10 fell from 0.3")
