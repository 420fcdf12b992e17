"""Answers: how is it told what a build or an update has done?"""

from collections import Counter
from typing import TYPE_CHECKING

import click

from index.engines.engine import ENGINES, default_engine
from index.store.manifest import COUNTED

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from index.build.generation_builder import BuildResult
    from index.settings import BuildSettings
    from index.store.manifest import Manifest, Report

MOST_REPAIRS = 8
"""Repairs that are named for a kind of dump, the most frequent first."""


def chosen_engine(engine_name: str | None) -> str:
    """Give the engine to build with, and say so where the first choice cannot be had."""
    if engine_name:
        return engine_name
    chosen = default_engine()
    if chosen != ENGINES[0]:
        missing, taken = ENGINES[0].capitalize(), chosen.capitalize()
        told = f"{missing} is not installed here; the index is built with {taken}, which is slower."
        click.echo(told, err=True)
    return chosen


def print_json(record: "Manifest | Report") -> None:
    """Print one JSON document."""
    import msgspec

    click.echo(msgspec.json.encode(record).decode())


def told(manifest: "Manifest", report: "Report", directory: str) -> str:
    """Tell what an index holds and what the last build or update did with every record."""
    rate = report.read / report.seconds if report.seconds else 0
    verb = "updated" if manifest.base else "built"
    of = f" of {manifest.records:,} records" if manifest.records != manifest.papers else ""
    lines = [
        f"{manifest.papers:,} papers{of} in {directory}",
        f"  from {', '.join(dump.name for dump in manifest.dumps)}",
        f"  {verb} {manifest.created} in {report.seconds:.1f} s, {rate:,.0f} records/s",
        *_accounts(report),
    ]
    return "\n".join(lines)


def updated(manifest: "Manifest", report: "Report", directory: str) -> str:
    """Tell what an update did."""
    if not (report.new or report.changed or report.deleted or report.people):
        lines = [f"Nothing has changed: {manifest.papers:,} papers in {directory}"]
    else:
        counts = f"{report.new:,} new, {report.changed:,} changed, {report.deleted:,} deleted"
        lines = [f"{counts} records: {report.papers:,} papers in {directory}"]
    if report.people:
        lines.append(f"  {report.people:,} people with other names than before")
    lines.append(f"  in {report.seconds:.1f} s")
    return "\n".join([*lines, *(_accounts(report) if report.read else [])])


def _accounts(report: "Report") -> list[str]:
    outcomes = (f"{getattr(report, name):,} {name}" for name in COUNTED if name != "read")
    lines = [f"  {report.read:,} read = {' + '.join(outcomes)}"]
    for kind, repairs in report.repairs.items():
        named = [f"{name} {count:,}" for name, count in Counter(repairs).most_common(MOST_REPAIRS)]
        more = ", ..." if len(repairs) > MOST_REPAIRS else ""
        lines.append(f"  texts of {kind} repaired: {', '.join(named)}{more}")
    for reject in report.first_rejects:
        place = reject.source.file or reject.source.dump
        lines.append(f"  rejected: record {reject.source.record} of {place} {reject.reason}")
    if report.rejected > len(report.first_rejects):
        lines.append("  all of them are in the generation's rejects.jsonl.zst")
    if report.unread_files:
        lines.append(f"  not papers, passed over: {', '.join(report.unread_files[:5])}")
    return lines


def say(
    tell: "Callable[[Manifest, Report, str], str]",
    made: "BuildResult",
    directory: "Path",
    settings: "BuildSettings",
    *,
    as_json: bool,
) -> None:
    """Print what a build or an update did.

    Args:
        tell: `told` or `updated`.
        made: What it gave.
        directory: The index.
        settings: What it was allowed; a dry run is told as such.
        as_json: Print the account as one JSON document instead.
    """
    manifest, report = made
    if as_json:
        print_json(report)
        return
    tried = "Only tried, nothing of it is in use:\n" if settings.dry_run else ""
    click.echo(tried + tell(manifest, report, str(directory)))
