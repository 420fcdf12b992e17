"""Fixtures: the same works with their records, alone, and as records alone."""

import pytest

from index.engines.engine import ENGINES
from search.answers.searcher import Searcher
from tests.support.made_works import (
    Indexes,
    make_indexes,
)


@pytest.fixture(scope="module", params=ENGINES)
def indexes(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Indexes:
    """Build the indexes with each engine."""
    return make_indexes(request.param, tmp_path_factory.mktemp("works"))


@pytest.fixture(scope="module")
def both(indexes: Indexes) -> Searcher:
    """Return the index of works and records."""
    return indexes.both
