"""Say what a page shows of the person whose claim of an identity was accepted."""

from contextlib import suppress
from dataclasses import dataclass

from web.accounts.claims import find_holder
from web.accounts.doors import is_open
from web.accounts.followers import count_followers
from web.accounts.visitor import are_accounts_on, get_database, read_clock
from web.errors import AccountsUnavailable


@dataclass(frozen=True, slots=True)
class Contact:
    """What a page shows of somebody whose claim was accepted.

    Attributes:
        is_open: Whether they are open to collaborate.
        followers: How many readers follow them, of those who want to be counted.
    """

    is_open: bool
    followers: int


def find_contact(identity: str, author: str) -> Contact | None:
    """Return what is public of the person of an identity on the page of an author.

    None if no claim of it was accepted, where accounts are off, and where the database cannot be
    read: pages of papers are served all the same.
    """
    if not identity or not are_accounts_on():
        return None
    with suppress(AccountsUnavailable), get_database().read() as connection:
        person = find_holder(connection, identity, author)
        if person is not None:
            count = count_followers(connection, person, read_clock())
            return Contact(is_open(connection, person), count)
    return None
