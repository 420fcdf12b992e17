"""Say in words what was found out about a bibliography."""

from search.bibliography.check import Report
from search.bibliography.findings import Finding, Kind

HEADINGS = {
    Kind.PUBLISHED: "Published since",
    Kind.STATUS: "Withdrawn, rejected or retracted",
    Kind.STRAY: "Identifiers of other papers",
    Kind.DIFFERS: "Different in the index",
    Kind.MISSING: "Missing fields",
}
"""The heading of each kind of finding, in the order in which they are shown."""


def summarise(report: Report) -> str:
    """Return in a sentence how many entries were found, and how many were not checked."""
    total = len(report.entries)
    entries = "entry" if total == 1 else "entries"
    text = f"{report.found:,} of {total:,} {entries} found in the index."
    return f"{text} {report.left_out:,} not checked." if report.left_out else text


def describe_finding(finding: Finding) -> str:
    """Describe a finding in a few words: ``year: 2019, in the index 2020``."""
    field, written, known = finding.field, finding.written, finding.known
    if finding.kind is Kind.STATUS:
        return known
    if finding.kind is Kind.STRAY:
        return f'{field} {written} is that of "{known}"'
    if finding.kind is Kind.DIFFERS:
        return f"{'authors' if field == 'author' else field}: {written}, in the index {known}"
    return f"{field}: {known}"
