"""Show reports of conversations to the maintainer as text."""

from collections.abc import Iterable
from datetime import UTC, datetime

from web.accounts.reports import Report
from web.terminal.layout import wrap_paragraphs
from web.terminal.printing import escape_controls

_DELETED = "somebody whose account is deleted"


def format_reports(reports: Iterable[Report]) -> str:
    """Format reports for a terminal: each with who reports whom, why, and what was written."""
    return "\n".join(line for report in reports for line in _list_lines(report))


def _list_lines(report: Report) -> list[str]:
    day = f"{datetime.fromtimestamp(report.created, UTC):%Y-%m-%d}"
    state = "upheld" if report.upheld else "waits"
    orcid = f" (ORCID iD {report.orcid})" if report.orcid else ""
    reported = (report.reported or _DELETED) + orcid
    who = f"{report.reporter or _DELETED} reports {reported}"
    more = [f"reason: {report.reason}"] * bool(report.reason)
    more += [line for line in report.copy.splitlines() if line.strip()]
    texts = [escape_controls(" ".join(line.split())) for line in more]
    return [
        escape_controls(f"{report.number}  {state}  {day}  {who}"),
        *wrap_paragraphs(texts, "   "),
    ]
