"""Test that faults are collected, and errors with them."""

import pytest

from index.engines.errors import ClusterUnreachable
from index.errors import GenerationCorrupt, IndexMissing
from index.verification.faults import MOST_FAULTS, REBUILD, Faults


def test_a_fault_is_one_line_with_a_way_out() -> None:
    """It names the place, says what is wrong, and what to do."""
    faults = Faults()
    faults.add("ledger", "it has 2 papers")
    assert [str(fault) for fault in faults.kept] == [f"ledger: it has 2 papers. {REBUILD}"]


def test_faults_are_bounded() -> None:
    """Of very many, the first are kept and all are counted."""
    faults = Faults()
    for number in range(MOST_FAULTS + 5):
        faults.add("ledger", str(number))
    assert (len(faults.kept), faults.count) == (MOST_FAULTS, MOST_FAULTS + 5)


@pytest.mark.parametrize("error", [IndexMissing("x"), OSError("x"), LookupError("x"), ValueError()])
def test_errors_become_faults(error: Exception) -> None:
    """A check that fails is a fault, whose sentence ends once."""
    faults = Faults()

    def fail() -> None:
        raise error

    with faults.catch("words", "Do this."):
        fail()
    assert faults.count == 1
    assert str(faults.kept[0]).endswith(". Do this.")
    assert ".." not in str(faults.kept[0])


@pytest.mark.parametrize("error", [ClusterUnreachable("u", "x"), GenerationCorrupt("g", "x")])
def test_errors_with_a_way_out_keep_it(error: Exception) -> None:
    """A cluster that is away is not to be answered by a rollback, and no way out is told twice."""
    faults = Faults()

    def fail() -> None:
        raise error

    with faults.catch("engine"):
        fail()
    assert [str(fault) for fault in faults.kept] == [f"engine: {error}"]


def test_other_errors_are_not_hidden() -> None:
    """A mistake of the program is not a fault of the index."""
    with pytest.raises(TypeError), Faults().catch("words"):
        raise TypeError
