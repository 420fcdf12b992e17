"""Check the file of citations against a plain model."""

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index.references.citation_file import (
    CITATIONS,
    Direction,
    map_citations,
    write_citations,
)

WORKS = 8
PAIRS = st.sets(st.tuples(st.integers(0, WORKS - 1), st.integers(0, WORKS - 1)))


def write_pairs(path: Path, pairs: set[tuple[int, int]]) -> None:
    """Write the file for pairs of numbers."""
    forth, back = sorted(pairs), sorted((other, one) for one, other in pairs)
    columns = [[0] * WORKS]
    columns += [
        list(np.cumsum(np.bincount([one for one, _ in side], minlength=WORKS)))
        for side in (forth, back)
    ]
    columns += [[other for _, other in side] for side in (forth, back)]
    write_citations(path, [np.array(column, "<u4").tobytes() for column in columns])


@given(PAIRS)
def test_both_directions_are_read_back(pairs: set[tuple[int, int]]) -> None:
    """What is written is read; works that others cite more often rank first."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / CITATIONS
        write_pairs(path, pairs)
        columns = map_citations(path)
        assert columns is not None
        cited = {(one, n) for one in range(WORKS) for n in columns.list(one, Direction.CITED)}
        citing = {(n, one) for one in range(WORKS) for n in columns.list(one, Direction.CITING)}
        assert cited == citing == pairs
        ranked = sorted(range(WORKS), key=columns.rank)
        counts = [sum(other == one for _, other in pairs) for one in ranked]
        assert counts == sorted(counts, reverse=True)


def test_no_file_is_no_citations(tmp_path: Path) -> None:
    """A generation without references has no such file."""
    assert map_citations(tmp_path / CITATIONS) is None
