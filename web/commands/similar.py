"""Answers: how are related papers asked for from the command line?"""

import sys

import click

from index.errors import QueryError
from index.settings import index_directory
from search.answers.paper_lookup import find_paper
from search.answers.related import Related, find_related
from search.answers.searcher import Searcher
from search.request.search_request import MAX_PER_PAGE
from web.commands.options import hidden_option, index_option, json_option, text
from web.commands.search import STDIN, print_failure, print_json
from web.failures import FOUND, NOTHING_FOUND, exit_code


@click.command()
@click.argument("paper", metavar="ID", type=text)
@index_option
@click.option(
    "--limit",
    type=click.IntRange(1, MAX_PER_PAGE),
    default=10,
    show_default=True,
    help="Papers at the most.",
)
@hidden_option
@json_option
def similar(paper: str, index_name: str | None, limit: int, hidden: bool, as_json: bool) -> None:
    """List papers that are about the same as the paper ID; - reads one id a line.

    ID is its id, a DOI, an arXiv id, an address of its page, or its whole title.
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
        from web.terminal.results import hit_text

        head = f"About the same as {click.style(found.paper.title, bold=True)}"
        hits = [hit_text(hit, hit.paper.title) for hit in found.hits]
        click.echo("\n\n".join([head, *(hits or ["No paper is."])]))
