"""Answers: which options do several commands share?"""

from collections.abc import Callable
from typing import Any, TypeVar

import click

from index.settings import ENVIRONMENT

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
