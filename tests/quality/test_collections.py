"""Hold search over the judged collections to its recorded quality."""

from pathlib import Path

import pytest

from search.answers.searcher import Searcher
from tests.bench.data import JUDGED
from tests.bench.floor import find_falls
from tests.bench.quality import judged_dump, measure_collection, write_judged


@pytest.mark.parametrize("name", JUDGED)
def test_quality_does_not_fall(tmp_path: Path, name: str) -> None:
    """nDCG@10, AP and R@100 of a judged collection are not below the recorded floor."""
    if not judged_dump(name).exists():
        pytest.skip(f"the judged collection {name} is not there; see tests/bench/README.md")
    figures = measure_collection(name, Searcher(write_judged(name, tmp_path)))
    assert set(figures) == {name, f"{name} with feedback"}
    assert find_falls(figures) == []


def test_a_fall_is_noticed() -> None:
    """A figure below the floor is reported in a sentence, one above is not."""
    falls = find_falls({"cranfield": {"nDCG@10": 0.1, "AP": 1.0, "R@100": 1.0}})
    assert len(falls) == 1
    assert falls[0].startswith("cranfield: nDCG@10 fell from 0.3")
