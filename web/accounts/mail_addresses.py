"""Keep where people want to hear of messages, once they have shown that the address is theirs.

A code is sent to the address and typed here. There is no link in that mail, since its address could
only be taken from the request of somebody who may have typed the address of another one.
"""

import secrets
import sqlite3
from dataclasses import dataclass

from web.accounts.mail_settings import parse_address
from web.accounts.tokens import digest_token
from web.errors import FieldInvalid, MessageRefused

LIFETIME = 3_600
"""Seconds for which a code is valid; chosen."""

MOST_TRIES = 5
"""Codes that may be tried; chosen: of 32^8 codes nobody guesses one in five."""

_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""Letters and digits that are not mistaken for each other."""

_LENGTH = 8


@dataclass(frozen=True, slots=True)
class MailAddress:
    """Where a person wants to hear of messages.

    Attributes:
        address: The address.
        site: The address of this site, as the person saw it when they typed the code.
        verified: Whether it was shown to be theirs.
    """

    address: str
    site: str
    verified: bool


def ask_for_code(
    connection: sqlite3.Connection, person: int, text: str, now: int
) -> tuple[str, str]:
    """Keep an address that is to be verified, in place of an earlier one and its waiting mail.

    Returns:
        The address, and the code that shows that it is the person's own.

    Raises:
        FieldInvalid: The text is no address.
    """
    parsed = parse_address(text.strip())
    if parsed is None:
        raise FieldInvalid("mail address", "one such as name@example.org")
    code = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    remove_address(connection, person)
    connection.execute(
        "INSERT INTO mail_addresses (person, address, code, asked) VALUES (?, ?, ?, ?)",
        (person, parsed.addr_spec, digest_token(code), now),
    )
    return parsed.addr_spec, code


def try_code(connection: sqlite3.Connection, person: int, code: str, site: str, now: int) -> bool:
    """Verify the address of a person by the code that was sent there; return whether it is right.

    Args:
        connection: A transaction.
        person: The number of the person.
        code: The code as typed.
        site: The address of this site, for links in mails to this person.
        now: The time.

    Raises:
        MessageRefused: There is no code, it is too old, or too many were tried.
    """
    row = connection.execute(
        "UPDATE mail_addresses SET tries = tries + 1 WHERE person = ? AND code IS NOT NULL"
        " AND asked > ? AND tries < ? RETURNING code",
        (person, now - LIFETIME, MOST_TRIES),
    ).fetchone()
    if row is None:
        raise MessageRefused("The code is not valid any more", "Ask for another one")
    typed = "".join(code.upper().split())
    if not secrets.compare_digest(row["code"], digest_token(typed)):
        return False
    connection.execute(
        "UPDATE mail_addresses SET code = NULL, site = ? WHERE person = ?", (site, person)
    )
    return True


def find_address(connection: sqlite3.Connection, person: int) -> MailAddress | None:
    """Return the address of a person, verified or not; None without one."""
    row = connection.execute(
        "SELECT address, site, code FROM mail_addresses WHERE person = ?", (person,)
    ).fetchone()
    return MailAddress(row["address"], row["site"], row["code"] is None) if row else None


def find_verified(connection: sqlite3.Connection, person: int) -> MailAddress | None:
    """Return the verified address of a person; None without one."""
    found = find_address(connection, person)
    return found if found and found.verified else None


def remove_address(connection: sqlite3.Connection, person: int) -> None:
    """Delete the address of a person, and the mail that waits to be sent there."""
    connection.execute("DELETE FROM mail_addresses WHERE person = ?", (person,))
    connection.execute("DELETE FROM outbox WHERE person = ?", (person,))
