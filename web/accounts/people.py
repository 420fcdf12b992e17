"""Keep the people who have signed in."""

import sqlite3
from dataclasses import dataclass

from web.accounts.tokens import digest_token
from web.unprintable import replace_unprintable

LONGEST_NAME = 200
"""Characters of a name that are kept; chosen."""


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who has signed in.

    Attributes:
        number: The key in the database; never shown, and never used again for another person.
        orcid: The ORCID iD, ``0000-0002-1825-0097``; empty for somebody who has a private key.
        name: As ORCID gives it, or as typed.
        created: When they first signed in, in seconds since 1970.
        signed_in: When they last did.
    """

    number: int
    orcid: str
    name: str
    created: int
    signed_in: int

    @property
    def address(self) -> str:
        """The page of the ORCID iD; empty without one."""
        return f"https://orcid.org/{self.orcid}" if self.orcid else ""


def clean_name(text: str) -> str:
    """Return a name in one line, without characters that no page may repeat."""
    return " ".join(replace_unprintable(text[: 2 * LONGEST_NAME]).split())[:LONGEST_NAME]


def sign_in_orcid(connection: sqlite3.Connection, orcid: str, name: str, now: int) -> Person:
    """Return the person of an ORCID iD, with the name as it is today; new if never seen."""
    row = connection.execute(
        "INSERT INTO people (orcid, name, created, signed_in) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (orcid) DO UPDATE SET name = excluded.name, signed_in = excluded.signed_in"
        " RETURNING *",
        (orcid, clean_name(name) or orcid, now, now),
    ).fetchone()
    return _read_person(row)


def create_with_key(connection: sqlite3.Connection, key: str, name: str, now: int) -> Person:
    """Create a person who signs in with a private key."""
    row = connection.execute(
        "INSERT INTO people (key, name, created, signed_in) VALUES (?, ?, ?, ?) RETURNING *",
        (digest_token(key), clean_name(name), now, now),
    ).fetchone()
    return _read_person(row)


def sign_in_with_key(connection: sqlite3.Connection, key: str, now: int) -> Person | None:
    """Return the person of a private key; None if nobody has it."""
    row = connection.execute(
        "UPDATE people SET signed_in = ? WHERE key = ? RETURNING *",
        (now, digest_token(key)),
    ).fetchone()
    return _read_person(row) if row else None


def find_person(connection: sqlite3.Connection, number: int) -> Person | None:
    """Return a person by number."""
    row = connection.execute("SELECT * FROM people WHERE number = ?", (number,)).fetchone()
    return _read_person(row) if row else None


def delete_person(connection: sqlite3.Connection, number: int) -> None:
    """Delete a person with everything that belongs to them."""
    connection.execute("DELETE FROM people WHERE number = ?", (number,))


def _read_person(row: sqlite3.Row) -> Person:
    return Person(row["number"], row["orcid"] or "", row["name"], row["created"], row["signed_in"])
