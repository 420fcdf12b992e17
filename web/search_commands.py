"""Answers: how is the index asked from the command line?"""

import sys
from dataclasses import replace

import click

from index.errors import QueryError
from index.settings import index_directory
from search.facets import FACETS
from search.request import MAX_PER_PAGE, SORTS, SearchRequest, from_parameters
from search.results import Results
from search.searcher import Searcher
from web.failures import FOUND, NOTHING_FOUND, exit_code, status
from web.options import index_option, json_option, text

STDIN = "-"


def _facet_options(command: click.decorators.FC) -> click.decorators.FC:
    for name in reversed(FACETS):
        command = click.option(
            f"--{name}",
            multiple=True,
            type=text,
            metavar="RANGE" if name == "year" else "VALUE",
            help=f"Only this {name}; several are OR; -{name.upper()} takes one out."
            if name != "year"
            else "A year or a range such as 2019..2022.",
        )(command)
    return command


@click.command(context_settings={"ignore_unknown_options": False})
@click.argument("query", nargs=-1, type=text)
@index_option
@_facet_options
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
@click.option("--hidden", is_flag=True, help="Show withdrawn, rejected and retracted papers too.")
@json_option
def search(
    query: tuple[str, ...],
    index_name: str | None,
    sort: str,
    page: int,
    limit: int,
    show_facets: bool,
    hidden: bool,
    as_json: bool,
    **chosen: tuple[str, ...],
) -> None:
    """Search for QUERY; - reads one query a line from standard input.

    A word that begins with a minus goes into quotes, or after --.
    """
    searcher = Searcher(index_directory(index_name))
    pairs = [(name, value) for name, values in chosen.items() for value in values]
    pairs += [("sort", sort), ("page", str(page)), ("per_page", str(limit))]
    pairs += [("hidden", "show")] if hidden else []
    asked = from_parameters(pairs)
    if not (as_json or show_facets):
        asked = replace(asked, facets=())
    if query == (STDIN,):
        sys.exit(_search_lines(searcher, asked, as_json=as_json, show_facets=show_facets))
    results = searcher.search(replace(asked, query=" ".join(query)))
    _print(results, as_json=as_json, show_facets=show_facets)
    sys.exit(FOUND if results.hits else NOTHING_FOUND)


@click.command()
@click.argument("paper_id", type=text)
@index_option
@json_option
def show(paper_id: str, index_name: str | None, as_json: bool) -> None:
    """Show the paper of this id."""
    paper = Searcher(index_directory(index_name)).paper(paper_id)
    if as_json:
        from web.documents import paper_document

        _print_json(paper_document(paper))
    else:
        from web.terminal import paper_text

        click.echo(paper_text(paper))


def _search_lines(
    searcher: Searcher, asked: SearchRequest, *, as_json: bool, show_facets: bool
) -> int:
    """Answer one query a line, in order; one that cannot be answered does not stop the others.

    Returns:
        The exit code: that of the worst failure, else whether any query found a paper.
    """
    found, worst = False, FOUND
    for line in sys.stdin.buffer:
        try:
            query = line.decode("utf-8", "replace").strip()
            results = searcher.search(replace(asked, query=query))
        except QueryError as error:
            worst = max(worst, exit_code(error))
            _print_failure(error, as_json=as_json)
        else:
            found = found or bool(results.hits)
            _print(results, as_json=as_json, show_facets=show_facets)
    return worst or (FOUND if found else NOTHING_FOUND)


def _print_failure(error: QueryError, *, as_json: bool) -> None:
    if as_json:
        from web.documents import error_document

        _print_json(error_document(error, status(error)))
    else:
        click.echo(f"papers: {error}", err=True)


def _print(results: Results, *, as_json: bool, show_facets: bool) -> None:
    if as_json:
        from web.documents import results_document

        _print_json(results_document(results))
    else:
        from web.terminal import results_text

        click.echo(results_text(results, show_facets=show_facets))


def _print_json(document: dict[str, object]) -> None:
    import msgspec

    click.echo(msgspec.json.encode(document))
