"""Print what was packed or unpacked."""

from typing import TYPE_CHECKING

from index.people.curation import CURATION
from web.terminal.printing import escape_controls
from web.wording import format_count

if TYPE_CHECKING:
    from pathlib import Path

    from index.packs.packing import PackReport


def format_packing(report: "PackReport", file: str) -> str:
    """Format what `papers pack` did."""
    lines = [f"{format_count(report.papers, 'paper')} packed into {file}", _count_files(report)]
    return "\n".join(map(escape_controls, lines))


def format_unpacking(report: "PackReport", directory: "Path") -> str:
    """Format what `papers unpack` did."""
    papers = format_count(report.papers, "paper")
    lines = [
        f"{papers} unpacked into {directory}",
        _count_files(report),
        f"  generation {report.generation} is now in use",
    ]
    if report.authors == "kept":
        lines.append(f"  {CURATION} of the index stays; --replace takes that of the pack")
    elif report.authors:
        lines.append(f"  {CURATION} was unpacked")
    return "\n".join(map(escape_controls, lines))


def _count_files(report: "PackReport") -> str:
    size = f"{report.bytes / 1e6:,.1f} MB"
    return f"  {format_count(report.files, 'file')}, {size} in {report.seconds:.1f} s"
