"""Answers: what does an index hold, is it whole, and how is the one before put in use again?"""

import click

from index.settings import index_directory
from web.commands.options import index_option, json_option
from web.terminal.build_report import print_json, told


@click.command()
@index_option
@json_option
def status(index_name: str | None, as_json: bool) -> None:
    """Say what the index holds and which generations it has."""
    from index.store.generations import GENERATIONS, find_current_folder, read_current_name
    from index.store.history import list_generations
    from index.store.manifest import read_manifest, read_report

    directory = index_directory(index_name)
    folder = find_current_folder(directory)
    manifest = read_manifest(folder)
    if as_json:
        print_json(manifest)
        return
    click.echo(told(manifest, read_report(folder), str(directory)))
    present = read_current_name(directory)
    for name in list_generations(directory):
        mark = "in use" if name == present else "kept, see `papers rollback`"
        click.echo(f"  {GENERATIONS}/{name}  {mark}")


@click.command()
@index_option
def verify(index_name: str | None) -> None:
    """Read the whole index and see that it is as it was written."""
    from index.build.generation_builder import verify_content
    from index.store.generations import check_digests, find_current_folder
    from index.store.manifest import read_manifest

    folder = find_current_folder(index_directory(index_name))
    manifest = read_manifest(folder)
    check_digests(folder, manifest)
    verify_content(folder, manifest)
    click.echo(f"Generation {manifest.name} is whole: {manifest.papers:,} papers.")


@click.command()
@index_option
def rollback(index_name: str | None) -> None:
    """Put the generation before the present one in use."""
    from index.errors import IndexMissing
    from index.store.generations import CURRENT
    from index.store.history import roll_back
    from index.store.lock import hold_lock

    directory = index_directory(index_name)
    if not (directory / CURRENT).exists():  # a mistyped path is not to become a folder
        raise IndexMissing(str(directory))
    with hold_lock(directory):
        name = roll_back(directory)
    click.echo(f"Generation {name} is in use again.")
