"""Test the page of an account, permissions, and that deletion deletes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.support.accounts import ADA, BOB, Site, send_form
from web.accounts.blueprint import write_timestamp
from web.accounts.claims import (
    ClaimDraft,
    Proof,
    State,
    add_claim,
    decide_claim,
    list_claims,
    list_claims_of,
)

if TYPE_CHECKING:
    from web.accounts.people import Person

PAGES = ["/account", "/account/delete"]


def _claim(site: Site, person: Person, identity: str, note: str = "") -> int:
    with site.database.write() as connection:
        draft = ClaimDraft("Ada Lovelace", identity, Proof.NONE, note)
        return add_claim(connection, person, draft, 1_800_000_000).number


@pytest.mark.parametrize("address", PAGES)
def test_nobody_sees_an_account_without_signing_in(site: Site, address: str) -> None:
    """A page leads to the sign-in and back, and sending a form is refused."""
    answer = site.visit().get(address)
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/sign-in?return=%2F{address[1:].replace('/', '%2F')}"
    for form in ("/account/delete", "/account/withdraw"):
        status, _, text = send_form(site.visit(), "/sign-in", form)
        assert status == 403
        assert "You are not signed in. Sign in and try again." in text


def test_a_person_sees_only_their_own(site: Site) -> None:
    """The account lists the person's claims with their state, and nothing of another person."""
    client, ada = site.enter(ADA, "Ada <b>Lovelace</b>")
    _, bob = site.enter(BOB, "Bob Babbage")
    mine, _ = _claim(site, ada, "s2:11"), _claim(site, bob, "s2:22")
    with site.database.write() as connection:
        decide_claim(connection, mine, State.REJECTED, 1, "Another <i>Ada</i>.")
    text = client.get("/account").text
    assert "Ada &lt;b&gt;Lovelace&lt;/b&gt;" in text
    assert ADA in text
    assert "s2:11" in text
    assert "not accepted" in text
    assert "Another &lt;i&gt;Ada&lt;/i&gt;." in text
    assert "15 Jan 2027" in text
    assert write_timestamp(1_800_000_000).startswith("2027-01-15T")
    for foreign in ("s2:22", "Bob", BOB):
        assert foreign not in text


def test_nobody_withdraws_the_claim_of_another(site: Site) -> None:
    """The number of a claim is worth nothing to anybody else; one's own is withdrawn."""
    client, ada = site.enter(ADA, "Ada")
    _, bob = site.enter(BOB, "Bob")
    mine, foreign = _claim(site, ada, "s2:11"), _claim(site, bob, "s2:22")
    for number in (str(foreign), "0", "-1", "", "x", "9" * 30, "²", "1 OR 1=1"):
        status, _, text = send_form(client, "/account", "/account/withdraw", claim=number)
        assert (status, "You have no such claim that waits" in text) == (400, True), number
    assert send_form(client, "/account", "/account/withdraw", claim=str(mine))[:2] == (
        303,
        "/account",
    )
    with site.database.read() as connection:
        assert [one.number for one in list_claims(connection)] == [foreign]


def test_deletion_deletes(site: Site) -> None:
    """Nothing of a person is left in any file, and nothing of another person is lost."""
    name, note = "Ada Unmistakable", "a note that is like no other"
    client, ada = site.enter(ADA, name)
    _, bob = site.enter(BOB, "Bob Babbage")
    number = _claim(site, ada, "s2:11", note * 20)
    _claim(site, bob, "s2:22")
    with site.database.write() as connection:
        decide_claim(connection, number, State.ACCEPTED, 1)
    assert name.encode() in site.dump_bytes()
    question = client.get("/account/delete").text
    assert "What the maintainer accepted stays" in question
    assert "s2:11" in question
    status, address, _ = send_form(client, "/account/delete", "/account/delete")
    assert (status, address) == (303, "/")
    left = site.dump_bytes()
    for secret in (name, note, ADA, "s2:11"):
        assert secret.encode() not in left
    assert b"Bob Babbage" in left
    assert client.get("/account").status_code == 303
    with site.database.read() as connection:
        assert len(list_claims_of(connection, bob.number)) == 1
