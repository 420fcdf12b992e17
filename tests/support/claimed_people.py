"""Make people whose claims were accepted, on a site with accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.support.accounts import ADA, BOB, Site, send_form
from web.accounts.claims import ClaimDraft, Proof, State, add_claim, decide_claim
from web.accounts.doors import open_door
from web.accounts.visitor import read_clock

if TYPE_CHECKING:
    import sqlite3

    from flask.testing import FlaskClient

    from web.accounts.people import Person

CAROL = "0000-0002-9079-593X"
"""Another ORCID iD with the right check digit."""


def enter_claimed(
    site: Site, orcid: str, name: str, *, is_open: bool = False
) -> tuple[FlaskClient, Person]:
    """Sign somebody in whose claim was accepted, and open their door if wanted."""
    client, person = site.enter(orcid, name)
    with site.database.write() as connection:
        accept_claim(connection, person)
        if is_open:
            open_door(connection, person.number, read_clock())
    return client, person


def accept_claim(connection: sqlite3.Connection, person: Person) -> None:
    """Let a person claim an identity, and accept it."""
    draft = ClaimDraft(person.name, f"s2:{person.number}", Proof.NONE)
    number = add_claim(connection, person, draft, read_clock()).number
    decide_claim(connection, number, State.ACCEPTED, read_clock())


def enter_pair(site: Site) -> tuple[tuple[FlaskClient, Person], tuple[FlaskClient, Person]]:
    """Return Ada, who writes, and Bob, who is open to collaborate."""
    return enter_claimed(site, ADA, "Ada Unmistakable"), enter_claimed(
        site, BOB, "Bob Babbage", is_open=True
    )


def write_message(
    client: FlaskClient, orcid: str, text: str = "Hello", subject: str = "A question"
) -> tuple[int, str, str]:
    """Begin a conversation with the person of an ORCID iD.

    Returns:
        Status, ``Location`` and text of the answer.
    """
    fields = {"identity": f"orcid:{orcid}", "subject": subject, "text": text}
    return send_form(client, "/account", "/messages/new", **fields)
