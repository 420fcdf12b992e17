"""Answers: which options do several commands share?"""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from index.settings import ENVIRONMENT
from search.request.facets import FACETS

F = TypeVar("F", bound=Callable[..., Any])


def text(value: str) -> str:
    """Read text as typed; a byte of the command line that is no UTF-8 becomes U+FFFD."""
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def index_option(command: F) -> F:
    """Add ``--index`` to a command."""
    return click.option(
        "--index",
        "index_name",
        metavar="DIR",
        help=f"The index; default: ${ENVIRONMENT}, else the user's data folder.",
    )(command)


def json_option(command: F) -> F:
    """Add ``--json`` to a command."""
    return click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")(command)


def facet_options(command: F) -> F:
    """Add an option for each facet to a command."""
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


def hidden_option(command: F) -> F:
    """Add ``--hidden`` to a command."""
    said = "Show withdrawn, rejected and retracted papers too."
    return click.option("--hidden", is_flag=True, help=said)(command)


def records_option(command: F) -> F:
    """Add ``--records`` to a command; its former name ``--raw`` still works but is not shown."""
    text = "Show the records as the dumps have them instead of the works merged from them."
    former = click.option("--raw", "records", is_flag=True, hidden=True)
    return click.option("--records", is_flag=True, help=text)(former(command))
