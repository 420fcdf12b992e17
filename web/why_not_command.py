"""Answers: how does one ask why a search does not find a paper?"""

import sys

import click

from index.settings import index_directory
from search.named_paper import named_paper
from search.parser import parse
from search.request import from_parameters
from search.searcher import Searcher
from search.why_not import why_not as judged
from search.works import asks_for_records
from web.failures import FOUND, NOTHING_FOUND
from web.options import facet_options, hidden_option, index_option, json_option, text


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
    request = from_parameters([("q", query), *pairs, ("hidden", "show" if hidden else "")])
    raw = asks_for_records(request, parse(query))
    answer = judged(searcher, request, named_paper(searcher, paper, raw=raw))
    if as_json:
        from web.documents import why_not_document
        from web.search_commands import print_json

        print_json(why_not_document(answer))
    else:
        from web.explanations import why_not_text

        click.echo(why_not_text(answer))
    sys.exit(FOUND if answer.found else NOTHING_FOUND)
