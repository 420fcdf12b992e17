"""Count who follows the people whose claims were accepted, among readers who want to be counted.

A list of what somebody follows is an address that nobody keeps. Who wants to be counted gets a
secret into it, of which the database keeps the digest. So one is counted once for each list, no
more than `MOST_PER_NETWORK` lists of a network count, and who is not seen for a year counts no
more.
"""

import hashlib
import hmac
import sqlite3
from collections.abc import Iterable

from web.accounts.claims import find_holder
from web.accounts.sessions import DAY
from web.accounts.tokens import digest_token

MOST_PER_NETWORK = 3
"""Followers of one person that are counted in a network. Chosen: a department may have as many, and
a program that opens a thousand lists gains two."""

LIFETIME = 365 * DAY
"""Seconds after its last visit that a list counts no more; chosen."""


def name_network(secret: str, network: str) -> bytes:
    """Return what the database keeps of a network, from which it cannot be told."""
    return hmac.digest(secret.encode(), network.encode(), hashlib.sha256)


def find_people(
    connection: sqlite3.Connection, identities: Iterable[tuple[str, str]]
) -> dict[tuple[str, str], int]:
    """Return the people whose claims were accepted, by key of the identity and name."""
    found = {(key, name): find_holder(connection, key, name) for key, name in identities}
    return {one: person for one, person in found.items() if person is not None}


def count_in(
    connection: sqlite3.Connection, token: str, network: bytes, people: Iterable[int], now: int
) -> None:
    """Count a list as a follower of people, and forget lists that were not seen for long.

    Args:
        connection: A transaction.
        token: The secret of the list.
        network: Where its reader is, see `name_network`.
        people: The numbers of the people whom it follows.
        now: The time.
    """
    connection.execute("DELETE FROM followers WHERE seen <= ?", (now - LIFETIME,))
    connection.executemany(
        "INSERT OR REPLACE INTO followers (person, token, network, seen) VALUES (?, ?, ?, ?)",
        [(person, digest_token(token), network, now) for person in people],
    )


def note_visit(connection: sqlite3.Connection, token: str, now: int) -> None:
    """Note that a list was opened."""
    connection.execute("UPDATE followers SET seen = ? WHERE token = ?", (now, digest_token(token)))


def is_counted(connection: sqlite3.Connection, token: str) -> bool:
    """Return whether a list is counted as a follower of anybody."""
    row = connection.execute(
        "SELECT 1 FROM followers WHERE token = ? LIMIT 1", (digest_token(token),)
    ).fetchone()
    return row is not None


def is_visit_due(connection: sqlite3.Connection, token: str, now: int) -> bool:
    """Return whether a list is counted and its last visit was noted more than a day ago."""
    row = connection.execute(
        "SELECT min(seen) AS seen FROM followers WHERE token = ?", (digest_token(token),)
    ).fetchone()
    return row["seen"] is not None and row["seen"] <= now - DAY


def forget_list(connection: sqlite3.Connection, token: str) -> None:
    """Count a list no more."""
    connection.execute("DELETE FROM followers WHERE token = ?", (digest_token(token),))


def forget_person(connection: sqlite3.Connection, token: str, person: int) -> None:
    """Count a list no more as a follower of one person."""
    connection.execute(
        "DELETE FROM followers WHERE token = ? AND person = ?", (digest_token(token), person)
    )


def count_followers(connection: sqlite3.Connection, person: int, now: int) -> int:
    """Return the number of followers of a person that count."""
    count: int = connection.execute(
        "SELECT coalesce(sum(min(lists, ?)), 0) FROM (SELECT count(*) AS lists FROM followers"
        " WHERE person = ? AND seen > ? GROUP BY network)",
        (MOST_PER_NETWORK, person, now - LIFETIME),
    ).fetchone()[0]
    return count
