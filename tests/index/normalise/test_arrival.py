"""Check the number by which papers are sorted and selected by when they first came."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from index.normalise.arrival import bound_seconds, encode_arrival, start_of_day

SECONDS = st.integers(0, 2**33)
DATES = st.none() | st.integers(14_000_000, 21_001_231)


@given(SECONDS, SECONDS, DATES, DATES)
def test_the_second_comes_before_the_date(
    one: int, other: int, its_date: int | None, other_date: int | None
) -> None:
    """A later arrival is greater whatever the dates, and every number is within its second."""
    low, high = bound_seconds(one, one)
    number = encode_arrival(one, its_date)
    assert low is not None
    assert high is not None
    assert low <= number <= high < 2**62
    if one < other:
        assert number < encode_arrival(other, other_date)
    if one == other and (its_date or 0) < (other_date or 0):
        assert number < encode_arrival(other, other_date)


def test_days_begin_in_utc() -> None:
    """A day begins at midnight in UTC, and open ends stay open."""
    assert start_of_day(date(1970, 1, 2)) == 86_400
    assert bound_seconds(None, None) == (None, None)
