"""Limit how much one person may write to others, whatever they delete afterwards."""

import sqlite3

from web.accounts.sessions import DAY
from web.errors import MessageRefused

MOST_NEW = 10
"""Conversations that a person may begin in a day; chosen."""

MOST_UNANSWERED = 3
"""Messages that a person may write to another one who does not answer; chosen."""

KEPT = 30 * DAY
"""Seconds for which it is kept who has written to whom; chosen. Who got no answer in this time may
write again."""


def check_new(connection: sqlite3.Connection, writer: int, now: int) -> None:
    """Check that a person may begin another conversation.

    Raises:
        MessageRefused: They have begun too many today.
    """
    begun = "SELECT count(*) FROM sent WHERE writer = ? AND begins AND created > ?"
    if connection.execute(begun, (writer, now - DAY)).fetchone()[0] >= MOST_NEW:
        raise MessageRefused(
            f"You have begun {MOST_NEW} conversations in a day, which is the limit",
            "Try again tomorrow",
        )


def check_unanswered(connection: sqlite3.Connection, writer: int, receiver: int, now: int) -> None:
    """Check how much a person has written to another one since that one wrote last.

    Raises:
        MessageRefused: It is too much.
    """
    count = connection.execute(
        "SELECT count(*) FROM sent WHERE writer = ?1 AND receiver = ?2 AND created > ?3"
        " AND number > (SELECT coalesce(max(number), 0) FROM sent"
        " WHERE writer = ?2 AND receiver = ?1)",
        (writer, receiver, now - KEPT),
    ).fetchone()[0]
    if count >= MOST_UNANSWERED:
        raise MessageRefused(
            f"You have written {count} messages without an answer, which is the limit",
            "Wait for an answer",
        )


def note_message(
    connection: sqlite3.Connection, people: tuple[int, int], now: int, *, begins: bool = False
) -> None:
    """Note that one person has written to another one, and forget what is old.

    Args:
        connection: A transaction.
        people: Who has written, and to whom.
        now: The time.
        begins: Whether the message begins a conversation.
    """
    connection.execute("DELETE FROM sent WHERE created <= ?", (now - KEPT,))
    connection.execute(
        "INSERT INTO sent (writer, receiver, begins, created) VALUES (?, ?, ?, ?)",
        (*people, begins, now),
    )
