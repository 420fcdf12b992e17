"""Define the options of a search that several commands share, and make its request of them."""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from search.request.facets import FACETS
from search.request.search_request import DEFAULT_SORT, SORTS, ByMeaning, Prior, SearchRequest, View
from web.commands.options import parse_selections

F = TypeVar("F", bound=Callable[..., Any])

sort_option = click.option(
    "--sort",
    type=click.Choice(list(SORTS)),
    default=DEFAULT_SORT,
    show_default=True,
    help="Sort order. Without words to rank by, relevance means cited, or newest if no hit has "
    "citations.",
)


def ranking_options(command: F) -> F:
    """Add the options that influence how hits are ranked to a command."""
    expand = click.option(
        "--expand",
        is_flag=True,
        help="Include related terms: rank by the words that the top results share, too.",
    )
    prior = click.option(
        "--prior",
        type=click.Choice([choice.value for choice in Prior]),
        default=Prior.AUTO.value,
        show_default=True,
        help="Favour cited papers: for broad topics (auto), for any query (citations) or never "
        "(none).",
    )
    meaning = click.option(
        "--meaning",
        type=click.Choice([choice.value for choice in ByMeaning]),
        default=ByMeaning.AUTO.value,
        show_default=True,
        help="Rank by meaning too, if the index has vectors: questions (auto), no query (none), or "
        "any query, which then also finds papers without its words (all).",
    )
    return expand(prior(meaning(command)))


def make_request(query: str, chosen: dict[str, Any]) -> SearchRequest:
    """Make the request for the first page of a search.

    Args:
        query: The query.
        chosen: The values of the options of this module, of `facet_options`, `hidden_option` and
            `records_option`, by name.

    Raises:
        ParameterInvalid: A year is not a number.
        QueryTooCostly: The query is too long.
    """
    return SearchRequest(
        query=query,
        selections=parse_selections({name: chosen[name] for name in FACETS}),
        sort=chosen["sort"],
        hidden=chosen["hidden"],
        expand=chosen["expand"],
        prior=Prior(chosen["prior"]),
        meaning=ByMeaning(chosen["meaning"]),
        view=View.RECORDS if chosen["records"] else View.WORKS,
    )
