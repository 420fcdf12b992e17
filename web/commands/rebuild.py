"""Build an index from the dumps that a recipe names."""

from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from index.build.recipe import RECIPE, read_recipe
from index.settings import expand_home, index_directory
from web.commands.options import NonEmpty, index_option, json_option
from web.terminal.printing import escape_controls, print_text
from web.wording import format_count

if TYPE_CHECKING:
    from index.build.recipe import Recipe
    from index.settings import Input


@click.command()
@click.option(
    "--recipe",
    "recipe_name",
    default=RECIPE,
    show_default=True,
    metavar="FILE",
    type=NonEmpty("a file"),
    help="File that names the dumps and the settings.",
)
@index_option
@click.option("--dry-run", is_flag=True, help="Read, count and report, but change nothing.")
@click.option("--resume", is_flag=True, help="Continue an interrupted build of the same dumps.")
@click.option("--quiet", is_flag=True, help="Print neither the list of dumps nor a progress bar.")
@json_option
def rebuild(
    recipe_name: str,
    index_name: str | None,
    dry_run: bool,
    resume: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Build a new index from the dumps that a recipe names.

    The command switches to the new index when it is complete. --index takes precedence over
    the index that the recipe names, and that over PAPERS_INDEX.
    """
    from index.build.operations import build
    from search.answers.generation_check import check_generation
    from web.commands.progress import show_progress
    from web.terminal.build_report import choose_engine, format_build, print_report

    path = expand_home(recipe_name)
    recipe = read_recipe(path)
    directory = recipe.index if recipe.index and not index_name else index_directory(index_name)
    engine = recipe.settings.engine or choose_engine(None)
    settings = replace(recipe.settings, engine=engine, dry_run=dry_run, resume=resume)
    if recipe.authors:
        from index.people.curation_writer import link_curation

        link_curation(directory, recipe.authors, dry_run=dry_run)
    visible = not quiet and not as_json
    if visible:
        print_text(_list_dumps(path, recipe))
    with show_progress(tuple(dump.path for dump in recipe.inputs), visible=visible) as watch:
        made = build(directory, recipe.inputs, settings, watch, check_generation)
    print_report(format_build, made, directory, settings, as_json=as_json)


def _list_dumps(path: Path, recipe: "Recipe") -> str:
    """List the dumps to build, with paths relative to the recipe's folder."""
    folder = path.absolute().parent
    dumps = format_count(len(recipe.inputs), "dump")
    lines = [f"{path} names {dumps}:", *(_format_dump(dump, folder) for dump in recipe.inputs)]
    return "\n".join(map(escape_controls, lines))


def _format_dump(dump: "Input", folder: Path) -> str:
    path = Path(dump.path)
    name = str(path.relative_to(folder)) if path.is_relative_to(folder) else dump.path
    return "  " + "  ".join(filter(None, (name, dump.date, dump.licence)))
