"""Share an index of a few papers between the tests of bibliographies."""

from collections.abc import Callable
from pathlib import Path

import pytest

from search.answers.searcher import Searcher
from tests.support.tide_papers import PAPERS


@pytest.fixture(scope="package")
def tides(index_of: Callable[..., Path]) -> Searcher:
    """Open an index of seven papers."""
    return Searcher(index_of(*PAPERS))
