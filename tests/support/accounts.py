"""Make a site with accounts over an index, and clients that are signed in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from web.accounts.database import Database, open_database
from web.accounts.people import Person, sign_in_orcid
from web.accounts.sessions import start_session
from web.accounts.settings import AccountSettings, ProviderSettings
from web.accounts.visitor import read_clock
from web.app import create_app

if TYPE_CHECKING:
    from pathlib import Path

    from flask.testing import FlaskClient

SECRET = "0123456789abcdef" * 2
ADA, BOB = "0000-0002-1825-0097", "0000-0001-5109-3700"
"""Two ORCID iDs with right check digits, which ORCID uses as examples."""


class Site:
    """A site with accounts.

    Attributes:
        app: The application.
        database: Its database.
        path: The file.
    """

    def __init__(self, index: Path, folder: Path, provider: ProviderSettings | None = None) -> None:
        self.path = folder / "accounts.db"
        self.app = create_app(index, accounts=AccountSettings(SECRET, self.path, provider))
        self.database: Database = open_database(self.path)

    def visit(self) -> FlaskClient:
        """Return a client that nobody is signed in with."""
        return self.app.test_client()

    def enter(self, orcid: str, name: str) -> tuple[FlaskClient, Person]:
        """Return a client that a person is signed in with, and the person."""
        with self.database.write() as connection:
            person = sign_in_orcid(connection, orcid, name, read_clock())
            token = start_session(connection, person.number, read_clock())
        client = self.visit()
        client.set_cookie("papers-session", token)
        return client, person

    def dump_bytes(self) -> bytes:
        """Return every byte of the database and of the files beside it."""
        return b"".join(path.read_bytes() for path in self.path.parent.glob(f"{self.path.name}*"))


def read_form_token(client: FlaskClient, address: str) -> str:
    """Open a page and return the token of its forms."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', client.get(address).text)
    assert found is not None, address
    return found[1]


def send_form(
    client: FlaskClient, page: str, address: str, /, **fields: str
) -> tuple[int, str, str]:
    """Open a page, send a form of it, and return status, ``Location`` and text."""
    token = read_form_token(client, page)
    answer = client.post(address, data={"csrf_token": token, **fields})
    return answer.status_code, answer.headers.get("Location", ""), answer.text
