"""Check that ranges of numbers match and score the same however they are run."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.answers.searcher import Searcher
from search.engines import tantivy_numbers
from search.engines.engine import Engine
from search.planning.plan import AnyOf, Node, Numbers, Plan, Term

COUNTS = (None, 0, 0, 1, 2, 3, 5, 8, 9, 10, 11, 12, 40, 2_000, 2_001, 2_002, 999_999)
ENDS = st.none() | st.sampled_from((-3, -1, *range(14), 1_999, 2_001, 2**61))


@pytest.fixture(scope="module")
def engine(index_of: Callable[..., Path]) -> Engine:
    """Return an engine over papers with citations here and there."""
    papers = (
        {"id": f"p{n}", "title": "common" if n % 3 else "rare", "citations": count}
        for n, count in enumerate(COUNTS)
    )
    return Searcher(index_of(*papers)).engine


def list_hits(engine: Engine, match: Node) -> tuple[int, list[tuple[float, bytes]]]:
    """Return the total and the scored hits of a node."""
    page = engine.find(Plan(match), None, 0, len(COUNTS))
    return page.total, page.hits


@given(low=ENDS, high=ENDS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_range_matches_its_numbers(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, low: int | None, high: int | None
) -> None:
    """A range has the papers between its ends, with the same scores as a range that is scanned."""
    within = [c for c in COUNTS if c is not None and (low is None or c >= low)]
    expected = sum(high is None or c <= high for c in within)
    for match in (
        (numbers := Numbers("citations", low, high)),
        AnyOf((Term("text", "rare"), numbers)),
    ):
        found = list_hits(engine, match)
        with monkeypatch.context() as patch:
            patch.setattr(tantivy_numbers, "MOST_VALUES", 0)
            assert list_hits(engine, match) == found
    assert list_hits(engine, numbers)[0] == expected
