"""List papers related to a paper."""

import sys

import click

from index.settings import index_directory
from search.answers.paper_lookup import find_paper
from search.answers.related import MAX_RELATED, Related, find_related
from search.answers.searcher import Searcher
from search.errors import QueryError
from web.commands.options import (
    STDIN,
    decode_text,
    hidden_option,
    index_option,
    json_option,
)
from web.commands.search import print_failure
from web.failures import FOUND, NOTHING_FOUND, exit_code
from web.terminal.documents import print_json
from web.terminal.printing import escape_controls, print_text


@click.command()
@click.argument("paper", metavar="ID", type=decode_text)
@index_option
@click.option(
    "--limit",
    type=click.IntRange(1, MAX_RELATED),
    default=10,
    show_default=True,
    metavar="N",
    help="Print at most N papers; above 100, the search uses more words of the paper.",
)
@hidden_option
@json_option
def similar(paper: str, index_name: str | None, limit: int, hidden: bool, as_json: bool) -> None:
    """List papers related to the paper ID.

    ID may also be a DOI, an arXiv id, the address of the paper's page or its whole title. With
    - as ID, read one id per line from standard input.
    """
    searcher = Searcher(index_directory(index_name))
    if paper != STDIN:
        found = find_related(searcher, find_paper(searcher, paper), limit=limit, hidden=hidden)
        _print(found, as_json=as_json)
        sys.exit(FOUND if found.hits else NOTHING_FOUND)
    found_any, worst = False, FOUND
    for line in sys.stdin.buffer:
        try:
            meant = find_paper(searcher, line.decode("utf-8", "replace").strip())
        except QueryError as error:
            worst = max(worst, exit_code(error))
            print_failure(error, as_json=as_json)
        else:
            found = find_related(searcher, meant, limit=limit, hidden=hidden)
            found_any = found_any or bool(found.hits)
            _print(found, as_json=as_json)
    sys.exit(worst or (FOUND if found_any else NOTHING_FOUND))


def _print(found: Related, *, as_json: bool) -> None:
    if as_json:
        from web.api.similar import describe_similar

        print_json(describe_similar(found))
    else:
        from web.terminal.results import format_hit

        print_text(f"Related to {click.style(found.paper.title, bold=True)}")
        for hit in found.hits:
            print_text(f"\n{format_hit(hit, escape_controls(hit.paper.title))}", links=True)
        if not found.hits:
            print_text("\nNo related papers found.")
