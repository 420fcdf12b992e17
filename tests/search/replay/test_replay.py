"""Check what is told when a saved search is run again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

import index.build.operations
from search.answers.searcher import Searcher
from search.errors import ParameterInvalid
from search.replay.replay import replay_search
from search.replay.saved_search import save_search
from search.request.search_request import SearchRequest
from tests.support.two_generations import KEPT, TURN, WALK, Record

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

EARLIER = datetime(2026, 1, 1, tzinfo=UTC)
NOW = "2026-11-29T08:00:00Z"
HIDDEN: Record = TURN | {"id": "hidden", "title": "Sitting on high chairs at night"}
LEFT: Record = TURN | {"id": "left", "title": "Walking in the woods without a map"}


def test_differences_are_told(
    index_of: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Papers that were added, removed, hidden, changed or no longer match are told with why."""
    with monkeypatch.context() as earlier:
        earlier.setattr(index.build.operations, "utc_now", lambda: EARLIER)
        directory = index_of(KEPT, WALK, TURN, HIDDEN, LEFT)
    saved = save_search(Searcher(directory), SearchRequest("year:..2019 OR graphs"), NOW)
    assert [hit.id for hit in saved.hits] == ["hidden", "left", "turn", "walk"]
    added = TURN | {"id": "new", "title": "Quiet evenings beside small lakes"}
    index_of(
        KEPT | {"year": 2018},
        WALK | {"title": "Random walks on dense graphs", "venue": "NeurIPS"},
        HIDDEN | {"status": "withdrawn"},
        LEFT | {"year": 2023},
        added,
        directory=directory,
    )
    found = replay_search(Searcher(directory), saved, NOW)
    assert [(one.paper.id, one.new) for one in found.added] == [("kept", False), ("new", True)]
    assert [(one.paper.id, one.reason, one.now) for one in found.gone] == [
        ("hidden", "hidden", "withdrawn"), ("left", "unmatched", ""), ("turn", "removed", ""),
    ]  # fmt: skip
    assert [(one.after.id, one.fields) for one in found.changed] == [("walk", ("title", "venue"))]
    assert (found.same, found.listed, found.differs) == (False, True, True)


def test_merged_papers_are_followed(index_of: Callable[..., Path]) -> None:
    """A preprint that became part of another paper is told with the id that it has now."""
    preprint = WALK | {"id": "pre", "venue": "arXiv", "year": 2019, "type": "preprint"}
    directory = index_of(KEPT, preprint)
    saved = save_search(Searcher(directory), SearchRequest("random walks"), NOW)
    index_of(KEPT, preprint, WALK, directory=directory)
    found = replay_search(Searcher(directory), saved, NOW)
    assert [(one.paper.id, one.reason, one.now) for one in found.gone] == [
        ("pre", "merged", "walk")
    ]


def test_the_same_index_has_no_differences(sample_searcher: Searcher) -> None:
    """A search that is run again at once finds the same, listed or hashed."""
    saved = save_search(sample_searcher, SearchRequest("attention", hidden=True), NOW)
    assert not replay_search(sample_searcher, saved, NOW).differs
    hashed = save_search(sample_searcher, SearchRequest("attention", hidden=True), NOW, most=1)
    found = replay_search(sample_searcher, hashed, NOW)
    assert (found.listed, found.same, found.differs) == (False, True, False)


def test_hostile_parameters_are_refused(sample_searcher: Searcher) -> None:
    """The parameters of a file are read as strictly as those of an address."""
    saved = save_search(sample_searcher, SearchRequest("a"), NOW)
    with pytest.raises(ParameterInvalid):
        replay_search(sample_searcher, replace(saved, parameters=(("year", "x"),)), NOW)
