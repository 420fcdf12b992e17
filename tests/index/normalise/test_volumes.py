"""Check the cleaning of volumes, issues and pages."""

import pytest

from index.normalise.volumes import LONGEST, clean_pages, clean_volume, join_pages


@pytest.mark.parametrize(("written", "expected"), [
    ("33", "33"), ("Vol. 33", "33"), ("volume 7", "7"), ("v. 40", "40"),
    ("n° 3", "3"), ("Band 5", "5"), ("v2", "v2"), ("N 3", "N 3"), ("no. 4", "4"), ("4–5", "4-5"),
    ("3--4", "3-4"), ("S1", "S1"), ("Nova 3", "Nova 3"), ("E102-A", "E102-A"), ("11(2)", "11(2)"),
    ("n\u00b0 95", "95"), (" 12 , ", "12"), ("33 (2020)", "33"),
    ("n/a", ""), ("0", ""), ("-", ""), ("", ""), ("Ahead of Print", ""), ("x" * (LONGEST + 1), ""),
])  # fmt: skip
def test_a_volume_keeps_what_it_says(written: str, expected: str) -> None:
    """Labels and dashes are unified, and words for "unknown" are dropped."""
    assert clean_volume(written) == expected


@pytest.mark.parametrize(("written", "expected"), [
    ("101--110", "101-110"), ("pp. 101–110", "101-110"), ("p. 7", "7"), ("e1234", "e1234"),
    ("7-7", "7"), ("101-", "101"), ("S12 - S19", "S12-S19"), ("1-5, 9-12", "1-5, 9-12"),
    ("1865-76", "1865-1876"), ("998-1003", "998-1003"), ("118-9", "118-119"), ("118-8", "118-8"),
    ("17:1-17:20", "17:1-17:20"), ("iv-xii", "iv-xii"), ("Article 12", "Article 12"), ("?", ""),
    ("n/a-n/a", ""), ("no--no", ""), ("??--??", ""), ("000-000", ""), ("Early Access", ""),
    ("NP7-NP9", "NP7-NP9"), ("29 p.", ""), ("312 pages", ""), ("29 S.", ""), ("29P", "29P"),
    ("123S", "123S"),
])  # fmt: skip
def test_pages_are_written_in_one_way(written: str, expected: str) -> None:
    """A span has one hyphen, and a single page stands once."""
    assert clean_pages(written) == expected


JOINED = [
    ("101", "110", "101-110"),
    ("101", "", "101"),
    ("", "110", "110"),
    ("101-110", "110", "101-110"),
    ("101", "101-110", "101-110"),
    ("e12", "", "e12"),
    (" 5", "9 ", "5-9"),
    ("", "", ""),
]


@pytest.mark.parametrize(("first", "last", "pages"), JOINED)
def test_pages_are_joined(first: str, last: str, pages: str) -> None:
    """The first and the last page are joined; one of them may hold both."""
    assert join_pages(first, last) == pages


@pytest.mark.parametrize("written", ["N.PAG", "N.PAG-N.PAG", "No-Specified"])
def test_databases_say_that_pages_are_unknown(written: str) -> None:
    """EBSCO and Ovid write words in place of pages."""
    assert clean_pages(written) == ""
