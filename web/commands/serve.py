"""Serve the index over HTTP."""

import os
from typing import TYPE_CHECKING, Any

import click

from index.settings import ENVIRONMENT, index_directory
from search.budget.gate import THREADS
from web.commands.access_options import access_options, read_access
from web.commands.options import NonEmpty
from web.terminal.printing import print_error

if TYPE_CHECKING:
    from pathlib import Path

    from web.accounts.settings import AccountSettings

MOST_WORKERS = 64
"""The most processes; chosen, as for threads."""


@click.command()
@click.option(
    "--index",
    "index_names",
    multiple=True,
    metavar="DIR",
    type=NonEmpty("a folder"),
    help="Folder of the index. Repeat it to serve several, each below its own name or, with "
    f"NAME=DIR, below NAME.  [default: ${ENVIRONMENT}, else in the user's data folder]",
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    type=NonEmpty("an address"),
    help="Address to listen on.",
)
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    metavar="PORT",
    help="Port to listen on; 0 picks a free one.",
)
@click.option(
    "--threads",
    type=click.IntRange(1, 64),
    default=THREADS,
    show_default=True,
    metavar="N",
    help="Requests answered at the same time.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, MOST_WORKERS),
    default=1,
    show_default=True,
    metavar="N",
    help="Processes that answer requests, each with as many threads.",
)
@access_options
@click.option("--open", "opens", is_flag=True, help="Open the home page in a browser.")
def serve(
    index_names: tuple[str, ...],
    host: str,
    port: int,
    opens: bool,
    **asked: Any,  # noqa: ANN401 - the numbers here, the others read by `read_access`
) -> None:
    """Serve the index to browsers and programs until interrupted.

    People can sign in and claim papers if PAPERS_SECRET_KEY and PAPERS_DATABASE are set, and one
    index is served.
    """
    from web.commands.service import Service, serve_alone, serve_with_workers

    threads, workers = asked.pop("threads"), asked.pop("workers")
    indexes = _read_indexes(index_names)
    access, accounts = read_access(host, **asked), _read_accounts(indexes)
    service = Service(indexes, (host, port), threads, access, accounts)
    if workers == 1:
        serve_alone(service, opens=opens)
    else:
        serve_with_workers(service, workers, opens=opens)


def _read_indexes(names: tuple[str, ...]) -> "dict[str, Path]":
    """Return the folders by the names below which they are served; a single one has none."""
    if len(names) <= 1:
        return {"": index_directory(*names)}
    from web.indexes.names import parse_indexes

    try:
        return parse_indexes(names)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--index") from error


def _read_accounts(indexes: "dict[str, Path]") -> "AccountSettings | None":
    """Return the settings of accounts; say so if one that is set has no effect."""
    from web.accounts.settings import find_missing_setting, read_account_settings

    if missing := find_missing_setting(os.environ):
        print_error(f"There are no accounts, since {missing} is not set.")
    accounts = read_account_settings(os.environ)
    if accounts is not None and len(indexes) > 1:
        print_error("There are no accounts, since several indexes are served.")
        return None
    return accounts
