"""Write mail into the outbox: the code for a new address, and that a message has come.

Nothing is sent here; `web.accounts.postman` does it later.
"""

import sqlite3

from web.accounts.mail_addresses import find_verified
from web.accounts.messages import find_thread

SUBJECT = "You have a new message"
CODE_SUBJECT = "Your code"

MOST_WAITING = 3
"""Mails of one person that wait to be sent; more are not written. Chosen."""


def notify_person(connection: sqlite3.Connection, person: int, key: str, now: int) -> None:
    """Announce to a person by mail that somebody has written, if they want to hear of it.

    The mail has nothing of the message, and the link leads to the site as the person has seen it.
    It is not sent if the conversation is deleted before.

    Args:
        connection: A transaction.
        person: The number of the person.
        key: The key of the conversation.
        now: The time.
    """
    found = find_verified(connection, person)
    if found is None:
        return
    thread = find_thread(connection, person, key)
    text = (
        f"{thread.name} has written to you.\n\nRead it at {found.site}/messages\n\n"
        f"To get no more of these mails, remove your address at {found.site}/account/mail\n"
    )
    post_mail(connection, (person, found.address), (SUBJECT, text), now, thread.number)


def post_code(
    connection: sqlite3.Connection, person: int, address: str, code: str, now: int
) -> None:
    """Send the code that shows that an address is a person's own."""
    text = (
        f"Your code is {code}\n\nType it where you were asked for it within an hour. If you have"
        " not asked for it, somebody has mistyped their address, and you can ignore this mail.\n"
    )
    post_mail(connection, (person, address), (CODE_SUBJECT, text), now)


def post_mail(
    connection: sqlite3.Connection,
    to: tuple[int, str],
    mail: tuple[str, str],
    now: int,
    thread: int | None = None,
) -> None:
    """Put a mail into the outbox, unless the person has too many there.

    Args:
        connection: A transaction.
        to: The number and the address of the person.
        mail: The subject, in one line, and the text.
        now: The time.
        thread: The number of the conversation that the mail is about; None for none.
    """
    waiting = "SELECT count(*) FROM outbox WHERE person = ?"
    if connection.execute(waiting, (to[0],)).fetchone()[0] < MOST_WAITING:
        connection.execute(
            "INSERT INTO outbox (person, address, subject, text, due, thread)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (*to, *mail, now, thread),
        )
