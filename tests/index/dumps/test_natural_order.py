"""Check that file names are sorted as people count."""

from pathlib import PurePosixPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.dumps.natural_order import make_natural_key

ORDERS = [
    ["file2", "file10", "file100"],
    ["a/2.json", "a/10.json", "a2/1.json", "a10/1.json", "b"],
    ["1", "01.json", "1.json", "x", "x01", "x1", "x1.5", "٣"],
    ["2.json", "a01.json", "a1.json", "a001b2.json", "b.json"],
    ["2024-01-31/2", "2024-02-01/1", "2024-10-01/1"],
]

NAMES = st.lists(st.text("a1/.0x2", min_size=1).map(PurePosixPath), min_size=2)


def sort_naturally(names: list[PurePosixPath]) -> list[PurePosixPath]:
    """Sort paths by their natural keys."""
    return sorted(names, key=make_natural_key)


@pytest.mark.parametrize("names", ORDERS)
def test_numbers_count_by_value(names: list[str]) -> None:
    """Numbers are compared by value, everything else as text, part by part."""
    paths = [PurePosixPath(name) for name in names]
    assert sort_naturally(sorted(paths)) == paths


@given(NAMES)
def test_any_names_have_one_order(names: list[PurePosixPath]) -> None:
    """All names can be compared, and the order does not depend on the order before."""
    assert sort_naturally(names) == sort_naturally(names[::-1])
