"""Answers: how are dumps built into an index, added to one, and papers taken out again?"""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

import click

from index.engines.engine import ENGINES
from index.settings import BuildSettings, index_directory
from web.commands.options import index_option, json_option, text
from web.terminal.build_report import chosen_engine, say, told, updated

F = TypeVar("F", bound=Callable[..., Any])

_DAY = click.DateTime(["%Y-%m-%d"])

_SETTINGS = (
    click.option(
        "--max-rejects",
        type=click.FloatRange(0, 100),
        default=5.0,
        show_default=True,
        metavar="PERCENT",
        help="Leave the index as it is if more of the records are rejected.",
    ),
    click.option(
        "--keep",
        type=click.IntRange(1),
        default=2,
        show_default=True,
        metavar="N",
        help="Generations to keep, the new one included.",
    ),
    click.option("--licence", default="", help="Licence of the records that name none."),
    click.option(
        "--date", type=_DAY, metavar="YYYY-MM-DD", help="Date of the dumps, if not the file's."
    ),
    click.option(
        "--map",
        "columns",
        multiple=True,
        metavar="COLUMN=FIELD",
        help="Say what a column of a CSV or TSV table holds; as often as needed.",
    ),
    click.option(
        "--since",
        type=_DAY,
        metavar="YYYY-MM-DD",
        help="Skip records that have not changed since, where their dump says so.",
    ),
    click.option(
        "--limit", type=click.IntRange(1), metavar="N", help="Read so many records of each dump."
    ),
    click.option(
        "--processes",
        type=click.IntRange(0, 64),
        help="How many prepare records for the one that writes."
        "  [default: one a processor, at most 4]",
    ),
    click.option("--dry-run", is_flag=True, help="Read, count and report; put nothing in use."),
    click.option("--quiet", is_flag=True, help="No progress bar."),
)


def reading_options(command: F) -> F:
    """Add the options of every command that reads dumps."""
    for option in reversed(_SETTINGS):
        command = option(command)
    return json_option(command)


def _settings(given: dict[str, Any], **others: Any) -> BuildSettings:  # noqa: ANN401 - by name
    """Give the settings that options say."""
    return BuildSettings(
        max_rejects=given["max_rejects"] / 100,
        keep=given["keep"],
        licence=given["licence"],
        date=_day(given["date"]),
        columns=_columns(given["columns"]),
        since=_day(given["since"]),
        limit=given["limit"],
        processes=given["processes"],
        dry_run=given["dry_run"],
        **others,
    )


def _day(given: datetime | None) -> str:
    return f"{given:%Y-%m-%d}" if given else ""


@click.command()
@click.argument("dumps", nargs=-1, required=True, metavar="DUMP...")
@index_option
@click.option(
    "--engine",
    "engine_name",
    type=click.Choice(ENGINES),
    help=f"What keeps and searches the index.  [default: {ENGINES[0]} where it is installed]",
)
@click.option("--resume", is_flag=True, help="Go on with what an interrupted build left.")
@reading_options
def build(
    dumps: tuple[str, ...],
    index_name: str | None,
    engine_name: str | None,
    resume: bool,
    quiet: bool,
    as_json: bool,
    **given: Any,  # noqa: ANN401 - the options of `reading_options`
) -> None:
    """Build a new index from DUMPs and put it in use.

    A DUMP is a file (plain, .gz .bz2 .xz .zst), an archive (.zip .tar .tar.*), a folder, or -
    for standard input. The format is found by looking into it. Records of one work become
    one paper.
    """
    from index.build.operations import build as build_index
    from web.commands.progress import bar

    settings = _settings(given, engine=chosen_engine(engine_name), resume=resume)
    directory = index_directory(index_name)
    with bar(dumps, shown=not quiet and not as_json) as watch:
        made = build_index(directory, dumps, settings, watch)
    say(told, made, directory, settings, as_json=as_json)


@click.command()
@click.argument("dumps", nargs=-1, required=True, metavar="DUMP...")
@index_option
@reading_options
def add(
    dumps: tuple[str, ...],
    index_name: str | None,
    quiet: bool,
    as_json: bool,
    **given: Any,  # noqa: ANN401 - the options of `reading_options`
) -> None:
    """Bring the index up to date with DUMPs, in the order given.

    Records are known by their ids: new ones come in, changed ones are put in place of the old,
    those that a DUMP says are deleted go, and all others stay. Where nothing has changed the
    index stays as it is.
    """
    from index.build.operations import add as add_dumps
    from web.commands.progress import bar

    settings = _settings(given)
    directory = index_directory(index_name)
    with bar(dumps, shown=not quiet and not as_json) as watch:
        made = add_dumps(directory, dumps, settings, watch)
    say(updated, made, directory, settings, as_json=as_json)


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="ID...", type=text)
@index_option
@click.option("--keep", type=click.IntRange(1), default=2, show_default=True, metavar="N",
              help="Generations to keep, the new one included.")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Say what would go; put nothing in use.")
@json_option
def remove(
    names: tuple[str, ...], index_name: str | None, keep: int, dry_run: bool, as_json: bool
) -> None:
    """Take the papers of these IDs out of the index, with all their records.

    An ID is whatever `papers show` takes. A dump that is added or built later and that has
    a paper brings it back.
    """
    from index.build.operations import remove as remove_records
    from index.records import list_record_ids
    from search.answers.paper_lookup import find_paper
    from search.answers.searcher import Searcher

    directory = index_directory(index_name)
    searcher = Searcher(directory)
    papers = [find_paper(searcher, name) for name in names]
    keys = [key for paper in papers for key in list_record_ids(paper)]
    settings = BuildSettings(keep=keep, dry_run=dry_run)
    made = remove_records(directory, keys, settings)
    for paper in () if as_json else dict.fromkeys(paper.id for paper in papers):
        click.echo(f"removed {paper}")
    say(updated, made, directory, settings, as_json=as_json)


def _columns(mapped: tuple[str, ...]) -> dict[str, str]:
    """Read ``Paper name=title``; what stands behind the last sign of equality is the field."""
    from index.formats.table_columns import list_fields

    columns = {}
    for pair in mapped:
        column, _, field = (part.strip() for part in pair.rpartition("="))
        if not column or field not in list_fields():
            message = f"'{pair}' is no COLUMN=FIELD with a field of: {', '.join(list_fields())}."
            raise click.BadParameter(message, param_hint="--map")
        columns[column] = field
    return columns
