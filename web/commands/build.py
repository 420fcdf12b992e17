"""Build an index from dumps, update it with dumps, and remove papers from it."""

from collections.abc import Callable
from datetime import datetime
from math import isnan
from typing import Any, TypeVar

import click

from index.engines.engine import ENGINES
from index.settings import BuildSettings, index_directory
from web.commands.options import NonEmpty, decode_text, index_option, json_option, keep_option
from web.terminal.build_report import choose_engine, format_build, format_update, print_report
from web.terminal.printing import escape_controls, print_text

F = TypeVar("F", bound=Callable[..., Any])


class _Day(click.DateTime):
    """A date, whose error shows an example instead of click's pattern."""

    def convert(
        self,
        value: Any,  # noqa: ANN401 - click's signature
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> datetime:
        """Parse an argument."""
        try:
            return super().convert(value, param, ctx)
        except click.BadParameter:
            self.fail(f"'{value}' is not a date such as 2026-11-01.", param, ctx)


class _Percent(click.FloatRange):
    """A percentage. Python also reads ``nan`` as a number, with which every comparison fails."""

    def convert(
        self,
        value: Any,  # noqa: ANN401 - click's signature
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> float:
        """Parse an argument."""
        found = float(super().convert(value, param, ctx))
        if isnan(found):
            self.fail(f"'{value}' is not a number from 0 to 100.", param, ctx)
        return found


_DAY = _Day(["%Y-%m-%d"])

_SETTINGS = (
    click.option(
        "--max-rejects",
        type=_Percent(0, 100),
        default=5.0,
        show_default=True,
        metavar="PERCENT",
        help="Fail, and leave the index unchanged, if more of the records are rejected.",
    ),
    keep_option,
    click.option(
        "--licence",
        default="",
        metavar="TEXT",
        type=decode_text,
        help="Licence of records that name none.",
    ),
    click.option(
        "--date",
        type=_DAY,
        metavar="YYYY-MM-DD",
        help="Date of the dumps instead of their files' dates.",
    ),
    click.option(
        "--map",
        "columns",
        multiple=True,
        type=decode_text,
        metavar="COLUMN=FIELD",
        help="Field that a column of a CSV or TSV table holds; may be repeated.",
    ),
    click.option(
        "--since",
        type=_DAY,
        metavar="YYYY-MM-DD",
        help="Skip records that, according to their dump, have not changed since.",
    ),
    click.option(
        "--limit",
        type=click.IntRange(1),
        metavar="N",
        help="Read only the first N records of each dump.",
    ),
    click.option(
        "--processes",
        type=click.IntRange(0, 64),
        metavar="N",
        help="Processes that prepare records for the one that writes, which with 0 does it itself."
        "  [default: one per processor, at most 4]",
    ),
    click.option("--dry-run", is_flag=True, help="Read, count and report, but change nothing."),
    click.option("--quiet", is_flag=True, help="Show no progress bar."),
)


_dumps_argument = click.argument(
    "dumps", nargs=-1, required=True, metavar="DUMP...", type=NonEmpty("a file or a folder")
)


def reading_options(command: F) -> F:
    """Add the options of every command that reads dumps."""
    for option in reversed(_SETTINGS):
        command = option(command)
    return json_option(command)


def _read_settings(given: dict[str, Any], **others: Any) -> BuildSettings:  # noqa: ANN401 - by name
    """Return the build settings that the options ask for."""
    return BuildSettings(
        max_rejects=given["max_rejects"] / 100,
        keep=given["keep"],
        licence=given["licence"],
        date=_format_day(given["date"]),
        columns=_parse_columns(given["columns"]),
        since=_format_day(given["since"]),
        limit=given["limit"],
        processes=given["processes"],
        dry_run=given["dry_run"],
        **others,
    )


def _format_day(given: datetime | None) -> str:
    return f"{given:%Y-%m-%d}" if given else ""


@click.command()
@_dumps_argument
@index_option
@click.option(
    "--engine",
    "engine_name",
    type=click.Choice(ENGINES),
    help=f"Engine that stores and searches the index.  [default: {ENGINES[0]} if installed]",
)
@click.option("--resume", is_flag=True, help="Continue an interrupted build of the same dumps.")
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
    """Build a new index from DUMPs and switch to it.

    A DUMP is a file (plain, .gz .bz2 .xz .zst), an archive (.zip .tar .tar.*), a folder, or -
    for standard input. Its format is detected from its content. Records of the same work are
    merged into one paper.
    """
    from index.build.operations import build as build_index
    from search.answers.generation_check import check_generation
    from web.commands.progress import show_progress

    settings = _read_settings(given, engine=choose_engine(engine_name), resume=resume)
    directory = index_directory(index_name)
    with show_progress(dumps, visible=not quiet and not as_json) as watch:
        made = build_index(directory, dumps, settings, watch, check_generation)
    print_report(format_build, made, directory, settings, as_json=as_json)


@click.command()
@_dumps_argument
@index_option
@reading_options
def add(
    dumps: tuple[str, ...],
    index_name: str | None,
    quiet: bool,
    as_json: bool,
    **given: Any,  # noqa: ANN401 - the options of `reading_options`
) -> None:
    """Update the index with DUMPs, in the order given.

    Records are matched by their ids: new ones are added, changed ones replace the old, those
    that a DUMP marks as deleted are removed, and all others stay. If nothing has changed, the
    index stays as it is.
    """
    from index.build.operations import add as add_dumps
    from search.answers.generation_check import check_generation
    from web.commands.progress import show_progress

    settings = _read_settings(given)
    directory = index_directory(index_name)
    with show_progress(dumps, visible=not quiet and not as_json) as watch:
        made = add_dumps(directory, dumps, settings, watch, check_generation)
    print_report(format_update, made, directory, settings, as_json=as_json)


@click.command()
@click.argument("names", nargs=-1, required=True, metavar="ID...", type=decode_text)
@index_option
@keep_option
@click.option("--dry-run", is_flag=True, help="Show what would be removed, but change nothing.")
@json_option
def remove(
    names: tuple[str, ...], index_name: str | None, keep: int, dry_run: bool, as_json: bool
) -> None:
    """Remove the papers with these IDs from the index.

    All records of the papers are removed. An ID may also be a DOI, an arXiv id, the address of
    a paper's page or its whole title. A paper comes back if a later build or update reads it
    from a dump.
    """
    from index.build.operations import remove as remove_records
    from index.records import list_record_ids
    from search.answers.generation_check import check_generation
    from search.answers.paper_lookup import find_paper
    from search.answers.searcher import Searcher

    directory = index_directory(index_name)
    searcher = Searcher(directory)
    papers = [find_paper(searcher, name) for name in names]
    keys = [key for paper in papers for key in list_record_ids(paper)]
    settings = BuildSettings(keep=keep, dry_run=dry_run)
    made = remove_records(directory, keys, settings, check_generation)
    for paper in () if as_json else dict.fromkeys(paper.id for paper in papers):
        print_text(f"removed {escape_controls(paper)}")
    print_report(format_update, made, directory, settings, as_json=as_json)


def _parse_columns(mapped: tuple[str, ...]) -> dict[str, str]:
    """Parse ``Paper name=title``; the field follows the last equals sign."""
    from index.formats.table_columns import list_fields

    columns = {}
    for pair in mapped:
        column, _, field = (part.strip() for part in pair.rpartition("="))
        if not column or field not in list_fields():
            message = (
                f'"{pair}" is not COLUMN=FIELD, where FIELD is one of {", ".join(list_fields())}.'
            )
            raise click.BadParameter(message, param_hint="--map")
        columns[column] = field
    return columns
