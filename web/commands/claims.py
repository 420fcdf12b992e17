"""List the claims of people, and accept or reject them."""

from typing import TYPE_CHECKING

import click

from index.settings import index_directory
from web.commands.account_database import open_account_database
from web.commands.options import NonEmpty, index_option, json_option
from web.failures import FOUND, NOTHING_FOUND
from web.terminal.documents import print_json
from web.terminal.printing import print_text

if TYPE_CHECKING:
    from pathlib import Path

    from web.accounts.database import Database


@click.command()
@click.argument("action", type=click.Choice(["list", "accept", "reject"]))
@click.argument("number", type=click.IntRange(1), required=False)
@index_option
@click.option(
    "--as",
    "name",
    metavar="NAME",
    type=NonEmpty("a name"),
    help="Name to show for the person who is accepted.  [default: that of the page of the claim]",
)
@click.option(
    "--reason",
    metavar="TEXT",
    type=NonEmpty("a reason"),
    help="What the person who is rejected is told.",
)
@json_option
def claims(
    action: str,
    number: int | None,
    index_name: str | None,
    name: str | None,
    reason: str | None,
    as_json: bool,
) -> None:
    """List the claims of people, or decide the claim NUMBER.

    `accept` writes an entry for the person into authors.toml in the folder of the index, which the
    pages then follow; `reject` needs --reason. Both can be repeated and changed. The claims are in
    the database that PAPERS_DATABASE names. The exit code of `list` is 1 if no claim waits.
    """
    _check_usage(action, number, name, reason, as_json=as_json)
    database = open_account_database()
    if number is None:
        _list(database, as_json=as_json)
    elif action == "accept":
        _accept(database, index_directory(index_name), number, name or "")
    else:
        _reject(database, index_directory(index_name), number, reason or "")


def _check_usage(
    action: str, number: int | None, name: str | None, reason: str | None, *, as_json: bool
) -> None:
    """Check that arguments and options belong together.

    Raises:
        UsageError: They do not.
    """
    wrong = {
        f"{action} needs the number of a claim.": action != "list" and number is None,
        "list takes no number.": action == "list" and number is not None,
        "--as belongs to accept.": name is not None and action != "accept",
        "--reason belongs to reject.": reason is not None and action != "reject",
        "reject needs --reason.": action == "reject" and reason is None,
        "--json belongs to list.": as_json and action != "list",
    }
    for message, applies in wrong.items():
        if applies:
            raise click.UsageError(message)


def _list(database: "Database", *, as_json: bool) -> None:
    from web.accounts.claim_listing import describe_claims, format_claims
    from web.accounts.claims import State, list_claims

    with database.read() as connection:
        found = list_claims(connection)
    waits = any(claim.state is State.PENDING for claim in found)
    if as_json:
        print_json(describe_claims(found))
    else:
        print_text(format_claims(found) if found else "There are no claims.")
    click.get_current_context().exit(FOUND if waits else NOTHING_FOUND)


def _accept(database: "Database", directory: "Path", number: int, name: str) -> None:
    from web.accounts.claim_listing import describe_claim
    from web.accounts.review import accept_claim
    from web.accounts.visitor import read_clock

    claim, is_new = accept_claim(database, directory, number, read_clock(), name)
    done = "was written to" if is_new else "was already in"
    print_text(f"Accepted: {describe_claim(claim)}. The entry {done} authors.toml.")


def _reject(database: "Database", directory: "Path", number: int, reason: str) -> None:
    from web.accounts.claim_listing import describe_claim
    from web.accounts.review import reject_claim
    from web.accounts.visitor import read_clock

    claim, line = reject_claim(database, directory, number, read_clock(), reason)
    stays = f" The entry on line {line} of authors.toml stays until you remove it." * bool(line)
    print_text(f"Rejected: {describe_claim(claim)}.{stays}")
