"""Show why a search does not find a paper."""

import sys

import click

from index.settings import index_directory
from search.answers.searcher import Searcher
from search.answers.why_not import explain_absence
from search.request.search_request import SearchRequest
from web.commands.bibliography_sets import admit_bibliographies
from web.commands.options import (
    decode_text,
    facet_options,
    hidden_option,
    index_option,
    json_option,
    parse_selections,
)
from web.failures import FOUND, NOTHING_FOUND
from web.terminal.printing import print_text


@click.command("why-not")
@click.argument("query", type=decode_text)
@click.argument("paper", metavar="ID", type=decode_text)
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
    """Show what keeps the paper ID out of the results of QUERY.

    That is a clause of the query or a filter. ID may also be a DOI, an arXiv id, the address of
    the paper's page or its whole title. Filters are as in a search. The exit code is 0 if
    the search finds the paper and 1 if it does not.
    """
    searcher = admit_bibliographies(Searcher(index_directory(index_name)))
    request = SearchRequest(query.strip(), parse_selections(chosen), hidden=hidden)
    answer = explain_absence(searcher, request, paper)
    if as_json:
        from web.api.why_not import describe_why_not
        from web.terminal.documents import print_json

        print_json(describe_why_not(answer))
    else:
        from web.terminal.explanations import format_why_not

        print_text(format_why_not(answer))
    sys.exit(FOUND if answer.found else NOTHING_FOUND)
