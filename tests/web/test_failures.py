"""Test which exit code and which HTTP status an error gets."""

import pytest

from index.errors import DumpMissing, IndexMissing, PapersearchError
from search.budget.errors import BudgetSpent, ServerBusy
from search.errors import PageInvalid, PaperMissing, QueryTooCostly
from web.failures import RETRY_SECONDS, exit_code, headers, status


@pytest.mark.parametrize(
    ("error", "code", "expected"),
    [
        (DumpMissing("x"), 1, 500),
        (IndexMissing("x"), 1, 503),
        (ServerBusy(), 1, 503),
        (QueryTooCostly("clauses", 300, 200), 2, 400),
        (PageInvalid(9, 3), 1, 404),
        (PaperMissing("x"), 1, 404),
    ],
    ids=lambda value: type(value).__name__,
)
def test_the_nearest_class_counts(error: PapersearchError, code: int, expected: int) -> None:
    """An error takes the exit code and the status of its nearest base class in the tables."""
    assert (exit_code(error), status(error)) == (code, expected)


def test_an_error_without_a_row_is_a_bug() -> None:
    """A class that no table covers raises instead of getting an arbitrary code."""
    with pytest.raises(LookupError, match="PapersearchError"):
        exit_code(PapersearchError("x"))


@pytest.mark.parametrize("error", [BudgetSpent(1.0), ServerBusy()])
def test_load_has_a_header(error: PapersearchError) -> None:
    """A client that the server refuses because of its load learns when to come back."""
    assert headers(error) == {"Retry-After": str(RETRY_SECONDS)}
    assert headers(QueryTooCostly("clauses", 300, 200)) == {}
