"""Check that the people of a name are kept as long as nothing changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from index.people.curation_watch import CurationWatch
from search.errors import AuthorMissing
from web.app import create_app
from web.people.known_names import find_people

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TIDES: dict[str, object] = {"id": "a", "title": "Tides", "authors": ["Ada Reed"]}


def test_people_are_kept_until_something_changes(index_of: Callable[..., Path]) -> None:
    """A name is grouped once, until the maintainer says something else."""
    directory, seconds = index_of(TIDES), [0.0]
    app = create_app(directory)
    searcher = app.extensions["searcher"]
    searcher.people = CurationWatch(directory, clock=lambda: seconds[0])
    with app.app_context():
        first = find_people(searcher, "Ada Reed")
        assert find_people(searcher, "Ada Reed") is first
        with pytest.raises(AuthorMissing):
            find_people(searcher, "Bo Quist")
        (directory / "authors.toml").write_text(
            '[[person]]\nname = "Ada Reed-Quist"\nalias = ["Ada Reed"]\n', "utf-8"
        )
        seconds[0] = 100.0
        renamed = find_people(searcher, "Ada Reed")
        assert renamed.cluster.name == "Ada Reed-Quist"
