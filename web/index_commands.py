"""Answers: what can be done to an index from the command line?"""

from datetime import datetime
from typing import TYPE_CHECKING

import click

from index.engines import ENGINES, default_engine
from index.settings import BuildSettings, index_directory
from web.options import index_option, json_option

if TYPE_CHECKING:
    from index.manifest import Manifest, Report


@click.command()
@click.argument("dumps", nargs=-1, required=True, metavar="DUMP...")
@index_option
@click.option(
    "--max-rejects",
    type=click.FloatRange(0, 100),
    default=5.0,
    show_default=True,
    metavar="PERCENT",
    help="Leave the index as it is if more of the records are rejected.",
)
@click.option(
    "--keep",
    type=click.IntRange(1),
    default=2,
    show_default=True,
    metavar="N",
    help="Generations to keep, the new one included.",
)
@click.option("--licence", default="", help="Licence of the records that name none.")
@click.option(
    "--date",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Date of the dumps, if not the file's.",
)
@click.option(
    "--engine",
    "engine_name",
    type=click.Choice(ENGINES),
    help=f"What keeps and searches the index.  [default: {ENGINES[0]} where it is installed]",
)
@click.option(
    "--map",
    "columns",
    multiple=True,
    metavar="COLUMN=FIELD",
    help="Say what a column of a CSV or TSV table holds; as often as needed.",
)
@click.option(
    "--processes",
    type=click.IntRange(0, 64),
    help="How many prepare records for the one that writes.  [default: one a processor, at most 4]",
)
@click.option("--quiet", is_flag=True, help="No progress bar.")
@json_option
def build(
    dumps: tuple[str, ...],
    index_name: str | None,
    max_rejects: float,
    keep: int,
    licence: str,
    date: datetime | None,
    engine_name: str | None,
    columns: tuple[str, ...],
    processes: int | None,
    quiet: bool,
    as_json: bool,
) -> None:
    """Build a new index from DUMPs and put it in use.

    A DUMP is a file (plain, .gz .bz2 .xz .zst), an archive (.zip .tar .tar.*), a folder, or -
    for standard input. The format is found by looking into it.
    """
    from index.build import build as build_index
    from web.progress import bar

    day = f"{date:%Y-%m-%d}" if date else ""
    settings = BuildSettings(
        engine=_chosen(engine_name),
        max_rejects=max_rejects / 100,
        keep=keep,
        licence=licence,
        date=day,
        columns=_columns(columns),
        processes=processes,
    )
    directory = index_directory(index_name)
    with bar(dumps, shown=not quiet and not as_json) as watch:
        manifest, report = build_index(directory, dumps, settings, watch)
    if as_json:
        _print_json(report)
    else:
        click.echo(_told(manifest, report, str(directory)))


def _columns(mapped: tuple[str, ...]) -> dict[str, str]:
    """Read ``Paper name=title``; what stands behind the last sign of equality is the field."""
    from index.formats.table_columns import FIELDS

    columns = {}
    for pair in mapped:
        column, _, field = (part.strip() for part in pair.rpartition("="))
        if not column or field not in FIELDS:
            message = f"'{pair}' is no COLUMN=FIELD with a field of: {', '.join(FIELDS)}."
            raise click.BadParameter(message, param_hint="--map")
        columns[column] = field
    return columns


def _chosen(engine_name: str | None) -> str:
    """Give the engine to build with, and say so where the first choice cannot be had."""
    if engine_name:
        return engine_name
    chosen = default_engine()
    if chosen != ENGINES[0]:
        missing, taken = ENGINES[0].capitalize(), chosen.capitalize()
        told = f"{missing} is not installed here; the index is built with {taken}, which is slower."
        click.echo(told, err=True)
    return chosen


@click.command()
@index_option
@json_option
def status(index_name: str | None, as_json: bool) -> None:
    """Say what the index holds and which generations it has."""
    from index.generations import GENERATIONS, current_folder, current_name, list_generations
    from index.manifest import read_manifest, read_report

    directory = index_directory(index_name)
    folder = current_folder(directory)
    manifest = read_manifest(folder)
    if as_json:
        _print_json(manifest)
        return
    click.echo(_told(manifest, read_report(folder), str(directory)))
    present = current_name(directory)
    for name in list_generations(directory):
        mark = "in use" if name == present else "kept, see `papers rollback`"
        click.echo(f"  {GENERATIONS}/{name}  {mark}")


@click.command()
@index_option
def verify(index_name: str | None) -> None:
    """Read the whole index and see that it is as it was written."""
    from index.build import verify_content
    from index.generations import check_digests, current_folder
    from index.manifest import read_manifest

    folder = current_folder(index_directory(index_name))
    manifest = read_manifest(folder)
    check_digests(folder, manifest)
    verify_content(folder, manifest)
    click.echo(f"Generation {manifest.name} is whole: {manifest.papers:,} papers.")


@click.command()
@index_option
def rollback(index_name: str | None) -> None:
    """Put the generation before the present one in use."""
    from index.errors import IndexMissing
    from index.generations import CURRENT, roll_back
    from index.lock import only_builder

    directory = index_directory(index_name)
    if not (directory / CURRENT).exists():  # a mistyped path is not to become a folder
        raise IndexMissing(str(directory))
    with only_builder(directory):
        name = roll_back(directory)
    click.echo(f"Generation {name} is in use again.")


def _print_json(record: "Manifest | Report") -> None:
    import msgspec

    click.echo(msgspec.json.encode(record).decode())


def _told(manifest: "Manifest", report: "Report", directory: str) -> str:
    rate = report.read / report.seconds if report.seconds else 0
    lines = [
        f"{manifest.papers:,} papers in {directory}",
        f"  from {', '.join(dump.name for dump in manifest.dumps)}",
        f"  built {manifest.created} in {report.seconds:.1f} s, {rate:,.0f} records/s",
        (
            f"  {report.read:,} read = {report.indexed:,} indexed + {report.merged:,} merged"
            f" + {report.unchanged:,} unchanged + {report.skipped:,} skipped"
            f" + {report.rejected:,} rejected"
        ),
    ]
    for reject in report.first_rejects:
        place = reject.source.file or reject.source.dump
        lines.append(f"  rejected: record {reject.source.record} of {place} {reject.reason}")
    if report.rejected > len(report.first_rejects):
        lines.append("  all of them are in the generation's rejects.jsonl.zst")
    if report.unread_files:
        lines.append(f"  not papers, passed over: {', '.join(report.unread_files[:5])}")
    return "\n".join(lines)
