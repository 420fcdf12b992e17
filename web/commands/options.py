"""Define the options that several commands share."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

import click

from index.settings import ENVIRONMENT
from search.request.facets import FACETS, Selection
from search.request.parameters import parse_selection
from search.request.search_request import MAX_PER_PAGE

F = TypeVar("F", bound=Callable[..., Any])

STDIN = "-"
"""The argument that makes a command read its lines from standard input."""


def decode_text(value: str) -> str:
    """Return an argument as text; a byte that is not UTF-8 becomes U+FFFD."""
    return value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


class NonEmpty(click.ParamType):  # type: ignore[type-arg] # generic only since click 8.4
    """A name or an address, which may not be empty: an empty path is that of the current folder."""

    name = "text"

    def __init__(self, what: str, read: Callable[[str], object] = str) -> None:
        """Define the values of one option or argument.

        Args:
            what: What the value names, with its article: ``a folder``.
            read: Makes the value that the command gets.
        """
        self._what = what
        self._read = read

    def convert(
        self,
        value: Any,  # noqa: ANN401 - click's signature
        param: click.Parameter | None,
        ctx: click.Context | None,
    ) -> object:
        """Check and read a value."""
        if not str(value).strip():
            self.fail(f"it is empty. Name {self._what}.", param, ctx)
        return self._read(value)


def index_option(command: F) -> F:
    """Add ``--index`` to a command."""
    return click.option(
        "--index",
        "index_name",
        metavar="DIR",
        type=NonEmpty("a folder"),
        help=f"Folder of the index.  [default: ${ENVIRONMENT}, else in the user's data folder]",
    )(command)


def keep_option(command: F) -> F:
    """Add ``--keep``, the number of generations that stay."""
    return click.option(
        "--keep",
        type=click.IntRange(1),
        default=2,
        show_default=True,
        metavar="N",
        help="Generations to keep, including the new one.",
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
            type=decode_text,
            metavar="RANGE" if name == "year" else "VALUE",
            help="Only this year or range of years, such as 2019..2022."
            if name == "year"
            else f"Only this {name}; repeat it for alternatives; -VALUE excludes.",
        )(command)
    return command


def parse_selections(chosen: Mapping[str, tuple[str, ...]]) -> dict[str, Selection]:
    """Parse the values of `facet_options`, by facet; facets without values are left out.

    Raises:
        ParameterInvalid: A year is not a number.
    """
    given = {name: [value.strip() for value in values] for name, values in chosen.items()}
    return {
        name: parse_selection(FACETS[name], filter(None, values))
        for name, values in given.items()
        if any(values)
    }


def hidden_option(command: F) -> F:
    """Add ``--hidden`` to a command."""
    text = "Include withdrawn, rejected and retracted papers."
    return click.option("--hidden", is_flag=True, help=text)(command)


def paging_options(pages: str, items: str) -> Callable[[F], F]:
    """Add the options that choose a page.

    Args:
        pages: What is divided into pages: ``results``.
        items: What a page has: ``Hits``.
    """

    def add(command: F) -> F:
        shown: dict[str, Any] = {"show_default": True, "metavar": "N"}
        limit = click.IntRange(1, MAX_PER_PAGE)
        command = click.option(
            "--limit", type=limit, default=10, help=f"{items} per page.", **shown
        )(command)
        help_text = f"Page of the {pages}."
        return click.option("--page", type=click.IntRange(1), default=1, help=help_text, **shown)(
            command
        )

    return add


def records_option(command: F) -> F:
    """Add ``--records`` to a command; its former name ``--raw`` still works but is not shown."""
    text = "Show the records as the dumps have them instead of the works merged from them."
    former = click.option("--raw", "records", is_flag=True, hidden=True)
    return click.option("--records", is_flag=True, help=text)(former(command))
