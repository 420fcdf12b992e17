"""Complete a partial query."""

import sys

import click

from index.settings import index_directory
from search.answers.searcher import Searcher
from search.suggest.completions import MAX_LIMIT, Completion
from web.commands.options import STDIN, decode_text, index_option, json_option
from web.failures import FOUND, NOTHING_FOUND
from web.terminal.printing import print_text


@click.command()
@click.argument("text", nargs=-1, required=True, type=decode_text)
@index_option
@click.option(
    "--limit",
    type=click.IntRange(1, MAX_LIMIT),
    default=10,
    show_default=True,
    help="Print at most N completions.",
    metavar="N",
)
@json_option
def suggest(text: tuple[str, ...], index_name: str | None, limit: int, as_json: bool) -> None:
    """Complete TEXT to titles, authors, venues, topics and fields.

    A space at the end means that the last word is complete. With - as TEXT, read one text per
    line from standard input.
    """
    searcher = Searcher(index_directory(index_name))
    lines = [" ".join(text)]
    if text == (STDIN,):
        lines = [line.decode("utf-8", "replace").rstrip("\r\n") for line in sys.stdin.buffer]
    found = False
    for line in lines:
        completions = searcher.suggest(line, limit)
        found = found or bool(completions)
        _print(line, completions, as_json=as_json)
    sys.exit(FOUND if found else NOTHING_FOUND)


def _print(typed: str, completions: tuple[Completion, ...], *, as_json: bool) -> None:
    if as_json:
        from web.api.completions import describe_completions
        from web.terminal.documents import print_json

        print_json(describe_completions(typed, completions))
        return
    for one in completions:
        count = "" if one.count is None else f"{one.count:,}"
        print_text(f"{one.kind.value:7} {count:>9}  {one.text}")
