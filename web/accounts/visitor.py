"""Say who is asking: the person of the session, or nobody.

Every room above this one may ask; where accounts are off the answer is nobody.
"""

import time

from flask import current_app, g

from web.accounts.cookies import read_token
from web.accounts.database import Database
from web.accounts.people import Person
from web.accounts.sessions import extend_session, find_session
from web.errors import SignInNeeded

EXTENSION = "accounts"


def read_clock() -> int:
    """Return the seconds since 1970."""
    return int(time.time())


def are_accounts_on() -> bool:
    """Return whether this site has accounts."""
    return EXTENSION in current_app.extensions


def get_database() -> Database:
    """Return the database of this site, which must have accounts."""
    database: Database = current_app.extensions[EXTENSION]
    return database


def current_person() -> Person | None:
    """Return the person who is signed in; None for anybody else.

    Raises:
        AccountsUnavailable: The database cannot be read.
    """
    if not are_accounts_on():
        return None
    if "person" not in g:
        token = read_token()
        g.person = _find_person(token) if token else None
    person: Person | None = g.person
    return person


def _find_person(token: str) -> Person | None:
    now = read_clock()
    with get_database().read() as connection:
        person, is_ageing = find_session(connection, token, now)
    if person and is_ageing:
        with get_database().write() as connection:
            extend_session(connection, token, now)
        g.extended_token = token  # the cookie is set again with the answer
    return person


def require_person() -> Person:
    """Return the person who is signed in.

    Raises:
        SignInNeeded: Nobody is; a page that was opened then leads to the sign-in.
    """
    person = current_person()
    if person is None:
        raise SignInNeeded
    return person
