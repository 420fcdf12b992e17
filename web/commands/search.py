"""Answers: how is the index asked from the command line?"""

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from index.errors import QueryError
from index.settings import index_directory
from search.answers.results import Results
from search.answers.searcher import Searcher
from search.request.search_request import MAX_PER_PAGE, SORTS, SearchRequest, View, parse_parameters
from web.commands.options import (
    facet_options,
    hidden_option,
    index_option,
    json_option,
    records_option,
    text,
)
from web.failures import FOUND, NOTHING_FOUND, exit_code, status

if TYPE_CHECKING:
    from msgspec import Struct

STDIN = "-"

Answer = Callable[[SearchRequest], Results]


@click.command(context_settings={"ignore_unknown_options": False})
@click.argument("query", nargs=-1, type=text)
@index_option
@facet_options
@click.option(
    "--sort",
    type=click.Choice(list(SORTS)),
    default="relevance",
    show_default=True,
    help="Order of the hits.",
)
@click.option("--page", type=click.IntRange(1), default=1, show_default=True, help="From 1.")
@click.option(
    "--limit",
    type=click.IntRange(1, MAX_PER_PAGE),
    default=10,
    show_default=True,
    help="Hits a page.",
)
@click.option("--facets", "show_facets", is_flag=True, help="Print the facets with their counts.")
@hidden_option
@records_option
@click.option("--expand", is_flag=True, help="Words that the first hits share lift others too.")
@click.option("--prior", is_flag=True, help="Citations lift papers.")
@click.option("--explain", is_flag=True, help="Say of each hit what its score is made of.")
@json_option
def search(
    query: tuple[str, ...],
    index_name: str | None,
    sort: str,
    page: int,
    limit: int,
    show_facets: bool,
    hidden: bool,
    records: bool,
    expand: bool,
    prior: bool,
    explain: bool,
    as_json: bool,
    **chosen: tuple[str, ...],
) -> None:
    """Search for QUERY; - reads one query a line from standard input.

    A word that begins with a minus goes into quotes, or after --.
    """
    searcher = Searcher(index_directory(index_name))
    answer = searcher.explain if explain else searcher.search
    pairs = [(name, value) for name, values in chosen.items() for value in values]
    pairs += [("sort", sort), ("page", str(page)), ("per_page", str(limit))]
    asked = replace(
        parse_parameters(pairs),
        hidden=hidden,
        expand=expand,
        prior=prior,
        view=View.RECORDS if records else View.WORKS,
    )
    if not (as_json or show_facets):
        asked = replace(asked, facets=())
    if query == (STDIN,):
        sys.exit(_search_lines(answer, asked, as_json=as_json, show_facets=show_facets))
    results = answer(replace(asked, query=" ".join(query)))
    _print(results, as_json=as_json, show_facets=show_facets)
    sys.exit(FOUND if results.hits else NOTHING_FOUND)


@click.command()
@click.argument("paper_id", type=text)
@index_option
@records_option
@json_option
def show(paper_id: str, index_name: str | None, records: bool, as_json: bool) -> None:
    """Show the paper of this id."""
    searcher = Searcher(index_directory(index_name))
    view = View.RECORDS if records else View.WORKS
    paper = searcher.read_paper(paper_id, view)
    if as_json:
        from web.api.papers import describe_paper

        print_json(describe_paper(paper, view))
    else:
        from web.terminal.results import paper_text

        click.echo(paper_text(paper, () if records else searcher.read_records(paper)))


def _search_lines(answer: Answer, asked: SearchRequest, *, as_json: bool, show_facets: bool) -> int:
    """Answer one query a line, in order; one that cannot be answered does not stop the others.

    Returns:
        The exit code: that of the worst failure, else whether any query found a paper.
    """
    found, worst = False, FOUND
    for line in sys.stdin.buffer:
        try:
            query = line.decode("utf-8", "replace").strip()
            results = answer(replace(asked, query=query))
        except QueryError as error:
            worst = max(worst, exit_code(error))
            print_failure(error, as_json=as_json)
        else:
            found = found or bool(results.hits)
            _print(results, as_json=as_json, show_facets=show_facets)
    return worst or (FOUND if found else NOTHING_FOUND)


def print_failure(error: QueryError, *, as_json: bool) -> None:
    """Tell of one line of the input that cannot be answered; the others still are."""
    if as_json:
        from web.api.failures import describe_failure

        print_json(describe_failure(error, status(error)))
    else:
        click.echo(f"papers: {error}", err=True)


def _print(results: Results, *, as_json: bool, show_facets: bool) -> None:
    if as_json:
        from web.api.results import describe_results

        print_json(describe_results(results))
    else:
        from web.terminal.results import results_text

        click.echo(results_text(results, show_facets=show_facets))


def print_json(document: "Struct") -> None:
    """Print one JSON document on one line."""
    import msgspec

    click.echo(msgspec.json.encode(document))
