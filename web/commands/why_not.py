"""Answers: how does one ask why a search does not find a paper?"""

import sys

import click

from index.settings import index_directory
from search.answers.searcher import Searcher
from search.answers.why_not import explain_absence
from search.request.search_request import parse_parameters
from web.commands.options import facet_options, hidden_option, index_option, json_option, text
from web.failures import FOUND, NOTHING_FOUND


@click.command("why-not")
@click.argument("query", type=text)
@click.argument("paper", metavar="ID", type=text)
@index_option
@facet_options
@hidden_option
@json_option
def why_not(
    query: str,
    paper: str,
    index_name: str | None,
    hidden: bool,
    as_json: bool,
    **chosen: tuple[str, ...],
) -> None:
    """Say which clause of QUERY or which filter keeps the paper ID out.

    ID is its id, a DOI, an arXiv id, an address of its page, or its whole title. The exit
    code is 0 if the search finds the paper and 1 if it does not.
    """
    searcher = Searcher(index_directory(index_name))
    pairs = [(name, value) for name, values in chosen.items() for value in values]
    request = parse_parameters([("q", query), *pairs, ("hidden", "show" if hidden else "")])
    answer = explain_absence(searcher, request, paper)
    if as_json:
        from web.api.why_not import describe_why_not
        from web.commands.search import print_json

        print_json(describe_why_not(answer))
    else:
        from web.terminal.explanations import why_not_text

        click.echo(why_not_text(answer))
    sys.exit(FOUND if answer.found else NOTHING_FOUND)
