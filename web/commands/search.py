"""Search the index, and show one paper."""

import shlex
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import click

from index.settings import index_directory
from search.answers.paper_citations import list_citations
from search.answers.paper_lookup import find_paper
from search.answers.results import Results
from search.answers.searcher import Searcher
from search.errors import QueryError
from search.request.search_request import SearchRequest, View
from web.commands.bibliography_sets import admit_bibliographies
from web.commands.options import (
    STDIN,
    NonEmpty,
    decode_text,
    facet_options,
    hidden_option,
    index_option,
    json_option,
    paging_options,
    records_option,
)
from web.commands.search_options import make_request, ranking_options, sort_option
from web.failures import FOUND, NOTHING_FOUND, exit_code, status
from web.terminal.documents import print_json
from web.terminal.printing import print_error, print_text
from web.wording import MOST_RECORDS

Answer = Callable[[SearchRequest], Results]


class _QueryCommand(click.Command):
    """A command whose query may begin with a minus, which looks like an option."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        typed = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            name = error.option_name
            word = next((one for one in typed if one.startswith(name)), name)
            if word.startswith("--"):
                raise
            others = [one for one in typed if one.startswith("-") and one != word]
            query = [word] if others else typed
            raise click.NoSuchOption(
                name,
                f"No such option '{word}'. If it is part of the query, put -- before the query, "
                f"after all options: {ctx.command_path} -- {shlex.join(query)}",
                ctx=ctx,
            ) from None


@click.command(cls=_QueryCommand)
@click.argument("query", nargs=-1, type=decode_text)
@index_option
@facet_options
@sort_option
@paging_options("results", "Hits")
@click.option("--facets", "show_facets", is_flag=True, help="Print the facets with their counts.")
@hidden_option
@records_option
@ranking_options
@click.option(
    "--save",
    "target",
    type=NonEmpty("a file"),
    metavar="FILE",
    help="Save the search with all its hits in FILE, for `papers replay`.",
)
@click.option("--explain", is_flag=True, help="Show what the score of each hit is made of.")
@json_option
def search(
    query: tuple[str, ...],
    index_name: str | None,
    page: int,
    limit: int,
    show_facets: bool,
    explain: bool,
    target: str | None,
    as_json: bool,
    **chosen: Any,  # noqa: ANN401 - the values of the options that commands share
) -> None:
    r"""Search for QUERY.

    With - as QUERY, read one query per line from standard input. If the query starts with a
    minus, put -- before it. As a filter, -VALUE excludes; write \-VALUE for a value that begins
    with a minus. The exit code is 1 if nothing is found.
    """
    searcher = admit_bibliographies(Searcher(index_directory(index_name)))
    answer = searcher.explain if explain else searcher.search
    request = replace(make_request("", chosen), page=page, per_page=limit)
    if not (as_json or show_facets):
        request = replace(request, facets=())
    asked = replace(request, query=" ".join(query))
    if target:
        if query == (STDIN,):
            message = "cannot be combined with queries from standard input."
            raise click.BadParameter(message, param_hint="--save")
        from web.commands.replay import write_search

        write_search(searcher, asked, target)
    search_queries = _search_lines if query == (STDIN,) else _search_one
    sys.exit(search_queries(answer, asked, as_json=as_json, show_facets=show_facets))


@click.command()
@click.argument("paper_id", type=decode_text, metavar="ID")
@index_option
@records_option
@json_option
def show(paper_id: str, index_name: str | None, records: bool, as_json: bool) -> None:
    """Show the paper ID.

    ID may also be the id of one of the paper's records, a DOI, another identifier, an address of
    the paper, or its whole title. If the dumps name references, the first papers of the index that
    it cites, and that cite it, are listed.
    """
    searcher = Searcher(index_directory(index_name))
    view = View.RECORDS if records else View.WORKS
    paper = find_paper(searcher, paper_id, view)
    if as_json:
        from web.api.papers import describe_citing_paper

        print_json(describe_citing_paper(paper, searcher.read_references(paper), view))
    else:
        from web.terminal.results import format_paper

        merged = () if records else searcher.read_records(paper, MOST_RECORDS)
        print_text(format_paper(paper, merged, list_citations(searcher, paper)))


def _search_one(answer: Answer, request: SearchRequest, *, as_json: bool, show_facets: bool) -> int:
    """Search for the query of a request, print the results, and return the exit code."""
    results = answer(request)
    _print(results, as_json=as_json, show_facets=show_facets)
    return FOUND if results.hits else NOTHING_FOUND


def _search_lines(
    answer: Answer, request: SearchRequest, *, as_json: bool, show_facets: bool
) -> int:
    """Answer one query per line, in order; a failing query does not stop the others.

    Returns:
        The exit code of the worst failure; without one, whether any query found a paper.
    """
    found, worst = False, FOUND
    for line in sys.stdin.buffer:
        try:
            query = line.decode("utf-8", "replace").strip()
            results = answer(replace(request, query=query))
        except QueryError as error:
            worst = max(worst, exit_code(error))
            print_failure(error, as_json=as_json)
        else:
            found = found or bool(results.hits)
            _print(results, as_json=as_json, show_facets=show_facets)
    return worst or (FOUND if found else NOTHING_FOUND)


def print_failure(error: QueryError, *, as_json: bool) -> None:
    """Print why one line of the input cannot be answered."""
    if as_json:
        from web.api.failures import describe_failure

        print_json(describe_failure(error, status(error)))
    else:
        print_error(error)


def _print(results: Results, *, as_json: bool, show_facets: bool) -> None:
    if as_json:
        from web.api.results import describe_results

        print_json(describe_results(results))
    else:
        from web.terminal.results import format_results

        print_text(format_results(results, show_facets=show_facets), links=True)
