"""Test what is typed in fields of numbers and dates."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.normalise.dates import format_date
from search.language.parser import parse
from search.language.ranges import (
    MAX_NUMBER,
    Asked,
    first_day,
    last_day,
    parse_dates,
    parse_numbers,
)
from search.language.tree import Dates, Leaf, Range


def read_dates(text: str) -> tuple[Leaf | None, list[str]]:
    """Return the dates that are typed, and the notices about them."""
    notices: list[str] = []
    return parse_dates(Asked(text, "date", (0, 0), notices.append)), notices


DATES = [
    ("2019", "2019", "2019"), ("2019-05", "2019-05", "2019-05"),
    ("2019-5-3", "2019-05-03", "2019-05-03"), ("2019/05/03", "2019-05-03", "2019-05-03"),
    ("201905031200", "2019-05-03", "2019-05-03"), ("2019.05", "2019-05", "2019-05"),
    ("20190503", "2019-05-03", "2019-05-03"),
    ("2019-05-03T10:00:00Z", "2019-05-03", "2019-05-03"), ("May 2019", "2019-05", "2019-05"),
    ("3 May 2019", "2019-05-03", "2019-05-03"), ("2019-05..2019-08", "2019-05", "2019-08"),
    ("2019-05\u20132019-08", "2019-05", "2019-08"), ("2019-2022", "2019", "2022"),
    ("2019-05-2019-08", "2019-05", "2019-08"), ("2019/2022", "2019", "2022"),
    ("May 2019 to 3 June 2019", "2019-05", "2019-06-03"),
    ("2019..2020-03-04", "2019", "2020-03-04"),
    ("2019-05..", "2019-05", ""), ("..2019-05", "", "2019-05"), ("2019-05..*", "2019-05", ""),
    ("2019-", "2019", ""), ("[2019-05 TO 2019-08]", "2019-05", "2019-08"),
    ("[* TO 2019-08]", "", "2019-08"), ("[2019-05 TO ]", "2019-05", ""),
    ("{2019-05 TO 2019-08}", "2019-06", "2019-07"), ("{2019 TO 2022]", "2020", "2022"),
    (">2019-12-31", "2020-01-01", ""), (">2019-05", "2019-06", ""), (">2019", "2020", ""),
    (">=2019-05", "2019-05", ""), ("<2019-05", "", "2019-04"), ("<=2019-05", "", "2019-05"),
    ("<2020-03-01", "", "2020-02-29"), ("=2019-05", "2019-05", "2019-05"),
    ("2019-05..2019", "2019-05", "2019"), ("2019..2019-05", "2019", "2019-05"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "low", "high"), DATES)
def test_dates(text: str, low: str, high: str) -> None:
    """A date is read as fine as it is typed, in any of the usual forms."""
    assert read_dates(text) == (Dates("date", low, high), [])


MENDED = [
    ("2019-02-30", "2019-02", "2019-02", "There is no day 30 in 2019-02: searched for 2019-02"),
    ("2019-13", "2019", "2019", "There is no month 13: searched for 2019"),
    ("2019-00", "2019", "2019", "There is no month 0: searched for 2019"),
    ("2018..2019-02-30", "2018", "2019-02",
     "There is no day 30 in 2019-02: searched for 2019-02"),
    ("2019-08..2019-05", "2019-05", "2019-08",
     "The range is reversed: searched for 2019-05..2019-08"),
    ("{2019 TO 2020}", "2019", "2020", "No date lies between the ends: both are included"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "low", "high", "notice"), MENDED)
def test_impossible_dates(text: str, low: str, high: str, notice: str) -> None:
    """What is not possible is mended, with one notice."""
    assert read_dates(text) == (Dates("date", low, high), [notice])


@pytest.mark.parametrize("text", ["soon", "..", "", "19", "0000", "9999", "2019..soon", "[a TO b]",
                                  ">", "2019" * 40, "20190503..x"])  # fmt: skip
def test_no_dates(text: str) -> None:
    """Other texts are no dates."""
    assert read_dates(text)[0] is None


YEARS = [
    ("2019-05", Range("year", 2019, 2019),
     ['"year" takes years: searched for 2019; for months write date:2019-05']),
    ("2019-05..2020-08", Range("year", 2019, 2020),
     ['"year" takes years: searched for 2019..2020; for months write date:2019-05..2020-08']),
    (">=2019-05-01", Range("year", 2019, None),
     ['"year" takes years: searched for 2019..; for months write date:2019-05-01..']),
    ("2019-13", Range("year", 2019, 2019), ["There is no month 13: searched for 2019"]),
    ("2019-2022", Range("year", 2019, 2022), []),
    ("2019..2022", Range("year", 2019, 2022), []),
    ("*..2022", Range("year", None, 2022), []),
    ("99999999999..", None, []),
    ("[2019 TO 99999999999]", Range("year", 2019, MAX_NUMBER), []),
    ("soon", None, []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected", "notices"), YEARS)
def test_years(text: str, expected: Leaf | None, notices: list[str]) -> None:
    """Years have no months; a notice says what takes them."""
    found: list[str] = []
    assert parse_numbers(Asked(text, "year", (0, 0), found.append)) == expected
    assert found == notices


PARTIAL = st.tuples(st.integers(1400, 2100), st.integers(0, 12), st.integers(0, 31)).map(
    lambda parts: format_date(*parts)
)


@given(PARTIAL, PARTIAL)
def test_printed_dates_can_be_typed(one: str, other: str) -> None:
    """Dates print as a query that is read as the same dates."""
    low, high = sorted((one, other), key=first_day)
    for asked in (Dates("date", low, high), Dates("date", low, ""), Dates("date", "", high)):
        parsed = parse(str(asked))
        assert (parsed.query, parsed.notices) == (asked, ())


@given(PARTIAL)
def test_first_and_last_day(text: str) -> None:
    """The days of a date begin and end as it does."""
    first, last = first_day(text), last_day(text)
    assert first.isoformat()[: len(text)] == last.isoformat()[: len(text)] == text
    assert (last.toordinal() + 1 - first.toordinal()) in {1, *range(28, 32), 365, 366}
    assert date.fromordinal(last.toordinal() + 1).isoformat()[: len(text)] != text


@given(st.text(max_size=60) | st.text("0123456789-./T[]{}<>= O*\u2013", max_size=30))
def test_any_text(text: str) -> None:
    """No text raises an error in either kind of field."""
    for field in ("date", "year"):
        found = parse(f'{field}:"{text}"')
        assert parse(str(found.query)).query == found.query
