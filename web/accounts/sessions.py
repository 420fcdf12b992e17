"""Keep who is signed in: a random token in a cookie, and its digest in the database."""

import sqlite3

from web.accounts.people import Person, find_person
from web.accounts.tokens import digest_token, make_token

DAY = 86_400
LIFETIME = 30 * DAY
"""Seconds after its last use that a session ends; chosen."""

MOST_SESSIONS = 20
"""Sessions of one person; signing in once more ends the oldest. Chosen: browsers and devices."""


def start_session(connection: sqlite3.Connection, person: int, now: int) -> str:
    """Start a session, and end those that have expired.

    Returns:
        The token, which is in no database.
    """
    token = make_token()
    connection.execute("DELETE FROM sessions WHERE expires <= ?", (now,))
    connection.execute(
        "INSERT INTO sessions VALUES (?, ?, ?)", (digest_token(token), person, now + LIFETIME)
    )
    connection.execute(
        "DELETE FROM sessions WHERE token IN (SELECT token FROM sessions WHERE person = ?"
        " ORDER BY expires DESC LIMIT -1 OFFSET ?)",
        (person, MOST_SESSIONS),
    )
    return token


def replace_session(connection: sqlite3.Connection, old: str, person: int, now: int) -> str:
    """Start a session in place of the one that the browser had, and return its token.

    A token is never kept over a sign-in: somebody else may have planted it.
    """
    end_session(connection, old)
    return start_session(connection, person, now)


def find_session(
    connection: sqlite3.Connection, token: str, now: int
) -> tuple[Person | None, bool]:
    """Find the person of a session.

    Returns:
        The person, None if there is no such session; and whether it is time to extend it, which
        is so once a day.
    """
    row = connection.execute(
        "SELECT person, expires FROM sessions WHERE token = ? AND expires > ?",
        (digest_token(token), now),
    ).fetchone()
    if row is None:
        return None, False
    return find_person(connection, row["person"]), row["expires"] < now + LIFETIME - DAY


def extend_session(connection: sqlite3.Connection, token: str, now: int) -> None:
    """Let a session end a whole lifetime from now."""
    connection.execute(
        "UPDATE sessions SET expires = ? WHERE token = ?", (now + LIFETIME, digest_token(token))
    )


def end_session(connection: sqlite3.Connection, token: str) -> None:
    """End one session."""
    connection.execute("DELETE FROM sessions WHERE token = ?", (digest_token(token),))


def end_all_sessions(connection: sqlite3.Connection, person: int) -> None:
    """End every session of a person."""
    connection.execute("DELETE FROM sessions WHERE person = ?", (person,))
