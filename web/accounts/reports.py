"""Keep reports of conversations until the maintainer decides.

A report has a copy of the messages, since the conversation may be deleted; the copy is deleted with
the decision. An upheld report keeps the reported person from writing until it is dismissed, also if
one of the two deletes the account: a digest of the ORCID iD is kept for that.
"""

import sqlite3
from dataclasses import dataclass

from web.accounts.messages import Thread, list_messages
from web.accounts.sessions import DAY
from web.errors import MessageRefused, ReportMissing

MOST_A_DAY = 5
"""Reports of one person in a day; chosen."""

LONGEST_REASON = 1_000
"""Characters of what a person says to the maintainer; chosen."""

LONGEST_COPY = 30_000
"""Characters of the messages that are copied, the newest ones; chosen: six long messages."""


@dataclass(frozen=True, slots=True)
class Report:
    """A report of a conversation.

    Attributes:
        number: The key, by which the maintainer decides.
        reporter: The name of who reports; empty once their account is deleted.
        reported: The name of who is reported; empty while there is no account of theirs.
        orcid: The ORCID iD of the latter; empty without one.
        reason: What the reporter says.
        copy: The messages; empty once it was upheld.
        created: When, in seconds since 1970.
        upheld: Whether the reported person may not write.
    """

    number: int
    reporter: str
    reported: str
    orcid: str
    reason: str
    copy: str
    created: int
    upheld: bool


def add_report(
    connection: sqlite3.Connection, reporter: int, thread: Thread, reason: str, now: int
) -> None:
    """Report a conversation to the maintainer.

    Raises:
        MessageRefused: The person has reported too much today.
    """
    made = "SELECT count(*) FROM reports WHERE reporter = ? AND created > ?"
    if connection.execute(made, (reporter, now - DAY)).fetchone()[0] >= MOST_A_DAY:
        raise MessageRefused(
            f"You have reported {MOST_A_DAY} conversations in a day, which is the limit",
            "Try again tomorrow",
        )
    said = [f"{one.name}: {one.text}" for one in list_messages(connection, thread)]
    copy = "\n\n".join([thread.subject, *said])[-LONGEST_COPY:]
    connection.execute(
        "INSERT INTO reports (reporter, reported, reason, copy, created) VALUES (?, ?, ?, ?, ?)",
        (reporter, thread.other, reason[:LONGEST_REASON], copy, now),
    )


def list_reports(connection: sqlite3.Connection) -> list[Report]:
    """Return all reports: those to decide first, in each group the oldest first."""
    rows = connection.execute(
        "SELECT reports.number, a.name AS by_name, b.name, coalesce(b.orcid, '') AS orcid, reason,"
        " copy, reports.created, upheld > 0 AS upheld"
        " FROM reports JOIN people a ON a.number = reporter JOIN people b ON b.number = reported"
        " UNION ALL SELECT bans.number, '', coalesce(name, ''), coalesce(orcid, ''), '', '',"
        " upheld, 1 FROM bans LEFT JOIN people ON subject = coalesce(digest_text(orcid), key)"
        " WHERE bans.number NOT IN (SELECT number FROM reports) ORDER BY upheld, 1"
    )
    return [Report(*row) for row in rows]


def uphold_report(connection: sqlite3.Connection, number: int, now: int) -> None:
    """Keep the reported person from writing, end their conversations, and delete the copy.

    Raises:
        ReportMissing: There is no such report.
    """
    row = connection.execute(
        "UPDATE reports SET upheld = ?, copy = '' WHERE number = ? RETURNING reported",
        (now, number),
    ).fetchone()
    if row is None:
        raise ReportMissing(number)
    connection.execute(
        "INSERT OR REPLACE INTO bans SELECT ?, coalesce(digest_text(orcid), key), ? FROM people"
        " WHERE number = ?",
        (number, now, row["reported"]),
    )
    connection.execute(
        "UPDATE threads SET ended = ?1 WHERE NOT ended AND (sender = ?2 OR receiver = ?2)",
        (now, row["reported"]),
    )


def dismiss_report(connection: sqlite3.Connection, number: int) -> None:
    """Delete a report; if it was upheld, the reported person may write again.

    Raises:
        ReportMissing: There is no such report.
    """
    deleted = [
        connection.execute(f"DELETE FROM {table} WHERE number = ?", (number,)).rowcount  # noqa: S608 - our names
        for table in ("reports", "bans")
    ]
    if not any(deleted):
        raise ReportMissing(number)
