"""Show what an index holds, verify its files, and switch back to the generation before."""

import click

from index.settings import index_directory
from web.commands.options import index_option, json_option
from web.terminal.build_report import format_build
from web.terminal.documents import print_json
from web.terminal.embed_report import format_vectors
from web.terminal.printing import print_text
from web.wording import format_count


@click.command()
@index_option
@json_option
def status(index_name: str | None, as_json: bool) -> None:
    """Show what the index holds and which generations it keeps."""
    from index.meaning.status import read_status
    from index.store.generations import GENERATIONS, find_current_folder, read_current_name
    from index.store.history import list_earlier, list_generations
    from index.store.manifest import read_report

    directory = index_directory(index_name)
    folder = find_current_folder(directory)
    found = read_status(folder)
    if as_json:
        print_json(found)
        return
    print_text(format_build(found, read_report(folder), str(directory)))
    if found.vectors:
        print_text(f"  vectors: {format_vectors(found.vectors, found.name)}")
    present = read_current_name(directory)
    marks = {present: "in use"}
    for name in list_earlier(directory, present)[:1]:
        marks[name] = "kept; `papers rollback` switches to it"
    for name in list_generations(directory):
        print_text(f"  {GENERATIONS}/{name}  {marks.get(name, 'kept')}")


@click.command()
@index_option
def verify(index_name: str | None) -> None:
    """Check that no file of the index has changed.

    The whole index is read and compared with the digests made when it was written.
    """
    from index.build.generation_builder import verify_content
    from index.meaning.vector_file import check_file
    from index.store.generations import check_digests, find_current_folder
    from index.store.manifest import read_manifest

    folder = find_current_folder(index_directory(index_name))
    manifest = read_manifest(folder)
    check_digests(folder, manifest)
    verify_content(folder, manifest)
    vectors = check_file(folder)
    held = format_count(manifest.papers, "paper")
    if vectors:
        held += f", {format_count(vectors.rows, 'vector')}"
    print_text(f"Generation {manifest.name} is intact: {held}.")


@click.command()
@index_option
def rollback(index_name: str | None) -> None:
    """Switch back to the generation before the one in use."""
    from index.errors import IndexMissing
    from index.store.generations import CURRENT
    from index.store.history import roll_back
    from index.store.lock import hold_lock

    directory = index_directory(index_name)
    if not (directory / CURRENT).exists():  # the lock would make a folder of a mistyped path
        raise IndexMissing(str(directory))
    with hold_lock(directory):
        name = roll_back(directory)
    print_text(f"Generation {name} is now in use.")
