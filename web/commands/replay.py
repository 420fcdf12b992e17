"""Run a saved search again."""

import sys
from pathlib import Path

import click
import msgspec

from index.settings import index_directory
from index.store.manifest import utc_now
from search.answers.searcher import Searcher
from search.replay.replay import replay_search
from search.replay.saved_search import LARGEST, SavedSearch, read_saved_search, save_search
from search.request.search_request import SearchRequest
from web.commands.bibliography_sets import admit_bibliographies
from web.commands.options import STDIN, index_option, json_option
from web.failures import FOUND, NOTHING_FOUND
from web.terminal.documents import print_json
from web.terminal.printing import print_text
from web.terminal.replay import MOST, format_replay


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, allow_dash=True))
@index_option
@click.option(
    "--limit",
    type=click.IntRange(0),
    default=MOST,
    show_default=True,
    help="Print at most N papers of each kind; 0 prints all.",
    metavar="N",
)
@json_option
def replay(file: str, index_name: str | None, limit: int, as_json: bool) -> None:
    """Run the search saved in FILE again, and show what has changed.

    `papers search QUERY --save FILE` saves a search. The report says what was searched, when, in
    which dumps and with how many hits, and which papers were added, have gone or have changed
    since. - as FILE reads standard input. The exit code is 1 if nothing differs.
    """
    saved = read_saved_search(_read(file), file)
    searcher = admit_bibliographies(Searcher(index_directory(index_name)))
    found = replay_search(searcher, saved, format_now())
    if as_json:
        print_json(found)
    else:
        print_text(format_replay(found, limit or sys.maxsize))
    sys.exit(FOUND if found.differs else NOTHING_FOUND)


def write_search(searcher: Searcher, request: SearchRequest, target: str) -> SavedSearch:
    """Save a search in a file, which is written whole or not at all.

    Args:
        searcher: The index.
        request: The search.
        target: The file.
    """
    saved = save_search(searcher, request, format_now())
    beside = Path(f"{target}.part")
    try:
        beside.write_bytes(msgspec.json.format(msgspec.json.encode(saved), indent=1) + b"\n")
        beside.replace(target)
    except OSError as error:
        beside.unlink(missing_ok=True)
        message = f"{target} cannot be written: {error.strerror}."
        raise click.BadParameter(message, param_hint="--save") from error
    return saved


def format_now() -> str:
    """Return the time in UTC, as documents have it."""
    return f"{utc_now():%Y-%m-%dT%H:%M:%SZ}"


def _read(name: str) -> bytes:
    """Read a file, or one byte more than may be read of it."""
    try:
        if name == STDIN:
            return sys.stdin.buffer.read(LARGEST + 1)
        with Path(name).open("rb") as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        message = f"{name} cannot be read: {error.strerror}."
        raise click.BadParameter(message, param_hint="FILE") from error
