"""Test which papers a range of dates matches, against the days that their dates span."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.normalise.dates import encode_date, format_date
from search.language.ranges import first_day, last_day
from search.planning.dates import match_dates
from search.planning.plan import AnyOf, Node, Numbers

PARTIAL = st.tuples(st.integers(2018, 2021), st.integers(0, 12), st.integers(0, 31)).map(
    lambda parts: format_date(*parts)
)


def matches(node: Node, paper: str) -> bool:
    """Return whether a paper with this date matches a node."""
    if isinstance(node, AnyOf):
        return any(matches(child, paper) for child in node.children)
    assert isinstance(node, Numbers)
    if node.field == "year":
        number = int(paper[:4])
    elif len(paper) == 4:
        return False  # no date finer than a year is indexed
    else:
        number = encode_date(paper)
    return (node.low is None or node.low <= number) and (node.high is None or number <= node.high)


def lies_within(paper: str, low: str, high: str) -> bool:
    """Return whether each day on which a paper may have appeared is in a range."""
    first = first_day(low) if low else date.min
    last = last_day(high) if high else date.max
    return first <= first_day(paper) and last_day(paper) <= last


@given(PARTIAL, PARTIAL | st.just(""), PARTIAL | st.just(""))
def test_a_date_matches_if_all_its_days_do(paper: str, one: str, other: str) -> None:
    """A paper is found if its date lies in the range whatever its unknown day or month is."""
    low, high = (one, other)
    if low and high and first_day(low) > last_day(high):
        low, high = high, low
    assert matches(match_dates(low, high), paper) == lies_within(paper, low, high)


@pytest.mark.parametrize(("low", "high", "expected"), [
    ("2019", "2019", Numbers("year", 2019, 2019)),
    ("2019", "2022", Numbers("year", 2019, 2022)),
    ("2019-01-01", "2019-12-31", Numbers("year", 2019, 2019)),
    ("2019-01", "", Numbers("year", 2019, None)),
    ("", "2019-12", Numbers("year", None, 2019)),
    ("2019-05", "2019-05", Numbers("date", 20190500, 20190599)),
    ("2019-05-01", "2019-05-31", Numbers("date", 20190500, 20190599)),
    ("2019-05-03", "2019-05-03", Numbers("date", 20190503, 20190503)),
    ("2019-05", "2019-08", Numbers("date", 20190500, 20190899)),
])  # fmt: skip
def test_a_plain_range_is_one_clause(low: str, high: str, expected: Node) -> None:
    """Whole years, whole months and single days cost as much as a range of years."""
    assert match_dates(low, high) == expected
