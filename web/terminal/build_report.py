"""Print what a build or an update did, and what an index holds."""

from collections import Counter
from typing import TYPE_CHECKING

from index.engines.engine import ENGINES, default_engine
from index.store.manifest import COUNTED, GLUED
from web.terminal.documents import print_json
from web.terminal.printing import escape_controls, print_text
from web.wording import format_count

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from index.build.generation_builder import BuildResult
    from index.settings import BuildSettings
    from index.store.manifest import Manifest, Report

MOST_LISTED = 8
"""Repairs, and fields with odd values, that are listed for each format, the most frequent first;
the rest are left out."""

MOST_UNREAD = 5
"""Unread files that are listed; the rest are counted."""


def choose_engine(engine_name: str | None) -> str:
    """Return the engine to build with, and warn if the preferred one is not installed."""
    if engine_name:
        return engine_name
    chosen = default_engine()
    if chosen != ENGINES[0]:
        missing, fallback = ENGINES[0].capitalize(), chosen.capitalize()
        message = f"{missing} is not installed. Building with {fallback}, which is slower."
        print_text(message, error=True)
    return chosen


def format_build(manifest: "Manifest", report: "Report", directory: str) -> str:
    """Format what an index holds and what became of every record of its last build or update."""
    rate = report.read / report.seconds if report.seconds else 0
    verb = "updated" if manifest.base else "built"
    merged = f" from {manifest.records:,} records" if manifest.records != manifest.papers else ""
    lines = [
        f"{format_count(manifest.papers, 'paper')}{merged} in {directory}",
        f"  dumps: {', '.join(dump.name for dump in manifest.dumps)}",
        f"  {verb} {manifest.created} in {report.seconds:.1f} s, {rate:,.0f} records/s",
        *_list_counts(report),
    ]
    return "\n".join(map(escape_controls, lines))


def format_update(manifest: "Manifest", report: "Report", directory: str) -> str:
    """Format what an update changed."""
    papers = format_count(report.papers, "paper")
    if report.new or report.changed or report.deleted or report.people or report.citations:
        counts = f"{report.new:,} new, {report.changed:,} changed, {report.deleted:,} deleted"
        lines = [f"{counts} records: {papers} in {directory}"]
    else:
        lines = [f"Nothing changed: {format_count(manifest.papers, 'paper')} in {directory}"]
    if report.people:
        people = "person" if report.people == 1 else "people"
        lines.append(f"  {report.people:,} {people} with changed names")
    if report.citations:
        lines.append(f"  {format_count(report.citations, 'citation')} added or removed")
    lines.append(f"  in {report.seconds:.1f} s")
    lines += _list_counts(report) if report.read else []
    return "\n".join(map(escape_controls, lines))


def _list_counts(report: "Report") -> list[str]:
    outcomes = (f"{getattr(report, name):,} {name}" for name in COUNTED if name != "read")
    lines = [f"  {report.read:,} read = {' + '.join(outcomes)}"]
    for kind, repairs in report.repairs.items():
        others = {name: count for name, count in repairs.items() if name != GLUED}
        lines += [f"  repaired texts of {kind}: {_list_most(others)}"] if others else []
        if glued := repairs.get(GLUED):
            lines.append(f"  repaired glued words of {kind}: {format_count(glued, 'abstract')}")
    for kind, odd in report.odd_values.items():
        lines.append(f"  odd values of {kind}: {_list_most(odd)}")
    for reject in report.first_rejects:
        place = reject.source.file or reject.source.dump
        lines.append(f"  rejected: record {reject.source.record} of {place} {reject.reason}")
    if report.rejected > len(report.first_rejects):
        lines.append("  all rejected records: rejects.jsonl.zst in the generation's folder")
    if report.left_out:
        lines.append(f"  files left out of the dumps: {_list_most(report.left_out)}")
    if report.unread_files:
        lines.append(f"  files in no known format: {_list_unread(report.unread_files)}")
    return lines


def _list_unread(files: tuple[str, ...]) -> str:
    """List files that were passed over; built alone, each is described with a way out."""
    more = f" and {len(files) - MOST_UNREAD:,} more" if len(files) > MOST_UNREAD else ""
    return f"{', '.join(files[:MOST_UNREAD])}{more} (build one alone to see why)"


def _list_most(counts: dict[str, int]) -> str:
    named = [f"{name} {count:,}" for name, count in Counter(counts).most_common(MOST_LISTED)]
    return ", ".join([*named, *(["..."] if len(counts) > MOST_LISTED else [])])


def print_report(
    format_report: "Callable[[Manifest, Report, str], str]",
    made: "BuildResult",
    directory: "Path",
    settings: "BuildSettings",
    *,
    as_json: bool,
) -> None:
    """Print what a build or an update did.

    Args:
        format_report: `format_build` or `format_update`.
        made: What the build or update returned.
        directory: The index.
        settings: The settings used; a dry run is announced as one.
        as_json: Whether to print the report as one JSON document instead.
    """
    manifest, report = made
    if as_json:
        print_json(report)
        return
    dry_run = "Dry run: nothing was changed.\n" if settings.dry_run else ""
    print_text(dry_run + format_report(manifest, report, str(directory)))
