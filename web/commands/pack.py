"""Pack an index into one file, and unpack it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BufferedReader, RawIOBase
from pathlib import Path
from typing import Any, BinaryIO, TypeVar, cast

import click

from index.packs.errors import PackUnreadable, PackUnwritable
from index.settings import expand_home, index_directory
from web.commands.options import STDIN, NonEmpty, index_option, json_option, keep_option
from web.commands.progress import show_byte_progress
from web.terminal.documents import print_json
from web.terminal.pack_report import format_packing, format_unpacking
from web.terminal.printing import print_text

F = TypeVar("F", bound=Callable[..., Any])

LEVEL = 3
"""The default level; `index.packs.packing.LEVEL` says what it was chosen by."""

_file_argument = click.argument("file", metavar="FILE", type=NonEmpty("a file"))


def _quiet_option(command: F) -> F:
    """Add ``--quiet`` to a command."""
    return click.option("--quiet", is_flag=True, help="Show no progress bar.")(command)


@click.command()
@_file_argument
@index_option
@click.option(
    "--level",
    type=click.IntRange(0, 19),
    default=LEVEL,
    show_default=True,
    metavar="N",
    help="Level of Zstandard, from 1 (fast) to 19 (small); 0 writes a plain tar archive.",
)
@json_option
@_quiet_option
def pack(file: str, index_name: str | None, level: int, as_json: bool, quiet: bool) -> None:
    """Pack the index into FILE, to move it to another machine.

    FILE gets the generation in use with its vectors, and `authors.toml`. It is a tar archive with
    the digest of every file, compressed by Zstandard. With - it goes to standard output. Accounts
    and older generations are not packed.
    """
    from index.packs.packing import pack_index

    if file == STDIN and sys.stdout and sys.stdout.isatty():
        message = "A pack is not text. Redirect the output to a file or a pipe, or name a FILE."
        raise click.UsageError(message)
    directory = index_directory(index_name)
    if file != STDIN and expand_home(file).resolve().is_relative_to(directory.resolve()):
        message = f"'{file}' is within the index. Name a FILE elsewhere."
        raise click.UsageError(message)
    with (
        show_byte_progress("packing", visible=not quiet and not as_json) as watch,
        _open_target(file) as target,
    ):
        report = pack_index(directory, target, file, level, watch)
    if as_json and file != STDIN:
        print_json(report)
        return
    print_text(format_packing(report, file), error=file == STDIN)


@contextmanager
def _open_target(file: str) -> Iterator[BinaryIO]:
    """Open a file that is replaced when all is written, or standard output.

    Raises:
        PackUnwritable: It cannot be written.
    """
    from index.temporary_files import replace_file

    if file == STDIN:
        if not sys.stdout:
            raise PackUnwritable(file, "standard output is closed")
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = expand_home(file)
    try:
        if path.exists() and not path.is_file():  # a pipe or a device, which stays
            with path.open("wb") as target:
                yield target
            return
        with replace_file(path) as replacing:
            yield replacing  # type: ignore[misc] # a temporary file has the methods of BinaryIO
    except OSError as error:
        raise PackUnwritable(file, error.strerror or str(error)) from error


@click.command()
@_file_argument
@index_option
@keep_option
@click.option(
    "--replace",
    is_flag=True,
    help="Replace the `authors.toml` of the index by that of FILE; without it, both being there, "
    "the index keeps its own.",
)
@json_option
@_quiet_option
def unpack(
    file: str, index_name: str | None, keep: int, replace: bool, as_json: bool, quiet: bool
) -> None:
    """Unpack FILE, which `papers pack` made, into the index.

    The generation in FILE is checked and put in use like that of a build; `papers rollback`
    returns to the one before. With - FILE is read from standard input.
    """
    from index.packs.pack_reader import Pack
    from index.packs.unpacking import UnpackSettings, unpack_index
    from search.answers.generation_check import check_generation

    directory = index_directory(index_name)
    settings = UnpackSettings(keep, replace)
    with (
        show_byte_progress("unpacking", visible=not quiet and not as_json) as watch,
        _open_source(file) as source,
    ):
        report = unpack_index(directory, Pack(source, file), settings, watch, check_generation)
    if as_json:
        print_json(report)
        return
    print_text(format_unpacking(report, directory))


@contextmanager
def _open_source(file: str) -> Iterator[BufferedReader]:
    """Open a file or standard input.

    Raises:
        PackUnreadable: It cannot be opened.
    """
    if file == STDIN:
        if not sys.stdin:
            raise PackUnreadable(file, "standard input is closed")
        yield BufferedReader(cast("RawIOBase", sys.stdin.buffer))
        return
    try:
        source = Path.open(expand_home(file), "rb")
    except OSError as error:
        raise PackUnreadable(file, error.strerror or str(error)) from error
    with source:
        yield source
