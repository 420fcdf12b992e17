"""Test that a request keeps its limits."""

import pytest

from search.errors import ChoiceUnknown, PageInvalid, ParameterInvalid, QueryTooCostly
from search.request.facets import Selection
from search.request.search_request import (
    MAX_HITS,
    MAX_PER_PAGE,
    MAX_QUERY,
    MAX_SELECTED,
    SearchRequest,
)


@pytest.mark.parametrize(
    ("arguments", "error", "says"),
    [
        ({"query": "x" * (MAX_QUERY + 1)}, QueryTooCostly,
         "20,001 characters; the limit is 20,000"),
        ({"selections": {"topic": Selection(tuple(map(str, range(MAX_SELECTED))), ("x",))}},
         QueryTooCostly, "101 selected values"),
        ({"page": 0}, PageInvalid, "No such page: 0"),
        ({"page": -1}, PageInvalid, "from 1 to 10,000"),
        ({"page": MAX_HITS // 10 + 1}, PageInvalid, "No such page: 10,001"),
        ({"page": 1_001, "per_page": 100}, PageInvalid, "from 1 to 1,000"),
        ({"per_page": 0}, ParameterInvalid, r"Invalid per_page '0'\. Use 1 to 100"),
        ({"per_page": 101}, ParameterInvalid, "Invalid per_page '101'"),
        ({"sort": "best"}, ChoiceUnknown, r"Unknown sort 'best'\. Choose one of relevance"),
        ({"facets": ("venue", "colour")}, ChoiceUnknown, "Unknown facet 'colour'"),
        ({"selections": {"colour": Selection(("red",))}}, ParameterInvalid, "'colour'"),
    ],
)  # fmt: skip
def test_limits_are_enforced(
    arguments: dict[str, object], error: type[Exception], says: str
) -> None:
    """A value beyond its limit raises an error that states the limit."""
    with pytest.raises(error, match=says):
        SearchRequest(**arguments)  # type: ignore[arg-type]


def test_the_limits_themselves_are_allowed() -> None:
    """The longest query, the most values and the last page are allowed."""
    most = Selection(tuple(map(str, range(MAX_SELECTED))))
    largest = SearchRequest("x" * MAX_QUERY, {"topic": most}, page=1_000, per_page=MAX_PER_PAGE)
    assert largest.page * largest.per_page == MAX_HITS
    assert SearchRequest(page=MAX_HITS // 10).page == MAX_HITS // 10


def test_lone_surrogates_are_replaced() -> None:
    """A query can always be written as UTF-8: surrogates are joined in pairs or replaced."""
    assert SearchRequest("a\ud83d\ude00b \udcff c").query == "a\U0001f600b \ufffd c"
    assert SearchRequest("naïve").query == "naïve"
