"""List the reports of conversations, and uphold or dismiss them."""

from typing import TYPE_CHECKING

import click

from web.commands.account_database import open_account_database
from web.failures import FOUND, NOTHING_FOUND
from web.terminal.printing import print_text

if TYPE_CHECKING:
    from web.accounts.database import Database


@click.command()
@click.argument("action", type=click.Choice(["list", "uphold", "dismiss"]))
@click.argument("number", type=click.IntRange(1), required=False)
def reports(action: str, number: int | None) -> None:
    """List the reports of conversations, or decide the report NUMBER.

    `uphold` keeps the reported person from writing and deletes the copy of the conversation;
    `dismiss` deletes the report, and lets somebody write again whose report was upheld. The reports
    are in the database that PAPERS_DATABASE names. The exit code of `list` is 1 if none waits.
    """
    if (action == "list") is not (number is None):
        said = "takes no number" if action == "list" else "needs the number of a report"
        raise click.UsageError(f"{action} {said}.")
    database = open_account_database()
    if number is None:
        _list(database)
    else:
        _decide(database, action, number)


def _list(database: "Database") -> None:
    from web.accounts.report_listing import format_reports
    from web.accounts.reports import list_reports

    with database.read() as connection:
        found = list_reports(connection)
    print_text(format_reports(found) if found else "There are no reports.")
    waits = any(not report.upheld for report in found)
    click.get_current_context().exit(FOUND if waits else NOTHING_FOUND)


def _decide(database: "Database", action: str, number: int) -> None:
    from web.accounts.reports import dismiss_report, uphold_report
    from web.accounts.visitor import read_clock

    with database.write() as connection:
        if action == "uphold":
            uphold_report(connection, number, read_clock())
        else:
            dismiss_report(connection, number)
    database.forget()
    done = {
        "uphold": "Upheld: the person cannot write any more, and the copy is deleted.",
        "dismiss": "Dismissed: the report is deleted.",
    }
    print_text(done[action])
