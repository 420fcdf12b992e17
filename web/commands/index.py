"""Show what an index holds, verify its files, and switch back to the generation before."""

from typing import TYPE_CHECKING

import click

from index.settings import index_directory
from web.commands.options import index_option, json_option
from web.terminal.build_report import format_build
from web.terminal.documents import print_json
from web.terminal.embed_report import format_vectors
from web.terminal.printing import escape_controls, print_text
from web.wording import format_count

if TYPE_CHECKING:
    from pathlib import Path

    from index.meaning.vector_file import Header
    from index.people.curation import Curation
    from index.store.manifest import Manifest


@click.command()
@index_option
@json_option
def status(index_name: str | None, as_json: bool) -> None:
    """Show what the index holds and which generations it keeps."""
    from index.meaning.status import read_status
    from index.store.generations import GENERATIONS, open_current
    from index.store.history import list_earlier, list_generations
    from index.store.manifest import read_report

    directory = index_directory(index_name)
    found, report, present = open_current(
        directory, lambda folder: (read_status(folder), read_report(folder), folder.name)
    )
    if as_json:
        print_json(found)
        return
    print_text(format_build(found, report, str(directory)))
    if found.vectors:
        print_text(f"  vectors: {format_vectors(found.vectors, found.name)}")
    _print_people(directory)
    marks = {present: "in use"}
    for name in list_earlier(directory, present)[:1]:
        marks[name] = "kept; `papers rollback` switches to it"
    for name in list_generations(directory):
        print_text(f"  {GENERATIONS}/{name}  {marks.get(name, 'kept')}")


def _print_people(directory: "Path") -> None:
    """Print how many people the maintainer's file names, or what is wrong with it."""
    from index.people.curation import CURATION
    from index.people.curation_parser import read_curation
    from index.people.errors import CurationUnusable

    try:
        if curation := read_curation(directory / CURATION):
            print_text(f"  {CURATION}: {_count_people(curation)}")
    except CurationUnusable as error:
        print_text(f"  {escape_controls(str(error))}")


def _count_people(curation: "Curation") -> str:
    count = len(curation.people)
    return f"{count:,} {'person' if count == 1 else 'people'}"


@click.command()
@index_option
@click.option(
    "--deep",
    is_flag=True,
    help="Also decode and analyse every record, and compare the whole index with them.",
)
@click.option("--quiet", is_flag=True, help="Show no progress bar.")
@click.pass_context
def verify(ctx: click.Context, index_name: str | None, deep: bool, quiet: bool) -> None:
    """Check that the files of the index are intact and searchable.

    The whole index is read and compared with the digests made when it was written. Then all
    papers are searched and every facet is counted. The file `authors.toml` is read, too. With
    --deep every fault is listed, and damage from before the digests were made is found as well;
    that takes about as long as a build without processes.
    """
    if deep:
        from web.commands.deep_verification import verify_deeply

        ctx.exit(verify_deeply(index_directory(index_name), quiet=quiet))
    from index.meaning.vector_file import check_file
    from index.people.curation import CURATION
    from index.people.curation_parser import read_curation
    from index.store.generations import open_current
    from index.store.manifest import read_manifest
    from search.answers.generation_check import check_generation
    from search.request.facets import FACETS

    def check(folder: "Path") -> "tuple[Manifest, Header | None]":
        manifest = read_manifest(folder)
        _check_content(folder, manifest)
        check_generation(folder, tuple(FACETS))
        return manifest, check_file(folder)

    directory = index_directory(index_name)
    manifest, vectors = open_current(directory, check)
    curation = read_curation(directory / CURATION)
    held = format_count(manifest.papers, "paper")
    if vectors:
        held += f", {format_count(vectors.rows, 'vector')}"
    if curation:
        held += f", {_count_people(curation)} in {CURATION}"
    print_text(f"Generation {manifest.name} is intact: {held}.")


@click.command()
@index_option
def rollback(index_name: str | None) -> None:
    """Switch back to the generation before the one in use.

    Damaged generations are passed over. If no generation is in use, because the file `current` is
    missing or damaged, switch to the newest intact one.
    """
    from index.errors import IndexMissing
    from index.store.generations import CURRENT
    from index.store.history import find_serving_name, list_generations, roll_back
    from index.store.lock import hold_lock

    directory = index_directory(index_name)
    complete = list_generations(directory)
    if not complete:  # the lock would make a folder of a mistyped path
        raise IndexMissing(str(directory))
    with hold_lock(directory):
        before = find_serving_name(directory)
        name, passed_over = roll_back(directory, _check_content)
    for damaged in passed_over:
        print_text(f"Generation {damaged} was passed over, since it is damaged or unusable here.")
    said = "" if before in complete else f", the newest intact one; '{CURRENT}' named none"
    print_text(f"Generation {name} is now in use{said}.")


def _check_content(folder: "Path", manifest: "Manifest") -> None:
    """Check the digest of every file, and that the engine reads them."""
    from index.build.generation_builder import verify_content
    from index.store.integrity import check_digests

    check_digests(folder, manifest)
    verify_content(folder, manifest)
