"""Check that the last two generations are compared once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import web.feeds.latest_changes
from index.errors import GenerationMissing
from tests.support.two_generations import KEPT, TURN
from web.feeds.latest_changes import ChangesKeeper, LatestChanges, compare_latest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PATIENCE = 60.0


def test_a_generation_is_compared_once(
    index_of: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second request gets the same differences; another generation gets its own."""
    compared: list[str] = []

    def compare(directory: Path, name: str) -> LatestChanges:
        compared.append(name)
        return compare_latest(directory, name)

    monkeypatch.setattr(web.feeds.latest_changes, "compare_latest", compare)
    directory = index_of(KEPT)
    index_of(KEPT, TURN, directory=directory)
    keeper = ChangesKeeper(directory)
    found = keeper.read(PATIENCE)
    assert found is not None
    assert [one.id for one in found.differences] == ["turn"]
    assert found.list_kinds() == [("new", found.differences)]
    assert keeper.read(PATIENCE) is found
    index_of(TURN, directory=directory)
    again = keeper.read(PATIENCE)
    assert again is not None
    assert (again.counts["gone"], len(compared)) == (1, 2)


def test_one_generation_cannot_be_compared(index_of: Callable[..., Path]) -> None:
    """The failure is raised again for every request, in the thread that asks."""
    keeper = ChangesKeeper(index_of(KEPT))
    with pytest.raises(GenerationMissing, match="older generation"):
        keeper.read(PATIENCE)
    with pytest.raises(GenerationMissing, match="older generation"):
        keeper.read(PATIENCE)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_an_unforeseen_failure_is_not_for_ever(
    index_of: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The next request compares once more."""
    directory = index_of(KEPT)
    index_of(KEPT, TURN, directory=directory)
    keeper = ChangesKeeper(directory)

    def fail(*_: object) -> LatestChanges:
        message = "the disk is gone"
        raise OSError(message)

    with monkeypatch.context() as patch:
        patch.setattr(web.feeds.latest_changes, "compare_latest", fail)
        assert keeper.read(patience=0.5) is None
    found = keeper.read(PATIENCE)
    assert found is not None
    assert found.counts["new"] == 1
