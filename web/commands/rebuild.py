"""Answers: how is the index built again from what a recipe names?"""

from pathlib import Path
from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from index.build.recipe import RECIPE, read_recipe
from index.settings import index_directory
from web.commands.options import index_option, json_option

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
    help="The file that names the dumps and how to build.",
)
@index_option
@click.option("--dry-run", is_flag=True, help="Read, count and report, and put nothing in use.")
@click.option("--resume", is_flag=True, help="Go on with what an interrupted build left.")
@click.option("--quiet", is_flag=True, help="No list of the dumps, no progress bar.")
@json_option
def rebuild(
    recipe_name: str,
    index_name: str | None,
    dry_run: bool,
    resume: bool,
    quiet: bool,
    as_json: bool,
) -> None:
    """Build a new index from the dumps that a recipe names and put it in use.

    --index goes before the index that the recipe names, and that before PAPERS_INDEX.
    """
    from index.build.operations import build
    from web.commands.progress import bar
    from web.terminal.build_report import chosen_engine, say, told

    path = Path(recipe_name).expanduser()
    recipe = read_recipe(path)
    directory = recipe.index if recipe.index and not index_name else index_directory(index_name)
    engine = recipe.settings.engine or chosen_engine(None)
    settings = replace(recipe.settings, engine=engine, dry_run=dry_run, resume=resume)
    shown = not quiet and not as_json
    if shown:
        click.echo(_taken(path, recipe))
    with bar(tuple(dump.path for dump in recipe.inputs), shown=shown) as watch:
        made = build(directory, recipe.inputs, settings, watch)
    say(told, made, directory, settings, as_json=as_json)


def _taken(path: Path, recipe: "Recipe") -> str:
    """List the dumps that are taken, as seen from the recipe."""
    folder = path.absolute().parent
    dumps = "1 dump" if len(recipe.inputs) == 1 else f"{len(recipe.inputs):,} dumps"
    return "\n".join([f"{path} names {dumps}:", *(_line(dump, folder) for dump in recipe.inputs)])


def _line(dump: "Input", folder: Path) -> str:
    path = Path(dump.path)
    name = str(path.relative_to(folder)) if path.is_relative_to(folder) else dump.path
    return "  " + "  ".join(filter(None, (name, dump.date, dump.licence)))
