"""Check the words in which findings are described."""

import pytest

from search.bibliography.check import Report
from search.bibliography.findings import Finding, Kind
from search.bibliography.wording import HEADINGS, describe_finding, summarise

CASES = [
    (Finding(Kind.PUBLISHED, "year", "2019", "2020"), "year: 2020"),
    (Finding(Kind.MISSING, "doi", "", "10.1/x"), "doi: 10.1/x"),
    (Finding(Kind.DIFFERS, "author", "1", "2"), "authors: 1, in the index 2"),
    (Finding(Kind.STATUS, "note", "", "retracted"), "retracted"),
    (Finding(Kind.STRAY, "doi", "10.1/x", "Tides"), 'doi 10.1/x is that of "Tides"'),
]


@pytest.mark.parametrize(("finding", "expected"), CASES)
def test_findings_in_words(finding: Finding, expected: str) -> None:
    """Each kind has its heading and its words."""
    assert describe_finding(finding) == expected
    assert HEADINGS[finding.kind]


def test_what_was_not_checked_is_said() -> None:
    """The summary counts entries that were left out."""
    report = Report("", (), 12, ())
    assert summarise(report) == "0 of 0 entries found in the index. 12 not checked."
