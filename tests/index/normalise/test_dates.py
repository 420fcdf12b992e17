"""Test what is read from the dates that dumps write."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.normalise.dates import (
    MONTHS,
    count_days,
    decode_date,
    drop_placeholder,
    encode_date,
    find_first_date,
    find_year,
    format_date,
    join_date,
    parse_date,
    parse_day,
    parse_year,
)


@pytest.mark.parametrize(("written", "expected"), [
    ("2026-05-27", "2026-05-27"), ("2026-05-27T10:00:00Z", "2026-05-27"),
    (" 2024/5/3 12:00", "2024-05-03"), ("2024-02-29", "2024-02-29"), ("2023-02-29", ""),
    ("2026-05-271", ""), ("2026-05", ""), ("27 May 2026", ""), ("", ""), (None, ""),
    ("2026-05-27" + "x" * 10_000, "2026-05-27"),
])  # fmt: skip
def test_day(written: str | None, expected: str) -> None:
    """A day that does not exist, or that follows other text, is not found."""
    assert parse_day(written) == expected


@pytest.mark.parametrize(("written", "expected"), [
    ("2019", "2019"), ("c2019", "2019"), ("2019-05", "2019-05"), ("2019-05-03", "2019-05-03"),
    ("2019-05-03T10:00:00Z", "2019-05-03"), ("2019/5/3", "2019-05-03"), ("2019/05//", "2019-05"),
    ("2019///", "2019"), ("2019.05.03", "2019-05-03"), ("05/2019", "2019-05"),
    ("01/02/2019", "2019"), ("2 Apr 2007", "2007-04-02"), ("Mon, 2 Apr 2007 19:18", "2007-04-02"),
    ("April 2007", "2007-04"), ("April 2, 2007", "2007-04-02"), ("2007 Apr 2", "2007-04-02"),
    ("2007-Apr-02", "2007-04-02"), ("3rd of May 2019", "2019-05-03"), ("Sept. 2019", "2019-09"),
    ("APRIL 19:18 2007", "2007-04"), ("1998 Dec-1999 Jan", "1998-12"), ("2018 Jul-Aug", "2018-07"),
    ("23-25 June 2019", "2019-06-23"), ("June 23--25, 2019", "2019-06-23"),
    ("July\u2013August 2010", "2010-07"), ("2019-05/2019-08", "2019-05"), ("1998--1999", "1998"),
    ("2019-2020", "2019"), ("2000 Spring", "2000"), ("2019 Marchand", "2019"),
    ("Maya 2019", "2019"), ("2019-13", "2019"), ("2019-00-00", "2019"), ("2019-20", "2019"),
    ("2019-02-30", "2019-02"),
    ("May", ""), ("20190503", ""), ("", ""), ("2019-05" + " " * 10_000 + "-03", "2019-05"),
])  # fmt: skip
def test_date(written: str, expected: str) -> None:
    """A date is as fine as it is written; a span is where it begins; a season is a year."""
    assert parse_date(written) == expected


@given(st.dates(min_value=date(1400, 1, 1)), st.sampled_from(("%Y-%m-%d", "%Y/%m/%d", "%d %B %Y",
       "%B %d, %Y", "%Y %b %d", "%a, %d %b %Y 10:11:12 GMT")))  # fmt: skip
def test_every_day_in_every_form(day: date, form: str) -> None:
    """The same day comes out of each form; read again, it is the same."""
    assert parse_date(day.strftime(form)) == day.isoformat() == parse_date(day.isoformat())


@given(st.text(max_size=80))
def test_any_text(text: str) -> None:
    """Whatever is read is a date, and what a date is read from does not matter."""
    found = parse_date(text)
    assert found == "" or parse_date(found) == found
    assert found == "" or encode_date(found) > 0 or found == "0000"


@pytest.mark.parametrize(("parts", "expected"), [
    ((2019, 5, 3), "2019-05-03"), (("2019", "05", "17"), "2019-05-17"), ((2019, "May"), "2019-05"),
    ((2019, "Jul-Aug", None), "2019-07"), ((2019, None, None), "2019"), ((2019, 0, 0), "2019"),
    (("", "May"), ""), ((2019,), "2019"), ((2019, "8", ""), "2019-08"),
])  # fmt: skip
def test_parts(parts: tuple[object, ...], expected: str) -> None:
    """Parts that are unknown are left out."""
    assert parse_date(join_date(*parts)) == expected


@pytest.mark.parametrize(("year", "texts", "expected"), [
    (2019, ("2019-05", "2019-05-20"), "2019-05-20"),
    (2019, ("2019-05", "2019-03-01"), "2019-03-01"),
    (2019, ("2019-05", "2019-06-01"), "2019-05"), (2019, ("2018-12-01", "2019"), ""),
    (2019, (None, ""), ""), (2019, (), ""), (None, ("2019-05",), ""),
])  # fmt: skip
def test_first_date(year: int | None, texts: tuple[str | None, ...], expected: str) -> None:
    """Only a date in the year counts: the earliest, and of a month and its day the day."""
    assert find_first_date(year, *texts) == expected


def test_dates_that_do_not_exist() -> None:
    """A part that does not exist is left out, with the parts below it."""
    assert [format_date(2019, 13, 3), format_date(2019, 2, 29)] == ["2019", "2019-02"]
    assert [count_days(2020, 2), count_days(1900, 2), count_days(0, 2)] == [29, 28, 29]
    assert len(MONTHS) == len({*MONTHS}) == 12


@pytest.mark.parametrize(("day", "expected"), [
    ("2019-01-01", "2019"), ("2019-05-01", "2019-05"), ("2019-01-11", "2019-01-11"),
    ("2019-11-02", "2019-11-02"), ("2019-01", "2019-01"), ("", ""),
])  # fmt: skip
def test_placeholders(day: str, expected: str) -> None:
    """The first day of a month stands for the month, and that of a year for the year."""
    assert drop_placeholder(day) == expected


def test_encoded_dates_sort_by_time() -> None:
    """A year comes before its months, and a month before its days."""
    dates = ["2018", "2018-12-31", "2019", "2019-05", "2019-05-01", "2019-05-31", "2019-06", "2020"]
    numbers = [encode_date(written) for written in dates]
    assert numbers == sorted(numbers)
    assert numbers[2:5] == [20190000, 20190500, 20190501]
    assert [decode_date(number) for number in numbers] == dates
    assert [decode_date(20190599), decode_date(20191299)] == ["2019-05", "2019-12"]


YEARS = [
    (("in press", "2019/05//", "2020"), "2019"),
    (("c1998",), "1998"),
    (("0", "99999", "1234"), ""),
    (("",), ""),
    ((), ""),
]


@pytest.mark.parametrize(("texts", "year"), YEARS)
def test_the_first_year_counts(texts: tuple[str, ...], year: str) -> None:
    """Texts without a year that a paper can have are passed over."""
    assert find_year(*texts) == year


@pytest.mark.parametrize(("stated", "year"), [
    (2019, 2019), ("2019-05", 2019), ("Mar 2019", 2019), (10**30, None), ("9" * 9_999, None),
    ("99999", None), (0, None), (-2019, 2019), (None, None), ("", None),
])  # fmt: skip
def test_a_year(stated: str | int | None, year: int | None) -> None:
    """A year is read from a number or text of any size."""
    assert parse_year(stated) == year
