"""Keep who may be written to, and check who may write.

Only people whose claim was accepted may write, and only to such people who have opened their door:
they are then shown as open to collaborate. What does not allow a message is not said, so that
nobody learns who has blocked them.
"""

import sqlite3

from web.accounts.claims import find_accepted
from web.errors import MessageRefused

NOT_OPEN = "This person does not receive messages"
"""The reason for every refusal that depends on the receiver."""


def open_door(connection: sqlite3.Connection, person: int, now: int) -> None:
    """Let other claimed people write to a person.

    Raises:
        MessageRefused: The person has no accepted claim, or the maintainer has blocked them.
    """
    check_writer(connection, person)
    connection.execute("INSERT OR IGNORE INTO doors VALUES (?, ?)", (person, now))


def close_door(connection: sqlite3.Connection, person: int, now: int) -> None:
    """Let nobody write to a person any more, in conversations that others began neither."""
    connection.execute("DELETE FROM doors WHERE person = ?", (person,))
    connection.execute(
        "UPDATE threads SET ended = ? WHERE receiver = ? AND NOT ended", (now, person)
    )


def is_open(connection: sqlite3.Connection, person: int) -> bool:
    """Return whether a person is open to collaborate.

    The door of somebody whose claim is accepted no more, or whom the maintainer has blocked, counts
    as closed.
    """
    row = connection.execute("SELECT 1 FROM doors WHERE person = ?", (person,)).fetchone()
    return row is not None and may_write(connection, person)


def may_write(connection: sqlite3.Connection, person: int) -> bool:
    """Return whether a person has an accepted claim and is not blocked by the maintainer."""
    return find_accepted(connection, person) is not None and not is_banned(connection, person)


def is_banned(connection: sqlite3.Connection, person: int) -> bool:
    """Return whether the maintainer has upheld a report of a person."""
    query = (
        "SELECT 1 FROM people JOIN bans ON subject = coalesce(digest_text(orcid), key)"
        " WHERE people.number = ?"
    )
    return connection.execute(query, (person,)).fetchone() is not None


def check_writer(connection: sqlite3.Connection, person: int) -> None:
    """Check that a person may write at all.

    Raises:
        MessageRefused: They may not.
    """
    if is_banned(connection, person):
        raise MessageRefused(
            "The maintainer has blocked your messages", "Ask the maintainer for the reason"
        )
    if find_accepted(connection, person) is None:
        raise MessageRefused(
            "Only people whose claim was accepted can write", "Claim your papers first"
        )


def check_door(connection: sqlite3.Connection, writer: int, receiver: int) -> None:
    """Check that a person may begin to write to another one.

    Raises:
        MessageRefused: They may not.
    """
    check_writer(connection, writer)
    if (
        writer == receiver
        or not is_open(connection, receiver)
        or has_blocked(connection, receiver, writer)
    ):
        raise MessageRefused(NOT_OPEN, "See their page for other ways to reach them")


def has_blocked(connection: sqlite3.Connection, person: int, other: int) -> bool:
    """Return whether a person refuses the messages of another one."""
    query = "SELECT 1 FROM blocks WHERE person = ? AND blocked = ?"
    return connection.execute(query, (person, other)).fetchone() is not None


def block_person(connection: sqlite3.Connection, person: int, other: int, now: int) -> None:
    """Refuse the messages of another person, in all conversations with them."""
    connection.execute("INSERT OR IGNORE INTO blocks VALUES (?, ?)", (person, other))
    connection.execute(
        "UPDATE threads SET ended = ?1 WHERE NOT ended"
        " AND ((sender = ?2 AND receiver = ?3) OR (sender = ?3 AND receiver = ?2))",
        (now, person, other),
    )


def unblock_person(connection: sqlite3.Connection, person: int, other: int) -> None:
    """Accept the messages of another person again, in new conversations."""
    connection.execute("DELETE FROM blocks WHERE person = ? AND blocked = ?", (person, other))


def list_blocked(connection: sqlite3.Connection, person: int) -> list[tuple[int, str]]:
    """Return the numbers and names of the people whose messages a person refuses."""
    rows = connection.execute(
        "SELECT number, name FROM blocks JOIN people ON number = blocked WHERE person = ?"
        " ORDER BY name, number",
        (person,),
    )
    return [(row["number"], row["name"]) for row in rows]
